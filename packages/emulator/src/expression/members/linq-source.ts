import type { MemberUse, Type } from '@apim-kit/policy-dsl/expression'
import { elementsOf } from '../compile/walk.js'
import { allocateItems, step } from '../run.js'
import { types } from '../types.js'
import { each, type Enumerable, Piped, Sequence, type Stage } from '../values/collections.js'
import { argumentNull, invalidOperation } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import { originOf } from './linq-types.js'
import { asDelegate, bound, Bound, type MemberTable } from './members.js'

/** A lambda. */
export type Func = (...values: ClrValue[]) => ClrValue

export const noElements = (): Error => invalidOperation('Sequence contains no elements')
export const noMatch = (): Error => invalidOperation('Sequence contains no matching element')

/** The elements of a source that must be there. */
export function walk(source: ClrValue | undefined, parameter = 'source'): Enumerable {
  if (source === null || source === undefined) throw argumentNull(parameter)
  return elementsOf(source)
}

/** The type arguments of a call, by the names they have in the declaration. */
export function argumentsOf({ member, typeArguments }: MemberUse): (name: string) => Type {
  return (name) =>
    typeArguments[member.typeParameters.findIndex((parameter) => parameter.name === name)] ?? types().special.object
}

/** Where a parameter of that name stands, -1 where the overload has none. */
export function place({ member }: MemberUse, name: string): number {
  return member.parameters.findIndex((parameter) => parameter.name === name)
}

/** The arguments after the source. Six at most, named one by one: a list of them would be made at every call. */
type Arguments = readonly [a?: ClrValue, b?: ClrValue, c?: ClrValue, d?: ClrValue, e?: ClrValue, f?: ClrValue]

/** A lazy operator that gives one element or none for each of its source. Without a stage it gives nothing at all. */
export function piped(result: string, make: (use: MemberUse) => (...rest: Arguments) => Stage | undefined): Bound {
  return bound((use) => {
    const type = argumentsOf(use)(result)
    const stageOf = make(use)
    const origin = originOf(use, type)
    return (source: ClrValue, a?: ClrValue) => {
      const elements = walk(source)
      const stage = stageOf(a)
      return stage === undefined ? new Sequence(type, () => [].values()) : new Piped(type, elements, stage, origin)
    }
  })
}

/** Any other lazy operator: the source is checked when it is called, and walked when the result is. */
export function lazy(
  result: string,
  make: (use: MemberUse) => (source: Enumerable, ...rest: Arguments) => Iterator<ClrValue>,
): Bound {
  return bound((use) => {
    const type = argumentsOf(use)(result)
    const run = make(use)
    const origin = originOf(use, type)
    return (source: ClrValue, ...rest: Arguments) => {
      const elements = walk(source)
      return new Sequence(type, () => counted(run(elements, ...rest)), origin, elements)
    }
  })
}

/** Counts the elements that pass. */
export function* counted(items: Iterator<ClrValue>): Generator<ClrValue> {
  try {
    for (let next = items.next(); next.done !== true; next = items.next()) {
      step()
      yield next.value
    }
  } finally {
    items.return?.()
  }
}

/** An operator that needs its source at once. */
export function eager(make: (use: MemberUse) => (source: Enumerable, ...rest: Arguments) => unknown): Bound {
  return bound((use) => {
    const run = make(use)
    return (source: ClrValue, a?: ClrValue, b?: ClrValue, c?: ClrValue, d?: ClrValue, e?: ClrValue) =>
      run(walk(source), a, b, c, d, e)
  })
}

/** All elements of a source; they are counted on the way and not twice, as the collection that takes them counts them too. */
export function gather(source: Enumerable): ClrValue[] {
  const block = 1024
  const items: ClrValue[] = []
  each(source, (item) => {
    if (items.push(item) % block === 0) allocateItems(block)
    return false
  })
  allocateItems(block * -Math.floor(items.length / block))
  return items
}

/** The operators, each of which looks at once whether its sources and its lambdas are there: C# names the first that is not. */
export function withoutNulls(members: MemberTable): MemberTable {
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [name, member instanceof Bound ? checking(member) : member]),
  )
}

function checking(member: Bound): Bound {
  return bound((use) => {
    const run = asDelegate(member.bind(use)) as (...values: readonly (ClrValue | undefined)[]) => ClrValue
    return (source: ClrValue, ...[a, b, c, d, e, f]: Arguments) => {
      if (source === null || a === null || b === null || c === null || d === null) complain(use, [source, a, b, c, d])
      return run(source, a, b, c, d, e, f)
    }
  })
}

/** @throws DotNetException ArgumentNullException for the first sequence or lambda that is null; other values may be */
function complain({ member: { parameters } }: MemberUse, values: readonly (ClrValue | undefined)[]): void {
  for (const [index, { name, type }] of parameters.entries()) {
    const isNeeded =
      type.kind === 'named' && (type.definition.kind === 'delegate' || /Enumerable(?:<|$)/.test(type.definition.name))
    if (isNeeded && values[index] === null) throw argumentNull(name)
  }
}

/** A lambda that must be there. */
export const func = (value: ClrValue | undefined): Func => {
  if (typeof value !== 'function') throw argumentNull('predicate')
  return value as Func
}

/** A lambda for one walk: where the overload has it take the index of the element, it counts. */
export function counting(use: MemberUse, parameter: string): (call: Func) => Func {
  if (!takesIndex(use, parameter)) return (call) => call
  return (call) => {
    let index = 0
    return (item) => call(item, index++)
  }
}

/** Whether the lambda of an overload takes the index as well: its delegate has three type arguments then. */
function takesIndex({ member }: MemberUse, parameter: string): boolean {
  const type = member.parameters.find((own) => own.name === parameter)?.type
  return type?.kind === 'named' && type.arguments.length === 3
}
