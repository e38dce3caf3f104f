import type { Diagnostics } from './diagnostic.js'

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ["'", "'"],
  ['"', '"'],
  ['\\', '\\'],
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
])

const HEX = /[0-9a-fA-F]/

/** Decodes the escapes of a regular string's inner text. `offset` is where `text` stands in the source. */
export function decodeEscapes(text: string, offset: number, diagnostics: Diagnostics): string {
  if (!text.includes('\\')) return text
  let result = ''
  let i = 0
  while (i < text.length) {
    const next = text.indexOf('\\', i)
    if (next < 0) return result + text.slice(i)
    result += text.slice(i, next)
    const escape = readEscape(text, next)
    if (escape === undefined) {
      diagnostics.report('CS1009', { start: offset + next, end: offset + next + 2 }, 'Unrecognized escape sequence')
      // It stands for one char all the same.
      result += text.charAt(next + 1)
      i = next + 2 + wrongDigits(text, next)
    } else {
      result += escape.value
      i = escape.end
    }
  }
  return result
}

/** How many digits belong to an escape that has too few of them. */
function wrongDigits(text: string, start: number): number {
  const most = { x: 4, u: 4, U: 8 }[text.charAt(start + 1)] ?? 0
  let count = 0
  while (count < most && HEX.test(text.charAt(start + 2 + count))) count++
  return count
}

function readEscape(text: string, start: number): { readonly value: string; readonly end: number } | undefined {
  const letter = text.charAt(start + 1)
  const simple = SIMPLE.get(letter)
  if (simple !== undefined) return { value: simple, end: start + 2 }
  // \x takes one to four digits, as many as there are.
  if (letter === 'x') return readHex(text, start + 2, 1, 4)
  if (letter === 'u') return readHex(text, start + 2, 4, 4)
  if (letter === 'U') return readHex(text, start + 2, 8, 8)
  return undefined
}

function readHex(text: string, start: number, least: number, most: number): { value: string; end: number } | undefined {
  let end = start
  while (end < start + most && HEX.test(text.charAt(end))) end++
  const code = Number.parseInt(text.slice(start, end), 16)
  if (end - start < least || code > 0x10ffff) return undefined
  return { value: code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code), end }
}

/** The value of `"..."`. */
export function decodeString(literal: string, offset: number, diagnostics: Diagnostics): string {
  return decodeEscapes(literal.slice(1, -1), offset + 1, diagnostics)
}

/** The value of `@"..."`. */
export function decodeVerbatim(literal: string): string {
  return literal.slice(2, -1).replaceAll('""', '"')
}

/** The code unit of `'...'`. */
export function decodeChar(literal: string, offset: number, diagnostics: Diagnostics): number {
  const value = decodeEscapes(literal.slice(1, -1), offset + 1, diagnostics)
  const span = { start: offset, end: offset + literal.length }
  if (value.length === 0) diagnostics.report('CS1011', span, 'Empty character literal')
  if (value.length > 1) diagnostics.report('CS1012', span, 'Too many characters in character literal')
  return value.length === 0 ? 0 : value.charCodeAt(0)
}
