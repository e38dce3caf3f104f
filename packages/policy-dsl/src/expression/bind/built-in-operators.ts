import type { BoundBinary, BoundExpression, NumericType, OperandType } from '../bound.js'
import type { Span } from '../position.js'
import type { NamedType, Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { foldBinary, type Folded } from './constants.js'
import { convertExplicit, convertImplicit, implicitConversion, mayBeEqual } from './conversions.js'
import { unlift, type Unlifted } from './declared-operators.js'
import { isBool, isDelegate, isEnum, isReferenceType, isString, numericOf } from './relations.js'

type Operator = BoundBinary['operator']

/** The type both operands of an arithmetic operator become: C# specification, "Binary numeric promotions". */
export function promote(left: NumericType, right: NumericType): NumericType | undefined {
  const either = (type: NumericType): boolean => left === type || right === type
  const other = (type: NumericType): NumericType => (left === type ? right : left)
  if (either('decimal')) return ['float', 'double'].includes(other('decimal')) ? undefined : 'decimal'
  if (either('double')) return 'double'
  if (either('float')) return 'float'
  if (either('ulong')) return SIGNED.includes(other('ulong')) ? undefined : 'ulong'
  if (either('long')) return 'long'
  if (either('uint')) return ['sbyte', 'short', 'int'].includes(other('uint')) ? 'long' : 'uint'
  return 'int'
}

const BITWISE: readonly Operator[] = ['&', '|', '^']
export const COMPARISONS: readonly Operator[] = ['==', '!=', '<', '>', '<=', '>=']

/** Of numbers. */
export function numericOperation(
  b: Binder,
  operator: Operator,
  left: BoundExpression,
  right: BoundExpression,
  span: Span,
): BoundExpression | undefined {
  const one = unlift(b, left.type)
  const two = unlift(b, right.type)
  // A bare null takes the type of the other side.
  const first = numericOf(one.type) ?? (one.type.kind === 'null' ? numericOf(two.type) : undefined)
  const second = numericOf(two.type) ?? (two.type.kind === 'null' ? numericOf(one.type) : undefined)
  if (first === undefined || second === undefined) return undefined
  const lifted = one.nullable || two.nullable || one.type.kind === 'null' || two.type.kind === 'null'
  if (operator === '<<' || operator === '>>') {
    const count = two.type.kind === 'null' ? 'int' : second
    return shift(b, operator, left, right, first, count, lifted, span)
  }
  const type = promoteConstants(b, left, right, first, second)
  if (type === undefined || (BITWISE.includes(operator) && ['float', 'double', 'decimal'].includes(type)))
    return undefined
  return builtIn(b, operator, left, right, type as OperandType, lifted, span)
}

/** A ulong and a signed integer meet as float, double and decimal alike; bits have none of these. */
export function isAmbiguous(b: Binder, operator: Operator, left: BoundExpression, right: BoundExpression): boolean {
  if (BITWISE.includes(operator) || operator === '<<' || operator === '>>') return false
  const types = [left, right].map(({ type }) => numericOf(unlift(b, type).type))
  return types.includes('ulong') && types.some((type) => type !== undefined && SIGNED.includes(type))
}

const SIGNED: readonly NumericType[] = ['sbyte', 'short', 'int', 'long']

/** An int constant that is not negative goes along with ulong and uint. */
function promoteConstants(
  b: Binder,
  left: BoundExpression,
  right: BoundExpression,
  first: NumericType,
  second: NumericType,
): NumericType | undefined {
  for (const [operand, other] of [
    [left, second],
    [right, first],
  ] as const) {
    const wanted = other === 'ulong' || other === 'uint'
    if (wanted && operand.kind === 'constant' && implicitConversion(b, operand, b.table.special[other])) return other
  }
  return promote(first, second)
}

function shift(
  b: Binder,
  operator: Operator,
  left: BoundExpression,
  right: BoundExpression,
  first: NumericType,
  second: NumericType,
  lifted: boolean,
  span: Span,
): BoundExpression | undefined {
  if (
    ['float', 'double', 'decimal'].includes(first) ||
    !['sbyte', 'byte', 'short', 'ushort', 'int', 'char'].includes(second)
  )
    return undefined
  const type =
    promote(first, 'int') === 'int' || first === 'uint' || first === 'ulong'
      ? first === 'uint' || first === 'ulong'
        ? first
        : 'int'
      : first
  const { int } = b.table.special
  const of = b.table.special[type as 'int']
  const shifted = convertImplicit(b, left, lifted ? b.table.nullable(of) : of)
  const count = convertImplicit(b, right, lifted ? b.table.nullable(int) : int)
  return finish(b, operator, shifted, count, type as OperandType, lifted, lifted ? b.table.nullable(of) : of, span)
}

/** Converts both operands to the operator's type and applies it. */
function builtIn(
  b: Binder,
  operator: Operator,
  left: BoundExpression,
  right: BoundExpression,
  operandType: OperandType,
  lifted: boolean,
  span: Span,
): BoundExpression {
  const { special } = b.table
  const of = special[operandType as 'int']
  const type = lifted ? b.table.nullable(of) : of
  const result = COMPARISONS.includes(operator) ? special.bool : type
  return finish(
    b,
    operator,
    convertImplicit(b, left, type),
    convertImplicit(b, right, type),
    operandType,
    lifted,
    result,
    span,
  )
}

function finish(
  b: Binder,
  operator: Operator,
  left: BoundExpression,
  right: BoundExpression,
  operandType: OperandType,
  lifted: boolean,
  type: Type,
  span: Span,
): BoundExpression {
  const checked = b.checked === 'checked'
  if (!lifted && left.kind === 'constant' && right.kind === 'constant') {
    const folded = foldBinary(operator, left.value, right.value, operandType, b.checked !== 'unchecked')
    const constant = foldedConstant(b, folded, type, span)
    if (constant) return constant
  }
  if (
    (operator === '/' || operator === '%') &&
    isZero(right) &&
    operandType !== 'double' &&
    operandType !== 'float' &&
    !lifted
  ) {
    return b.fail('CS0020', span, 'Division by constant zero')
  }
  return { kind: 'binary', operator, left, right, operandType, checked, lifted, type, start: span.start, end: span.end }
}

const isZero = (operand: BoundExpression): boolean =>
  operand.kind === 'constant' &&
  (operand.value === 0 || operand.value === 0n || (typeof operand.value === 'object' && operand.value?.unscaled === 0n))

/** What an operator of constants gives; undefined when it is left to the run. */
export function foldedConstant(b: Binder, folded: Folded, type: Type, span: Span): BoundExpression | undefined {
  if (folded === 'overflow') return b.fail('CS0220', span, 'The operation overflows at compile time in checked mode')
  if (folded === 'decimal-overflow')
    return b.fail('CS0463', span, 'Evaluation of the decimal constant expression failed')
  if (folded === 'divide-by-zero') return b.fail('CS0020', span, 'Division by constant zero')
  return folded && b.constant(folded.value, type, span)
}

/** Of truth values. */
export function boolOperation(
  b: Binder,
  operator: Operator,
  left: BoundExpression,
  right: BoundExpression,
  span: Span,
): BoundExpression | undefined {
  const one = unlift(b, left.type)
  const two = unlift(b, right.type)
  if (!BITWISE.includes(operator) && operator !== '==' && operator !== '!=') return undefined
  const isBoolLike = (own: Unlifted, other: Unlifted): boolean =>
    isBool(own.type) || (own.type.kind === 'null' && isBool(other.type))
  if (!isBoolLike(one, two) || !isBoolLike(two, one)) return undefined
  const lifted = one.nullable || two.nullable || one.type.kind === 'null' || two.type.kind === 'null'
  return builtIn(b, operator, left, right, 'bool', lifted, span)
}

/** Enums compare and combine with their own kind; a number is added to one and gives one. */
export function enumOperation(
  b: Binder,
  operator: Operator,
  left: BoundExpression,
  right: BoundExpression,
  span: Span,
): BoundExpression | undefined {
  const one = unlift(b, left.type)
  const two = unlift(b, right.type)
  const type = isEnum(one.type) ? one.type : isEnum(two.type) ? two.type : undefined
  if (type === undefined) return undefined
  const { special } = b.table
  const lifted = one.nullable || two.nullable || one.type.kind === 'null' || two.type.kind === 'null'
  const isOwn = (operand: BoundExpression): boolean =>
    implicitConversion(b, operand, lifted ? b.table.nullable(type) : type) !== undefined
  const toInt = (operand: BoundExpression): BoundExpression =>
    convertExplicit(b, operand, lifted ? b.table.nullable(special.int) : special.int, operand)
  const apply = (result: Type): BoundExpression => {
    const shown = lifted && !COMPARISONS.includes(operator) ? b.table.nullable(result) : result
    return finish(
      b,
      operator,
      toInt(asEnum(b, left, type, lifted)),
      toInt(asEnum(b, right, type, lifted)),
      'int',
      lifted,
      shown,
      span,
    )
  }
  if (isOwn(left) && isOwn(right)) {
    if (COMPARISONS.includes(operator)) return apply(special.bool)
    if (BITWISE.includes(operator)) return apply(type)
    return operator === '-' ? apply(special.int) : undefined
  }
  const count = lifted ? b.table.nullable(special.int) : special.int
  const isCount = (operand: BoundExpression): boolean =>
    implicitConversion(b, operand, count) !== undefined || (lifted && operand.type.kind === 'null')
  if (operator === '+' && (isCount(left) || isCount(right))) return apply(type)
  return operator === '-' && (isCount(left) || isCount(right)) ? apply(type) : undefined
}

function asEnum(b: Binder, operand: BoundExpression, type: NamedType, lifted: boolean): BoundExpression {
  const convert = implicitConversion(b, operand, lifted ? b.table.nullable(type) : type)
  return convert ? convert() : operand
}

/** `==` and `!=` of strings, references and null. */
export function equality(
  b: Binder,
  operator: Operator,
  left: BoundExpression,
  right: BoundExpression,
  span: Span,
): BoundExpression | undefined {
  if (operator !== '==' && operator !== '!=') return undefined
  const { bool, string } = b.table.special
  const { start, end } = span
  const isStringLike = (type: Type): boolean => isString(type) || type.kind === 'null'
  if (isStringLike(left.type) && isStringLike(right.type)) {
    if (left.kind === 'constant' && right.kind === 'constant')
      return b.constant((left.value === right.value) === (operator === '=='), bool, span)
    const sides = { left: convertImplicit(b, left, string), right: convertImplicit(b, right, string) }
    return {
      kind: 'binary',
      operator,
      ...sides,
      operandType: 'string',
      checked: false,
      lifted: false,
      type: bool,
      start,
      end,
    }
  }
  if (!comparesReferences(b, left.type, right.type)) return undefined
  return {
    kind: 'binary',
    operator,
    left: nulled(b, left, right.type),
    right: nulled(b, right, left.type),
    operandType: 'reference',
    checked: false,
    lifted: false,
    type: bool,
    start,
    end,
  }
}

/** A bare null becomes a null of the other side's type. */
const nulled = (b: Binder, operand: BoundExpression, other: Type): BoundExpression =>
  operand.type.kind === 'null' && other.kind !== 'null' ? b.constant(null, other, operand) : operand

function comparesReferences(b: Binder, left: Type, right: Type): boolean {
  const isNullable = (type: Type): boolean => b.table.nullableElement(type) !== undefined
  if (left.kind === 'null' || right.kind === 'null') {
    const other = left.kind === 'null' ? right : left
    return isReferenceType(other) || isNullable(other) || other.kind === 'type-parameter'
  }
  return (
    isReferenceType(left) &&
    isReferenceType(right) &&
    mayBeEqual(b, left, right) &&
    (!isDelegate(left) || left === right)
  )
}
