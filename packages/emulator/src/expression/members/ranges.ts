import { argumentException, argumentOutOfRange } from '../values/exceptions.js'
import type { ClrList } from '../values/collections.js'
import type { ClrValue } from '../values/value.js'

/** From an index on, which may be the end, over a number of elements. */
export function findIndexIn(
  items: readonly ClrValue[],
  match: (item: ClrValue) => boolean,
  start: number,
  count?: number,
): number {
  const end = rangeEnd(items.length, 'startIndex', start, count)
  const found = items.slice(start, end).findIndex((item) => match(item))
  return found < 0 ? -1 : start + found
}

/** Where a range that begins at an index ends. */
export function rangeEnd(length: number, parameter: string, start: number, count = length - start): number {
  if (start < 0 || start > length) {
    throw argumentOutOfRange(
      parameter,
      'Index was out of range. Must be non-negative and less than the size of the collection.',
    )
  }
  if (count < 0 || start + count > length) {
    throw argumentOutOfRange(
      'count',
      'Count must be positive and count must refer to a location within the string/array/collection.',
    )
  }
  return start + count
}

/** What a wrong place is called, and what is said of a wrong count. */
const LIST_WORDS = { index: 'index', count: 'Larger than collection size.' }
export const ARRAY_WORDS: typeof LIST_WORDS = {
  index: 'startIndex',
  count: 'Count must be positive and count must refer to a location within the string/array/collection.',
}

/** Where a range that goes backwards from an index ends. */
export function lastIndexIn(
  items: readonly ClrValue[],
  test: (item: ClrValue) => boolean,
  start = items.length - 1,
  count = start + 1,
  words = LIST_WORDS,
): number {
  if (items.length === 0) return -1
  if (start < 0 || start >= items.length) {
    throw argumentOutOfRange(
      words.index,
      'Index was out of range. Must be non-negative and less than the size of the collection.',
    )
  }
  if (count < 0 || count > start + 1) throw argumentOutOfRange('count', words.count)
  const first = start + 1 - count
  const found = items.slice(first, start + 1).findLastIndex((item) => test(item))
  return found < 0 ? -1 : first + found
}

/** The same of a list, which words two of the faults otherwise where the number of elements is given. */
export function lastIndexOf(
  items: readonly ClrValue[],
  test: (item: ClrValue) => boolean,
  start?: number,
  count?: number,
): number {
  if (items.length > 0 && start !== undefined) {
    if (start < 0) throw argumentOutOfRange('index', 'Non-negative number required.')
    if (count !== undefined && count < 0) throw argumentOutOfRange('count', 'Non-negative number required.')
    if (count !== undefined && start >= items.length) throw argumentOutOfRange('index', 'Larger than collection size.')
  }
  return lastIndexIn(items, test, start, count)
}

/** Refuses a range that is not within a list or an array. */
export function checkRange(items: readonly ClrValue[], index: number, count: number, parameter = 'count'): void {
  if (index < 0) throw argumentOutOfRange('index', 'Non-negative number required.')
  if (count < 0) throw argumentOutOfRange(parameter, 'Non-negative number required.')
  if (index + count > items.length) {
    throw argumentException(
      'Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.',
    )
  }
}

const capacities = new WeakMap<ClrList, number>()

/** Says how many elements a list has room for. */
export function reserve(list: ClrList, capacity: number): ClrList {
  capacities.set(list, capacity)
  return list
}

/** How many elements a list has room for, if it got them one at a time: .NET doubles the room from four on. */
export function capacityOf(list: ClrList): number {
  let capacity = capacities.get(list) ?? 0
  while (capacity < list.items.length) capacity = Math.max(4, capacity * 2)
  capacities.set(list, capacity)
  return capacity
}
