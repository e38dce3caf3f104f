import type { Type } from '@apim-kit/policy-dsl/expression'
import type { Cell } from '../compile/frame.js'
import { ClrSet } from '../values/collections.js'
import { defaultOf } from '../values/defaults.js'
import type { Equality } from '../values/equality.js'
import { argumentException, argumentOutOfRange } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import { copyInto, equalityOf, getEnumerator, itemsOf, type Predicate, walk, withElement } from './collections.js'
import { withLambdas, type MemberTable } from './members.js'

function setOf(type: Type, equality: Equality, container: Type, source: Iterable<ClrValue> = []): ClrSet {
  const result = new ClrSet(container, type, equality)
  for (const item of source) result.add(item)
  return result
}

/** The other side of a set operation, as a set under the same comparer. */
function other(self: ClrSet, source: ClrValue): ClrSet {
  return setOf(self.elementType, self.comparer, self.type, walk(source, 'other'))
}

const within = (a: ClrSet, b: ClrSet): boolean => [...a].every((item) => b.has(item))

export const hashSet = (): MemberTable => ({
  '.ctor()': withElement((type, equality, container) => () => setOf(type, equality, container)),
  '.ctor(IEnumerable<T>)': withElement(
    (type, equality, container) => (source: ClrValue) => setOf(type, equality, container, walk(source)),
  ),
  '.ctor(IEqualityComparer<T>)': withElement(
    (type, _equality, container) => (comparer: ClrValue) => setOf(type, equalityOf(comparer, type), container),
  ),
  '.ctor(IEnumerable<T>,IEqualityComparer<T>)': withElement(
    (type, _equality, container) => (source: ClrValue, comparer: ClrValue) =>
      setOf(type, equalityOf(comparer, type), container, walk(source)),
  ),
  '.ctor(int)': withElement((type, equality, container) => (capacity: number) => {
    if (capacity < 0) throw argumentOutOfRange('capacity')
    return setOf(type, equality, container)
  }),
  Comparer: (self: ClrSet) => self.comparer,
  TryGetValue: withElement((type) => (self: ClrSet, item: ClrValue, result: Cell) => {
    const found = self.find(item)
    result.value = found ?? defaultOf(type)
    return found !== undefined
  }),
  Count: (self: ClrSet) => self.size,
  Add: (self: ClrSet, item: ClrValue) => self.add(item),
  Clear: (self: ClrSet) => self.clear(),
  Contains: (self: ClrSet, item: ClrValue) => self.has(item),
  CopyTo: (self: ClrSet, target: ClrValue, index = 0) => {
    if (target !== null && index + self.size > itemsOf(target).length)
      throw argumentException(
        'Destination array is not long enough to copy all the items in the collection. Check array index and length.',
      )
    copyInto(self, target, index)
  },
  ExceptWith: (self: ClrSet, source: ClrValue) => {
    for (const item of Array.from(walk(source, 'other'))) self.remove(item)
  },
  GetEnumerator: getEnumerator,
  IntersectWith: (self: ClrSet, source: ClrValue) => {
    const kept = other(self, source)
    for (const item of Array.from(self)) if (!kept.has(item)) self.remove(item)
  },
  IsSubsetOf: (self: ClrSet, source: ClrValue) => within(self, other(self, source)),
  IsSupersetOf: (self: ClrSet, source: ClrValue) => within(other(self, source), self),
  IsProperSubsetOf: (self: ClrSet, source: ClrValue) =>
    within(self, other(self, source)) && self.size < other(self, source).size,
  IsProperSupersetOf: (self: ClrSet, source: ClrValue) =>
    within(other(self, source), self) && self.size > other(self, source).size,
  Overlaps: (self: ClrSet, source: ClrValue) => [...walk(source, 'other')].some((item) => self.has(item)),
  Remove: (self: ClrSet, item: ClrValue) => self.remove(item),
  ...withLambdas({
    RemoveWhere: (self: ClrSet, match: Predicate) => {
      const removed = [...self].filter((item) => match(item))
      for (const item of removed) self.remove(item)
      return removed.length
    },
  }),
  SetEquals: (self: ClrSet, source: ClrValue) =>
    self.size === other(self, source).size && within(self, other(self, source)),
  SymmetricExceptWith: (self: ClrSet, source: ClrValue) => {
    for (const item of other(self, source)) if (!self.remove(item)) self.add(item)
  },
  UnionWith: (self: ClrSet, source: ClrValue) => {
    for (const item of Array.from(walk(source, 'other'))) self.add(item)
  },
})
