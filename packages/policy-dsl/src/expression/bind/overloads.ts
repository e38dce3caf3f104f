import type { BoundExpression } from '../bound.js'
import type { Span } from '../position.js'
import { argumentMap, substitute } from '../types/table.js'
import type { ConstantValue, Member, NamedType, Type, TypeParameter } from '../types/type.js'
import { betterForm } from './better.js'
import type { Binder } from './binder.js'
import { convertImplicit, implicitConversion, standardImplicit } from './conversions.js'
import { returnMisfit } from './delegates.js'
import { inferTypeArguments } from './inference.js'
import { isValue, type BoundArgument, type Operand } from './operand.js'
import { isReferenceType, isSubtype, isValueType } from './relations.js'

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
  if (mode === 'value')
    return implicitConversion(b, argument.operand, type) !== undefined || misfits(b, argument.operand, type)
  if (argument.operand.kind === 'out-declaration')
    return argument.operand.type === undefined || argument.operand.type === type
  return isValue(argument.operand) && (argument.operand.type === type || argument.operand.type.kind === 'error')
}

/** A method group is taken by what the delegate passes to it, up to C# 7.2; what it returns is looked at last. */
const misfits = (b: Binder, operand: Operand, type: Type): boolean =>
  operand.kind === 'method-group' && returnMisfit(b, operand, type) !== undefined

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
    applicable.every((other) => other === form || betterForm(b, form, other, args) > 0),
  )
  const [only] = best
  const wrong = only && args.some(({ operand }, index) => misfits(b, operand, only.types[index] ?? b.table.errorType))
  // What a method group returns is refused where it is converted.
  if (only && (!wrong || applicable.length === 1)) return { kind: 'chosen', chosen: only }
  // More than one is left: one alone is better than all others. Those that another beats are not worth a word.
  const unbeaten = applicable.filter((form) => applicable.every((other) => betterForm(b, form, other, args) >= 0))
  const [first, second] = unbeaten.length > 1 && !wrong ? unbeaten : applicable
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
