import type { MemberUse, Type } from '@apim-kit/policy-dsl/expression'
import { elementsOf } from '../compile/walk.js'
import { step } from '../run.js'
import { types } from '../types.js'
import { Sequence } from '../values/collections.js'
import { argumentNull, invalidOperation } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import { bound, type Bound } from './members.js'

/** A lambda. */
export type Func = (...values: ClrValue[]) => ClrValue

export const noElements = (): Error => invalidOperation('Sequence contains no elements')
export const noMatch = (): Error => invalidOperation('Sequence contains no matching element')

/** The elements of a source; each step of each walk is counted, so that no chain runs for ever. */
export function walk(source: ClrValue, parameter = 'source'): Iterable<ClrValue> {
  if (source === null) throw argumentNull(parameter)
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

/** A lazy operator: the source is checked when it is called, and walked when the result is. */
export function lazy(
  result: string,
  make: (use: MemberUse) => (source: Iterable<ClrValue>, ...rest: ClrValue[]) => Iterator<ClrValue>,
): Bound {
  return bound((use) => {
    const type = argumentsOf(use)(result)
    const run = make(use)
    return (source: ClrValue, ...rest: ClrValue[]) => {
      const elements = walk(source)
      return new Sequence(type, () => counted(run(elements, ...rest)))
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

/** An operator that needs its whole source at once. */
export function eager(make: (use: MemberUse) => (source: Iterable<ClrValue>, ...rest: ClrValue[]) => unknown): Bound {
  return bound((use) => {
    const run = make(use)
    return (source: ClrValue, ...rest: ClrValue[]) => run(steps(walk(source)), ...rest)
  })
}

/** The elements of a source, each counted as a step. */
export function* steps(items: Iterable<ClrValue>): Generator<ClrValue> {
  for (const item of items) {
    step()
    yield item
  }
}

/** A lambda that must be there. */
export const func = (value: ClrValue | undefined): Func => {
  if (typeof value !== 'function') throw argumentNull('predicate')
  return value as Func
}

/** Whether the lambda of an overload takes the index as well: its delegate has three type arguments then. */
export function takesIndex({ member }: MemberUse, parameter: string): boolean {
  const type = member.parameters.find((own) => own.name === parameter)?.type
  return type?.kind === 'named' && type.arguments.length === 3
}
