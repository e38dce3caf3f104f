import type { Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { implicitType } from './conversions.js'
import { inferredReturn } from './lambdas.js'
import { isValue, type BoundArgument, type Operand } from './operand.js'
import type { Applicable } from './overloads.js'
import { isDelegate, isVoid, numericOf, signatureOf } from './relations.js'

/** Above zero: the first is better. C# specification, "Better function member". */
export function betterForm(b: Binder, first: Applicable, second: Applicable, args: readonly BoundArgument[]): number {
  let firstWins = false
  let secondWins = false
  for (const [index, argument] of args.entries()) {
    const one = first.types[index]
    const two = second.types[index]
    if (one === undefined || two === undefined) continue
    const better = betterConversion(b, argument.operand, one, two)
    if (better > 0) firstWins = true
    if (better < 0) secondWins = true
  }
  if (firstWins !== secondWins) return firstWins ? 1 : -1
  if (firstWins) return 0
  return tieBreak(first, second, args)
}

function tieBreak(first: Applicable, second: Applicable, args: readonly BoundArgument[]): number {
  const identical = args.every((_, index) => first.types[index] === second.types[index])
  const generic = (form: Applicable): number => (form.candidate.typeParameters.length > 0 ? 1 : 0)
  if (identical && generic(first) !== generic(second)) return generic(second) - generic(first)
  if (first.expanded !== second.expanded) return first.expanded ? -1 : 1
  const count = (form: Applicable): number => form.candidate.parameters.length
  // In expanded form the one that declares more parameters; else the one that needs no defaults.
  if (first.expanded && count(first) !== count(second)) return count(first) - count(second)
  const defaults = (form: Applicable): number => count(form) - new Set(form.places).size
  if (!first.expanded && defaults(first) !== defaults(second)) return defaults(second) - defaults(first)
  return identical ? moreSpecific(first.declared, second.declared) : 0
}

/** A type parameter is less special than anything else, also inside. */
function moreSpecific(first: readonly Type[], second: readonly Type[]): number {
  let result = 0
  for (const [index, one] of first.entries()) {
    const two = second[index]
    const better = two === undefined ? 0 : specificity(one, two)
    if (better === 0) continue
    if (result !== 0 && Math.sign(better) !== Math.sign(result)) return 0
    result = better
  }
  return result
}

function specificity(one: Type, two: Type): number {
  if (one.kind === 'type-parameter' || two.kind === 'type-parameter') {
    return (two.kind === 'type-parameter' ? 1 : 0) - (one.kind === 'type-parameter' ? 1 : 0)
  }
  if (one.kind === 'array' && two.kind === 'array') return specificity(one.element, two.element)
  if (one.kind === 'named' && two.kind === 'named' && one.definition === two.definition)
    return moreSpecific(one.arguments, two.arguments)
  return 0
}

/** Above zero: converting to the first type is better. C# specification, "Better conversion from expression". */
function betterConversion(b: Binder, operand: Operand, one: Type, two: Type): number {
  if (one === two) return 0
  if (operand.kind === 'unbound-lambda') return betterDelegate(b, operand, one, two)
  if (!isValue(operand)) return betterTarget(b, one, two)
  if (operand.type === one) return 1
  if (operand.type === two) return -1
  return betterTarget(b, one, two)
}

function betterDelegate(b: Binder, lambda: Extract<Operand, { kind: 'unbound-lambda' }>, one: Type, two: Type): number {
  const first = signatureOf(b.table, one)
  const second = signatureOf(b.table, two)
  if (!first || !second || !isDelegate(one) || !isDelegate(two)) return betterTarget(b, one, two)
  const sameParameters =
    first.parameters.length === second.parameters.length &&
    first.parameters.every((parameter, index) => parameter.type === second.parameters[index]?.type)
  if (!sameParameters) return 0
  const inferred = inferredReturn(
    b,
    lambda,
    first.parameters.map((parameter) => parameter.type),
  )
  if (inferred && inferred === first.returnType) return inferred === second.returnType ? 0 : 1
  if (inferred && inferred === second.returnType) return -1
  if (isVoid(first.returnType) || isVoid(second.returnType)) {
    return (isVoid(second.returnType) ? 1 : 0) - (isVoid(first.returnType) ? 1 : 0)
  }
  return betterTarget(b, first.returnType, second.returnType)
}

/** Of two delegate types the one that returns the better type, or anything at all: a method group has nothing else to go by. */
function betterResult(b: Binder, one: Type, two: Type): number {
  const [first, second] = [signatureOf(b.table, one)?.returnType, signatureOf(b.table, two)?.returnType]
  if (first === undefined || second === undefined || first === second) return 0
  if (isVoid(first) || isVoid(second)) return Number(isVoid(second)) - Number(isVoid(first))
  return betterTarget(b, first, second)
}

const SIGNED = ['sbyte', 'short', 'int', 'long']
const UNSIGNED = ['byte', 'ushort', 'uint', 'ulong']

/** The type that converts to the other is the better one; of signed and unsigned the signed. */
function betterTarget(b: Binder, one: Type, two: Type): number {
  const forward = implicitType(b, one, two) !== undefined
  const back = implicitType(b, two, one) !== undefined
  if (forward !== back) return forward ? 1 : -1
  if (isDelegate(one) && isDelegate(two)) return betterResult(b, one, two)
  const first = numericOf(b.table.nullableElement(one) ?? one) ?? ''
  const second = numericOf(b.table.nullableElement(two) ?? two) ?? ''
  if (SIGNED.includes(first) && UNSIGNED.includes(second)) return 1
  return UNSIGNED.includes(first) && SIGNED.includes(second) ? -1 : 0
}
