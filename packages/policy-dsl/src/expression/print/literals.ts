import type { DecimalDigits, Literal } from '../syntax.js'

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
  switch (type) {
    case 'string':
      return `"${escapeText(String(value))}"`
    case 'char':
      return `'${value === 39 ? "\\'" : value === 34 ? '"' : escapeText(String.fromCharCode(Number(value)))}'`
    case 'uint':
      return `${String(value)}u`
    case 'long':
      return `${String(value)}L`
    case 'ulong':
      return `${String(value)}UL`
    case 'float':
      return `${String(value)}f`
    case 'double':
      return /[.eE]/.test(String(value)) ? String(value) : `${String(value)}.0`
    case 'decimal':
      return `${printDecimal(value as DecimalDigits)}m`
    default:
      return String(value)
  }
}

function printDecimal({ unscaled, scale }: DecimalDigits): string {
  if (scale === 0) return String(unscaled)
  const digits = String(unscaled).padStart(scale + 1, '0')
  return `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
