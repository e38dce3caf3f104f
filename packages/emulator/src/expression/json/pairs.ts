import type { Type } from '@apim-kit/policy-dsl/expression'
import { types } from '../types.js'
import { KeyValuePair, pairType, type ReadableDictionary } from '../values/collections.js'
import type { ClrValue } from '../values/value.js'
import { type JObject, JProperty, type JToken, JValue } from './token.js'

/** A JObject as the dictionary of its properties. */
export class JsonPairs implements ReadableDictionary {
  constructor(readonly object: JObject) {}

  get keyType(): Type {
    return types().special.string
  }

  get valueType(): Type {
    return types().named('Newtonsoft.Json.Linq.JToken')
  }

  get elementType(): Type {
    return pairType(this.keyType, this.valueType)
  }

  get type(): Type {
    return types().named('Newtonsoft.Json.Linq.JObject')
  }

  get size(): number {
    return this.object.count
  }

  find(key: ClrValue): ClrValue | undefined {
    return this.object.get(key as string)
  }

  entries(): Iterable<readonly [ClrValue, ClrValue]> {
    return this.object.properties.map((property) => [property.name, property.value] as const)
  }

  set(key: ClrValue, value: ClrValue): void {
    this.object.set(key as string, (value as JToken | null) ?? new JValue(null))
  }

  add(key: ClrValue, value: ClrValue): void {
    this.object.addProperty(new JProperty(key as string, (value as JToken | null) ?? new JValue(null)))
  }

  remove(key: ClrValue): boolean {
    return this.object.removeProperty(key as string)
  }

  *[Symbol.iterator](): Iterator<ClrValue> {
    for (const property of this.object.walked())
      if (property instanceof JProperty) yield new KeyValuePair(property.name, property.value)
  }
}

export function pairsOf(object: JObject): JsonPairs {
  return new JsonPairs(object)
}
