import type { MemberUse, NamedType, Type } from '@apim-kit/policy-dsl/expression'
import { elementsOf } from '../compile/walk.js'
import { JArray } from '../json/token.js'
import { allocateItems, asDotNetException, EvaluationStopped, step } from '../run.js'
import { types } from '../types.js'
import { Boxed } from '../values/boxed.js'
import {
  ClrArray,
  ClrDictionary,
  ClrList,
  ClrSet,
  DictionaryPart,
  KeyValuePair,
  makeArray,
  Piped,
  ReadOnlyList,
  Sequence,
} from '../values/collections.js'
import { defaultOf } from '../values/defaults.js'
import { DotNetException } from '../values/exception.js'
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
import { box, traitsOf } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import { Walker, type WalkerKind } from '../values/walker.js'
import {
  bound,
  membersOf,
  withLambdas,
  type Bound,
  type Implementation,
  type MemberTable,
  type TypeMembers,
} from './members.js'
import { hashSet } from './sets.js'
import { untypedDictionary, untypedList } from './untyped-collections.js'
import { dictionary, keyCollection, newSortedDictionary, readDictionary, writeDictionary } from './dictionaries.js'
import { queueLike } from './queues.js'
import { capacityOf, checkRange, findIndexIn, lastIndexOf, rangeEnd, reserve } from './ranges.js'

/** The first type argument of the constructed type: T of `List<T>`. */
export function elementType({ container }: MemberUse): Type {
  return container.arguments[0] ?? types().special.object
}

/** An implementation that needs T and its equality. */
export function withElement(
  make: (type: Type, equality: Equality & Order, container: NamedType) => Implementation,
): Bound {
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
    try {
      return compare(a, b)
    } catch (error) {
      throw cannotCompare(error)
    }
  })
}

/** Sorting says that it failed, and why inside of that. */
function cannotCompare(error: unknown): unknown {
  const cause = asDotNetException(error)
  if (!(cause instanceof DotNetException) || cause instanceof EvaluationStopped) return cause
  const { typeName, message } = invalidOperation('Failed to compare two elements in the array.')
  return new DotNetException(typeName, message, cause)
}

type Items = ClrValue[] | Uint8Array

/** The elements behind a list or an array, to be read and written by index. */
export function itemsOf(list: ClrValue): Items {
  if (list instanceof ClrList || list instanceof ClrArray) return list.items
  if (list instanceof Uint8Array) return list
  throw notSupported()
}

export function at(list: ClrValue, index: number): ClrValue {
  if (list instanceof JArray) return list.at(index)
  const item = itemsOf(list)[index]
  if (item === undefined) throw listIndexOutOfRange()
  return item
}

export function setAt(list: ClrValue, index: number, value: ClrValue): void {
  checkWritable(list)
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

function checkWritable(list: ClrValue): void {
  if (list instanceof ReadOnlyList) throw readOnly()
}

export const readOnly = (): Error => notSupported('Collection is read-only.')

export type Predicate = (value: ClrValue) => boolean

function findIndex(items: readonly ClrValue[], match: Predicate): number {
  return items.findIndex((item) => match(item))
}

export function insertAt(list: ClrList, index: number, values: readonly ClrValue[], wrong = outsideList): void {
  if (index < 0 || index > list.items.length) throw wrong()
  allocateItems(values.length)
  list.version++
  list.items.splice(index, 0, ...values)
}

const outsideList = (): Error => argumentOutOfRange('index', 'Index must be within the bounds of the List.')

export function removeAt(list: ClrList, index: number, count = 1): void {
  if (index < 0 || index >= list.items.length) throw listIndexOutOfRange()
  list.version++
  list.items.splice(index, count)
}

export function newList(container: Type, element: Type, items: Iterable<ClrValue> = []): ClrList {
  return new ClrList(container, element, [...items])
}

export function copyInto(items: Iterable<ClrValue>, target: ClrValue, at: number): void {
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

const searching = (): MemberTable => ({
  ConvertAll: bound(
    ({ typeArguments: [type = types().special.object] }) =>
      (self: ClrList, convert: (item: ClrValue) => ClrValue) =>
        newList(
          types().generic('System.Collections.Generic.List', type),
          type,
          self.items.map((item) => convert(item)),
        ),
  ),
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
  RemoveAll: (self: ClrList, match: Predicate) => {
    const kept = self.items.filter((item) => !match(item))
    const removed = self.items.length - kept.length
    self.version++
    self.items.splice(0, self.items.length, ...kept)
    return removed
  },
  'Sort(Comparison<T>)': (self: ClrList, compare: (a: ClrValue, b: ClrValue) => number) => {
    self.version++
    sortItems(self.items, compare)
  },
  TrueForAll: (self: ClrList, match: Predicate) => self.items.every((item) => match(item)),
})

const list = (): MemberTable => ({
  ...withLambdas(searching()),
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
  AsReadOnly: withElement(
    (type) => (self: ClrList) =>
      new ReadOnlyList(types().generic('System.Collections.ObjectModel.ReadOnlyCollection', type), type, self.items),
  ),
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
  'CopyTo(int,T[],int,int)': (self: ClrList, from: number, target: ClrValue, index: number, count: number) => {
    checkRange(self.items, from, count)
    copyInto(self.items.slice(from, from + count), target, index)
  },
  CopyTo: (self: ClrList, target: ClrValue, index = 0) => copyInto(self.items, target, index),
  GetEnumerator: getEnumerator,
  GetRange: (self: ClrList, index: number, count: number) => {
    checkRange(self.items, index, count)
    return newList(self.type, self.elementType, self.items.slice(index, index + count))
  },
  IndexOf: withElement((_type, equality) => (self: ClrList, value: ClrValue, from = 0, count?: number) => {
    if (from >= 0 || count !== undefined) rangeEnd(self.items.length, 'index', Math.max(0, from), count)
    const end = rangeEnd(self.items.length, 'startIndex', from, count)
    return indexIn(end === self.items.length ? self.items : self.items.slice(0, end), value, equality, from)
  }),
  Insert: (self: ClrList, index: number, item: ClrValue) => insertAt(self, index, [item]),
  InsertRange: (self: ClrList, index: number, source: ClrValue) =>
    insertAt(self, index, [...walk(source)], listIndexOutOfRange),
  LastIndexOf: withElement(
    (_type, equality) => (self: ClrList, value: ClrValue, from?: number, count?: number) =>
      lastIndexOf(self.items, (item) => equality.equals(item, value), from, count),
  ),
  Remove: withElement((_type, equality) => (self: ClrList, value: ClrValue) => {
    const index = indexIn(self.items, value, equality)
    if (index >= 0) removeAt(self, index)
    return index >= 0
  }),
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
export function countOf(self: ClrValue): number {
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
  IsReadOnly: (self: ClrValue) =>
    self instanceof ClrArray ||
    self instanceof Uint8Array ||
    self instanceof ReadOnlyList ||
    self instanceof DictionaryPart,
  Add: (self: ClrValue, item: ClrValue) => addTo(self, item),
  Clear: (self: ClrValue) => {
    checkWritable(self)
    if (self instanceof ClrList) {
      self.version++
      self.items.length = 0
    } else if (self instanceof ClrDictionary || self instanceof ClrSet || self instanceof JArray) self.clear()
    else throw self instanceof DictionaryPart ? derived(self) : readOnly()
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

function derived({ kind }: DictionaryPart): Error {
  return notSupported(`Mutating a ${kind} collection derived from a dictionary is not allowed.`)
}

function fixedSize(): Error {
  return notSupported('Collection was of a fixed size.')
}

function addTo(self: ClrValue, item: ClrValue): void {
  checkWritable(self)
  if (self instanceof DictionaryPart) throw derived(self)
  if (self instanceof ClrList) self.add(item)
  else if (self instanceof ClrSet) self.add(item)
  else if (self instanceof ClrDictionary && item instanceof KeyValuePair) self.add(item.key, item.value)
  else if (self instanceof JArray && item !== null) self.add(item as never)
  else throw fixedSize()
}

function removeFrom(self: ClrValue, item: ClrValue, equality: Equality): boolean {
  if (self instanceof ClrSet) return self.remove(item)
  if (self instanceof ClrDictionary && item instanceof KeyValuePair) return removePair(self, item)
  checkWritable(self)
  if (self instanceof DictionaryPart) throw derived(self)
  if (!(self instanceof ClrList)) throw fixedSize()
  const index = indexIn(self.items, item, equality)
  if (index >= 0) removeAt(self, index)
  return index >= 0
}

/** A pair is only removed with its value. */
function removePair(self: ClrDictionary, { key, value }: KeyValuePair): boolean {
  const own = key === null ? undefined : self.find(key)
  return own !== undefined && traitsOf(self.valueType).equals(own, value) && self.remove(key)
}

const indexedList = (): MemberTable => ({
  Item: at,
  'Item=': setAt,
  IndexOf: bound(
    (use) => (self: ClrValue, value: ClrValue) => indexIn(itemsOf(self), value, traitsOf(elementType(use))),
  ),
  Insert: (self: ClrValue, index: number, item: ClrValue) => {
    checkWritable(self)
    if (!(self instanceof ClrList)) throw fixedSize()
    insertAt(self, index, [item])
  },
  RemoveAt: (self: ClrValue, index: number) => {
    checkWritable(self)
    if (!(self instanceof ClrList)) throw fixedSize()
    removeAt(self, index)
  },
})

const comparers = (name: 'Comparer' | 'EqualityComparer'): TypeMembers =>
  membersOf(`System.Collections.Generic.${name}<T>`, () => ({
    Default: withElement((type) => () => traitsOf(type)),
    Create: (compare: (a: ClrValue, b: ClrValue) => number): Order => ({ compare }),
    Compare: (self: Order, a: ClrValue, b: ClrValue) => self.compare(a, b),
    Equals: (self: Equality, a: ClrValue, b: ClrValue) => self.equals(a, b),
    GetHashCode: hashWith,
  }))

const hashWith = (self: Equality, value: ClrValue): number => (value === null ? 0 : hashCode(self.key(value)))

/** An enumerator that is a struct comes boxed where an interface is wanted. */
const walkerOf = (self: Walker | Boxed): Walker => (self instanceof Boxed ? (self.value as Walker) : self)

const enumerator = (): MemberTable => ({
  Current: (self: Walker | Boxed) => walkerOf(self).current,
  MoveNext: (self: Walker | Boxed) => walkerOf(self).moveNext(),
  Reset: (self: Walker | Boxed) => walkerOf(self).reset(),
  Dispose: (self: Walker | Boxed) => walkerOf(self).dispose(),
})

/** The same, its elements seen as objects. */
const untypedEnumerator = (): MemberTable => ({
  ...enumerator(),
  Current: (self: Walker | Boxed) => box(walkerOf(self).source.elementType, walkerOf(self).current),
})

const walkerKind = (self: ClrValue): WalkerKind => {
  const isList = self instanceof ClrList && !(self instanceof ReadOnlyList)
  if (isList || self instanceof ClrDictionary || self instanceof ClrSet) return isQueue(self) ? 'strict' : 'plain'
  return self instanceof Sequence || self instanceof Piped ? 'computed' : 'strict'
}

const isQueue = (self: { readonly type: Type }): boolean =>
  self.type.kind === 'named' && /\.(?:Queue|Stack)</.test(self.type.definition.name)

export const getEnumerator = (self: Exclude<ClrValue, null>): Walker => new Walker(elementsOf(self), walkerKind(self))

const enumerable = (): MemberTable => ({ GetEnumerator: getEnumerator })

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
  membersOf('System.Collections.Generic.SortedDictionary.KeyCollection<TKey,TValue>', keyCollection),
  membersOf('System.Collections.Generic.SortedDictionary.ValueCollection<TKey,TValue>', keyCollection),
  membersOf('System.Collections.Generic.KeyValuePair<TKey,TValue>', () => ({
    '.ctor': (key: ClrValue, value: ClrValue) => new KeyValuePair(key, value),
    Key: (self: KeyValuePair) => self.key,
    Value: (self: KeyValuePair) => self.value,
  })),
  membersOf('System.Collections.Generic.KeyValuePair', () => ({
    Create: (key: ClrValue, value: ClrValue) => new KeyValuePair(key, value),
  })),
  membersOf('System.Collections.Generic.Queue<T>', () => queueLike('Queue', list())),
  membersOf('System.Collections.Generic.Stack<T>', () => queueLike('Stack', list())),
  membersOf('System.Collections.IList', untypedList),
  membersOf('System.Collections.IDictionary', untypedDictionary),
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
    GetHashCode: hashWith,
  })),
  membersOf('System.Collections.Generic.IEnumerable<T>', enumerable),
  membersOf('System.Collections.IEnumerable', enumerable),
  membersOf('System.Collections.Generic.IEnumerator<T>', enumerator),
  membersOf('System.Collections.IEnumerator', untypedEnumerator),
  membersOf('System.CharEnumerator', enumerator),
]
