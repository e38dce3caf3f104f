import type { NumericType } from '@apim-kit/policy-dsl/expression'
import { Decimal } from '../values/decimal.js'
import { conversionOverflow, overflowException } from '../values/exceptions.js'
import { integerTypes, type IntegerType } from '../text/number-parse.js'
import type { ClrValue } from '../values/value.js'

/** A conversion between two numeric types. Without `checked`, integers wrap; decimal always checks. */
export function numericConversion(from: NumericType, to: NumericType, checked: boolean): (value: ClrValue) => ClrValue {
  if (from === to) return (value) => value
  if (to === 'decimal') return toDecimal(from)
  if (to === 'double') return toDouble(from)
  if (to === 'float') return (value) => Math.fround(numberOf(value))
  if (from === 'decimal') return decimalToInteger(to)
  return floating(from) ? floatingToInteger(to, checked) : integerToInteger(to, checked)
}

function floating(type: NumericType): boolean {
  return type === 'float' || type === 'double'
}

function isBig(type: NumericType): boolean {
  return type === 'long' || type === 'ulong'
}

function numberOf(value: ClrValue): number {
  return value instanceof Decimal ? value.toNumber() : Number(value)
}

function toDecimal(from: NumericType): (value: ClrValue) => ClrValue {
  if (from === 'double') return (value) => Decimal.ofDouble(value as number)
  if (from === 'float') return (value) => Decimal.ofDouble(value as number, 7)
  return (value) => Decimal.ofInteger(value as number | bigint)
}

function toDouble(from: NumericType): (value: ClrValue) => ClrValue {
  return from === 'decimal' || isBig(from) ? (value) => numberOf(value) : (value) => value
}

function decimalToInteger(to: IntegerType): (value: ClrValue) => ClrValue {
  const { minimum, maximum, words } = integerTypes[to]
  return (value) => {
    const whole = (value as Decimal).toBigInt()
    if (whole < minimum || whole > maximum) throw conversionOverflow(words)
    return isBig(to) ? whole : Number(whole)
  }
}

/**
 * Truncates. What does not fit is undefined in C#. .NET on x64 uses a 64-bit integer for uint, long and ulong, and one of
 * 32 bits for the others; of what that cannot hold it makes its smallest number.
 */
function floatingToInteger(to: IntegerType, checked: boolean): (value: ClrValue) => ClrValue {
  const wrap = wrapper(to)
  const bits = to === 'uint' || isBig(to) ? 64 : 32
  const { minimum, maximum } = integerTypes[to]
  return (value) => {
    const whole = Math.trunc(value as number)
    const exact = Number.isFinite(whole) ? BigInt(whole) : undefined
    const fits = exact !== undefined && exact >= minimum && exact <= maximum
    if (!fits && checked) throw overflowException()
    const processor = exact !== undefined && BigInt.asIntN(bits, exact) === exact ? exact : -(2n ** BigInt(bits - 1))
    // Of what is too large for a ulong nothing is left.
    if (!fits && to === 'ulong' && !(whole < 0)) return 0n
    return wrap(fits ? exact : processor)
  }
}

function integerToInteger(to: IntegerType, checked: boolean): (value: ClrValue) => ClrValue {
  if (checked) return checkedInteger(to)
  switch (to) {
    case 'int':
      return (value) => (typeof value === 'bigint' ? Number(BigInt.asIntN(32, value)) : (value as number) | 0)
    default: {
      const wrap = wrapper(to)
      return (value) => wrap(BigInt(value as number | bigint))
    }
  }
}

function checkedInteger(to: IntegerType): (value: ClrValue) => ClrValue {
  const { minimum, maximum } = integerTypes[to]
  return (value) => {
    const exact = BigInt(value as number | bigint)
    if (exact < minimum || exact > maximum) throw overflowException()
    return isBig(to) ? exact : Number(exact)
  }
}

/** Cuts an integer to the bits of a type. */
function wrapper(to: IntegerType): (value: bigint) => ClrValue {
  switch (to) {
    case 'sbyte':
      return (value) => Number(BigInt.asIntN(8, value))
    case 'byte':
      return (value) => Number(BigInt.asUintN(8, value))
    case 'short':
      return (value) => Number(BigInt.asIntN(16, value))
    case 'ushort':
    case 'char':
      return (value) => Number(BigInt.asUintN(16, value))
    case 'int':
      return (value) => Number(BigInt.asIntN(32, value))
    case 'uint':
      return (value) => Number(BigInt.asUintN(32, value))
    case 'long':
      return (value) => BigInt.asIntN(64, value)
    case 'ulong':
      return (value) => BigInt.asUintN(64, value)
  }
}
