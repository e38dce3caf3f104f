import { Decimal } from '../values/decimal.js'
import { argumentException, argumentNull, conversionOverflow, formatException } from '../values/exceptions.js'
import { numberStyles, scanNumber } from './number-scan.js'
import { withoutEnd } from './without-end.js'

/** The integer types, with their bounds and the words of their overflow message. */
export const integerTypes = {
  sbyte: { minimum: -128n, maximum: 127n, words: 'a signed byte' },
  byte: { minimum: 0n, maximum: 255n, words: 'an unsigned byte' },
  short: { minimum: -32768n, maximum: 32767n, words: 'an Int16' },
  ushort: { minimum: 0n, maximum: 65535n, words: 'a UInt16' },
  int: { minimum: -2147483648n, maximum: 2147483647n, words: 'an Int32' },
  uint: { minimum: 0n, maximum: 4294967295n, words: 'a UInt32' },
  long: { minimum: -(2n ** 63n), maximum: 2n ** 63n - 1n, words: 'an Int64' },
  ulong: { minimum: 0n, maximum: 2n ** 64n - 1n, words: 'a UInt64' },
  char: { minimum: 0n, maximum: 65535n, words: 'a character' },
} as const

export type IntegerType = keyof typeof integerTypes

export const integerStyle = 7
export const floatStyle = 1 | 2 | 4 | 32 | 64 | 128
export const decimalStyle = 1 | 2 | 4 | 8 | 32 | 64

/** Why a text is no number. */
export type ParseFailure = 'format' | 'overflow'

/** Reads an integer of a type; a fraction of zeros is allowed where the style allows a point. */
export function tryParseInteger(text: string, type: IntegerType, style = integerStyle): bigint | ParseFailure {
  if (style & numberStyles.hex) return tryParseHex(text, type, style)
  const number = scanNumber(text, style)
  if (number === undefined) return 'format'
  const { minimum, maximum } = integerTypes[type]
  const digits = withoutEnd(number.digits, '0')
  // What is longer than this fits no type; to count it would take long.
  if (digits !== '' && (digits.length > number.point || number.point > 20)) return 'overflow'
  const value = BigInt((number.negative ? '-' : '') + (digits === '' ? '0' : digits.padEnd(number.point, '0')))
  return value < minimum || value > maximum ? 'overflow' : value
}

function tryParseHex(text: string, type: IntegerType, style: number): bigint | ParseFailure {
  let rest = withoutEnd(text, '\0')
  if (style & numberStyles.leadingWhite) rest = rest.replace(/^[\t-\r ]+/, '')
  if (style & numberStyles.trailingWhite) rest = withoutEnd(rest, '\t\n\v\f\r ')
  if (!/^[0-9a-fA-F]+$/.test(rest)) return 'format'
  const { minimum, maximum } = integerTypes[type]
  const digits = rest.replace(/^0+(?=.)/, '')
  if (digits.length > 16) return 'overflow'
  const size = maximum - minimum + 1n
  const value = BigInt(`0x${digits}`)
  return value >= size ? 'overflow' : value > maximum ? value - size : value
}

/** @throws DotNetException ArgumentException for a style that is none, or that integers or reals do not have */
export function checkStyle(style: number, isInteger: boolean): void {
  if (style & ~0x3ff) throw argumentException('An undefined NumberStyles value is being used.', 'style')
  if ((style & numberStyles.hex) === 0) return
  if (!isInteger)
    throw argumentException('The number style AllowHexSpecifier is not supported on floating point data types.')
  if (style & ~(numberStyles.hex | numberStyles.leadingWhite | numberStyles.trailingWhite))
    throw argumentException(
      'With the AllowHexSpecifier bit set in the enum bit field, the only other valid bits that can be combined into the enum value must be a subset of those in HexNumber.',
    )
}

/** `int.Parse` and its kin. @throws DotNetException ArgumentNull, Format or OverflowException */
export function parseInteger(text: string | null, type: IntegerType, style = integerStyle): bigint {
  if (text === null) throw argumentNull('String')
  const result = tryParseInteger(text, type, style)
  if (result === 'format') throw formatException()
  if (result === 'overflow') throw conversionOverflow(integerTypes[type].words)
  return result
}

/** Reads a double; undefined when the text is none. A number out of range is an overflow on .NET Framework. */
export function tryParseDouble(text: string, style = floatStyle): number | ParseFailure {
  const number = scanNumber(text, style)
  if (number !== undefined) {
    const value = Number(`${number.negative ? '-' : ''}.${number.digits || '0'}e${number.point}`)
    return Number.isFinite(value) ? value : 'overflow'
  }
  switch (text.trim()) {
    case 'NaN':
      return Number.NaN
    case 'Infinity':
      return Number.POSITIVE_INFINITY
    case '-Infinity':
      return Number.NEGATIVE_INFINITY
    default:
      return 'format'
  }
}

/** `double.Parse`. @throws DotNetException ArgumentNull, Format or OverflowException */
export function parseDouble(text: string | null, style = floatStyle): number {
  if (text === null) throw argumentNull('String')
  const result = tryParseDouble(text, style)
  if (result === 'format') throw formatException()
  if (result === 'overflow') throw conversionOverflow('a Double')
  return result
}

/** `float.Parse`: what a double holds may be too large for a float. */
export function tryParseSingle(text: string, style = floatStyle): number | ParseFailure {
  const value = tryParseDouble(text, style)
  if (typeof value !== 'number') return value
  const single = Math.fround(value)
  return Number.isFinite(value) && !Number.isFinite(single) ? 'overflow' : single
}

/** `float.Parse`. @throws DotNetException ArgumentNull, Format or OverflowException */
export function parseSingle(text: string | null, style = floatStyle): number {
  if (text === null) throw argumentNull('String')
  const result = tryParseSingle(text, style)
  if (result === 'format') throw formatException()
  if (result === 'overflow') throw conversionOverflow('a Single')
  return result
}

export function tryParseDecimal(text: string, style = decimalStyle): Decimal | ParseFailure {
  const number = scanNumber(text, style)
  if (number === undefined) return 'format'
  const { negative, digits, point } = number
  if (digits === '') return Decimal.of(0n, Math.min(28, Math.max(0, -point)))
  // Beyond these no decimal is near, or nothing but zero is.
  if (point > 29) return 'overflow'
  if (point < -60) return Decimal.of(0n, 28)
  const scale = digits.length - point
  try {
    return Decimal.of(BigInt((negative ? '-' : '') + digits.padEnd(point, '0')), Math.max(0, scale))
  } catch {
    return 'overflow'
  }
}

/** `decimal.Parse`. @throws DotNetException ArgumentNull, Format or OverflowException */
export function parseDecimal(text: string | null, style = decimalStyle): Decimal {
  if (text === null) throw argumentNull('String')
  const result = tryParseDecimal(text, style)
  if (result === 'format') throw formatException()
  if (result === 'overflow') throw conversionOverflow('a Decimal')
  return result
}
