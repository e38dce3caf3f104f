import type { BoundExpression } from '../bound.js'
import type { Span } from '../position.js'
import { argumentMap, substitute } from '../types/table.js'
import type { ConstantValue, Member, NamedType, Type, TypeParameter } from '../types/type.js'
import type { Binder } from './binder.js'
import { convertImplicit, implicitConversion, implicitType, standardImplicit } from './conversions.js'
import { inferTypeArguments } from './inference.js'
import { inferredReturn } from './lambdas.js'
import { isValue, type BoundArgument, type Operand } from './operand.js'
import { isDelegate, isReferenceType, isSubtype, isValueType, isVoid, numericOf, signatureOf } from './relations.js'

/** Something with parameters: a member, or a local function. */
export interface Candidate {
  readonly name: string
  readonly member: Member | undefined
  readonly container: NamedType | undefined
  readonly typeParameters: readonly TypeParameter[]
  readonly parameters: readonly {
    readonly name: string
    readonly type: Type
    readonly mode: 'value' | 'ref' | 'out' | 'params'
    readonly defaultValue: { readonly value: ConstantValue } | undefined
  }[]
  readonly returnType: Type
  /** The receiver is the first argument. */
  readonly extension: boolean
}

/** A candidate that takes the arguments, in normal form or with `params` spread out. */
export interface Applicable {
  readonly candidate: Candidate
  readonly typeArguments: readonly Type[]
  /** For each argument the index of its parameter. */
  readonly places: readonly number[]
  /** For each argument the type it is converted to. */
  readonly types: readonly Type[]
  /** The same as declared, for telling which one is more special. */
  readonly declared: readonly Type[]
  readonly expanded: boolean
  readonly parameterTypes: readonly Type[]
  readonly returnType: Type
}

/** Where each argument goes. */
interface Places {
  readonly places: readonly number[]
  readonly expanded: boolean
}

export function memberCandidate(b: Binder, member: Member, container: NamedType, extension = false): Candidate {
  const map = argumentMap(container)
  return {
    name: member.name,
    member,
    container,
    typeParameters: member.typeParameters,
    parameters: member.parameters.map((parameter) => ({
      ...parameter,
      type: substitute(b.table, parameter.type, map),
    })),
    returnType: substitute(b.table, member.type, map),
    extension,
  }
}

/** The places of the arguments among the parameters; undefined when they do not go there. */
function place(candidate: Candidate, args: readonly BoundArgument[], expanded: boolean): Places | undefined {
  const { parameters } = candidate
  const last = parameters.length - 1
  if (expanded && parameters[last]?.mode !== 'params') return undefined
  const places: number[] = []
  const taken = new Set<number>()
  for (const [index, argument] of args.entries()) {
    const at =
      argument.name === undefined
        ? positional(index, last, expanded)
        : parameters.findIndex(({ name }) => name === argument.name)
    if (at < 0 || at > last || (taken.has(at) && !(expanded && at === last))) return undefined
    taken.add(at)
    places.push(at)
  }
  const missing = parameters.some(
    (parameter, index) => !taken.has(index) && parameter.defaultValue === undefined && !(expanded && index === last),
  )
  return missing ? undefined : { places, expanded }
}

const positional = (index: number, last: number, expanded: boolean): number =>
  expanded ? Math.min(index, last) : index

const elementOf = (type: Type): Type => (type.kind === 'array' ? type.element : type)

/** Tries a candidate in one form. */
function tryForm(
  b: Binder,
  candidate: Candidate,
  args: readonly BoundArgument[],
  given: readonly Type[],
  expanded: boolean,
): Applicable | undefined {
  const form = place(candidate, args, expanded)
  if (form === undefined) return undefined
  const last = candidate.parameters.length - 1
  const declared = form.places.map((at) => {
    // `place` only gives indices of parameters.
    const { type } = candidate.parameters[at] as Candidate['parameters'][number]
    return expanded && at === last ? elementOf(type) : type
  })
  const typeArguments = typeArgumentsOf(b, candidate, args, declared, given)
  if (typeArguments === undefined) return undefined
  const map = new Map(
    candidate.typeParameters.map((parameter, index) => [parameter, typeArguments[index] ?? parameter] as const),
  )
  const types = declared.map((type) => substitute(b.table, type, map))
  const parameterTypes = candidate.parameters.map(({ type }) => substitute(b.table, type, map))
  const returnType = substitute(b.table, candidate.returnType, map)
  return { candidate, typeArguments, places: form.places, types, declared, expanded, parameterTypes, returnType }
}

function typeArgumentsOf(
  b: Binder,
  candidate: Candidate,
  args: readonly BoundArgument[],
  declared: readonly Type[],
  given: readonly Type[],
): readonly Type[] | undefined {
  if (candidate.typeParameters.length === 0) return given.length === 0 ? [] : undefined
  if (given.length > 0) return given.length === candidate.typeParameters.length ? given : undefined
  return inferTypeArguments(b, candidate.typeParameters, args, declared)
}

function argumentFits(b: Binder, form: Applicable, args: readonly BoundArgument[], index: number): boolean {
  const argument = args[index]
  const type = form.types[index]
  const parameter = form.candidate.parameters[form.places[index] ?? -1]
  if (argument === undefined || type === undefined || parameter === undefined) return false
  if (index === 0 && form.candidate.extension) return receiverFits(b, argument.operand, type)
  const mode = parameter.mode === 'params' ? 'value' : parameter.mode
  if (argument.mode !== mode) return false
  if (mode === 'value') return implicitConversion(b, argument.operand, type) !== undefined
  if (argument.operand.kind === 'out-declaration')
    return argument.operand.type === undefined || argument.operand.type === type
  return isValue(argument.operand) && (argument.operand.type === type || argument.operand.type.kind === 'error')
}

/** A receiver becomes the first argument by identity, reference conversion or boxing only. */
function receiverFits(b: Binder, operand: Operand, type: Type): boolean {
  if (!isValue(operand)) return false
  if (operand.type.kind === 'error' || operand.type === type) return true
  return (
    (isReferenceType(type) || type.kind === 'type-parameter') &&
    standardImplicit(b, operand.type, type) !== undefined &&
    operand.type.kind !== 'null'
  )
}

const fits = (b: Binder, form: Applicable, args: readonly BoundArgument[]): boolean =>
  args.every((_, index) => argumentFits(b, form, args, index))

export type Resolution =
  | { readonly kind: 'chosen'; readonly chosen: Applicable }
  | { readonly kind: 'ambiguous'; readonly first: Applicable; readonly second: Applicable }
  /** Nothing fits; `closest` took the number of arguments and their names. */
  | { readonly kind: 'none'; readonly closest: Applicable | undefined; readonly inferenceFailed: Candidate | undefined }

/** Chooses among candidates: C# specification, "Overload resolution". */
export function resolveOverload(
  b: Binder,
  candidates: readonly Candidate[],
  args: readonly BoundArgument[],
  given: readonly Type[],
): Resolution {
  const forms = candidates.flatMap((candidate) => {
    const normal = tryForm(b, candidate, args, given, false)
    if (normal && fits(b, normal, args)) return [normal]
    const expanded = tryForm(b, candidate, args, given, true)
    return [normal, expanded].filter((form) => form !== undefined)
  })
  const applicable = withoutHidden(
    b,
    forms.filter((form) => fits(b, form, args)),
  )
  if (applicable.length === 0)
    return {
      kind: 'none',
      closest: forms[0],
      inferenceFailed: inferenceFailure(candidates, args, given, forms),
    }
  const best = applicable.filter((form) =>
    applicable.every((other) => other === form || compare(b, form, other, args) > 0),
  )
  const [only] = best
  if (only) return { kind: 'chosen', chosen: only }
  // More than one is left: one alone is better than all others. Those that another beats are not worth a word.
  const unbeaten = applicable.filter((form) => applicable.every((other) => compare(b, form, other, args) >= 0))
  const [first, second] = unbeaten.length > 1 ? unbeaten : applicable
  return { kind: 'ambiguous', first: first as Applicable, second: second as Applicable }
}

function inferenceFailure(
  candidates: readonly Candidate[],
  args: readonly BoundArgument[],
  given: readonly Type[],
  forms: readonly Applicable[],
): Candidate | undefined {
  if (forms.length > 0 || given.length > 0) return undefined
  return candidates.find(
    (candidate) =>
      candidate.typeParameters.length > 0 && (place(candidate, args, false) ?? place(candidate, args, true)),
  )
}

/** A method of a base is out when a derived type has one that fits. */
function withoutHidden(b: Binder, forms: readonly Applicable[]): readonly Applicable[] {
  const isDerived = (form: Applicable, other: Applicable): boolean => {
    const { container: derived } = form.candidate
    const { container: base } = other.candidate
    return (
      derived !== undefined &&
      base !== undefined &&
      derived !== base &&
      !form.candidate.extension &&
      isSubtype(b.table, derived, base)
    )
  }
  return forms.filter((form) => !forms.some((other) => isDerived(other, form)))
}

/** The first argument that does not fit, and what it should be. */
export function firstMisfit(
  b: Binder,
  form: Applicable,
  args: readonly BoundArgument[],
): { index: number; argument: BoundArgument; type: Type } | undefined {
  for (const [index, argument] of args.entries()) {
    const type = form.types[index]
    if (type && !argumentFits(b, form, args, index)) return { index, argument, type }
  }
  return undefined
}

/** Above zero: the first is better. C# specification, "Better function member". */
function compare(b: Binder, first: Applicable, second: Applicable, args: readonly BoundArgument[]): number {
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
export function betterConversion(b: Binder, operand: Operand, one: Type, two: Type): number {
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

const SIGNED = ['sbyte', 'short', 'int', 'long']
const UNSIGNED = ['byte', 'ushort', 'uint', 'ulong']

/** The type that converts to the other is the better one; of signed and unsigned the signed. */
function betterTarget(b: Binder, one: Type, two: Type): number {
  const forward = implicitType(b, one, two) !== undefined
  const back = implicitType(b, two, one) !== undefined
  if (forward !== back) return forward ? 1 : -1
  const first = numericOf(b.table.nullableElement(one) ?? one) ?? ''
  const second = numericOf(b.table.nullableElement(two) ?? two) ?? ''
  if (SIGNED.includes(first) && UNSIGNED.includes(second)) return 1
  return UNSIGNED.includes(first) && SIGNED.includes(second) ? -1 : 0
}

/** The arguments in the order of the parameters, converted, with `params` gathered and defaults filled in. */
export function buildArguments(
  b: Binder,
  form: Applicable,
  args: readonly BoundArgument[],
  span: Span,
  convertOut: (argument: BoundArgument, type: Type) => BoundExpression,
): { readonly list: readonly BoundExpression[]; readonly order: readonly number[] | undefined } {
  const { parameters } = form.candidate
  const last = parameters.length - 1
  const slots: (BoundExpression | undefined)[] = parameters.map(() => undefined)
  const spread: BoundExpression[] = []
  for (const [index, argument] of args.entries()) {
    const at = form.places[index] ?? 0
    const type = form.types[index] ?? b.table.errorType
    const converted =
      argument.mode === 'value' ? convertImplicit(b, argument.operand, type, argument) : convertOut(argument, type)
    if (form.expanded && at === last) spread.push(converted)
    else slots[at] = converted
  }
  const list = parameters.map((parameter, index): BoundExpression => {
    const type = form.parameterTypes[index] ?? parameter.type
    if (form.expanded && index === last) {
      return {
        kind: 'new-array',
        element: elementOf(type),
        sizes: undefined,
        items: spread,
        type,
        start: span.start,
        end: span.end,
      }
    }
    return slots[index] ?? defaultArgument(b, type, parameter.defaultValue?.value ?? null, span)
  })
  const inOrder = form.places.every((at, index) => index === 0 || at >= (form.places[index - 1] ?? 0))
  return { list, order: inOrder ? undefined : [...new Set([...form.places, ...parameters.keys()])] }
}

function defaultArgument(b: Binder, type: Type, value: ConstantValue, span: Span): BoundExpression {
  if (value === null && (isValueType(type) || type.kind === 'type-parameter') && !b.table.nullableElement(type)) {
    return { kind: 'default', type, start: span.start, end: span.end }
  }
  return b.constant(value, type, span)
}
