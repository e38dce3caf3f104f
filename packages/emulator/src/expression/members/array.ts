import type { Type } from '@apim-kit/policy-dsl/expression'
import type { Cell } from '../compile/frame.js'
import { allocateItems } from '../run.js'
import { isValueType, types } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { ClrArray, Grid, makeArray } from '../values/collections.js'
import { defaultOf } from '../values/defaults.js'
import { argumentException, argumentNull, argumentOutOfRange, indexOutOfRange } from '../values/exceptions.js'
import { box, traitsOf } from '../values/traits.js'
import type { TypeObject } from '../values/type-object.js'
import type { ClrValue } from '../values/value.js'
import { binarySearch, orderOf, sortItems } from './collections.js'
import { checkRange, findIndexIn, lastIndexIn, rangeEnd } from './ranges.js'
import { bound, membersOf, type Bound, type Implementation, type TypeMembers } from './members.js'

type AnyArray = ClrArray | Uint8Array
type Predicate = (item: ClrValue) => boolean

function itemsOf(array: AnyArray | null, parameter = 'array'): ClrValue[] | Uint8Array {
  if (array === null) throw argumentNull(parameter)
  return array instanceof ClrArray ? array.items : array
}

function listOf(array: AnyArray | null): ClrValue[] {
  return [...itemsOf(array)]
}

const lengthsOf = (array: AnyArray): readonly number[] =>
  array instanceof Grid ? array.lengths : [itemsOf(array).length]

function lengthOf(array: AnyArray, dimension: number): number {
  const length = lengthsOf(array)[dimension]
  if (length === undefined) throw indexOutOfRange()
  return length
}

function elementOf(array: AnyArray): Type {
  return array instanceof ClrArray ? array.elementType : types().special.byte
}

function copy(source: AnyArray | null, from: number, target: AnyArray | null, to: number, length: number): void {
  const items = itemsOf(source, 'sourceArray')
  const store = itemsOf(target, 'destinationArray')
  if (length < 0 || from < 0 || to < 0)
    throw argumentException("Number was less than the array's lower bound in the first dimension.")
  if (from + length > items.length)
    throw argumentException(
      "Source array was not long enough. Check srcIndex and length, and the array's lower bounds.",
    )
  if (to + length > store.length)
    throw argumentException(
      "Destination array was not long enough. Check destIndex and length, and the array's lower bounds.",
    )
  items.slice(from, from + length).forEach((item, index) => {
    store[to + index] = item as number
  })
}

/** Writes sorted or reversed items back. */
function store(array: AnyArray, items: readonly ClrValue[], at = 0): void {
  const target = itemsOf(array)
  items.forEach((item, index) => {
    target[at + index] = item as number
  })
}

function reverse(array: AnyArray | null, from = 0, count?: number): void {
  const items = listOf(array)
  checkRange(items, from, count ?? items.length, 'length')
  if (array !== null) store(array, items.slice(from, count === undefined ? undefined : from + count).reverse(), from)
}

function sort(array: AnyArray | null, compare: (a: ClrValue, b: ClrValue) => number): void {
  const items = listOf(array)
  sortItems(items, compare)
  if (array !== null) store(array, items)
}

/** Sorts the second array along with the keys. */
function sortWithItems(keys: AnyArray, values: AnyArray | null): void {
  const order = traitsOf(elementOf(keys))
  const companions = values === null ? [] : listOf(values)
  const pairs = listOf(keys).map((key, index) => [key, companions[index] ?? null] as const)
  pairs.sort((a, b) => order.compare(a[0], b[0]))
  store(
    keys,
    pairs.map(([key]) => key),
  )
  if (values !== null)
    store(
      values,
      pairs.map(([, value]) => value),
    )
}

/** T of a generic method. */
function withElement(make: (type: Type) => Implementation): Bound {
  return bound(({ typeArguments: [type = types().special.object] }) => make(type))
}

/** A value in object form as an element of an array. */
function unboxed(value: ClrValue): ClrValue {
  return value instanceof Boxed ? value.value : value
}

function indexOf(
  array: AnyArray | null,
  value: ClrValue,
  equals: (a: ClrValue, b: ClrValue) => boolean,
  from = 0,
  count?: number,
): number {
  const items = listOf(array)
  const end = rangeEnd(items.length, 'startIndex', from, count)
  return items.findIndex((item, index) => index >= from && index < end && equals(item, value))
}

export const arrayMembers: readonly TypeMembers[] = [
  membersOf('System.Array', () => ({
    Length: (self: AnyArray) => itemsOf(self).length,
    LongLength: (self: AnyArray) => BigInt(itemsOf(self).length),
    Rank: (self: AnyArray) => lengthsOf(self).length,
    GetLength: lengthOf,
    GetLowerBound: (self: AnyArray, dimension: number) => {
      lengthOf(self, dimension)
      return 0
    },
    GetUpperBound: (self: AnyArray, dimension: number) => lengthOf(self, dimension) - 1,
    GetValue: (self: AnyArray, index: number) => {
      const item = itemsOf(self)[index]
      if (item === undefined) throw indexOutOfRange()
      return box(elementOf(self), item)
    },
    SetValue: (self: AnyArray, value: ClrValue, index: number) => {
      if (itemsOf(self)[index] === undefined) throw indexOutOfRange()
      store(self, [isValueType(elementOf(self)) ? unboxed(value) : value], index)
    },
    Clone: (self: AnyArray) =>
      self instanceof Grid
        ? new Grid(self.elementType, self.lengths, listOf(self))
        : makeArray(elementOf(self), listOf(self)),
    CopyTo: (self: AnyArray, target: AnyArray | null, index: number) =>
      copy(self, 0, target, index, itemsOf(self).length),
    'Copy(Array,Array,int)': (source: AnyArray | null, target: AnyArray | null, length: number) =>
      copy(source, 0, target, 0, length),
    'Copy(Array,int,Array,int,int)': copy,
    Clear: (array: AnyArray | null, index: number, length: number) => {
      if (array === null) throw argumentNull('array')
      if (index < 0 || length < 0 || index + length > itemsOf(array).length) throw indexOutOfRange()
      store(array, new Array<ClrValue>(length).fill(defaultOf(elementOf(array))), index)
    },
    Reverse: reverse,
    'Sort(Array)': (array: AnyArray) => sort(array, (a, b) => traitsOf(elementOf(array)).compare(a, b)),
    'Sort<T>(T[])': withElement(
      (type) => (array: AnyArray | null) => sort(array, (a, b) => traitsOf(type).compare(a, b)),
    ),
    'Sort<T>(T[],int,int)': withElement((type) => (array: AnyArray | null, index: number, length: number) => {
      const items = listOf(array)
      checkRange(items, index, length, 'length')
      const part = items.slice(index, index + length)
      sortItems(part, (a, b) => traitsOf(type).compare(a, b))
      if (array !== null) store(array, part, index)
    }),
    'Sort<T>(T[],Comparison<T>)': sort,
    'Sort<T>(T[],IComparer<T>)': withElement((type) => (array: AnyArray | null, comparer: ClrValue) => {
      const order = orderOf(comparer, type)
      sort(array, (a, b) => order.compare(a, b))
    }),
    'Sort<TKey,TValue>(TKey[],TValue[])': sortWithItems,
    Resize: withElement((type) => (array: Cell, size: number) => {
      if (size < 0) throw argumentOutOfRange('newSize', 'Non-negative number required.')
      allocateItems(size)
      const old = array.value === null ? [] : listOf(array.value as AnyArray)
      array.value = makeArray(
        type,
        Array.from({ length: size }, (_, index) => old[index] ?? defaultOf(type)),
      )
    }),
    'IndexOf(Array,object)': (array: AnyArray, value: ClrValue) =>
      indexOf(array, value, (item, wanted) =>
        traitsOf(types().special.object).equals(box(elementOf(array), item), wanted),
      ),
    IndexOf: withElement(
      (type) =>
        (array: AnyArray | null, value: ClrValue, from = 0, count?: number) =>
          indexOf(array, value, (a, b) => traitsOf(type).equals(a, b), from, count),
    ),
    LastIndexOf: withElement(
      (type) => (array: AnyArray | null, value: ClrValue, start?: number) =>
        lastIndexIn(listOf(array), (item) => traitsOf(type).equals(item, value), start),
    ),
    BinarySearch: withElement(
      (type) => (array: AnyArray | null, value: ClrValue, comparer?: ClrValue) =>
        binarySearch(itemsOf(array), value, orderOf(comparer, type)),
    ),
    Exists: (array: AnyArray | null, match: Predicate) => listOf(array).some((item) => match(item)),
    Find: withElement(
      (type) => (array: AnyArray | null, match: Predicate) =>
        listOf(array).find((item) => match(item)) ?? defaultOf(type),
    ),
    FindAll: withElement(
      (type) => (array: AnyArray | null, match: Predicate) =>
        makeArray(
          type,
          listOf(array).filter((item) => match(item)),
        ),
    ),
    'FindIndex<T>(T[],Predicate<T>)': (array: AnyArray | null, match: Predicate) =>
      listOf(array).findIndex((item) => match(item)),
    'FindIndex<T>(T[],int,Predicate<T>)': (array: AnyArray | null, start: number, match: Predicate) =>
      findIndexIn(listOf(array), match, start),
    'FindIndex<T>(T[],int,int,Predicate<T>)': (
      array: AnyArray | null,
      start: number,
      count: number,
      match: Predicate,
    ) => findIndexIn(listOf(array), match, start, count),
    FindLast: withElement(
      (type) => (array: AnyArray | null, match: Predicate) =>
        listOf(array).findLast((item) => match(item)) ?? defaultOf(type),
    ),
    FindLastIndex: (array: AnyArray | null, match: Predicate) => listOf(array).findLastIndex((item) => match(item)),
    ForEach: (array: AnyArray | null, action: (item: ClrValue) => void) =>
      listOf(array).forEach((item) => action(item)),
    TrueForAll: (array: AnyArray | null, match: Predicate) => listOf(array).every((item) => match(item)),
    ConvertAll: bound(
      ({ typeArguments: [, type = types().special.object] }) =>
        (array: AnyArray | null, convert: (item: ClrValue) => ClrValue) =>
          makeArray(
            type,
            listOf(array).map((item) => convert(item)),
          ),
    ),
    Empty: withElement((type) => () => makeArray(type, [])),
    CreateInstance: ({ target }: TypeObject, length: number) => {
      if (length < 0) throw argumentOutOfRange('length', 'Non-negative number required.')
      allocateItems(length)
      return makeArray(target, new Array<ClrValue>(length).fill(defaultOf(target)))
    },
  })),
]
