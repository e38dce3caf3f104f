import type { Type } from '@apim-kit/policy-dsl/expression'
import type { Delegate } from '../compile/frame.js'

/** The types of delegates, for the few that are ever seen as objects. */
const types = new WeakMap<Delegate, Type>()

/** What delegates made of several call, one after the other. */
const lists = new WeakMap<Delegate, readonly Delegate[]>()

/** Remembers what a delegate is where it becomes an object; what it was first, it stays. */
export function rememberDelegate(delegate: Delegate, type: Type): void {
  if (!types.has(delegate)) types.set(delegate, type)
}

export function delegateType(delegate: Delegate): Type | undefined {
  return types.get(delegate)
}

/** `Delegate.GetInvocationList()` */
export function invocationList(delegate: Delegate): readonly Delegate[] {
  return lists.get(delegate) ?? [delegate]
}

/** `Delegate.Combine`: calls both, and gives what the second gives. */
export function combineDelegates(first: Delegate | null, second: Delegate | null): Delegate | null {
  if (first === null || second === null) return first ?? second
  return delegateOf([...invocationList(first), ...invocationList(second)])
}

/** `Delegate.Remove`: without the last place where all of the second stands in the first. */
export function removeDelegate(source: Delegate | null, value: Delegate | null): Delegate | null {
  if (source === null || value === null) return source
  const all = invocationList(source)
  const part = invocationList(value)
  for (let start = all.length - part.length; start >= 0; start--) {
    if (part.every((delegate, index) => all[start + index] === delegate))
      return delegateOf([...all.slice(0, start), ...all.slice(start + part.length)])
  }
  return source
}

/** Delegates are equal that call the same in the same order. */
export function sameDelegates(one: Delegate, two: Delegate): boolean {
  const [all, other] = [invocationList(one), invocationList(two)]
  return all.length === other.length && all.every((delegate, index) => delegate === other[index])
}

function delegateOf(list: readonly Delegate[]): Delegate | null {
  const [only] = list
  if (only === undefined || list.length === 1) return only ?? null
  const made: Delegate = (...values) => {
    let result = null as ReturnType<Delegate>
    for (const delegate of list) result = delegate(...values)
    return result
  }
  lists.set(made, list)
  return made
}
