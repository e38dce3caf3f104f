import type { Type } from '@apim-kit/policy-dsl/expression'
import { pairsOf } from '../json/pairs.js'
import { JObject, JToken } from '../json/token.js'
import { isValueType, types } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { ClrArray, ClrList, type Enumerable, Piped } from '../values/collections.js'
import { box } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'

/** The elements of any value that C# can walk, in the form of its own element type. */
export function elementsOf(value: Exclude<ClrValue, null>): Enumerable {
  // What is walked most often is found first.
  if (value instanceof ClrArray || value instanceof Piped || value instanceof ClrList) return value
  if (typeof value === 'string') return new Letters(value)
  if (value instanceof Uint8Array) return new Bytes(value)
  if (isEnumerable(value)) return value
  // A sequence that is a struct, as JEnumerable<T>, comes boxed where an interface is wanted.
  if (value instanceof Boxed && isWalkable(value.value)) return elementsOf(value.value)
  // Asked last: whatever has no JSON in it need not load what JSON is.
  if (value instanceof JToken) return new Children(value)
  throw new Error('A value that cannot be walked was walked.')
}

/** Whether `elementsOf` takes it. */
export function isWalkable(value: ClrValue): value is Exclude<ClrValue, null> {
  if (typeof value === 'string' || value instanceof Uint8Array || isEnumerable(value)) return true
  return value instanceof Boxed ? isWalkable(value.value) : value instanceof JToken
}

function isEnumerable(value: ClrValue): value is ClrValue & Enumerable {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && 'elementType' in value
}

/** Walks values of a static type as elements of another: a sequence seen as one of objects has its value types boxed. */
export function walkerFor(source: Type, element: Type): (value: Exclude<ClrValue, null>) => Iterable<ClrValue> {
  if (source.id === 'Newtonsoft.Json.Linq.JObject')
    return (value) => (value instanceof JObject ? pairsOf(value) : elementsOf(value))
  if (isValueType(element)) return elementsOf
  return objectsOf
}

/** The elements in object form. */
export function objectsOf(value: Exclude<ClrValue, null>): Iterable<ClrValue> {
  const elements = elementsOf(value)
  return isValueType(elements.elementType) ? boxAll(elements) : elements
}

function* boxAll(elements: Enumerable): Generator<ClrValue> {
  for (const element of elements) yield box(elements.elementType, element)
}

class Letters implements Enumerable {
  constructor(readonly text: string) {}

  get elementType(): Type {
    return types().special.char
  }

  *[Symbol.iterator](): Iterator<ClrValue> {
    for (let index = 0; index < this.text.length; index++) yield this.text.charCodeAt(index)
  }
}

class Bytes implements Enumerable {
  constructor(readonly bytes: Uint8Array) {}

  get elementType(): Type {
    return types().special.byte
  }

  [Symbol.iterator](): Iterator<ClrValue> {
    return this.bytes[Symbol.iterator]()
  }
}

class Children implements Enumerable {
  constructor(readonly token: JToken) {}

  get elementType(): Type {
    return types().named('Newtonsoft.Json.Linq.JToken')
  }

  [Symbol.iterator](): Iterator<ClrValue> {
    return this.token.walked()[Symbol.iterator]()
  }
}
