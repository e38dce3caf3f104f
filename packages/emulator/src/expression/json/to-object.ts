import type { NamedType, Type } from '@apim-kit/policy-dsl/expression'
import { isAssignable, isValueType, typeOf, types } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { ClrDictionary, ClrList, ClrSet, KeyValuePair, makeArray, Product } from '../values/collections.js'
import { defaultOf } from '../values/defaults.js'
import { tryParseEnum } from '../values/enums.js'
import { DotNetException } from '../values/exception.js'
import { argumentException, invalidCast } from '../values/exceptions.js'
import { traitsOf } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import { castToken, isCastTarget, scalarObject } from './convert.js'
import { recognizeDate } from './dates.js'
import { cannotConvert, readScalar, tokenSource, type TokenSource } from './read-scalar.js'
import { JArray, JObject, type JToken, JValue } from './token.js'

/**
 * A token as a value of a type, in the form of that type: what `ToObject<T>` and `DeserializeObject<T>` do.
 *
 * @param source where the token comes from; without one it is converted by its casts, as `ToObject` does at the top
 */
export function tokenToObject(token: JToken, type: Type, source?: TokenSource): ClrValue {
  const element = types().nullableElement(type)
  if (element !== undefined) return isNull(token) ? null : tokenToObject(token, element, source)
  if (type.id === 'System.Object') return untyped(token, source)
  if (isAssignable(typeOf(token), type) && type.id.startsWith('Newtonsoft.'))
    return source?.isText === true ? withDates(token) : token
  if (isAssignable(types().named('Newtonsoft.Json.Linq.JToken'), type)) return token
  if (isNull(token) && !isValueType(type)) return null
  if (type.id.startsWith('Newtonsoft.Json.Linq.')) throw invalidCast(typeOf(token).id, type.id)
  if (type.kind === 'named' && type.definition.kind === 'enum') return enumValue(token, type, source)
  if (isCastTarget(type) && !(token instanceof JArray && type.kind === 'array'))
    return source === undefined ? scalar(token, type) : readScalar(token, type, source)
  const inner = source ?? tokenSource
  if (type.kind === 'array')
    return makeArray(
      type.element,
      items(token, type).map((item) => tokenToObject(item, type.element, inner)),
    )
  return type.kind === 'anonymous' ? anonymous(token, type, inner) : container(token, type, inner)
}

function isNull(token: JToken): boolean {
  return token instanceof JValue && token.value === null
}

function scalar(token: JToken, type: Type): ClrValue {
  if (isNull(token)) throw cannotConvert('{null}', type)
  return castToken(token, type)
}

/** For `object`: scalars as what they hold, containers as tokens. */
function untyped(token: JToken, source: TokenSource | undefined): ClrValue {
  if (!(token instanceof JValue)) return source?.isText === true ? withDates(token) : token
  const date = source?.isText === true && typeof token.value === 'string' ? recognizeDate(token.value) : undefined
  return scalarObject(date ?? token.value)
}

/** A copy in which strings that are dates have become dates. */
function withDates(token: JToken): JToken {
  if (token instanceof JValue) {
    const date = typeof token.value === 'string' ? recognizeDate(token.value) : undefined
    return date === undefined ? token.clone() : new JValue(date)
  }
  if (token instanceof JArray) {
    const array = new JArray()
    for (const item of token.children) array.add(withDates(item))
    return array
  }
  const object = new JObject()
  if (token instanceof JObject)
    for (const property of token.properties) object.set(property.name, withDates(property.value))
  return object
}

function enumValue(token: JToken, type: NamedType, source: TokenSource | undefined): ClrValue {
  const value = token instanceof JValue ? token.value : null
  if (typeof value === 'bigint') return Number(value)
  const parsed = typeof value === 'string' ? tryParseEnum(type.definition, value, true) : undefined
  if (parsed !== undefined) return parsed
  if (typeof value === 'string' && source === undefined)
    throw argumentException(`Could not convert '${value}' to ${type.definition.simpleName}.`)
  throw cannotConvert(typeof value === 'string' ? `"${value}"` : 'value', type)
}

function items(token: JToken, type: Type): readonly JToken[] {
  if (token instanceof JArray) return token.children
  throw new DotNetException(
    'Newtonsoft.Json.JsonSerializationException',
    `Cannot deserialize the current JSON object (e.g. {"name":"value"}) into type '${type.id}' because the type requires a JSON array (e.g. [1,2,3]) to deserialize correctly.`,
  )
}

function properties(token: JToken, type: Type): JObject {
  if (token instanceof JObject) return token
  throw new DotNetException(
    'Newtonsoft.Json.JsonSerializationException',
    `Cannot deserialize the current JSON array (e.g. [1,2,3]) into type '${type.id}' because the type requires a JSON object (e.g. {"name":"value"}) to deserialize correctly.`,
  )
}

/** Members of an anonymous type take the property of their name, in any case. */
function anonymous(
  token: JToken,
  type: Extract<Type, { kind: 'anonymous' }>,
  source: TokenSource | undefined,
): ClrValue {
  const object = properties(token, type)
  const values = type.members.map((member) => {
    const property =
      object.property(member.name) ??
      object.properties.find(({ name }) => name.toLowerCase() === member.name.toLowerCase())
    return property === undefined ? defaultOf(member.type) : tokenToObject(property.value, member.type, source)
  })
  return new Product(type, values)
}

function container(token: JToken, type: Type, source: TokenSource | undefined): ClrValue {
  if (type.kind !== 'named') throw cannotConvert('value', type)
  const [first, second] = type.arguments
  const name = type.definition.simpleName
  if (first === undefined) throw cannotConvert('value', type)
  if (second !== undefined && name.endsWith('Dictionary')) return dictionary(token, type, first, second, source)
  if (second !== undefined && name === 'KeyValuePair') return pair(token, type, first, second, source)
  const values = (): ClrValue[] => items(token, type).map((item) => tokenToObject(item, first, source))
  if (name === 'HashSet' || name === 'ISet') return set(first, values())
  const listType = types().generic('System.Collections.Generic.List', first)
  if (isAssignable(listType, type)) return new ClrList(listType, first, values())
  throw cannotConvert('value', type)
}

function dictionary(
  token: JToken,
  type: NamedType,
  key: Type,
  value: Type,
  source: TokenSource | undefined,
): ClrDictionary {
  const concrete = types().generic('System.Collections.Generic.Dictionary', key, value)
  const result = new ClrDictionary(isAssignable(concrete, type) ? concrete : type, key, value, traitsOf(key))
  for (const property of properties(token, type).properties) {
    const name = key.id === 'System.String' ? property.name : tokenToObject(new JValue(property.name), key, source)
    result.set(name, tokenToObject(property.value, value, source))
  }
  return result
}

function pair(token: JToken, type: NamedType, key: Type, value: Type, source: TokenSource | undefined): KeyValuePair {
  const object = properties(token, type)
  const part = (name: string, own: Type): ClrValue => {
    const inner = object.get(name)
    return inner === undefined ? defaultOf(own) : tokenToObject(inner, own, source)
  }
  return new KeyValuePair(part('Key', key), part('Value', value))
}

function set(element: Type, values: readonly ClrValue[]): ClrSet {
  const result = new ClrSet(types().generic('System.Collections.Generic.HashSet', element), element, traitsOf(element))
  for (const value of values) result.add(value)
  return result
}

/** A value of a type in object form. */
export function asObject(value: ClrValue, type: Type): ClrValue {
  return value !== null && isValueType(type) ? new Boxed(types().nullableElement(type) ?? type, value) : value
}
