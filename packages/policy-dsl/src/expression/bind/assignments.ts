import type { BoundBinary, BoundExpression, BoundTarget } from '../bound.js'
import type { Span } from '../position.js'
import type { Assignment, Declaration, Designation, Expression, Increment, Tuple } from '../syntax.js'
import type { Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { convertImplicit, explicitType, implicitConversion } from './conversions.js'
import { delegateOperand } from './delegate-operators.js'
import { bindExpression, bindRvalue } from './expressions.js'
import { reportMissing } from './members.js'
import { isValue, type Operand } from './operand.js'
import { binaryOperation } from './operators.js'
import { isEnum, numericOf } from './relations.js'
import { asTarget } from './targets.js'
import { deconstructedItems, itemOf, newTuple, tupleItems, tupleOf, tupleType } from './tuples.js'
import { isVar, resolveType } from './types.js'

export function bindAssignment(b: Binder, syntax: Assignment): Operand {
  if (syntax.operator !== '=') return bindCompound(b, syntax)
  if (syntax.target.kind === 'tuple' || syntax.target.kind === 'declaration')
    return bindDeconstruction(b, syntax.target, syntax)
  if (syntax.target.kind === 'name' && syntax.target.name === '_' && b.scope.lookup('_') === undefined)
    return bindDiscard(b, syntax)
  const target = asTarget(b, bindVariable(b, syntax.target), 'assign')
  const value = bindExpression(b, syntax.value)
  if (target === undefined) return b.error(syntax)
  return assign(target, convertImplicit(b, value, target.type), syntax)
}

/** What should be written to; a method or a type is told to be none. */
function bindVariable(b: Binder, syntax: Expression): BoundExpression {
  const operand = bindExpression(b, syntax)
  if (operand.kind === 'method-group')
    return b.fail('CS1656', operand, `Cannot assign to '${operand.name}' because it is a 'method group'`)
  if (operand.kind === 'type-operand')
    return b.fail('CS0118', operand, `'${b.show(operand.operand)}' is a type but is used like a variable`)
  return bindRvalue(b, operand)
}

export function assign(target: BoundTarget, value: BoundExpression, span: Span): BoundExpression {
  return { kind: 'assign', target, value, type: target.type, start: span.start, end: span.end }
}

/** `_ = x` only evaluates. */
function bindDiscard(b: Binder, syntax: Assignment): BoundExpression {
  const value = bindRvalue(b, bindExpression(b, syntax.value))
  return { kind: 'sequence', effects: [], result: value, type: value.type, start: syntax.start, end: syntax.end }
}

function bindCompound(b: Binder, syntax: Assignment): Operand {
  const target = asTarget(b, bindVariable(b, syntax.target), 'assign')
  const operand = bindExpression(b, syntax.value)
  const right = bindRvalue(b, target ? delegateOperand(b, operand, target.type) : operand)
  if (target === undefined || right.type.kind === 'error') return b.error(syntax)
  // The operator is what stands before the `=`.
  const operator = syntax.operator.slice(0, -1) as BoundBinary['operator']
  const temp = b.temp(target.type, syntax.target)
  const computed = binaryOperation(b, operator, temp, right, syntax, syntax.operator)
  if (computed.type.kind === 'error') return computed
  const value = backTo(b, target.type, computed, right, operator, syntax)
  return {
    kind: 'compound',
    target,
    temp,
    value,
    result: 'new',
    type: target.type,
    start: syntax.start,
    end: syntax.end,
  }
}

/** `b += 1` of a byte: the result of a built-in operator is cast back when the right side alone would fit. */
function backTo(
  b: Binder,
  type: Type,
  computed: BoundExpression,
  right: BoundExpression,
  operator: string,
  span: Span,
): BoundExpression {
  const implicit = implicitConversion(b, computed, type)
  if (implicit) return implicit()
  const own = b.table.nullableElement(type) ?? type
  const isBuiltIn = numericOf(own) !== undefined || isEnum(own)
  const isShift = operator === '<<' || operator === '>>'
  if (!isBuiltIn) return convertImplicit(b, computed, type, span)
  // What keeps the result from being cast back is said of the right side.
  if (!isShift && !implicitConversion(b, right, type)) return convertImplicit(b, { ...right, ...placeOf(span) }, type)
  return explicitType(b, computed.type, type)?.(computed) ?? convertImplicit(b, computed, type, span)
}

const placeOf = ({ start, end }: Span): Span => ({ start, end })

export function bindIncrement(b: Binder, syntax: Increment): Operand {
  const operand = bindVariable(b, syntax.operand)
  if (operand.type.kind === 'error') return operand
  if (!isVariable(operand)) return b.fail('CS1059', operand, NO_VARIABLE)
  const target = asTarget(b, operand, 'assign')
  if (target === undefined) return b.error(syntax)
  const element = b.table.nullableElement(operand.type) ?? operand.type
  if (numericOf(element) === undefined && !isEnum(element)) {
    return b.fail(
      'CS0023',
      syntax,
      `Operator '${syntax.operator}' cannot be applied to operand of type '${b.show(operand.type)}'`,
    )
  }
  const temp = b.temp(target.type, syntax.operand)
  const one = b.constant(1, b.table.special.int, syntax)
  const computed = binaryOperation(b, syntax.operator === '++' ? '+' : '-', temp, one, syntax)
  const cast = explicitType(b, computed.type, target.type)
  const value = cast ? cast(computed) : computed
  const { start, end, prefix } = syntax
  return { kind: 'compound', target, temp, value, result: prefix ? 'new' : 'old', type: target.type, start, end }
}

const NO_VARIABLE = 'The operand of an increment or decrement operator must be a variable, property or indexer'

const isVariable = ({ kind }: BoundExpression): boolean =>
  ['local', 'element', 'field', 'property', 'indexer', 'dereference'].includes(kind)

// -------------------------------------------------------------------------------------------------------- deconstruction

/** `(a, b) = …`, `var (a, b) = …`: all values are computed before the first is written. */
function bindDeconstruction(b: Binder, target: Tuple | Declaration, syntax: Assignment): Operand {
  const value = bindExpression(b, syntax.value)
  const tuple = value.kind === 'tuple-literal' ? tupleValue(b, value, target) : bindRvalue(b, value)
  if (tuple.type.kind === 'error') return b.error(syntax)
  const count = target.kind === 'tuple' ? target.items.length : topLevel(target.designation)
  if (deconstructedItems(tuple.type)?.length !== count) return failDeconstruction(b, target, count, tuple.type, syntax)
  const temp = b.temp(tuple.type, syntax)
  const effects: BoundExpression[] = [assign(temp, tuple, syntax)]
  if (!spread(b, target, temp, effects)) return b.error(syntax)
  return { kind: 'sequence', effects, result: temp, type: tuple.type, start: syntax.start, end: syntax.end }
}

/** Says what is missing, and declares the variables: what is done with them is no further mistake. */
function failDeconstruction(
  b: Binder,
  target: Tuple | Declaration,
  count: number,
  type: Type,
  syntax: Assignment,
): BoundExpression {
  const declared = target.kind === 'tuple' ? [] : namesOf(target.designation)
  const items = tupleItems(type)
  if (items) b.report('CS8132', syntax, wrongCount(items.length, count))
  else {
    reportMissing(b, type, 'Deconstruct', syntax.value)
    b.report('CS8129', syntax.value, noDeconstruct(b, type, count))
  }
  for (const name of declared) {
    const message = `Cannot infer the type of implicitly-typed deconstruction variable '${name.name}'.`
    b.report('CS8130', name, message)
    b.declare(name.name, b.table.errorType, name)
  }
  return b.error(syntax)
}

const topLevel = (designation: Designation): number =>
  designation.kind === 'tuple-designation' ? designation.items.length : 1

function namesOf(designation: Designation): (Designation & { kind: 'single-designation' })[] {
  if (designation.kind === 'single-designation') return [designation]
  return designation.kind === 'tuple-designation' ? designation.items.flatMap(namesOf) : []
}

const wrongCount = (given: number, wanted: number): string =>
  `Cannot deconstruct a tuple of '${given}' elements into '${wanted}' variables.`

const noDeconstruct = (b: Binder, type: Type, count: number): string =>
  `No suitable Deconstruct instance or extension method was found for type '${b.show(type)}', with ${count} out parameters and a void return type.`

/** A literal takes the types of the variables where an item has none of its own. */
function tupleValue(
  b: Binder,
  value: Operand & { kind: 'tuple-literal' },
  target: Tuple | Declaration,
): BoundExpression {
  const own = tupleType(b, value)
  if (own) return newTuple(b, value, own)
  if (target.kind !== 'tuple') return bindRvalue(b, value)
  const types = target.items.map((item, index) => {
    const operand = value.items[index]
    if (operand && isValue(operand) && operand.type.kind !== 'null') return operand.type
    return targetType(b, item.value)
  })
  return newTuple(b, value, tupleOf(b, types))
}

function targetType(b: Binder, syntax: Expression): Type {
  if (syntax.kind === 'declaration') return isVar(b, syntax.type) ? b.table.errorType : resolveType(b, syntax.type)
  return b.attempt(() => bindRvalue(b, bindExpression(b, syntax))).value.type
}

/** Writes the parts of `value` to the parts of the target. */
export function spread(
  b: Binder,
  target: Tuple | Declaration,
  value: BoundExpression,
  effects: BoundExpression[],
): boolean {
  if (target.kind === 'declaration') {
    const type = isVar(b, target.type) ? undefined : resolveType(b, target.type)
    return spreadDesignation(b, target.designation, type, value, effects)
  }
  const parts = partsOf(b, value, target.items.length, target)
  if (parts === undefined) return false
  return target.items.every((item, index) => {
    const part = parts[index]
    if (part === undefined) return false
    if (item.value.kind === 'tuple' || item.value.kind === 'declaration') return spread(b, item.value, part, effects)
    return spreadTo(b, item.value, part, effects)
  })
}

function spreadTo(b: Binder, syntax: Expression, part: BoundExpression, effects: BoundExpression[]): boolean {
  if (syntax.kind === 'name' && syntax.name === '_' && b.scope.lookup('_') === undefined) return true
  const target = asTarget(b, bindRvalue(b, bindExpression(b, syntax)), 'assign')
  if (target === undefined) return false
  effects.push(assign(target, convertImplicit(b, part, target.type), syntax))
  return true
}

function spreadDesignation(
  b: Binder,
  designation: Designation,
  type: Type | undefined,
  value: BoundExpression,
  effects: BoundExpression[],
): boolean {
  if (designation.kind === 'discard-designation') return true
  if (designation.kind === 'tuple-designation') {
    const parts = partsOf(b, value, designation.items.length, designation)
    return (
      parts !== undefined &&
      designation.items.every((item, index) => spreadDesignation(b, item, undefined, parts[index] ?? value, effects))
    )
  }
  const local = b.declare(designation.name, type ?? value.type, designation)
  effects.push(assign(b.function.reference(local, designation), convertImplicit(b, value, local.type), designation))
  return true
}

/** The items of a tuple of either kind. */
function partsOf(b: Binder, value: BoundExpression, count: number, span: Span): BoundExpression[] | undefined {
  const types = tupleItems(value.type)
  const parts = deconstructedItems(value.type)
  if (parts?.length === count) {
    return parts.map((_, index) => itemOf(b, value, index, span))
  }
  b.report(
    types ? 'CS8132' : 'CS8129',
    span,
    types
      ? `Cannot deconstruct a tuple of '${types.length}' elements into '${count}' variables.`
      : noDeconstruct(b, value.type, count),
  )
  return undefined
}
