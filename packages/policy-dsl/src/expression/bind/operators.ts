import type { BoundBinary, BoundExpression, NumericType, OperandType } from '../bound.js'
import type { Span } from '../position.js'
import type { Binary, Expression, Unary } from '../syntax.js'
import { operatorName } from '../types/signature.js'
import type { NamedType, Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { delegateOperand, delegateOperation } from './delegate-operators.js'
import { concatenation, nullConcatenation } from './concatenation.js'
import { foldBinary, foldUnary, type Folded } from './constants.js'
import { convertExplicit, convertImplicit, implicitConversion, mayBeEqual } from './conversions.js'
import { bindExpression, bindRvalue, bindThrow } from './expressions.js'
import { use } from './members.js'
import { isValue, type BoundArgument, type Operand } from './operand.js'
import { memberCandidate, resolveOverload } from './overloads.js'
import { baseOf, isBool, isDelegate, isEnum, isReferenceType, isString, isValueType, numericOf } from './relations.js'

type Operator = BoundBinary['operator']

/** An operator between two operands. A long chain leans to the left, so that side is walked in a loop. */
export function bindBinary(b: Binder, syntax: Binary): Operand {
  const spine: Binary[] = []
  let leftmost: Expression = syntax
  while (leftmost.kind === 'binary' && leftmost.operator !== '??') {
    spine.push(leftmost)
    leftmost = leftmost.left
  }
  let left: Operand = leftmost.kind === 'binary' ? bindCoalesce(b, leftmost) : bindExpression(b, leftmost)
  for (const node of spine.reverse()) left = bindOperator(b, node, left)
  return left
}

function bindOperator(b: Binder, syntax: Binary, left: Operand): Operand {
  const right = bindExpression(b, syntax.right)
  const first = isValue(right) ? delegateOperand(b, left, right.type) : left
  const second = isValue(first) ? delegateOperand(b, right, first.type) : right
  if (isFunction(first) || isFunction(second)) return inapplicable(b, syntax, first, second)
  const one = bindRvalue(b, first)
  const two = bindRvalue(b, second)
  if (syntax.operator === '&&' || syntax.operator === '||') return bindLogical(b, syntax.operator, one, two, syntax)
  // `??` went its own way.
  return binaryOperation(b, syntax.operator as Operator, one, two, syntax)
}

const isFunction = ({ kind }: Operand): boolean => kind === 'method-group' || kind === 'unbound-lambda'

/** What is a function only by a conversion has no operators. */
function inapplicable(b: Binder, syntax: Binary, left: Operand, right: Operand): BoundExpression {
  const shown = [left, right].map((operand) => shownOperand(b, operand))
  if (shown.includes(undefined)) return b.error(syntax)
  const message = `Operator '${syntax.operator}' cannot be applied to operands of type '${shown[0]}' and '${shown[1]}'`
  return b.fail('CS0019', syntax, message)
}

/** How an operand is called in a message; undefined for what has been reported as wrong. */
function shownOperand(b: Binder, operand: Operand): string | undefined {
  if (operand.kind === 'method-group') return 'method group'
  if (operand.kind === 'unbound-lambda') return 'lambda expression'
  const { type } = bindRvalue(b, operand)
  return type.kind === 'error' ? undefined : b.show(type)
}

/** Applies an operator to two values, also for `+=`. */
export function binaryOperation(
  b: Binder,
  operator: Operator,
  left: BoundExpression,
  right: BoundExpression,
  span: Span,
): BoundExpression {
  if (left.type.kind === 'error' || right.type.kind === 'error') return b.error(span)
  // An operator that a type declares comes first: `XNamespace + string` is a name, not a text.
  const found =
    userOperator(b, operator, left, right, span) ??
    concatenation(b, operator, left, right, span) ??
    numericOperation(b, operator, left, right, span) ??
    boolOperation(b, operator, left, right, span) ??
    enumOperation(b, operator, left, right, span) ??
    delegateOperation(b, operator, left, right, span) ??
    nullConcatenation(b, operator, left, right, span) ??
    equality(b, operator, left, right, span)
  if (found) return found
  const message = `Operator '${operator}' cannot be applied to operands of type '${b.show(left.type)}' and '${b.show(right.type)}'`
  return b.fail('CS0019', span, message)
}

function bindLogical(
  b: Binder,
  operator: '&&' | '||',
  left: BoundExpression,
  right: BoundExpression,
  span: Span,
): BoundExpression {
  if (left.type.kind === 'error' || right.type.kind === 'error') return b.error(span)
  const { bool } = b.table.special
  if (!isBool(left.type) || !isBool(right.type)) {
    const message = `Operator '${operator}' cannot be applied to operands of type '${b.show(left.type)}' and '${b.show(right.type)}'`
    return b.fail('CS0019', span, message)
  }
  if (left.kind === 'constant' && right.kind === 'constant') {
    const value =
      operator === '&&' ? left.value === true && right.value === true : left.value === true || right.value === true
    return b.constant(value, bool, span)
  }
  return { kind: 'logical', operator, left, right, type: bool, start: span.start, end: span.end }
}

/** The type both operands of an arithmetic operator become: C# specification, "Binary numeric promotions". */
function promote(left: NumericType, right: NumericType): NumericType | undefined {
  const either = (type: NumericType): boolean => left === type || right === type
  const other = (type: NumericType): NumericType => (left === type ? right : left)
  if (either('decimal')) return ['float', 'double'].includes(other('decimal')) ? undefined : 'decimal'
  if (either('double')) return 'double'
  if (either('float')) return 'float'
  if (either('ulong')) return ['sbyte', 'short', 'int', 'long'].includes(other('ulong')) ? undefined : 'ulong'
  if (either('long')) return 'long'
  if (either('uint')) return ['sbyte', 'short', 'int'].includes(other('uint')) ? 'long' : 'uint'
  return 'int'
}

const BITWISE: readonly Operator[] = ['&', '|', '^']
const COMPARISONS: readonly Operator[] = ['==', '!=', '<', '>', '<=', '>=']

interface Unlifted {
  readonly type: Type
  readonly nullable: boolean
}

const unlift = (b: Binder, type: Type): Unlifted => {
  const element = b.table.nullableElement(type)
  return { type: element ?? type, nullable: element !== undefined }
}

function numericOperation(
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
  if (operator === '<<' || operator === '>>') return shift(b, operator, left, right, first, second, lifted, span)
  const type = promoteConstants(b, left, right, first, second)
  if (type === undefined || (BITWISE.includes(operator) && ['float', 'double', 'decimal'].includes(type)))
    return undefined
  return builtIn(b, operator, left, right, type as OperandType, lifted, span)
}

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

function foldedConstant(b: Binder, folded: Folded, type: Type, span: Span): BoundExpression | undefined {
  if (folded === 'overflow') return b.fail('CS0220', span, 'The operation overflows at compile time in checked mode')
  if (folded === 'decimal-overflow')
    return b.fail('CS0463', span, 'Evaluation of the decimal constant expression failed')
  if (folded === 'divide-by-zero') return b.fail('CS0020', span, 'Division by constant zero')
  return folded && b.constant(folded.value, type, span)
}

function boolOperation(
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
function enumOperation(
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
  const isCount = (operand: BoundExpression): boolean => implicitConversion(b, operand, special.int) !== undefined
  if (operator === '+' && (isCount(left) || isCount(right))) return apply(type)
  return operator === '-' && isEnum(one.type) && isCount(right) ? apply(type) : undefined
}

function asEnum(b: Binder, operand: BoundExpression, type: NamedType, lifted: boolean): BoundExpression {
  const convert = implicitConversion(b, operand, lifted ? b.table.nullable(type) : type)
  return convert ? convert() : operand
}

/** `==` and `!=` of strings, references and null. */
function equality(
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

// -------------------------------------------------------------------------------------------------- declared operators

const argument = (operand: BoundExpression): BoundArgument => ({
  operand,
  mode: 'value',
  name: undefined,
  nameSpan: undefined,
  start: operand.start,
  end: operand.end,
})

/** An operator that one of the operands' types declares, on values or lifted to nullable ones. */
function userOperator(
  b: Binder,
  operator: Operator,
  left: BoundExpression,
  right: BoundExpression,
  span: Span,
): BoundExpression | undefined {
  const name = operatorName(operator, 2)
  const one = unlift(b, left.type)
  const two = unlift(b, right.type)
  const declared = name ? operatorsOf(b, [one.type, two.type], name) : []
  if (declared.length === 0) return undefined
  const direct = resolveOverload(b, declared, [argument(left), argument(right)], [])
  if (direct.kind === 'chosen')
    return operatorCall(
      b,
      direct.chosen.candidate,
      [left, right],
      direct.chosen.types,
      false,
      direct.chosen.returnType,
      span,
    )
  return liftedOperator(b, declared, operator, left, right, span)
}

function operatorsOf(b: Binder, types: readonly Type[], name: string): ReturnType<typeof memberCandidate>[] {
  const seen = new Set<Type>()
  const candidates: ReturnType<typeof memberCandidate>[] = []
  for (const start of types) {
    for (let type: Type | undefined = start; type; type = baseOf(b.table, type)) {
      if (type.kind !== 'named' || seen.has(type)) continue
      seen.add(type)
      for (const member of type.definition.members.get(name) ?? []) candidates.push(memberCandidate(b, member, type))
    }
  }
  return candidates
}

function liftedOperator(
  b: Binder,
  declared: readonly ReturnType<typeof memberCandidate>[],
  operator: Operator,
  left: BoundExpression,
  right: BoundExpression,
  span: Span,
): BoundExpression | undefined {
  const liftable = declared.filter((candidate) => candidate.parameters.every(({ type }) => isValueType(type)))
  const lifted = liftable.map((candidate) => ({
    ...candidate,
    parameters: candidate.parameters.map((parameter) => ({ ...parameter, type: b.table.nullable(parameter.type) })),
  }))
  const resolution = resolveOverload(b, lifted, [argument(left), argument(right)], [])
  if (resolution.kind !== 'chosen') return undefined
  const { candidate, types, returnType } = resolution.chosen
  const result = COMPARISONS.includes(operator) ? returnType : b.table.nullable(returnType)
  return operatorCall(b, candidate, [left, right], types, true, result, span)
}

function operatorCall(
  b: Binder,
  { member, container }: ReturnType<typeof memberCandidate>,
  operands: readonly BoundExpression[],
  types: readonly Type[],
  lifted: boolean,
  type: Type,
  span: Span,
): BoundExpression {
  if (member === undefined || container === undefined) return b.error(span)
  const args = operands.map((operand, index) => convertImplicit(b, operand, types[index] ?? operand.type))
  return {
    kind: 'call',
    member: use({ member, container }),
    receiver: undefined,
    arguments: args,
    order: undefined,
    lifted,
    type,
    start: span.start,
    end: span.end,
  }
}

// --------------------------------------------------------------------------------------------------------------- unary

export function bindUnary(b: Binder, syntax: Unary): Operand {
  const least = leastInteger(b, syntax)
  if (least) return least
  const operand = bindRvalue(b, bindExpression(b, syntax.operand))
  if (operand.type.kind === 'error') return operand
  return unaryOperation(b, syntax.operator, operand, syntax)
}

/** `-2147483648` is an int although `2147483648` is a uint; the same for the least long. */
function leastInteger(b: Binder, { operator, operand, start, end }: Unary): BoundExpression | undefined {
  if (operator !== '-' || operand.kind !== 'literal') return undefined
  const { int, long } = b.table.special
  if (operand.type === 'uint' && operand.value === 2147483648) return b.constant(-2147483648, int, { start, end })
  if (operand.type === 'ulong' && operand.value === 2n ** 63n) return b.constant(-(2n ** 63n), long, { start, end })
  return undefined
}

function unaryOperation(b: Binder, operator: Unary['operator'], operand: BoundExpression, span: Span): BoundExpression {
  const declared = userUnary(b, operator, operand, span)
  if (declared) return declared
  const own = unlift(b, operand.type)
  const type = unaryType(operator, own.type)
  if (type === undefined) {
    return b.fail(
      'CS0023',
      span,
      `Operator '${operator}' cannot be applied to operand of type '${b.show(operand.type)}'`,
    )
  }
  const element = isEnum(own.type) ? own.type : b.table.special[type as 'int']
  const target = b.table.special[type as 'int']
  const wanted = own.nullable ? b.table.nullable(target) : target
  const converted = isEnum(own.type)
    ? convertExplicit(b, operand, wanted, operand)
    : convertImplicit(b, operand, wanted)
  const result = own.nullable ? b.table.nullable(element) : element
  if (converted.kind === 'constant' && !own.nullable) {
    const folded = foldedConstant(
      b,
      foldUnary(operator, converted.value, type, b.checked !== 'unchecked'),
      result,
      span,
    )
    if (folded) return folded
  }
  const checked = b.checked === 'checked'
  return {
    kind: 'unary',
    operator,
    operand: converted,
    operandType: type as OperandType,
    checked,
    lifted: own.nullable,
    type: result,
    start: span.start,
    end: span.end,
  }
}

/** What the operator works on; undefined when it does not. */
function unaryType(operator: Unary['operator'], type: Type): NumericType | 'bool' | undefined {
  if (operator === '!') return isBool(type) ? 'bool' : undefined
  if (isEnum(type)) return operator === '~' ? 'int' : undefined
  const numeric = numericOf(type)
  if (numeric === undefined) return undefined
  const isReal = ['float', 'double', 'decimal'].includes(numeric)
  if (operator === '~') return isReal ? undefined : promote(numeric, numeric)
  if (isReal) return numeric
  if (operator === '-' && numeric === 'uint') return 'long'
  return operator === '-' && numeric === 'ulong' ? undefined : promote(numeric, numeric)
}

function userUnary(
  b: Binder,
  operator: Unary['operator'],
  operand: BoundExpression,
  span: Span,
): BoundExpression | undefined {
  const name = operatorName(operator, 1)
  const declared = name ? operatorsOf(b, [unlift(b, operand.type).type], name) : []
  if (declared.length === 0) return undefined
  const resolution = resolveOverload(b, declared, [argument(operand)], [])
  if (resolution.kind !== 'chosen') return undefined
  const { candidate, types, returnType } = resolution.chosen
  return operatorCall(b, candidate, [operand], types, false, returnType, span)
}

// ------------------------------------------------------------------------------------------------------------------ ??

/** `a ?? b`: C# specification, "The null coalescing operator". */
export function bindCoalesce(b: Binder, syntax: Binary): Operand {
  const tested = bindExpression(b, syntax.left)
  const right: Operand = syntax.right.kind === 'throw' ? bindThrow(b, syntax.right) : bindExpression(b, syntax.right)
  if (isFunction(tested)) return inapplicable(b, syntax, tested, right)
  const left = bindRvalue(b, tested)
  if (left.type.kind === 'error' || (isValue(right) && right.type.kind === 'error' && right.kind !== 'throw'))
    return b.error(syntax)
  if (left.type.kind === 'null') {
    if (right.kind === 'throw') return right
    const fits = isValue(right) && right.type.kind !== 'null' && implicitConversion(b, left, right.type) !== undefined
    return fits ? right : inapplicable(b, syntax, left, right)
  }
  const element = b.table.nullableElement(left.type)
  if (element === undefined && isValueType(left.type)) return inapplicable(b, syntax, left, right)
  if (right.kind === 'throw') return coalesce(b, syntax, left, right, element ?? left.type)
  for (const type of [element, left.type]) {
    if (type && implicitConversion(b, right, type))
      return coalesce(b, syntax, left, convertImplicit(b, right, type), type)
  }
  if (isValue(right) && (implicitConversion(b, left, right.type) || (element && fitsElement(b, element, right.type)))) {
    return coalesce(b, syntax, left, right, right.type)
  }
  return inapplicable(b, syntax, left, right)
}

const fitsElement = (b: Binder, element: Type, type: Type): boolean =>
  implicitConversion(b, { kind: 'default', type: element, start: 0, end: 0 }, type) !== undefined

function coalesce(
  b: Binder,
  syntax: Binary,
  left: BoundExpression,
  right: BoundExpression,
  type: Type,
): BoundExpression {
  const element = b.table.nullableElement(left.type)
  const temp = b.temp(element && type !== left.type ? element : left.type, syntax.left)
  const value = convertImplicit(b, temp, type)
  return { kind: 'coalesce', left, temp, value, right, type, start: syntax.start, end: syntax.end }
}
