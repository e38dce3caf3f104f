import type { Type } from '@apim-kit/policy-dsl/expression'
import type { Cell } from '../compile/frame.js'
import { numericConversion } from '../compile/numeric.js'
import { allocateItems } from '../run.js'
import { isInstance, isValueType, types } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { ClrArray, Grid, makeArray, ReadOnlyList } from '../values/collections.js'
import { defaultOf } from '../values/defaults.js'
import { DotNetException } from '../values/exception.js'
import {
  argumentException,
  argumentNull,
  argumentOutOfRange,
  indexOutOfRange,
  invalidCastMessage,
} from '../values/exceptions.js'
import { box, traitsOf } from '../values/traits.js'
import type { TypeObject } from '../values/type-object.js'
import type { ClrValue } from '../values/value.js'
import { binarySearch, getEnumerator, orderOf, sortItems } from './collections.js'
import { ARRAY_WORDS, checkRange, findIndexIn, lastIndexIn, rangeEnd } from './ranges.js'
import {
  bound,
  membersOf,
  withLambdas,
  type Bound,
  type Implementation,
  type MemberTable,
  type TypeMembers,
} from './members.js'

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

const BEFORE_START = "Number was less than the array's lower bound in the first dimension."

function copy(source: AnyArray | null, from: number, target: AnyArray | null, to: number, length: number): void {
  const items = itemsOf(source, 'sourceArray')
  const store = itemsOf(target, 'destinationArray')
  if (length < 0) throw argumentOutOfRange('length', 'Non-negative number required.')
  if (from < 0) throw argumentOutOfRange('sourceIndex', BEFORE_START)
  if (to < 0) throw argumentOutOfRange('destinationIndex', BEFORE_START)
  if (from + length > items.length)
    throw argumentException(
      "Source array was not long enough. Check srcIndex and length, and the array's lower bounds.",
    )
  if (to + length > store.length)
    throw argumentException(
      "Destination array was not long enough. Check destIndex and length, and the array's lower bounds.",
    )
  // Both are there by now: their items were read.
  const convert = elementCopy(elementOf(source as AnyArray), elementOf(target as AnyArray))
  items.slice(from, from + length).forEach((item, index) => {
    store[to + index] = convert(item) as number
  })
}

/** How an element of one array becomes one of another. @throws DotNetException ArrayTypeMismatchException */
function elementCopy(from: Type, to: Type): (item: ClrValue) => ClrValue {
  if (from.id === to.id) return (item) => item
  const [fromValue, toValue] = [isValueType(from), isValueType(to)]
  if (fromValue && toValue) {
    const [source, target] = [WIDTHS.indexOf(from.id), WIDTHS.indexOf(to.id)]
    if (source < 0 || target < source) throw mismatch()
    const [one, two] = [KEYWORDS[source], KEYWORDS[target]]
    return one && two ? numericConversion(one, two, false) : (item) => item
  }
  if (fromValue) {
    if (!isInstance(new Boxed(from, null), to)) throw mismatch()
    return (item) => box(from, item)
  }
  return (item) => {
    const fits = item === null ? !toValue : isInstance(item, to)
    if (!fits)
      throw invalidCastMessage(
        'At least one element in the source array could not be cast down to the destination array type.',
      )
    return toValue ? unboxed(item) : item
  }
}

/** Each becomes those that follow. */
const KEYWORDS = ['short', 'int', 'long', 'float', 'double'] as const
const WIDTHS: readonly string[] = ['Int16', 'Int32', 'Int64', 'Single', 'Double'].map((name) => `System.${name}`)

const mismatch = (): DotNetException =>
  new DotNetException(
    'System.ArrayTypeMismatchException',
    'Source array type cannot be assigned to destination array type.',
  )

/** Where an element stands. @throws DotNetException ArgumentException for another number of dimensions, IndexOutOfRangeException */
function offsetOf(array: AnyArray, indices: readonly number[]): number {
  const dimensions = lengthsOf(array).length
  if (indices.length !== dimensions)
    throw argumentException(
      indices.length === 1
        ? 'Array was not a one-dimensional array.'
        : indices.length === 2
          ? 'Array was not a two-dimensional array.'
          : 'Array was not a three-dimensional array.',
    )
  if (array instanceof Grid) return array.offsetOf(indices)
  const [index = 0] = indices
  if (itemsOf(array)[index] === undefined) throw indexOutOfRange()
  return index
}

/** @throws DotNetException InvalidCastException */
function setValue(array: AnyArray, value: ClrValue, ...indices: number[]): void {
  const type = elementOf(array)
  const offset = offsetOf(array, indices)
  if (value === null) store(array, [defaultOf(type)], offset)
  else if (isInstance(value, type)) store(array, [isValueType(type) ? unboxed(value) : value], offset)
  else throw invalidCastMessage('Object cannot be stored in an array of this type.')
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

const searching = (): MemberTable => ({
  'Sort<T>(T[],Comparison<T>)': sort,
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
  'FindIndex<T>(T[],int,int,Predicate<T>)': (array: AnyArray | null, start: number, count: number, match: Predicate) =>
    findIndexIn(listOf(array), match, start, count),
  FindLast: withElement(
    (type) => (array: AnyArray | null, match: Predicate) =>
      listOf(array).findLast((item) => match(item)) ?? defaultOf(type),
  ),
  FindLastIndex: (array: AnyArray | null, match: Predicate) => listOf(array).findLastIndex((item) => match(item)),
  ForEach: (array: AnyArray | null, action: (item: ClrValue) => void) => listOf(array).forEach((item) => action(item)),
  TrueForAll: (array: AnyArray | null, match: Predicate) => listOf(array).every((item) => match(item)),
  ConvertAll: bound(
    ({ typeArguments: [, type = types().special.object] }) =>
      (array: AnyArray | null, convert: (item: ClrValue) => ClrValue) =>
        makeArray(
          type,
          listOf(array).map((item) => convert(item)),
        ),
  ),
})

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
    IsReadOnly: () => false,
    IsFixedSize: () => true,
    IsSynchronized: () => false,
    SyncRoot: (self: AnyArray) => self,
    GetEnumerator: getEnumerator,
    GetValue: (self: AnyArray, ...indices: number[]) =>
      box(elementOf(self), itemsOf(self)[offsetOf(self, indices)] ?? null),
    SetValue: setValue,
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
    LastIndexOf: withElement((type) => (array: AnyArray | null, value: ClrValue, start?: number, count?: number) => {
      const items = listOf(array)
      return lastIndexIn(items, (item) => traitsOf(type).equals(item, value), start, count, ARRAY_WORDS)
    }),
    'BinarySearch<T>(T[],int,int,T)': withElement(
      (type) => (array: AnyArray | null, index: number, length: number, value: ClrValue) => {
        const items = listOf(array)
        checkRange(items, index, length, 'length')
        const found = binarySearch(items.slice(index, index + length), value, traitsOf(type))
        return found < 0 ? ~(~found + index) : found + index
      },
    ),
    BinarySearch: withElement(
      (type) => (array: AnyArray | null, value: ClrValue, comparer?: ClrValue) =>
        binarySearch(itemsOf(array), value, orderOf(comparer, type)),
    ),
    ...withLambdas(searching()),
    Fill: (array: AnyArray | null, value: ClrValue, start = 0, count?: number) => {
      const end = rangeEnd(itemsOf(array).length, 'startIndex', start, count)
      if (array !== null) store(array, new Array<ClrValue>(end - start).fill(value), start)
    },
    Empty: withElement((type) => () => makeArray(type, [])),
    AsReadOnly: withElement((type) => (array: AnyArray | null) => {
      const list = types().generic('System.Collections.ObjectModel.ReadOnlyCollection', type)
      return new ReadOnlyList(list, type, array instanceof ClrArray ? array.items : listOf(array))
    }),
    CreateInstance: ({ target }: TypeObject, ...lengths: number[]) => {
      if (lengths.some((length) => length < 0)) throw argumentOutOfRange('length', 'Non-negative number required.')
      const count = lengths.reduce((product, length) => product * length, 1)
      allocateItems(count)
      const items = new Array<ClrValue>(count).fill(defaultOf(target))
      return lengths.length === 1 ? makeArray(target, items) : new Grid(target, lengths, items)
    },
  })),
]
