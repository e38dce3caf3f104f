import type { MemberUse, Type } from '@apim-kit/policy-dsl/expression'
import { allocateItems, allocateObject } from '../run.js'
import { types } from '../types.js'
import { ClrArray, each, type Enumerable, type Origin, Sequence } from '../values/collections.js'
import type { Equality } from '../values/equality.js'
import { Group, Lookup } from '../values/grouping.js'
import type { ClrValue } from '../values/value.js'
import { equalityOf } from './collections.js'
import { hiddenType } from './linq-types.js'
import { argumentsOf, eager, type Func, func, lazy, place, walk } from './linq-source.js'
import { bound, type MemberTable } from './members.js'

/** Groups in the order in which their keys first appear. */
function groupItems(
  source: Enumerable,
  key: Func,
  element: Func | undefined,
  keyType: Type,
  elementType: Type,
  equality: Equality,
): Group[] {
  const groups = new Map<unknown, Group>()
  each(source, (item) => {
    const value = key(item)
    const hash = equality.key(value)
    let group = groups.get(hash)
    if (group === undefined) {
      allocateObject()
      group = new Group(keyType, elementType, value)
      groups.set(hash, group)
    }
    allocateItems(1)
    group.items.push(element === undefined ? item : element(item))
    return false
  })
  return [...groups.values()]
}

/** What the overloads of grouping have in common: the key, and optionally an element, a result, a comparer. */
function grouping(use: MemberUse): (source: Enumerable, values: readonly (ClrValue | undefined)[]) => Group[] {
  const type = argumentsOf(use)
  const elementIndex = place(use, 'elementSelector')
  const comparerIndex = place(use, 'comparer')
  const elementType = elementIndex < 0 ? type('TSource') : type('TElement')
  return (source, values) => {
    const element = elementIndex < 0 ? undefined : func(values[elementIndex - 1])
    const equality = equalityOf(comparerIndex < 0 ? null : values[comparerIndex - 1], type('TKey'))
    return groupItems(source, func(values[0]), element, type('TKey'), elementType, equality)
  }
}

function groupType(use: MemberUse): Type {
  const type = argumentsOf(use)
  return types().generic(
    'System.Linq.IGrouping',
    type('TKey'),
    type(place(use, 'elementSelector') < 0 ? 'TSource' : 'TElement'),
  )
}

/** GroupBy, ToLookup and the joins. */
export const groups = (): MemberTable => ({
  GroupBy: bound((use) => {
    const group = grouping(use)
    const resultIndex = place(use, 'resultSelector')
    const element = resultIndex < 0 ? groupType(use) : argumentsOf(use)('TResult')
    const name = resultIndex < 0 ? 'GroupedEnumerable' : 'GroupedResultEnumerable'
    const origin: Origin = {
      operator: 'GroupBy',
      typeFor: () =>
        hiddenType(name, use.typeArguments, types().generic('System.Collections.Generic.IEnumerable', element)),
    }
    return (source: ClrValue, ...values: ClrValue[]) => {
      const items = walk(source)
      const walkGroups = function* (): Generator<ClrValue> {
        for (const found of group(items, values))
          yield resultIndex < 0 ? found : func(values[resultIndex - 1])(found.key, found)
      }
      return new Sequence(element, walkGroups, origin, items)
    }
  }),
  ToLookup: eager((use) => {
    const group = grouping(use)
    const key = argumentsOf(use)('TKey')
    const comparerIndex = place(use, 'comparer')
    return (source, ...values) => {
      const equality = equalityOf(comparerIndex < 0 ? null : values[comparerIndex - 1], key)
      return new Lookup(groupType(use), equality, group(source, values))
    }
  }),
  Join: lazy('TResult', (use) => {
    const type = argumentsOf(use)('TKey')
    return function* (outer, inner, outerKey, innerKey, result, comparer) {
      const key = equalityOf(comparer, type)
      const byKey = innerByKey(walk(inner ?? null, 'inner'), func(innerKey), key)
      for (const item of outer) {
        const value = func(outerKey)(item)
        for (const match of value === null ? [] : (byKey.get(key.key(value)) ?? [])) yield func(result)(item, match)
      }
    }
  }),
  GroupJoin: lazy('TResult', (use) => {
    const type = argumentsOf(use)
    return function* (outer, inner, outerKey, innerKey, result, comparer) {
      const key = equalityOf(comparer, type('TKey'))
      const byKey = innerByKey(walk(inner ?? null, 'inner'), func(innerKey), key)
      for (const item of outer) {
        const matches = byKey.get(key.key(func(outerKey)(item))) ?? []
        yield func(result)(item, new ClrArray(type('TInner'), matches))
      }
    }
  }),
})

function innerByKey(inner: Enumerable, select: Func, equality: Equality): Map<unknown, ClrValue[]> {
  const result = new Map<unknown, ClrValue[]>()
  each(inner, (item) => {
    const key = equality.key(select(item))
    let list = result.get(key)
    if (list === undefined) {
      allocateObject()
      result.set(key, (list = []))
    }
    allocateItems(1)
    list.push(item)
    return false
  })
  return result
}

export const groupMembers = (): MemberTable => ({ Key: (self: Group) => self.key })

export const lookupMembers = (): MemberTable => ({
  Count: (self: Lookup) => self.groups.length,
  Item: (self: Lookup, key: ClrValue) => self.find(key) ?? new ClrArray(self.groupElement, []),
  Contains: (self: Lookup, key: ClrValue) => self.find(key) !== undefined,
})
