import type { BoundBinary, NumericType } from '../bound.js'
import type { DecimalDigits } from '../syntax.js'
import type { ConstantValue } from '../types/type.js'

/** Bits of the integer types; negative for signed ones. */
const BITS: Readonly<Record<string, readonly [bits: number, signed: boolean]>> = {
  sbyte: [8, true],
  byte: [8, false],
  short: [16, true],
  ushort: [16, false],
  char: [16, false],
  int: [32, true],
  uint: [32, false],
  long: [64, true],
  ulong: [64, false],
}

/** The outcome of folding: a value, one that does not fit its type, or nothing because it is not folded here. */
export type Folded = { readonly value: ConstantValue } | 'overflow' | 'decimal-overflow' | 'divide-by-zero' | undefined

const fit = (exact: bigint, type: string): { readonly value: bigint; readonly fits: boolean } => {
  const [bits, signed] = BITS[type] ?? [64, true]
  const value = signed ? BigInt.asIntN(bits, exact) : BigInt.asUintN(bits, exact)
  return { value, fits: value === exact }
}

const isWide = (type: string): boolean => type === 'long' || type === 'ulong'
const isInteger = (type: string): boolean => type in BITS
const store = (value: bigint, type: string): ConstantValue => (isWide(type) ? value : Number(value))

function integerResult(exact: bigint, type: string, checked: boolean): Folded {
  const { value, fits } = fit(exact, type)
  return checked && !fits ? 'overflow' : { value: store(value, type) }
}

/** A decimal's digits are at most 96 bits, its scale at most 28. */
const DECIMAL_LIMIT = 2n ** 96n
const isDecimal = (value: ConstantValue): value is DecimalDigits => typeof value === 'object' && value !== null

/**
 * Converts a numeric constant. A real becomes a decimal at run time only; that it fits is said here. Conversions from and to
 * decimal are checked in an unchecked context too.
 */
export function convertConstant(value: ConstantValue, from: NumericType, to: NumericType, checked: boolean): Folded {
  if (from === to) return { value }
  if (isDecimal(value)) return isInteger(to) ? decimalToInteger(value, to) : undefined
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined
  if (to === 'decimal') return toDecimal(value, from)
  if (to === 'double') return { value: Number(value) }
  if (to === 'float') return { value: Math.fround(Number(value)) }
  const isReal = from === 'double' || from === 'float'
  const exact = typeof value === 'bigint' ? value : Number.isFinite(value) ? BigInt(Math.trunc(value)) : undefined
  if (!isReal && exact !== undefined) return integerResult(exact, to, checked)
  if (exact !== undefined && fit(exact, to).fits) return { value: store(exact, to) }
  return checked ? 'overflow' : { value: store(fit(byProcessor(Number(value), to), to).value, to) }
}

/**
 * What a processor makes of a real that a type cannot hold, and so the compiler, which asks it: the smallest number of the 64 bits it
 * uses for uint, long and ulong, or of the 32 for the others, where these do not hold it either.
 */
function byProcessor(value: number, to: NumericType): bigint {
  const exact = Number.isFinite(value) ? BigInt(Math.trunc(value)) : undefined
  // Of what is too large for a ulong nothing is left.
  if (to === 'ulong' && !(value < 0)) return 0n
  const bits = to === 'uint' || isWide(to) ? 64 : 32
  return exact !== undefined && BigInt.asIntN(bits, exact) === exact ? exact : -(2n ** BigInt(bits - 1))
}

function decimalToInteger({ unscaled, scale }: DecimalDigits, to: string): Folded {
  const folded = integerResult(unscaled / 10n ** BigInt(scale), to, true)
  return folded === 'overflow' ? 'decimal-overflow' : folded
}

function toDecimal(value: number | bigint, from: NumericType): Folded {
  if (isInteger(from)) return { value: { unscaled: BigInt(value), scale: 0 } }
  return Math.abs(Number(value)) < Number(DECIMAL_LIMIT) ? undefined : 'decimal-overflow'
}

/** Whether an integer constant fits another integer type. */
export function constantFits(value: ConstantValue, to: NumericType): boolean {
  return (typeof value === 'number' || typeof value === 'bigint') && isInteger(to) && fit(BigInt(value), to).fits
}

type Operator = BoundBinary['operator']

/** Folds an operator on two constants of one type. */
export function foldBinary(
  operator: Operator,
  left: ConstantValue,
  right: ConstantValue,
  type: string,
  checked: boolean,
): Folded {
  if (type === 'string' && typeof left === 'string' && typeof right === 'string')
    return foldEquality(operator, left === right)
  if (type === 'bool') return foldBool(operator, left === true, right === true)
  if (type === 'double' || type === 'float') return foldReal(operator, Number(left), Number(right), type)
  if (type === 'decimal' && isDecimal(left) && isDecimal(right)) return foldDecimal(operator, left, right)
  if (!isInteger(type) || left === null || right === null) return undefined
  return foldInteger(operator, BigInt(left as number | bigint), BigInt(right as number | bigint), type, checked)
}

/** As decimals are computed: a quotient has 28 places, what does not fit loses its last ones. */
function foldDecimal(operator: Operator, left: DecimalDigits, right: DecimalDigits): Folded {
  const scale = Math.max(left.scale, right.scale)
  const a = left.unscaled * 10n ** BigInt(scale - left.scale)
  const b = right.unscaled * 10n ** BigInt(scale - right.scale)
  switch (operator) {
    case '+':
      return decimalResult(a + b, scale)
    case '-':
      return decimalResult(a - b, scale)
    case '*':
      return decimalProduct(left, right)
    case '/':
      return b === 0n ? 'divide-by-zero' : decimalQuotient(left, right)
    default:
      return foldComparison(operator, a, b)
  }
}

/** Zero keeps its places only where both sides have 32 bits, and there are not too many. */
function decimalProduct(left: DecimalDigits, right: DecimalDigits): Folded {
  const unscaled = left.unscaled * right.unscaled
  const scale = left.scale + right.scale
  const isShort = [left, right].every((side) => BigInt.asIntN(33, side.unscaled) === side.unscaled)
  const isZero = isShort ? scale > 47 : unscaled === 0n
  return isZero ? { value: { unscaled: 0n, scale: 0 } } : decimalResult(unscaled, scale)
}

/** One digit more than 28, and a last one for what follows, decide the rounding; zeros at the end go, but where a quotient is exact and they were written. */
function decimalQuotient(left: DecimalDigits, right: DecimalDigits): Folded {
  const shift = BigInt(30 - left.scale + right.scale)
  const numerator = left.unscaled * 10n ** (shift > 0n ? shift : 0n)
  const denominator = right.unscaled * 10n ** (shift < 0n ? -shift : 0n)
  const sticky = numerator % denominator === 0n ? 0n : numerator < 0n === denominator < 0n ? 1n : -1n
  const folded = decimalResult((numerator / denominator) * 10n + sticky, 31)
  if (typeof folded !== 'object' || !isDecimal(folded.value)) return folded
  let { unscaled, scale } = folded.value
  const product = unscaled * right.unscaled * 10n ** BigInt(left.scale)
  const isExact = product === left.unscaled * 10n ** BigInt(scale + right.scale)
  const wanted = isExact ? Math.max(0, left.scale - right.scale) : 0
  for (; scale > wanted && unscaled % 10n === 0n; scale--) unscaled /= 10n
  return { value: { unscaled, scale } }
}

function decimalResult(unscaled: bigint, scale: number): Folded {
  const size = unscaled < 0n ? -unscaled : unscaled
  const unit = 10n ** BigInt(scale)
  if ((2n * size + unit) / (2n * unit) >= DECIMAL_LIMIT) return 'decimal-overflow'
  let drop = Math.max(0, scale - 28)
  while (
    roundedQuotient(unscaled, 10n ** BigInt(drop)) >= DECIMAL_LIMIT ||
    roundedQuotient(unscaled, 10n ** BigInt(drop)) <= -DECIMAL_LIMIT
  )
    drop++
  return { value: { unscaled: roundedQuotient(unscaled, 10n ** BigInt(drop)), scale: scale - drop } }
}

/** A half goes to the even neighbour. */
function roundedQuotient(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor
  const rest = 2n * (value % divisor)
  const twice = rest < 0n ? -rest : rest
  const up = twice > divisor || (twice === divisor && quotient % 2n !== 0n)
  return up ? quotient + (value < 0n ? -1n : 1n) : quotient
}

function foldEquality(operator: Operator, equal: boolean): Folded {
  if (operator === '==') return { value: equal }
  return operator === '!=' ? { value: !equal } : undefined
}

function foldBool(operator: Operator, left: boolean, right: boolean): Folded {
  if (operator === '&') return { value: left && right }
  if (operator === '|') return { value: left || right }
  if (operator === '^') return { value: left !== right }
  return foldEquality(operator, left === right)
}

function foldReal(operator: Operator, left: number, right: number, type: string): Folded {
  const round = (value: number): Folded => ({ value: type === 'float' ? Math.fround(value) : value })
  switch (operator) {
    case '+':
      return round(left + right)
    case '-':
      return round(left - right)
    case '*':
      return round(left * right)
    case '/':
      return round(left / right)
    case '%':
      return round(left % right)
    default:
      return foldComparison(operator, left, right)
  }
}

function foldComparison(operator: Operator, left: number | bigint, right: number | bigint): Folded {
  switch (operator) {
    case '<':
      return { value: left < right }
    case '>':
      return { value: left > right }
    case '<=':
      return { value: left <= right }
    case '>=':
      return { value: left >= right }
    default:
      return foldEquality(operator, left === right)
  }
}

function foldInteger(operator: Operator, left: bigint, right: bigint, type: string, checked: boolean): Folded {
  const result = (exact: bigint): Folded => integerResult(exact, type, checked)
  const unchecked = (exact: bigint): Folded => integerResult(exact, type, false)
  if ((operator === '/' || operator === '%') && right === 0n) return 'divide-by-zero'
  // Only the low bits of a shift count: 5 of an int, 6 of a long.
  const count = right & (isWide(type) ? 63n : 31n)
  switch (operator) {
    case '+':
      return result(left + right)
    case '-':
      return result(left - right)
    case '*':
      return result(left * right)
    case '/':
      return result(left / right)
    case '%':
      return result(left % right)
    case '<<':
      return unchecked(left << count)
    case '>>':
      return unchecked(left >> count)
    case '&':
      return unchecked(left & right)
    case '|':
      return unchecked(left | right)
    case '^':
      return unchecked(left ^ right)
    default:
      return foldComparison(operator, left, right)
  }
}

/** Folds `-`, `~`, `!`, `+` on a constant. */
export function foldUnary(
  operator: '+' | '-' | '!' | '~',
  value: ConstantValue,
  type: string,
  checked: boolean,
): Folded {
  if (operator === '+') return { value }
  if (operator === '!') return typeof value === 'boolean' ? { value: !value } : undefined
  if (typeof value === 'object' && value !== null) {
    return operator === '-' && value.unscaled !== 0n ? { value: { ...value, unscaled: -value.unscaled } } : undefined
  }
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined
  if (!isInteger(type)) return operator === '-' ? { value: -Number(value) } : undefined
  const exact = BigInt(value)
  return integerResult(operator === '-' ? -exact : ~exact, type, checked && operator === '-')
}

/** A constant in a message; reals and chars are told from integers by their type. */
export function constantText(value: ConstantValue, type?: NumericType): string {
  if (typeof value === 'number' && type === 'char') return String.fromCharCode(value)
  if (typeof value === 'number' && (type === 'double' || type === 'float')) return realText(value, type)
  if (!isDecimal(value)) return String(value)
  const digits = (value.unscaled < 0n ? -value.unscaled : value.unscaled).toString().padStart(value.scale + 1, '0')
  const point = digits.length - value.scale
  const text = value.scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
  return `${value.unscaled < 0n ? '-' : ''}${text}M`
}

/** 15 digits of a double, 7 of a float, as .NET Framework prints them. */
function realText(value: number, type: 'double' | 'float'): string {
  if (!Number.isFinite(value) || value === 0) return String(value)
  const digits = type === 'double' ? 15 : 7
  const [mantissa = '', exponent = ''] = value.toExponential(digits - 1).split('e')
  const power = Number(exponent)
  if (power >= -5 && power < digits) return String(Number(value.toPrecision(digits)))
  const sign = power < 0 ? '-' : '+'
  return `${Number(mantissa)}E${sign}${String(Math.abs(power)).padStart(2, '0')}`
}
