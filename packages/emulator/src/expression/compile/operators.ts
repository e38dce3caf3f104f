import type { BoundBinary, BoundUnary, OperandType } from '@apim-kit/policy-dsl/expression'
import type { Decimal } from '../values/decimal.js'
import { divideByZero, overflowException } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import type { Code } from './frame.js'
import { integerCode } from './integers.js'

type BinaryOperator = BoundBinary['operator']
type UnaryOperator = BoundUnary['operator']

/** An operator on two values that are not null. */
export type Binary = (left: ClrValue, right: ClrValue) => ClrValue

/** The operator as a function of values: for lifted operators, and for types that are rare. */
export function binaryOperator(operator: BinaryOperator, type: OperandType, checked: boolean): Binary {
  const table = (checked ? checkedTables[type] : undefined) ?? {}
  const found = table[operator] ?? tables[type][operator]
  if (found === undefined) throw new Error(`There is no operator ${operator} on ${type}.`)
  return found
}

/** An operator that is not lifted, as code. The commonest get closures of their own, so that calls are saved. */
export function binaryCode(node: BoundBinary, left: Code, right: Code): Code {
  const { operator, operandType, checked } = node
  const direct =
    equalityCode(node, left, right) ?? (operandType === 'int' && !checked && integerCode(node, left, right))
  if (direct) return direct
  const apply = binaryOperator(operator, operandType, checked)
  return (frame) => apply(left(frame), right(frame))
}

/** Equality of everything that JavaScript compares by value. */
function equalityCode({ operator, operandType }: BoundBinary, left: Code, right: Code): Code | undefined {
  if (operandType === 'decimal') return undefined
  const { constant } = right
  switch (operator) {
    case '==':
      return constant === undefined ? (frame) => left(frame) === right(frame) : (frame) => left(frame) === constant
    case '!=':
      return constant === undefined ? (frame) => left(frame) !== right(frame) : (frame) => left(frame) !== constant
    default:
      return undefined
  }
}

type Table = Partial<Record<BinaryOperator, Binary>>

const numbers = (apply: (a: number, b: number) => ClrValue): Binary => apply as Binary
const bigints = (apply: (a: bigint, b: bigint) => ClrValue): Binary => apply as Binary
const decimals = (apply: (a: Decimal, b: Decimal) => ClrValue): Binary => apply as Binary
const booleans = (apply: (a: boolean, b: boolean) => ClrValue): Binary => apply as Binary

/** Comparisons are the same for everything that JavaScript compares by value. */
const comparisons: Table = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': numbers((a, b) => a < b),
  '>': numbers((a, b) => a > b),
  '<=': numbers((a, b) => a <= b),
  '>=': numbers((a, b) => a >= b),
}

const int: Table = {
  ...comparisons,
  '+': numbers((a, b) => (a + b) | 0),
  '-': numbers((a, b) => (a - b) | 0),
  '*': numbers((a, b) => Math.imul(a, b)),
  '/': numbers((a, b) => divideInt(a, b)),
  '%': numbers((a, b) => remainderInt(a, b)),
  '<<': numbers((a, b) => a << b),
  '>>': numbers((a, b) => a >> b),
  '&': numbers((a, b) => a & b),
  '|': numbers((a, b) => a | b),
  '^': numbers((a, b) => a ^ b),
}

const uint: Table = {
  ...comparisons,
  '+': numbers((a, b) => (a + b) >>> 0),
  '-': numbers((a, b) => (a - b) >>> 0),
  '*': numbers((a, b) => Math.imul(a, b) >>> 0),
  '/': numbers((a, b) => Math.floor(a / nonZero(b))),
  '%': numbers((a, b) => a % nonZero(b)),
  '<<': numbers((a, b) => (a << b) >>> 0),
  '>>': numbers((a, b) => a >>> b),
  '&': numbers((a, b) => (a & b) >>> 0),
  '|': numbers((a, b) => (a | b) >>> 0),
  '^': numbers((a, b) => (a ^ b) >>> 0),
}

/** The right side of a shift is an int; its lowest six bits count. */
const shift = (count: ClrValue): bigint => BigInt((count as number) & 63)

const bigTable = (fit: (value: bigint) => bigint): Table => ({
  ...comparisons,
  '+': bigints((a, b) => fit(a + b)),
  '-': bigints((a, b) => fit(a - b)),
  '*': bigints((a, b) => fit(a * b)),
  '/': bigints((a, b) => checkedDivision(a / nonZero(b), fit)),
  '%': bigints((a, b) => remainder(a, b, fit)),
  '<<': (a, b) => fit((a as bigint) << shift(b)),
  '>>': (a, b) => (a as bigint) >> shift(b),
  '&': bigints((a, b) => a & b),
  '|': bigints((a, b) => a | b),
  '^': bigints((a, b) => fit(a ^ b)),
})

const floatTable = (fit: (value: number) => number): Table => ({
  ...comparisons,
  '+': numbers((a, b) => fit(a + b)),
  '-': numbers((a, b) => fit(a - b)),
  '*': numbers((a, b) => fit(a * b)),
  '/': numbers((a, b) => fit(a / b)),
  '%': numbers((a, b) => fit(a % b)),
})

const decimal: Table = {
  '+': decimals((a, b) => a.add(b)),
  '-': decimals((a, b) => a.subtract(b)),
  '*': decimals((a, b) => a.multiply(b)),
  '/': decimals((a, b) => a.divide(b)),
  '%': decimals((a, b) => a.remainder(b)),
  '==': decimals((a, b) => a.equals(b)),
  '!=': decimals((a, b) => !a.equals(b)),
  '<': decimals((a, b) => a.compare(b) < 0),
  '>': decimals((a, b) => a.compare(b) > 0),
  '<=': decimals((a, b) => a.compare(b) <= 0),
  '>=': decimals((a, b) => a.compare(b) >= 0),
}

const bool: Table = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '&': booleans((a, b) => a && b),
  '|': booleans((a, b) => a || b),
  '^': booleans((a, b) => a !== b),
}

const identity: Table = { '==': (a, b) => a === b, '!=': (a, b) => a !== b }

const asLong = (value: bigint): bigint => BigInt.asIntN(64, value)
const asULong = (value: bigint): bigint => BigInt.asUintN(64, value)

const tables: Record<OperandType, Table> = {
  int,
  uint,
  long: bigTable(asLong),
  ulong: bigTable(asULong),
  float: floatTable(Math.fround),
  double: floatTable((value) => value),
  decimal,
  bool,
  string: identity,
  reference: identity,
}

function checkedNumber(fits: (value: number) => boolean): Table {
  const check = (value: number): number => {
    if (!fits(value)) throw overflowException()
    return value
  }
  return {
    '+': numbers((a, b) => check(a + b)),
    '-': numbers((a, b) => check(a - b)),
    '*': numbers((a, b) => check(a * b)),
  }
}

function checkedBig(fit: (value: bigint) => bigint): Table {
  const check = (value: bigint): bigint => {
    if (fit(value) !== value) throw overflowException()
    return value
  }
  return {
    '+': bigints((a, b) => check(a + b)),
    '-': bigints((a, b) => check(a - b)),
    '*': bigints((a, b) => check(a * b)),
  }
}

const checkedTables: Partial<Record<OperandType, Table>> = {
  int: checkedNumber((value) => value >= -2147483648 && value <= 2147483647),
  uint: checkedNumber((value) => value >= 0 && value <= 4294967295),
  long: checkedBig(asLong),
  ulong: checkedBig(asULong),
}

function divideInt(a: number, b: number): number {
  nonZero(b)
  // The one quotient that does not fit; the processor traps it, checked or not.
  if (a === -2147483648 && b === -1) throw overflowException()
  return Math.trunc(a / b)
}

/** The processor divides for a remainder too, and traps the same quotient. */
function remainderInt(a: number, b: number): number {
  divideInt(a, b)
  return (a % b) | 0
}

function remainder(a: bigint, b: bigint, fit: (value: bigint) => bigint): bigint {
  checkedDivision(a / nonZero(b), fit)
  return a % b
}

function checkedDivision(quotient: bigint, fit: (value: bigint) => bigint): bigint {
  if (fit(quotient) !== quotient) throw overflowException()
  return quotient
}

function nonZero<T extends number | bigint>(divisor: T): T {
  if (divisor === 0 || divisor === 0n) throw divideByZero()
  return divisor
}

/** `+ - ! ~` on a value that is not null. */
export function unaryOperator(
  operator: UnaryOperator,
  type: OperandType,
  checked: boolean,
): (value: ClrValue) => ClrValue {
  switch (operator) {
    case '+':
      return (value) => value
    case '!':
      return (value) => value !== true
    case '~':
      return complement(type)
    case '-':
      return negation(type, checked)
  }
}

function complement(type: OperandType): (value: ClrValue) => ClrValue {
  switch (type) {
    case 'uint':
      return (value) => ~(value as number) >>> 0
    case 'long':
      return (value) => ~(value as bigint)
    case 'ulong':
      return (value) => asULong(~(value as bigint))
    default:
      return (value) => ~(value as number)
  }
}

function negation(type: OperandType, checked: boolean): (value: ClrValue) => ClrValue {
  switch (type) {
    case 'decimal':
      return (value) => (value as Decimal).negate()
    case 'float':
    case 'double':
      return (value) => -(value as number)
    default: {
      const subtract = binaryOperator('-', type, checked)
      const zero = type === 'int' ? 0 : 0n
      return (value) => subtract(zero, value)
    }
  }
}

/** A lifted operator: an operand that is null makes arithmetic null, an order false, and equality a comparison with null. */
export function liftedBinary(operator: BinaryOperator, type: OperandType, checked: boolean): Binary {
  const apply = binaryOperator(operator, type, checked)
  if (type === 'bool' && operator === '&') return threeValued(false)
  if (type === 'bool' && operator === '|') return threeValued(true)
  switch (operator) {
    case '==':
      return (a, b) => (a === null || b === null ? a === b : apply(a, b))
    case '!=':
      return (a, b) => (a === null || b === null ? a !== b : apply(a, b))
    case '<':
    case '>':
    case '<=':
    case '>=':
      return (a, b) => a !== null && b !== null && apply(a, b)
    default:
      return (a, b) => (a === null || b === null ? null : apply(a, b))
  }
}

/** `&` is decided by one false, `|` by one true; otherwise a null makes the result null. */
function threeValued(deciding: boolean): Binary {
  return (a, b) => {
    if (a === deciding || b === deciding) return deciding
    return a === null || b === null ? null : !deciding
  }
}
