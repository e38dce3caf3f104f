import type { Decimal } from '../values/decimal.js'
import { withoutEnd } from './without-end.js'

/**
 * A number on its way to text: its significant digits and where the point stands among them.
 * `digits` has no leading zero; the value is `0.digits * 10^point`; zero has no digits and point 0.
 */
export interface Digits {
  readonly negative: boolean
  readonly digits: string
  readonly point: number
}

export function digitsOfInteger(value: bigint): Digits {
  const text = (value < 0n ? -value : value).toString()
  return value === 0n ? zero(false) : { negative: value < 0n, digits: text, point: text.length }
}

/** All digits of a decimal, trailing zeros included, as its scale is part of the value. */
export function digitsOfDecimal(value: Decimal): Digits {
  const { coefficient, scale } = value
  const text = (coefficient < 0n ? -coefficient : coefficient).toString()
  return coefficient === 0n ? zero(false) : { negative: coefficient < 0n, digits: text, point: text.length - scale }
}

/** A finite double rounded to so many significant digits. */
export function digitsOfDouble(value: number, significant: number): Digits {
  if (value === 0) return zero(Object.is(value, -0))
  const [mantissa = '', exponent = '0'] = Math.abs(value)
    .toExponential(significant - 1)
    .split('e')
  return { negative: value < 0, digits: trimZeros(mantissa.replace('.', '')), point: Number(exponent) + 1 }
}

/** All digits of a double, or a hundred of one that has more behind its point. */
export function exactDigits(value: number): Digits {
  if (Math.abs(value) < 2 ** 53) return digitsOfDouble(value, 100)
  const number = digitsOfInteger(BigInt(value))
  return { ...number, digits: trimZeros(number.digits) }
}

/** The shortest digits that read back as the same double, as .NET Core 3.0 and JavaScript print it. */
export function shortestDigits(value: number): Digits {
  if (value === 0) return zero(Object.is(value, -0))
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential().split('e')
  return { negative: value < 0, digits: trimZeros(mantissa.replace('.', '')), point: Number(exponent) + 1 }
}

/** The shortest digits that read back as the same float. */
export function shortestSingleDigits(value: number): Digits {
  for (let significant = 1; significant < 9; significant++) {
    const digits = digitsOfDouble(value, significant)
    if (Math.fround(numberOf(digits)) === value) return digits
  }
  return digitsOfDouble(value, 9)
}

/** Rounds half away from zero, or to even, to so many digits after the point; with `places` below zero, before it. */
export function roundAt(number: Digits, places: number, toEven = false): Digits {
  return roundToLength(number, number.point + places, toEven)
}

/** Rounds half away from zero, or to even, to so many significant digits. */
export function roundToLength({ negative, digits, point }: Digits, length: number, toEven = false): Digits {
  if (length >= digits.length) return { negative, digits, point }
  if (length < 0) return zero(negative)
  const kept = digits.slice(0, length)
  const isTie = toEven && withoutEnd(digits.slice(length), '0') === '5'
  const up = isTie ? (kept.charCodeAt(length - 1) & 1) === 1 : digits.charCodeAt(length) >= 53
  if (!up) return normalized(negative, kept, point)
  const raised = (BigInt(`0${kept}`) + 1n).toString().padStart(length, '0')
  return normalized(negative, raised, point + (raised.length - length))
}

function normalized(negative: boolean, digits: string, point: number): Digits {
  const trimmed = trimZeros(digits)
  return trimmed === '' ? zero(negative) : { negative, digits: trimmed, point }
}

function zero(negative: boolean): Digits {
  return { negative, digits: '', point: 0 }
}

function trimZeros(digits: string): string {
  return withoutEnd(digits, '0')
}

export function numberOf({ negative, digits, point }: Digits): number {
  return Number(`${negative ? '-' : ''}0.${digits || '0'}e${point}`)
}

/** The digits before the point, at least `minimum` of them. */
export function wholePart({ digits, point }: Digits, minimum: number): string {
  return (point <= 0 ? '' : digits.slice(0, point).padEnd(point, '0')).padStart(minimum, '0')
}

/** Exactly `length` digits after the point. */
export function fractionPart({ digits, point }: Digits, length: number): string {
  return ('0'.repeat(Math.max(0, -point)) + digits.slice(Math.max(0, point))).slice(0, length).padEnd(length, '0')
}
