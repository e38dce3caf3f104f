import type { DecimalDigits, Literal, LiteralType } from '../syntax.js'

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['"', '\\"'],
  ['\0', '\\0'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

/** Text as it stands in a regular string: what is not plain to see is escaped. */
export function escapeText(text: string): string {
  return text.replace(
    /[\\"\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]|[\ud800-\udfff]/g,
    (character, at: number, whole: string) => {
      const isPair = isSurrogatePair(whole, at)
      return isPair
        ? character
        : (ESCAPES.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    },
  )
}

const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff
const isLow = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff

function isSurrogatePair(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (isHigh(code) && isLow(text.charCodeAt(at + 1))) || (isLow(code) && isHigh(text.charCodeAt(at - 1)))
}

/** A literal of the same type and value; the way it was written is not kept. */
export function printLiteral({ type, value }: Literal): string {
  if (typeof value === 'object') return value === null ? 'null' : `${printDecimal(value)}m`
  if (type === 'string') return `"${escapeText(`${value}`)}"`
  if (type === 'char') return `'${printChar(Number(value))}'`
  const digits = `${value}`
  return type === 'double' && !/[.eE]/.test(digits) ? `${digits}.0` : digits + (SUFFIXES.get(type) ?? '')
}

/** What says that a number is not the type its digits alone would have. */
const SUFFIXES: ReadonlyMap<LiteralType, string> = new Map([
  ['uint', 'u'],
  ['long', 'L'],
  ['ulong', 'UL'],
  ['float', 'f'],
])

function printChar(code: number): string {
  if (code === 39) return "\\'"
  return code === 34 ? '"' : escapeText(String.fromCharCode(code))
}

function printDecimal({ unscaled, scale }: DecimalDigits): string {
  if (scale === 0) return String(unscaled)
  const digits = String(unscaled).padStart(scale + 1, '0')
  return `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
