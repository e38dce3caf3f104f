import type { BoundBinary, NumericType } from '../bound.js'
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
export type Folded = { readonly value: ConstantValue } | 'overflow' | 'divide-by-zero' | undefined

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

/** Converts a numeric constant; decimals are only made of integers here, everything else about them is done at run time. */
export function convertConstant(value: ConstantValue, from: NumericType, to: NumericType, checked: boolean): Folded {
  if (from === to) return { value }
  if (from === 'decimal') return undefined
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined
  if (to === 'decimal') return isInteger(from) ? { value: { unscaled: BigInt(value), scale: 0 } } : undefined
  if (to === 'double') return { value: Number(value) }
  if (to === 'float') return { value: Math.fround(Number(value)) }
  if (typeof value === 'number' && !Number.isFinite(value)) return checked ? 'overflow' : undefined
  const exact = typeof value === 'bigint' ? value : BigInt(Math.trunc(value))
  if (!checked && (from === 'double' || from === 'float') && !fit(exact, to).fits) return undefined
  return integerResult(exact, to, checked)
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
  if (!isInteger(type) || left === null || right === null) return undefined
  return foldInteger(operator, BigInt(left as number | bigint), BigInt(right as number | bigint), type, checked)
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

/** A constant in a message. */
export function constantText(value: ConstantValue): string {
  return typeof value === 'object' && value !== null ? `${value.unscaled}E-${value.scale}` : String(value)
}
