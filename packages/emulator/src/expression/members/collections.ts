import type { MemberUse, NamedType, Type } from '@apim-kit/policy-dsl/expression'
import type { Cell } from '../compile/frame.js'
import { elementsOf } from '../compile/walk.js'
import { JArray } from '../json/token.js'
import { JsonPairs } from '../json/pairs.js'
import { allocateItems, step } from '../run.js'
import { types } from '../types.js'
import {
  ClrArray,
  ClrDictionary,
  ClrList,
  ClrSet,
  KeyValuePair,
  lookUp,
  makeArray,
  type ReadableDictionary,
  Sequence,
} from '../values/collections.js'
import { defaultOf } from '../values/defaults.js'
import type { Equality, Order } from '../values/equality.js'
import {
  argumentException,
  argumentNull,
  argumentOutOfRange,
  invalidOperation,
  listIndexOutOfRange,
  notSupported,
} from '../values/exceptions.js'
import { hashCode } from '../values/hash.js'
import { traitsOf } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import { Walker } from '../values/walker.js'
import { bound, membersOf, type Bound, type Implementation, type MemberTable, type TypeMembers } from './members.js'
import { capacityOf, checkRange, findIndexIn, lastIndexIn, rangeEnd, reserve } from './ranges.js'

/** The first type argument of the constructed type: T of `List<T>`. */
export function elementType({ container }: MemberUse): Type {
  return container.arguments[0] ?? types().special.object
}

/** An implementation that needs T and its equality. */
function withElement(make: (type: Type, equality: Equality & Order, container: NamedType) => Implementation): Bound {
  return bound((use) => make(elementType(use), traitsOf(elementType(use)), use.container))
}

export function walk(source: ClrValue, parameter = 'collection'): Iterable<ClrValue> {
  if (source === null) throw argumentNull(parameter)
  return elementsOf(source)
}

/** The comparer that was given, or the type's own equality. */
export function equalityOf(comparer: ClrValue | undefined, type: Type): Equality {
  return comparer === null || comparer === undefined ? traitsOf(type) : (comparer as unknown as Equality)
}

/** The order that was given, or the type's own. */
export function orderOf(comparer: ClrValue | undefined, type: Type): Order {
  return comparer === null || comparer === undefined ? traitsOf(type) : (comparer as unknown as Order)
}

/** Sorts in place; the order of equal elements stays, which .NET does not promise but its results may show. */
export function sortItems(items: ClrValue[], compare: (a: ClrValue, b: ClrValue) => number): void {
  items.sort((a, b) => {
    step()
    return compare(a, b)
  })
}

type Items = ClrValue[] | Uint8Array

/** The elements behind a list or an array, to be read and written by index. */
function itemsOf(list: ClrValue): Items {
  if (list instanceof ClrList || list instanceof ClrArray) return list.items
  if (list instanceof Uint8Array) return list
  throw notSupported()
}

function at(list: ClrValue, index: number): ClrValue {
  if (list instanceof JArray) return list.at(index)
  const item = itemsOf(list)[index]
  if (item === undefined) throw listIndexOutOfRange()
  return item
}

function setAt(list: ClrValue, index: number, value: ClrValue): void {
  const items = itemsOf(list)
  if (items[index] === undefined) throw listIndexOutOfRange()
  items[index] = value as number
  if (list instanceof ClrList) list.version++
}

function indexIn(items: Items, value: ClrValue, equality: Equality, from = 0): number {
  for (let index = from; index < items.length; index++) {
    step()
    if (equality.equals(items[index] as ClrValue, value)) return index
  }
  return -1
}

type Predicate = (value: ClrValue) => boolean

function findIndex(items: readonly ClrValue[], match: Predicate): number {
  return items.findIndex((item) => match(item))
}

function insertAt(list: ClrList, index: number, values: readonly ClrValue[]): void {
  if (index < 0 || index > list.items.length)
    throw argumentOutOfRange('index', 'Index must be within the bounds of the List.')
  allocateItems(values.length)
  list.version++
  list.items.splice(index, 0, ...values)
}

function removeAt(list: ClrList, index: number, count = 1): void {
  if (index < 0 || index >= list.items.length) throw listIndexOutOfRange()
  list.version++
  list.items.splice(index, count)
}

function newList(container: Type, element: Type, items: Iterable<ClrValue> = []): ClrList {
  return new ClrList(container, element, [...items])
}

function copyInto(items: Iterable<ClrValue>, target: ClrValue, at: number): void {
  if (target === null) throw argumentNull('array')
  const store = itemsOf(target)
  let index = at
  for (const item of items) {
    if (index >= store.length)
      throw argumentException(
        "Destination array was not long enough. Check destIndex and length, and the array's lower bounds.",
      )
    store[index++] = item as number
  }
}

const list = (): MemberTable => ({
  '.ctor()': withElement((type, _equality, container) => () => newList(container, type)),
  '.ctor(int)': withElement((type, _equality, container) => (capacity: number) => {
    if (capacity < 0) throw argumentOutOfRange('capacity', 'Non-negative number required.')
    return reserve(newList(container, type), capacity)
  }),
  '.ctor(IEnumerable<T>)': withElement((type, _equality, container) => (source: ClrValue) => {
    const made = newList(container, type, walk(source))
    return reserve(made, made.items.length)
  }),
  Item: at,
  'Item=': setAt,
  Count: (self: ClrList) => self.items.length,
  Capacity: capacityOf,
  'Capacity=': (self: ClrList, capacity: number) => {
    if (capacity < self.items.length) throw argumentOutOfRange('value', 'capacity was less than the current size.')
    reserve(self, capacity)
  },
  Add: (self: ClrList, item: ClrValue) => self.add(item),
  AddRange: (self: ClrList, source: ClrValue) => insertAt(self, self.items.length, [...walk(source)]),
  AsReadOnly: (self: ClrList) => self,
  BinarySearch: withElement(
    (type) => (self: ClrList, value: ClrValue, comparer?: ClrValue) =>
      binarySearch(self.items, value, orderOf(comparer, type)),
  ),
  Clear: (self: ClrList) => {
    self.version++
    self.items.length = 0
  },
  Contains: withElement(
    (_type, equality) => (self: ClrList, value: ClrValue) => indexIn(self.items, value, equality) >= 0,
  ),
  ConvertAll: bound(
    ({ typeArguments: [type = types().special.object] }) =>
      (self: ClrList, convert: (item: ClrValue) => ClrValue) =>
        newList(
          types().generic('System.Collections.Generic.List', type),
          type,
          self.items.map((item) => convert(item)),
        ),
  ),
  'CopyTo(int,T[],int,int)': (self: ClrList, from: number, target: ClrValue, index: number, count: number) => {
    checkRange(self.items, from, count)
    copyInto(self.items.slice(from, from + count), target, index)
  },
  CopyTo: (self: ClrList, target: ClrValue, index = 0) => copyInto(self.items, target, index),
  Exists: (self: ClrList, match: Predicate) => findIndex(self.items, match) >= 0,
  Find: withElement(
    (type) => (self: ClrList, match: Predicate) => self.items[findIndex(self.items, match)] ?? defaultOf(type),
  ),
  FindAll: (self: ClrList, match: Predicate) =>
    newList(
      self.type,
      self.elementType,
      self.items.filter((item) => match(item)),
    ),
  'FindIndex(Predicate<T>)': (self: ClrList, match: Predicate) => findIndex(self.items, match),
  'FindIndex(int,Predicate<T>)': (self: ClrList, start: number, match: Predicate) =>
    findIndexIn(self.items, match, start),
  'FindIndex(int,int,Predicate<T>)': (self: ClrList, start: number, count: number, match: Predicate) =>
    findIndexIn(self.items, match, start, count),
  FindLast: withElement(
    (type) => (self: ClrList, match: Predicate) => self.items.findLast((item) => match(item)) ?? defaultOf(type),
  ),
  FindLastIndex: (self: ClrList, match: Predicate) => self.items.findLastIndex((item) => match(item)),
  ForEach: (self: ClrList, action: (item: ClrValue) => void) => {
    for (const item of self) action(item)
  },
  GetEnumerator: (self: ClrList) => new Walker(self),
  GetRange: (self: ClrList, index: number, count: number) => {
    checkRange(self.items, index, count)
    return newList(self.type, self.elementType, self.items.slice(index, index + count))
  },
  IndexOf: withElement((_type, equality) => (self: ClrList, value: ClrValue, from = 0, count?: number) => {
    const end = rangeEnd(self.items.length, 'index', from, count)
    return indexIn(end === self.items.length ? self.items : self.items.slice(0, end), value, equality, from)
  }),
  Insert: (self: ClrList, index: number, item: ClrValue) => insertAt(self, index, [item]),
  InsertRange: (self: ClrList, index: number, source: ClrValue) => insertAt(self, index, [...walk(source)]),
  LastIndexOf: withElement(
    (_type, equality) => (self: ClrList, value: ClrValue, from?: number, count?: number) =>
      lastIndexIn(self.items, (item) => equality.equals(item, value), from, count),
  ),
  Remove: withElement((_type, equality) => (self: ClrList, value: ClrValue) => {
    const index = indexIn(self.items, value, equality)
    if (index >= 0) removeAt(self, index)
    return index >= 0
  }),
  RemoveAll: (self: ClrList, match: Predicate) => {
    const kept = self.items.filter((item) => !match(item))
    const removed = self.items.length - kept.length
    self.version++
    self.items.splice(0, self.items.length, ...kept)
    return removed
  },
  RemoveAt: (self: ClrList, index: number) => removeAt(self, index),
  RemoveRange: (self: ClrList, index: number, count: number) => {
    checkRange(self.items, index, count)
    if (count > 0) removeAt(self, index, count)
  },
  'Reverse()': (self: ClrList) => {
    self.version++
    self.items.reverse()
  },
  'Reverse(int,int)': (self: ClrList, index: number, count: number) => {
    checkRange(self.items, index, count)
    self.version++
    self.items.splice(index, count, ...self.items.slice(index, index + count).reverse())
  },
  'Sort(Comparison<T>)': (self: ClrList, compare: (a: ClrValue, b: ClrValue) => number) => {
    self.version++
    sortItems(self.items, compare)
  },
  'Sort(int,int,IComparer<T>)': withElement(
    (type) => (self: ClrList, index: number, count: number, comparer: ClrValue) => {
      checkRange(self.items, index, count)
      self.version++
      const order = orderOf(comparer, type)
      const part = self.items.slice(index, index + count)
      sortItems(part, (a, b) => order.compare(a, b))
      self.items.splice(index, count, ...part)
    },
  ),
  Sort: withElement((type) => (self: ClrList, comparer?: ClrValue) => {
    self.version++
    const order = orderOf(comparer, type)
    sortItems(self.items, (a, b) => order.compare(a, b))
  }),
  ToArray: withElement((type) => (self: ClrList) => makeArray(type, [...self.items])),
  TrimExcess: (self: ClrList) => {
    if (self.items.length < Math.trunc(capacityOf(self) * 0.9)) reserve(self, self.items.length)
  },
  TrueForAll: (self: ClrList, match: Predicate) => self.items.every((item) => match(item)),
})

/** The index of an equal element in sorted items, or the complement of where it would stand. */
export function binarySearch(items: Items, value: ClrValue, order: Order): number {
  let low = 0
  let high = items.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const result = order.compare(items[middle] as ClrValue, value)
    if (result === 0) return middle
    if (result < 0) low = middle + 1
    else high = middle - 1
  }
  return ~low
}

/** A collection seen through `ICollection<T>`: a list, an array, a set, or the pairs of a dictionary. */
function countOf(self: ClrValue): number {
  if (self instanceof ClrList || self instanceof ClrArray) return self.items.length
  if (self instanceof Uint8Array) return self.length
  if (self instanceof JArray) return self.count
  if (typeof self === 'object' && self !== null && 'size' in self && typeof self.size === 'number') return self.size
  let count = 0
  for (const _item of walk(self)) count++
  return count
}

const collection = (): MemberTable => ({
  Count: countOf,
  IsReadOnly: (self: ClrValue) => self instanceof ClrArray || self instanceof Uint8Array,
  Add: (self: ClrValue, item: ClrValue) => addTo(self, item),
  Clear: (self: ClrValue) => {
    if (self instanceof ClrList) {
      self.version++
      self.items.length = 0
    } else if (self instanceof ClrDictionary || self instanceof ClrSet || self instanceof JArray) self.clear()
    else throw fixedSize()
  },
  Contains: bound((use) => (self: ClrValue, item: ClrValue) => {
    if (self instanceof ClrSet) return self.has(item)
    const equality = traitsOf(elementType(use))
    for (const own of walk(self)) if (equality.equals(own, item)) return true
    return false
  }),
  CopyTo: (self: ClrValue, target: ClrValue, index: number) => copyInto(walk(self), target, index),
  Remove: bound((use) => (self: ClrValue, item: ClrValue) => removeFrom(self, item, traitsOf(elementType(use)))),
})

function fixedSize(): Error {
  return notSupported('Collection was of a fixed size.')
}

function addTo(self: ClrValue, item: ClrValue): void {
  if (self instanceof ClrList) self.add(item)
  else if (self instanceof ClrSet) self.add(item)
  else if (self instanceof ClrDictionary && item instanceof KeyValuePair) self.add(item.key, item.value)
  else if (self instanceof JArray && item !== null) self.add(item as never)
  else throw fixedSize()
}

function removeFrom(self: ClrValue, item: ClrValue, equality: Equality): boolean {
  if (self instanceof ClrSet) return self.remove(item)
  if (self instanceof ClrDictionary && item instanceof KeyValuePair) return self.remove(item.key)
  if (!(self instanceof ClrList)) throw fixedSize()
  const index = indexIn(self.items, item, equality)
  if (index >= 0) removeAt(self, index)
  return index >= 0
}

const indexedList = (): MemberTable => ({
  Item: at,
  'Item=': setAt,
  IndexOf: bound(
    (use) => (self: ClrValue, value: ClrValue) => indexIn(itemsOf(self), value, traitsOf(elementType(use))),
  ),
  Insert: (self: ClrValue, index: number, item: ClrValue) => {
    if (!(self instanceof ClrList)) throw fixedSize()
    insertAt(self, index, [item])
  },
  RemoveAt: (self: ClrValue, index: number) => {
    if (!(self instanceof ClrList)) throw fixedSize()
    removeAt(self, index)
  },
})

function keysOf(self: ReadableDictionary): Sequence {
  return new Sequence(self.keyType, function* () {
    for (const [key] of self.entries()) yield key
  })
}

function valuesOf(self: ReadableDictionary): Sequence {
  return new Sequence(self.valueType, function* () {
    for (const [, value] of self.entries()) yield value
  })
}

function tryGetValue(type: Type): Implementation {
  const missing = defaultOf(type)
  return (self: ReadableDictionary, key: ClrValue, result: Cell) => {
    if (key === null) throw argumentNull('key')
    const value = self.find(key)
    result.value = value ?? missing
    return value !== undefined
  }
}

function containsKey(self: ReadableDictionary, key: ClrValue): boolean {
  if (key === null) throw argumentNull('key')
  return self.find(key) !== undefined
}

/** Dictionaries that can be written; a view of the context cannot be. */
function writable(self: ReadableDictionary): ClrDictionary | JsonPairs {
  if (self instanceof ClrDictionary || self instanceof JsonPairs) return self
  throw notSupported('Collection is read-only.')
}

const readDictionary = (): MemberTable => ({
  Item: lookUp,
  Keys: keysOf,
  Values: valuesOf,
  ContainsKey: containsKey,
  TryGetValue: bound(({ container }) => tryGetValue(container.arguments[1] ?? types().special.object)),
})

const writeDictionary = (): MemberTable => ({
  ...readDictionary(),
  'Item=': (self: ReadableDictionary, key: ClrValue, value: ClrValue) => writable(self).set(key, value),
  Add: (self: ReadableDictionary, key: ClrValue, value: ClrValue) => writable(self).add(key, value),
  Remove: (self: ReadableDictionary, key: ClrValue) => writable(self).remove(key),
})

/** `new Dictionary<K, V>(…)`: a dictionary to copy, a comparer, a capacity, in the overloads' order. */
const newDictionary = bound(({ container, member: { parameters } }) => {
  const [key = types().special.object, value = types().special.object] = container.arguments
  const source = parameters.findIndex((parameter) => parameter.name === 'dictionary')
  const comparer = parameters.findIndex((parameter) => parameter.name === 'comparer')
  return (...values: ClrValue[]) => {
    const result = new ClrDictionary(container, key, value, equalityOf(values[comparer], key))
    if (source >= 0) copyEntries(values[source] as ReadableDictionary | null, result)
    return result
  }
})

function copyEntries(source: ReadableDictionary | null, target: ClrDictionary): void {
  if (source === null) throw argumentNull('dictionary')
  for (const [key, value] of source.entries()) target.add(key, value)
}

const dictionary = (): MemberTable => ({
  ...writeDictionary(),
  '.ctor': newDictionary,
  Count: (self: ClrDictionary) => self.size,
  Comparer: (self: ClrDictionary) => self.comparer,
  Clear: (self: ClrDictionary) => self.clear(),
  ContainsValue: bound(({ container }) => (self: ClrDictionary, value: ClrValue) => {
    const equality = traitsOf(container.arguments[1] ?? types().special.object)
    for (const [, own] of self.entries()) if (equality.equals(own, value)) return true
    return false
  }),
  GetEnumerator: (self: ClrDictionary) => new Walker(self),
})

/** `SortedDictionary`: walked in the order of its keys. */
class SortedDictionary extends ClrDictionary {
  constructor(
    type: Type,
    keyType: Type,
    valueType: Type,
    readonly order: Order,
  ) {
    super(type, keyType, valueType, traitsOf(keyType))
  }

  override entries(): Iterable<readonly [ClrValue, ClrValue]> {
    return [...super.entries()].sort(([a], [b]) => this.order.compare(a, b))
  }
}

const newSortedDictionary = bound(({ container, member: { parameters } }) => {
  const [key = types().special.object, value = types().special.object] = container.arguments
  const copies = parameters[0]?.name === 'dictionary'
  return (argument: ClrValue = null) => {
    const result = new SortedDictionary(container, key, value, orderOf(copies ? null : argument, key))
    if (copies) copyEntries(argument as ReadableDictionary | null, result)
    return result
  }
})

const keyCollection = (): MemberTable => ({
  Count: countOf,
  CopyTo: (self: ClrValue, target: ClrValue, index: number) => copyInto(walk(self), target, index),
  GetEnumerator: (self: Sequence) => new Walker(self),
})

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

const hashSet = (): MemberTable => ({
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
  Count: (self: ClrSet) => self.size,
  Add: (self: ClrSet, item: ClrValue) => self.add(item),
  Clear: (self: ClrSet) => self.clear(),
  Contains: (self: ClrSet, item: ClrValue) => self.has(item),
  CopyTo: (self: ClrSet, target: ClrValue) => copyInto(self, target, 0),
  ExceptWith: (self: ClrSet, source: ClrValue) => {
    for (const item of Array.from(walk(source, 'other'))) self.remove(item)
  },
  GetEnumerator: (self: ClrSet) => new Walker(self),
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
  RemoveWhere: (self: ClrSet, match: Predicate) => {
    const removed = [...self].filter((item) => match(item))
    for (const item of removed) self.remove(item)
    return removed.length
  },
  SetEquals: (self: ClrSet, source: ClrValue) =>
    self.size === other(self, source).size && within(self, other(self, source)),
  SymmetricExceptWith: (self: ClrSet, source: ClrValue) => {
    for (const item of other(self, source)) if (!self.remove(item)) self.add(item)
  },
  UnionWith: (self: ClrSet, source: ClrValue) => {
    for (const item of Array.from(walk(source, 'other'))) self.add(item)
  },
})

function emptyError(kind: string): Error {
  return invalidOperation(`${kind} empty.`)
}

/** Queue and Stack: a list whose front is where items leave. */
function queueLike(kind: 'Queue' | 'Stack'): MemberTable {
  const put = (self: ClrList, item: ClrValue): void => (kind === 'Queue' ? self.add(item) : insertAt(self, 0, [item]))
  const peek = (self: ClrList): ClrValue => {
    const [first] = self.items
    if (first === undefined) throw emptyError(kind)
    return first
  }
  const take = (self: ClrList): ClrValue => {
    const first = peek(self)
    self.version++
    self.items.shift()
    return first
  }
  const lists = list()
  return {
    '.ctor()': lists['.ctor()'] as Bound,
    '.ctor(int)': lists['.ctor(int)'] as Bound,
    '.ctor(IEnumerable<T>)': withElement(
      (type, _equality, container) => (source: ClrValue) =>
        newList(container, type, kind === 'Queue' ? walk(source) : [...walk(source)].reverse()),
    ),
    Count: (self: ClrList) => self.items.length,
    Clear: lists['Clear'] as Implementation,
    Contains: lists['Contains'] as Bound,
    Peek: peek,
    [kind === 'Queue' ? 'Dequeue' : 'Pop']: take,
    [kind === 'Queue' ? 'Enqueue' : 'Push']: put,
    ToArray: lists['ToArray'] as Bound,
    GetEnumerator: (self: ClrList) => new Walker(self),
  }
}

const comparers = (name: 'Comparer' | 'EqualityComparer'): TypeMembers =>
  membersOf(`System.Collections.Generic.${name}<T>`, () => ({
    Default: withElement((type) => () => traitsOf(type)),
    Create: (compare: (a: ClrValue, b: ClrValue) => number): Order => ({ compare }),
    Compare: (self: Order, a: ClrValue, b: ClrValue) => self.compare(a, b),
    Equals: (self: Equality, a: ClrValue, b: ClrValue) => self.equals(a, b),
    GetHashCode: (self: Equality, value: ClrValue) => hashCode(self.key(value)),
  }))

const enumerator = (): MemberTable => ({
  Current: (self: Walker) => self.current,
  MoveNext: (self: Walker) => self.moveNext(),
  Reset: (self: Walker) => self.reset(),
  Dispose: () => undefined,
})

const enumerable = (): MemberTable => ({
  GetEnumerator: (self: Exclude<ClrValue, null>) => new Walker(elementsOf(self)),
})

export const collectionMembers: readonly TypeMembers[] = [
  membersOf('System.Collections.Generic.List<T>', list),
  membersOf('System.Collections.Generic.List.Enumerator<T>', enumerator),
  membersOf('System.Collections.Generic.ICollection<T>', collection),
  membersOf('System.Collections.ICollection', collection),
  membersOf('System.Collections.Generic.IReadOnlyCollection<T>', collection),
  membersOf('System.Collections.Generic.IReadOnlyList<T>', indexedList),
  membersOf('System.Collections.Generic.IList<T>', indexedList),
  membersOf('System.Collections.ObjectModel.ReadOnlyCollection<T>', () => ({
    ...list(),
    ...collection(),
    ...indexedList(),
  })),
  membersOf('System.Collections.Generic.ISet<T>', hashSet),
  membersOf('System.Collections.Generic.HashSet<T>', hashSet),
  membersOf('System.Collections.Generic.IReadOnlyDictionary<TKey,TValue>', readDictionary),
  membersOf('System.Collections.Generic.IDictionary<TKey,TValue>', writeDictionary),
  membersOf('System.Collections.Generic.Dictionary<TKey,TValue>', dictionary),
  membersOf('System.Collections.Generic.SortedDictionary<TKey,TValue>', () => ({
    ...dictionary(),
    '.ctor': newSortedDictionary,
  })),
  membersOf('System.Collections.Generic.Dictionary.KeyCollection<TKey,TValue>', keyCollection),
  membersOf('System.Collections.Generic.Dictionary.ValueCollection<TKey,TValue>', keyCollection),
  membersOf('System.Collections.Generic.KeyValuePair<TKey,TValue>', () => ({
    '.ctor': (key: ClrValue, value: ClrValue) => new KeyValuePair(key, value),
    Key: (self: KeyValuePair) => self.key,
    Value: (self: KeyValuePair) => self.value,
  })),
  membersOf('System.Collections.Generic.KeyValuePair', () => ({
    Create: (key: ClrValue, value: ClrValue) => new KeyValuePair(key, value),
  })),
  membersOf('System.Collections.Generic.Queue<T>', () => queueLike('Queue')),
  membersOf('System.Collections.Generic.Stack<T>', () => queueLike('Stack')),
  comparers('Comparer'),
  comparers('EqualityComparer'),
  membersOf('System.Collections.Generic.IComparer<T>', () => ({
    Compare: (self: Order, a: ClrValue, b: ClrValue) => self.compare(a, b),
  })),
  membersOf('System.Collections.IComparer', () => ({
    Compare: (self: Order, a: ClrValue, b: ClrValue) => self.compare(a, b),
  })),
  membersOf('System.Collections.Generic.IEqualityComparer<T>', () => ({
    Equals: (self: Equality, a: ClrValue, b: ClrValue) => self.equals(a, b),
    GetHashCode: (self: Equality, value: ClrValue) => hashCode(self.key(value)),
  })),
  membersOf('System.Collections.Generic.IEnumerable<T>', enumerable),
  membersOf('System.Collections.IEnumerable', enumerable),
  membersOf('System.Collections.Generic.IEnumerator<T>', enumerator),
  membersOf('System.Collections.IEnumerator', enumerator),
  membersOf('System.CharEnumerator', enumerator),
]
