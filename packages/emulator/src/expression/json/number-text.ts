import { tryParseDecimal, tryParseDouble } from '../text/number-parse.js'
import { Decimal } from '../values/decimal.js'
import type { ReadType } from './json-reader.js'

/** Longer integers take longer to read than an expression may run. */
const longestInteger = 380

/** `NumberStyles.Number` with an exponent. */
const decimalStyle = 0x6f | 128

/**
 * The number that a JSON text is: decimal, hexadecimal after `0x`, octal after a zero.
 *
 * @param type as what it is read: `any` gives an integer, whatever its size, or a double; `string` only looks whether it is one
 * @param asDecimal what is no integer becomes a decimal
 * @param fail makes the exception of a text that is none
 */
export function numberOf(
  word: string,
  type: ReadType,
  asDecimal: boolean,
  fail: (message: string) => Error,
): bigint | number | Decimal {
  if (/^0[^.eE]/.test(word)) return otherBase(word, type) ?? refuse(word, type, fail)
  if (type === 'int') return int(word, fail)
  const isInteger = type !== 'decimal' && type !== 'double' && type !== 'string' && /^-?\d+$/.test(word)
  if (isInteger) {
    if (word.length > longestInteger) throw fail(`JSON integer ${word} is too large to parse.`)
    return BigInt(word)
  }
  const wantsDecimal = type === 'decimal' || (asDecimal && type !== 'double' && type !== 'string')
  const value = wantsDecimal ? tryParseDecimal(word, decimalStyle) : tryParseDouble(word)
  return typeof value === 'string' ? refuse(word, wantsDecimal ? 'decimal' : type, fail) : value
}

function refuse(word: string, type: ReadType, fail: (message: string) => Error): never {
  const name = type === 'int' ? 'integer' : type === 'decimal' || type === 'double' ? type : 'number'
  throw fail(`Input string '${word}' is not a valid ${name}.`)
}

function int(word: string, fail: (message: string) => Error): bigint {
  if (!/^-?\d+$/.test(word)) return refuse(word, 'int', fail)
  const value = word.length > 12 ? undefined : BigInt(word)
  if (value !== undefined && BigInt.asIntN(32, value) === value) return value
  throw fail(`JSON integer ${word} is too large or small for an Int32.`)
}

/** Undefined for what has wrong digits or too many. */
function otherBase(word: string, type: ReadType): bigint | number | Decimal | undefined {
  const isHex = /^0x/i.test(word)
  const digits = isHex ? word.slice(2) : word
  if (!(isHex ? /^[0-9a-fA-F]+$/ : /^[0-7]+$/).test(digits)) return undefined
  const bits = type === 'int' ? 32 : 64
  const value = BigInt(isHex ? `0x${digits}` : `0o${digits}`)
  if (value >> BigInt(bits) !== 0n) return undefined
  const signed = BigInt.asIntN(bits, value)
  if (type === 'double') return Number(signed)
  return type === 'decimal' ? Decimal.ofInteger(signed) : signed
}
