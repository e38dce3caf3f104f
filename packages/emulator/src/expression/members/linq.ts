import { reflectionName, type Type } from '@apim-kit/policy-dsl/expression'
import { objectsOf } from '../compile/walk.js'
import { allocateEntry, step } from '../run.js'
import { isInstance, isValueType, typeName, types } from '../types.js'
import { Boxed } from '../values/boxed.js'
import {
  ClrArray,
  ClrDictionary,
  ClrList,
  ClrSet,
  each,
  type Enumerable,
  makeArray,
  Sequence,
  type Visit,
} from '../values/collections.js'
import { defaultOf } from '../values/defaults.js'
import type { Equality } from '../values/equality.js'
import {
  argumentNull,
  argumentOutOfRange,
  invalidCast,
  invalidOperation,
  listIndexOutOfRange,
  nullReference,
} from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import { equalityOf, orderOf } from './collections.js'
import { aggregateMembers } from './linq-aggregates.js'
import { groupMembers, groups, lookupMembers } from './linq-groups.js'
import { hiddenType } from './linq-types.js'
import {
  argumentsOf,
  counted,
  counting,
  eager,
  type Func,
  func,
  gather,
  lazy,
  noElements,
  noMatch,
  piped,
  place,
  walk,
  withoutNulls,
} from './linq-source.js'
import { bound, membersOf, type Bound, type MemberTable, type TypeMembers } from './members.js'

const restriction = (): MemberTable => ({
  Where: piped('TSource', (use) => {
    const start = counting(use, 'predicate')
    return (predicate) => {
      const call = func(predicate)
      return (next) => {
        const test = start(call)
        return (item) => test(item) === true && next(item)
      }
    }
  }),
  OfType: bound((use) => {
    const type = argumentsOf(use)('TResult')
    const unbox = isValueType(type)
    return (source: ClrValue) => {
      const objects = walkObjects(source)
      return new Sequence(type, function* () {
        for (const item of objects) {
          step()
          if (item !== null && isInstance(item, type)) yield unbox && item instanceof Boxed ? item.value : item
        }
      })
    }
  }),
  Cast: bound((use) => {
    const type = argumentsOf(use)('TResult')
    return (source: ClrValue) => {
      const objects = walkObjects(source)
      return new Sequence(type, function* () {
        for (const item of objects) {
          step()
          yield castElement(item, type)
        }
      })
    }
  }),
  Skip: piped('TSource', () => (count) => (next) => {
    let left = Number(count)
    return (item) => left-- <= 0 && next(item)
  }),
  Take: piped('TSource', () => (count) => {
    if (Number(count) <= 0) return undefined
    return (next) => {
      let left = Number(count)
      return (item) => next(item) || --left <= 0
    }
  }),
  SkipWhile: piped('TSource', (use) => {
    const start = counting(use, 'predicate')
    return (predicate) => {
      const call = func(predicate)
      return (next) => {
        const test = start(call)
        let skipping = true
        return (item) => {
          skipping &&= test(item) === true
          return !skipping && next(item)
        }
      }
    }
  }),
  TakeWhile: piped('TSource', (use) => {
    const start = counting(use, 'predicate')
    return (predicate) => {
      const call = func(predicate)
      return (next) => {
        const test = start(call)
        return (item) => test(item) !== true || next(item)
      }
    }
  }),
  Distinct: piped('TSource', (use) => {
    const type = argumentsOf(use)('TSource')
    return (comparer) => {
      const equality = equalityOf(comparer, type)
      return (next) => {
        const seen = new Set<unknown>()
        return (item) => isNew(seen, equality.key(item)) && next(item)
      }
    }
  }),
})

function walkObjects(source: ClrValue): Iterable<ClrValue> {
  if (source === null) throw argumentNull('source')
  return objectsOf(source)
}

function castElement(item: ClrValue, type: Type): ClrValue {
  if (item === null) {
    if (isValueType(type) && types().nullableElement(type) === undefined) throw nullReference()
    return null
  }
  if (!isInstance(item, type) && !(item instanceof Boxed && storageId(item.type) === storageId(type)))
    throw invalidCast(typeName(item), reflectionName(type))
  return isValueType(type) && item instanceof Boxed ? item.value : item
}

/** An enum is unboxed as the number it is, and the other way round. */
const storageId = (type: Type): string =>
  type.kind === 'named' && type.definition.kind === 'enum' ? 'System.Int32' : type.id

function isNew(seen: Set<unknown>, key: unknown): boolean {
  if (seen.has(key)) return false
  allocateEntry()
  seen.add(key)
  return true
}

const projection = (): MemberTable => ({
  Select: piped('TResult', (use) => {
    const start = counting(use, 'selector')
    return (selector) => {
      const call = func(selector)
      return (next) => {
        const select = start(call)
        return (item) => next(select(item))
      }
    }
  }),
  SelectMany: lazy('TResult', (use) => {
    const start = counting(use, place(use, 'collectionSelector') < 0 ? 'selector' : 'collectionSelector')
    return function* (source, collection, result) {
      const select = start(func(collection))
      for (const item of source) {
        for (const inner of walk(select(item))) {
          yield result === undefined ? inner : func(result)(item, inner)
        }
      }
    }
  }),
  Zip: lazy(
    'TResult',
    () =>
      function* (first, second, result) {
        const others = walk(second ?? null, 'second')[Symbol.iterator]()
        for (const item of first) {
          const other = others.next()
          if (other.done === true) return
          yield func(result)(item, other.value)
        }
      },
  ),
  Concat: lazy(
    'TSource',
    () =>
      function* (first, second) {
        yield* first
        yield* walk(second ?? null, 'second')
      },
  ),
  Reverse: lazy(
    'TSource',
    () =>
      function* (source) {
        yield* gather(source).reverse()
      },
  ),
  Append: lazy(
    'TSource',
    () =>
      function* (source, item = null) {
        yield* source
        yield item
      },
  ),
  Prepend: lazy(
    'TSource',
    () =>
      function* (source, item = null) {
        yield item
        yield* source
      },
  ),
  TakeLast: lazy(
    'TSource',
    () =>
      function* (source, count) {
        const items = gather(source)
        yield* items.slice(Math.max(0, items.length - Math.max(0, Number(count))))
      },
  ),
  SkipLast: lazy(
    'TSource',
    () =>
      function* (source, count) {
        const items = gather(source)
        yield* items.slice(0, Math.max(0, items.length - Math.max(0, Number(count))))
      },
  ),
  DefaultIfEmpty: lazy('TSource', (use) => {
    const fallback = defaultOf(argumentsOf(use)('TSource'))
    return function* (source, given) {
      let empty = true
      for (const item of source) {
        empty = false
        yield item
      }
      if (empty) yield given ?? fallback
    }
  }),
  AsEnumerable: (source: ClrValue) => source,
})

const generation = (): MemberTable => ({
  Range: (start: number, count: number) => {
    if (count < 0 || start + count - 1 > 2147483647) throw argumentOutOfRange('count')
    const { int } = types().special
    const walkRange = function* (): Generator<ClrValue> {
      for (let index = 0; index < count; index++) {
        step()
        yield start + index
      }
    }
    return new Sequence(int, walkRange, {
      operator: 'Range',
      typeFor: () =>
        hiddenType('Enumerable+RangeIterator', [], types().generic('System.Collections.Generic.IEnumerable', int)),
    })
  },
  Repeat: bound((use) => {
    const type = argumentsOf(use)('TResult')
    return (item: ClrValue, count: number) => {
      if (count < 0) throw argumentOutOfRange('count')
      return new Sequence(type, function* () {
        for (let index = 0; index < count; index++) {
          step()
          yield item
        }
      })
    }
  }),
  Empty: bound((use) => {
    const type = argumentsOf(use)('TResult')
    return () => makeArray(type, [])
  }),
})

/** A sequence with its sort keys, so that `ThenBy` can add one. */
class Ordered extends Sequence {
  constructor(
    elementType: Type,
    override readonly source: Enumerable,
    readonly keys: readonly SortKey[],
    keyType: Type,
  ) {
    super(elementType, () => counted(sorted(source, keys)[Symbol.iterator]()), {
      operator: 'OrderBy',
      typeFor: () =>
        hiddenType(
          'OrderedEnumerable',
          [elementType, keyType],
          types().generic('System.Linq.IOrderedEnumerable', elementType),
        ),
    })
  }

  each(visit: Visit): boolean {
    return sorted(this.source, this.keys).some((item) => {
      step()
      return visit(item)
    })
  }
}

interface SortKey {
  readonly select: Func
  compare(a: ClrValue, b: ClrValue): number
  readonly descending: boolean
}

/** A stable sort; keys are computed once for each element. */
function sorted(source: Enumerable, keys: readonly SortKey[]): ClrValue[] {
  const rows = gather(source).map((item) => ({ item, values: keys.map((key) => key.select(item)) }))
  rows.sort((a, b) => {
    step()
    for (const [index, key] of keys.entries()) {
      const order = key.compare(a.values[index] ?? null, b.values[index] ?? null)
      if (order !== 0) return key.descending ? -order : order
    }
    return 0
  })
  return rows.map((row) => row.item)
}

function ordering(descending: boolean): Bound {
  return bound((use) => {
    const argument = argumentsOf(use)
    const element = argument('TSource')
    return (source: ClrValue, select: ClrValue, comparer?: ClrValue) => {
      const order = orderOf(comparer, argument('TKey'))
      const key: SortKey = { select: func(select), compare: (a, b) => order.compare(a, b), descending }
      const known = use.member.name.startsWith('Then') && source instanceof Ordered ? source : undefined
      return new Ordered(element, known?.source ?? walk(source), [...(known?.keys ?? []), key], argument('TKey'))
    }
  })
}

const ordered = (): MemberTable => ({
  OrderBy: ordering(false),
  OrderByDescending: ordering(true),
  ThenBy: ordering(false),
  ThenByDescending: ordering(true),
})

function setOperation(run: (first: Enumerable, second: Enumerable, equality: Equality) => Iterator<ClrValue>): Bound {
  return lazy('TSource', (use) => {
    const type = argumentsOf(use)('TSource')
    return (first, second, comparer) => run(first, walk(second ?? null, 'second'), equalityOf(comparer, type))
  })
}

const sets = (): MemberTable => ({
  Union: setOperation(function* (first, second, equality) {
    const seen = new Set<unknown>()
    for (const source of [first, second]) for (const item of source) if (isNew(seen, equality.key(item))) yield item
  }),
  Intersect: setOperation(function* (first, second, equality) {
    const wanted = new Set<unknown>()
    for (const item of second) isNew(wanted, equality.key(item))
    for (const item of first) if (wanted.delete(equality.key(item))) yield item
  }),
  Except: setOperation(function* (first, second, equality) {
    const seen = new Set<unknown>()
    for (const item of second) isNew(seen, equality.key(item))
    for (const item of first) if (isNew(seen, equality.key(item))) yield item
  }),
})

/** Finds an element among those that pass the test. */
type Find = (source: Enumerable, test: Func | undefined) => ClrValue | undefined

/** First, Last and Single by the predicate of the overload, with a default where the name says so. */
function pick(find: Find, orDefault: boolean): Bound {
  return eager((use) => {
    const fallback = defaultOf(argumentsOf(use)('TSource'))
    const hasPredicate = use.member.parameters.length === 2
    return (source, predicate) => {
      const found = find(source, hasPredicate ? func(predicate) : undefined)
      if (found !== undefined) return found
      if (orDefault) return fallback
      throw hasPredicate ? noMatch() : noElements()
    }
  })
}

const first: Find = (source, test) => {
  let found: ClrValue | undefined
  each(source, (item) => {
    const fits = test === undefined || test(item) === true
    if (fits) found = item
    return fits
  })
  return found
}

const last: Find = (source, test) => {
  let found: ClrValue | undefined
  each(source, (item) => {
    if (test === undefined || test(item) === true) found = item
    return false
  })
  return found
}

const single: Find = (source, test) => {
  let found: ClrValue | undefined
  each(source, (item) => {
    if (test !== undefined && test(item) !== true) return false
    if (found !== undefined)
      throw invalidOperation(`Sequence contains more than one ${test === undefined ? '' : 'matching '}element`)
    found = item
    return false
  })
  return found
}

function count(source: Enumerable, predicate: ClrValue | undefined): number {
  const test = predicate === undefined ? undefined : func(predicate)
  let total = 0
  each(source, (item) => {
    if (test === undefined || test(item) === true) total++
    return false
  })
  return total
}

const elements = (): MemberTable => ({
  First: pick(first, false),
  FirstOrDefault: pick(first, true),
  Last: pick(last, false),
  LastOrDefault: pick(last, true),
  Single: pick(single, false),
  SingleOrDefault: pick(single, true),
  ElementAt: eager(() => (source, index) => {
    const found = elementAt(source, Number(index))
    if (found !== undefined) return found
    throw isIndexed(source) ? listIndexOutOfRange() : argumentOutOfRange('index')
  }),
  ElementAtOrDefault: eager((use) => {
    const fallback = defaultOf(argumentsOf(use)('TSource'))
    return (source, index) => elementAt(source, Number(index)) ?? fallback
  }),
  Any: eager(() => (source, predicate) => {
    const test = predicate === undefined ? undefined : func(predicate)
    return each(source, (item) => test === undefined || test(item) === true)
  }),
  All: eager(() => (source, predicate) => {
    const test = func(predicate)
    return !each(source, (item) => test(item) !== true)
  }),
  Contains: eager((use) => {
    const type = argumentsOf(use)('TSource')
    return (source, value = null, comparer) => {
      const equality = equalityOf(comparer, type)
      return each(source, (item) => equality.equals(item, value))
    }
  }),
  SequenceEqual: eager((use) => {
    const type = argumentsOf(use)('TSource')
    return (source, second, comparer) => {
      const equality = equalityOf(comparer, type)
      const others = gather(walk(second, 'second'))
      const items = gather(source)
      return (
        items.length === others.length && items.every((item, index) => equality.equals(item, others[index] ?? null))
      )
    }
  }),
  Count: eager(() => count),
  LongCount: eager(() => (source, predicate) => BigInt(count(source, predicate))),
  Aggregate: eager((use) => {
    const seeded = use.member.parameters.length > 2
    return (source, a = null, b, c) => (seeded ? seededAggregate(source, a, b, c) : plainAggregate(source, func(a)))
  }),
})

/** Lists and arrays are asked for the element themselves, in words of their own. */
const isIndexed = (source: Enumerable): boolean => source instanceof ClrList || source instanceof ClrArray

function elementAt(source: Enumerable, index: number): ClrValue | undefined {
  let position = 0
  return first(source, () => position++ === index)
}

function plainAggregate(source: Enumerable, combine: Func): ClrValue {
  let result: ClrValue | undefined
  each(source, (item) => {
    result = result === undefined ? item : combine(result, item)
    return false
  })
  if (result === undefined) throw noElements()
  return result
}

function seededAggregate(
  source: Enumerable,
  seed: ClrValue,
  combine: ClrValue | undefined,
  select: ClrValue | undefined,
): ClrValue {
  const add = func(combine)
  let result = seed
  each(source, (item) => {
    result = add(result, item)
    return false
  })
  return select === undefined ? result : func(select)(result)
}

const conversions = (): MemberTable => ({
  ToArray: eager((use) => {
    const type = argumentsOf(use)('TSource')
    return (source) => makeArray(type, gather(source))
  }),
  ToList: eager((use) => {
    const type = argumentsOf(use)('TSource')
    return (source) => new ClrList(types().generic('System.Collections.Generic.List', type), type, gather(source))
  }),
  ToHashSet: eager((use) => {
    const type = argumentsOf(use)('TSource')
    const container = types().generic('System.Collections.Generic.HashSet', type)
    return (source, comparer) => {
      const result = new ClrSet(container, type, equalityOf(comparer, type))
      each(source, (item) => {
        result.add(item)
        return false
      })
      return result
    }
  }),
  ToDictionary: eager((use) => {
    const type = argumentsOf(use)
    const key = type('TKey')
    const elementIndex = place(use, 'elementSelector')
    const comparerIndex = place(use, 'comparer')
    const value = elementIndex < 0 ? type('TSource') : type('TElement')
    return (source, ...values) => {
      const comparer = comparerIndex < 0 ? null : values[comparerIndex - 1]
      const result = new ClrDictionary(
        types().generic('System.Collections.Generic.Dictionary', key, value),
        key,
        value,
        equalityOf(comparer, key),
      )
      const element = elementIndex < 0 ? undefined : func(values[elementIndex - 1])
      const keyOf = func(values[0])
      each(source, (item) => {
        result.add(keyOf(item), element === undefined ? item : element(item))
        return false
      })
      return result
    }
  }),
})

export const linqMembers: readonly TypeMembers[] = [
  membersOf('System.Linq.Enumerable', () => ({
    ...generation(),
    ...withoutNulls({
      ...restriction(),
      ...projection(),
      ...ordered(),
      ...sets(),
      ...groups(),
      ...elements(),
      ...conversions(),
      ...aggregateMembers(),
    }),
  })),
  membersOf('System.Linq.IGrouping<TKey,TElement>', groupMembers),
  membersOf('System.Linq.ILookup<TKey,TElement>', lookupMembers),
]
