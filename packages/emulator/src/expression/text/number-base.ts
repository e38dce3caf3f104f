import {
  argumentException,
  argumentOutOfRange,
  conversionOverflow,
  formatException,
  overflowException,
} from '../values/exceptions.js'
import { integerTypes, type IntegerType } from './number-parse.js'

/** The base of a number must be one of these. */
export function checkBase(base: number): void {
  if (![2, 8, 10, 16].includes(base)) throw argumentException('Invalid Base.')
}

/**
 * `Convert.ToInt32(text, base)` and its kin: digits are read as 32 or 64 bits, and what the type cannot hold is said afterwards. In all
 * bases but 10 the digits are the bits of the type.
 *
 * @throws DotNetException ArgumentException, ArgumentOutOfRangeException for an empty text, Format or OverflowException
 */
export function parseInBase(text: string, base: number, to: IntegerType): bigint {
  const { minimum, maximum, words } = integerTypes[to]
  const unsigned = minimum === 0n
  const { digits, negative } = digitsOf(text, base, unsigned)
  const wide = to === 'long' || to === 'ulong'
  const read = wide ? 64 : 32
  const value = BigInt(`${prefixes[base] ?? ''}${digits}`)
  const isSigned = base === 10 && !unsigned
  const isShort = to === 'sbyte' || to === 'short'
  const limit = isSigned ? 2n ** BigInt(read - 1) - (negative || isShort ? 0n : 1n) : 2n ** BigInt(read) - 1n
  if (value > limit) throw conversionOverflow(isSigned ? `an Int${read}` : `a UInt${read}`)
  const signed = negative ? -value : value
  if (base === 10 || unsigned) {
    if (signed < minimum || signed > maximum) throw conversionOverflow(words)
    return signed
  }
  const size = maximum - minimum + 1n
  if (value >= size) throw conversionOverflow(words)
  return value > maximum ? value - size : value
}

const prefixes: Readonly<Record<number, string>> = { 2: '0b', 8: '0o', 16: '0x' }
const digitPatterns: Readonly<Record<number, RegExp>> = {
  2: /^[01]*/,
  8: /^[0-7]*/,
  10: /^\d*/,
  16: /^[0-9a-fA-F]*/,
}

function digitsOf(text: string, base: number, unsigned: boolean): { digits: string; negative: boolean } {
  if (text === '') {
    // The message stands where the parameter's name belongs, in .NET too.
    throw argumentOutOfRange('Index was out of range. Must be non-negative and less than the size of the collection.')
  }
  const negative = text.startsWith('-')
  if (negative && base !== 10) throw argumentException('String cannot contain a minus sign if the base is not 10.')
  if (negative && unsigned)
    throw overflowException('The string was being parsed as an unsigned number and could not have a negative sign.')
  const unmarked = text.replace(/^[+-]/, '')
  const rest = base === 16 ? unmarked.replace(/^0[xX]/, '') : unmarked
  const [digits = ''] = digitPatterns[base]?.exec(rest) ?? []
  if (digits === '') throw formatException('Could not find any recognizable digits.')
  if (digits !== rest) throw formatException('Additional non-parsable characters are at the end of the string.')
  const significant = digits.replace(/^0+(?=.)/, '')
  // Longer ones fit nothing; to count them would take long.
  return { digits: significant.length > 80 ? significant.slice(0, 80) : significant, negative }
}
