import type { Type } from '@apim-kit/policy-dsl/expression'
import type { Cell } from '../compile/frame.js'
import { JsonPairs } from '../json/pairs.js'
import { types } from '../types.js'
import { ClrDictionary, DictionaryPart, lookUp, type ReadableDictionary, Sequence } from '../values/collections.js'
import { defaultOf } from '../values/defaults.js'
import type { Equality, Order } from '../values/equality.js'
import { argumentNull, argumentOutOfRange } from '../values/exceptions.js'
import { traitsOf } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import { allocateItems } from '../run.js'
import { binarySearch, copyInto, countOf, equalityOf, getEnumerator, orderOf, readOnly, walk } from './collections.js'
import { bound, type Implementation, type MemberTable } from './members.js'

/** The keys or the values: of a dictionary a collection of its own type, of a view of the context a sequence. */
function partOf(self: ReadableDictionary, kind: 'key' | 'value'): Sequence | DictionaryPart {
  const type = kind === 'key' ? self.keyType : self.valueType
  if (!(self instanceof ClrDictionary)) {
    return new Sequence(type, function* () {
      for (const [key, value] of self.entries()) yield kind === 'key' ? key : value
    })
  }
  const [path = ''] = self.type.kind === 'named' ? self.type.definition.name.split('<', 1) : []
  const part = types().generic(`${path}.${kind === 'key' ? 'Key' : 'Value'}Collection`, self.keyType, self.valueType)
  return new DictionaryPart(part, type, kind, self)
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
  throw readOnly()
}

export const readDictionary = (): MemberTable => ({
  Item: lookUp,
  Keys: (self: ReadableDictionary) => partOf(self, 'key'),
  Values: (self: ReadableDictionary) => partOf(self, 'value'),
  ContainsKey: containsKey,
  TryGetValue: bound(({ container }) => tryGetValue(container.arguments[1] ?? types().special.object)),
})

export const writeDictionary = (): MemberTable => ({
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
  const capacity = parameters.findIndex((parameter) => parameter.name === 'capacity')
  return (...values: ClrValue[]) => {
    if (capacity >= 0 && Number(values[capacity]) < 0) throw argumentOutOfRange('capacity')
    const result = new ClrDictionary(container, key, value, equalityOf(values[comparer], key))
    if (source >= 0) copyEntries(values[source] as ReadableDictionary | null, result)
    return result
  }
})

function copyEntries(source: ReadableDictionary | null, target: ClrDictionary): void {
  if (source === null) throw argumentNull('dictionary')
  for (const [key, value] of source.entries()) target.add(key, value)
}

export const dictionary = (): MemberTable => ({
  ...writeDictionary(),
  '.ctor': newDictionary,
  Count: (self: ClrDictionary) => self.size,
  Comparer: (self: ClrDictionary) => self.comparer,
  Clear: (self: ClrDictionary) => self.clear(),
  TryAdd: (self: ClrDictionary, key: ClrValue, value: ClrValue) => {
    const isNew = !containsKey(self, key)
    if (isNew) self.add(key, value)
    return isNew
  },
  'Remove(TKey,TValue)': bound(({ container }) => {
    const missing = defaultOf(container.arguments[1] ?? types().special.object)
    return (self: ClrDictionary, key: ClrValue, result: Cell) => {
      result.value = (key === null ? undefined : self.find(key)) ?? missing
      return self.remove(key)
    }
  }),
  ContainsValue: bound(({ container }) => (self: ClrDictionary, value: ClrValue) => {
    const equality = traitsOf(container.arguments[1] ?? types().special.object)
    for (const [, own] of self.entries()) if (equality.equals(own, value)) return true
    return false
  }),
  GetEnumerator: getEnumerator,
})

/** Equality where only an order is known: the first of equal keys stands for all of them. */
class Ordering implements Equality {
  readonly #known: ClrValue[] = []

  constructor(readonly order: Order) {}

  equals(a: ClrValue, b: ClrValue): boolean {
    return this.order.compare(a, b) === 0
  }

  key(value: ClrValue): unknown {
    const place = binarySearch(this.#known, value, this.order)
    if (place >= 0) return this.#known[place]
    allocateItems(1)
    this.#known.splice(~place, 0, value)
    return value
  }
}

/** `SortedDictionary`: walked in the order of its keys. */
class SortedDictionary extends ClrDictionary {
  constructor(
    type: Type,
    keyType: Type,
    valueType: Type,
    readonly order: Order,
  ) {
    super(type, keyType, valueType, new Ordering(order))
  }

  override entries(): Iterable<readonly [ClrValue, ClrValue]> {
    return [...super.entries()].sort(([a], [b]) => this.order.compare(a, b))
  }
}

export const newSortedDictionary = bound(({ container, member: { parameters } }) => {
  const [key = types().special.object, value = types().special.object] = container.arguments
  const copies = parameters[0]?.name === 'dictionary'
  return (argument: ClrValue = null) => {
    const result = new SortedDictionary(container, key, value, orderOf(copies ? null : argument, key))
    if (copies) copyEntries(argument as ReadableDictionary | null, result)
    return result
  }
})

export const keyCollection = (): MemberTable => ({
  Count: countOf,
  CopyTo: (self: ClrValue, target: ClrValue, index: number) => copyInto(walk(self), target, index),
  GetEnumerator: getEnumerator,
})
