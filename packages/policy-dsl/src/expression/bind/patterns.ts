import type { BoundExpression, BoundPattern } from '../bound.js'
import type { Designation, Pattern, TypeTest } from '../syntax.js'
import type { Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { convertExplicit, convertImplicit, explicitType, mayBeEqual } from './conversions.js'
import { bindExpression, bindRvalue, bindValue } from './expressions.js'
import { isValue, type Operand } from './operand.js'
import { isReferenceType, isValueType, isVoid } from './relations.js'
import { isVar, resolveType } from './types.js'

/** A value type as object: tests look at what a thing is, and a boxed value knows. */
export function boxed(b: Binder, value: BoundExpression): BoundExpression {
  return isValueType(value.type) ? convertExplicit(b, value, b.table.special.object, value) : value
}

/** What is tested by `is` and `as`: a value. */
function bindTested(b: Binder, syntax: TypeTest): BoundExpression {
  const operand = bindExpression(b, syntax.operand)
  if (operand.kind !== 'method-group' && operand.kind !== 'unbound-lambda') return bindRvalue(b, operand)
  const message =
    "The first operand of an 'is' or 'as' operator may not be a lambda expression, anonymous method, or method group."
  return b.fail('CS0837', syntax, message)
}

/** `x is …`. */
export function bindIs(b: Binder, syntax: TypeTest): Operand {
  const operand = bindTested(b, syntax)
  if (operand.type.kind === 'error') return operand
  if (isVoid(operand.type)) return b.fail('CS0023', syntax, "Operator 'is' cannot be applied to operand of type 'void'")
  const { bool } = b.table.special
  const { start, end } = syntax
  const { pattern } = syntax
  if (pattern.kind === 'type-pattern') {
    const meaning = typeOrConstant(b, pattern)
    if (meaning.kind === 'type')
      return { kind: 'is', operand: boxed(b, operand), target: meaning.type, type: bool, start, end }
    return isPattern(b, operand, constantPattern(b, meaning.value, operand), syntax)
  }
  return isPattern(b, operand, bindPattern(b, pattern, operand), syntax)
}

function isPattern(
  b: Binder,
  operand: BoundExpression,
  pattern: BoundPattern | undefined,
  syntax: TypeTest,
): BoundExpression {
  if (pattern === undefined) return b.error(syntax)
  const value =
    pattern.kind === 'type' || (pattern.kind === 'constant' && b.table.nullableElement(operand.type))
      ? boxed(b, operand)
      : operand
  return {
    kind: 'is-pattern',
    operand: value,
    pattern,
    type: b.table.special.bool,
    start: syntax.start,
    end: syntax.end,
  }
}

type Meaning =
  | { readonly kind: 'type'; readonly type: Type }
  | { readonly kind: 'constant'; readonly value: BoundExpression }

/** `is A.B` tests a type when there is one of that name, else it compares with a constant. */
function typeOrConstant(b: Binder, pattern: Pattern & { kind: 'type-pattern' }): Meaning {
  const { asExpression } = pattern
  const asType = b.attempt(() => resolveType(b, pattern.type))
  if (!asType.errors || asExpression === undefined) return { kind: 'type', type: resolveType(b, pattern.type) }
  const asValue = b.attempt(() => bindExpression(b, asExpression))
  if (asValue.errors || !isValue(asValue.value)) return { kind: 'type', type: resolveType(b, pattern.type) }
  return { kind: 'constant', value: asValue.value }
}

/** A pattern of `is` or `case` against a value of this type. */
export function bindPattern(b: Binder, pattern: Pattern, operand: BoundExpression): BoundPattern | undefined {
  switch (pattern.kind) {
    case 'constant-pattern':
      return constantPattern(b, bindValue(b, pattern.value), operand)
    case 'type-pattern':
      return { kind: 'type', target: resolveType(b, pattern.type), local: undefined }
    case 'declaration-pattern':
      return declarationPattern(b, pattern, operand.type)
  }
}

function declarationPattern(
  b: Binder,
  pattern: Pattern & { kind: 'declaration-pattern' },
  operandType: Type,
): BoundPattern | undefined {
  if (isVar(b, pattern.type)) return { kind: 'var', local: declareDesignation(b, pattern.designation, operandType) }
  const target = resolveType(b, pattern.type)
  if (target.kind === 'error') return undefined
  if (b.table.nullableElement(target)) {
    b.report(
      'CS8116',
      pattern.type,
      `It is not legal to use nullable type '${b.show(target)}' in a pattern; use the underlying type instead.`,
    )
    return undefined
  }
  const element = b.table.nullableElement(operandType) ?? operandType
  // A number is no number of another type, though it converts to one.
  const mayFit =
    isValueType(element) && isValueType(target)
      ? element === target
      : mayBeEqual(b, element, target) || explicitType(b, element, target) !== undefined
  if (!mayFit) {
    b.report(
      'CS8121',
      pattern.type,
      `An expression of type '${b.show(operandType)}' cannot be handled by a pattern of type '${b.show(target)}'.`,
    )
    return undefined
  }
  return { kind: 'type', target, local: declareDesignation(b, pattern.designation, target) }
}

function declareDesignation(b: Binder, designation: Designation, type: Type): ReturnType<Binder['temp']> | undefined {
  if (designation.kind !== 'single-designation') return undefined
  const local = b.declare(designation.name, type, designation)
  b.uninitialized.add(local)
  return b.function.reference(local, designation)
}

function constantPattern(b: Binder, value: BoundExpression, operand: BoundExpression): BoundPattern | undefined {
  if (value.type.kind === 'error') return undefined
  const element = b.table.nullableElement(operand.type)
  const isLoose = isReferenceType(operand.type) || value.type.kind === 'null'
  const converted = isLoose ? looseConstant(b, value, operand.type) : convertImplicit(b, value, element ?? operand.type)
  if (converted.kind === 'constant') return { kind: 'constant', value: converted }
  if (converted.type.kind !== 'error') b.report('CS0150', value, 'A constant value is expected')
  return undefined
}

/** Against an object every constant may stand, null against everything that can be null. */
function looseConstant(b: Binder, value: BoundExpression, type: Type): BoundExpression {
  if (value.type.kind === 'null') {
    const canBeNull = isReferenceType(type) || b.table.nullableElement(type) !== undefined
    return canBeNull ? b.constant(null, type, value) : convertImplicit(b, value, type)
  }
  const converted = convertImplicit(b, value, type)
  return converted.type.kind === 'error' ? converted : value
}

/** `x as T`. */
export function bindAs(b: Binder, syntax: TypeTest): Operand {
  const operand = bindTested(b, syntax)
  const { pattern, start, end } = syntax
  const target = pattern.kind === 'type-pattern' ? resolveType(b, pattern.type) : b.table.errorType
  if (operand.type.kind === 'error' || target.kind === 'error') return b.error(syntax)
  if (isValueType(target) && b.table.nullableElement(target) === undefined) {
    const message = `The as operator must be used with a reference type or nullable type ('${b.show(target)}' is a non-nullable value type)`
    return b.fail('CS0077', syntax, message)
  }
  if (operand.type.kind === 'null') return b.constant(null, target, syntax)
  // A number as a nullable one of another type is always null.
  const isNumber = isValueType(operand.type) && explicitType(b, operand.type, target) !== undefined
  if (!mayBeEqual(b, operand.type, target) && !isNumber) {
    const message = `Cannot convert type '${b.showFull(operand.type)}' to '${b.showFull(target)}' via a reference conversion, boxing conversion, unboxing conversion, wrapping conversion, or null type conversion`
    return b.fail('CS0039', syntax, message)
  }
  return { kind: 'as', operand: boxed(b, operand), target, type: target, start, end }
}

/** Whether patterns look at what the value is, so that it has to be boxed. */
export function needsBox(patterns: readonly (BoundPattern | undefined)[]): boolean {
  return patterns.some((pattern) => pattern?.kind === 'type')
}
