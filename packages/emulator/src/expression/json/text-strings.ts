import { codes } from './letters.js'
import type { TextCursor } from './text-cursor.js'

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '\\': '\\',
  '"': '"',
  "'": "'",
  '/': '/',
}

/** Reads over a string that stands in quotes of either kind. Returns the text between them. */
export function readQuoted(cursor: TextCursor, quote: number): string {
  let result = ''
  let start = ++cursor.at
  for (;;) {
    const code = cursor.code()
    if (code === quote) {
      const last = cursor.text.slice(start, cursor.at++)
      return result === '' ? last : result + last
    }
    if (code === codes.backslash) {
      result += cursor.text.slice(start, cursor.at)
      result += readEscape(cursor, quote)
      start = cursor.at
    } else if (code === codes.lineFeed || code === codes.carriageReturn) cursor.passBlank(code)
    else if (cursor.ended) throw unterminated(cursor, quote)
    else cursor.at++
  }
}

function unterminated(cursor: TextCursor, quote: number): Error {
  return cursor.fail(`Unterminated string. Expected delimiter: ${String.fromCharCode(quote)}.`)
}

function readEscape(cursor: TextCursor, quote: number): string {
  cursor.at++
  if (cursor.ended) throw unterminated(cursor, quote)
  const letter = cursor.text.charAt(cursor.at++)
  const simple = escapes[letter]
  if (simple !== undefined) return simple
  if (letter !== 'u') throw cursor.fail(`Bad JSON escape sequence: \\${letter}.`)
  return readSurrogates(cursor, readUnicode(cursor))
}

/** A code unit and, where it is the first half of a pair, the escape behind it. Halves that stand alone are replaced. */
function readSurrogates(cursor: TextCursor, first: string): string {
  let text = first
  if (/[\udc00-\udfff]/.test(text)) return '\ufffd'
  let result = ''
  while (/[\ud800-\udbff]/.test(text)) {
    const escapeFollows =
      cursor.code() === codes.backslash && cursor.code(1) === codes.u && cursor.at + 2 < cursor.text.length
    if (!escapeFollows) return `${result}\ufffd`
    cursor.at += 2
    const next = readUnicode(cursor)
    result += /[\udc00-\udfff]/.test(next) ? text : '\ufffd'
    text = next
  }
  return result + text
}

function readUnicode(cursor: TextCursor): string {
  if (cursor.at + 4 >= cursor.text.length) throw cursor.fail('Unexpected end while parsing Unicode escape sequence.')
  const digits = cursor.text.slice(cursor.at, cursor.at + 4)
  if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw cursor.fail(`Invalid Unicode escape sequence: \\u${digits}.`)
  cursor.at += 4
  return String.fromCharCode(Number.parseInt(digits, 16))
}
