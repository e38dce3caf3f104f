import { Decimal } from '../values/decimal.js'
import { argumentNull, conversionOverflow, formatException } from '../values/exceptions.js'
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

/** The flags of NumberStyles that matter. */
export const numberStyles = {
  leadingWhite: 1,
  trailingWhite: 2,
  leadingSign: 4,
  trailingSign: 8,
  parentheses: 16,
  decimalPoint: 32,
  thousands: 64,
  exponent: 128,
  currency: 256,
  hex: 512,
} as const

export const integerStyle = 7
export const floatStyle = 1 | 2 | 4 | 32 | 64 | 128
export const decimalStyle = 1 | 2 | 4 | 8 | 32 | 64

/** Why a text is no number. */
export type ParseFailure = 'format' | 'overflow'

/** Reads a text by NumberStyles into sign, digits and exponent; undefined when it does not fit. */
function normalize(text: string, style: number): string | undefined {
  let rest = withoutEnd(text, '\0')
  if (style & numberStyles.leadingWhite) rest = rest.replace(/^[\t-\r ]+/, '')
  if (style & numberStyles.trailingWhite) rest = withoutEnd(rest, '\t\n\v\f\r ')
  if (style & numberStyles.currency) rest = rest.replace('¤', '')
  let negative = false
  if (style & numberStyles.parentheses && /^\(.*\)$/.test(rest)) {
    negative = true
    rest = rest.slice(1, -1)
  } else if (style & numberStyles.leadingSign && /^[+-]/.test(rest)) {
    negative = rest.startsWith('-')
    rest = rest.slice(1)
  } else if (style & numberStyles.trailingSign && /[+-]$/.test(rest)) {
    negative = rest.endsWith('-')
    rest = rest.slice(0, -1)
  }
  const match = /^(\d[\d,]*)?(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(rest)
  const [, whole = '', fraction, exponent] = match ?? []
  const allowed =
    match !== null &&
    whole + (fraction ?? '') !== '' &&
    (fraction === undefined || (style & numberStyles.decimalPoint) !== 0) &&
    (exponent === undefined || (style & numberStyles.exponent) !== 0) &&
    (!whole.includes(',') || (style & numberStyles.thousands) !== 0)
  if (!allowed) return undefined
  return `${negative ? '-' : ''}${whole.replaceAll(',', '') || '0'}.${fraction ?? '0'}e${exponent ?? '0'}`
}

/** Reads an integer of a type; a fraction of zeros is allowed where the style allows a point. */
export function tryParseInteger(text: string, type: IntegerType, style = integerStyle): bigint | ParseFailure {
  const { minimum, maximum } = integerTypes[type]
  if (style & numberStyles.hex) return tryParseHex(text, type)
  const normal = normalize(text, style)
  if (normal === undefined) return 'format'
  const plain = /^(-?\d+)\.0*e0$/.exec(normal)?.[1]
  // What is longer than this, zeros before it aside, fits no type; to count it would take long.
  if (plain !== undefined && plain.replace(/^-?0+/, '').length > 40) return 'overflow'
  const value = plain === undefined ? integerWithExponent(normal) : BigInt(plain)
  return value === undefined || value < minimum || value > maximum ? 'overflow' : value
}

function integerWithExponent(normal: string): bigint | undefined {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)\.(\d*)e([+-]?\d+)$/.exec(normal) ?? []
  const places = Number(exponent)
  if (places > 100) return undefined
  const significant = withoutEnd(fraction, '0')
  const digits = whole + significant.padEnd(Math.max(0, places), '0')
  return significant.length > places ? undefined : BigInt(sign + digits.slice(0, whole.length + places))
}

function tryParseHex(text: string, type: IntegerType): bigint | ParseFailure {
  const digits = text.trim()
  if (!/^[0-9a-fA-F]+$/.test(digits)) return 'format'
  const { minimum, maximum } = integerTypes[type]
  const size = maximum - minimum + 1n
  const value = BigInt(`0x${digits}`)
  return value >= size ? 'overflow' : value > maximum ? value - size : value
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
  const normal = normalize(text, style)
  if (normal !== undefined) {
    const value = Number(normal)
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
  const normal = normalize(text, style)
  if (normal === undefined) return 'format'
  // The normal form adds `.0` to whole numbers; the scale must not show it.
  const trimmed = /[.]/.test(text) ? normal : normal.replace('.0', '')
  try {
    return Decimal.tryParse(trimmed) ?? 'format'
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
