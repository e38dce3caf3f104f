import { ApimKitError } from '@apim-kit/core/errors'
import { reflectionName, type NamedType, type Type } from '@apim-kit/policy-dsl/expression'
import { fromBase64 } from '../members/base64.js'
import { isAssignable, isValueType, typeOf, types } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { ClrDictionary, ClrList, ClrSet, KeyValuePair, makeArray, Product } from '../values/collections.js'
import { defaultOf } from '../values/defaults.js'
import { parseEnum } from '../values/enums.js'
import { DotNetException } from '../values/exception.js'
import { argumentException, argumentNull, invalidCast } from '../values/exceptions.js'
import { Guid } from '../values/guid.js'
import { DateTime, DateTimeOffset } from '../values/time.js'
import { traitsOf } from '../values/traits.js'
import { ClrUri } from '../values/uri.js'
import type { ClrValue } from '../values/value.js'
import { castToken, changeType, convertScalar, isCastTarget, isChangeable, scalarObject } from './convert.js'
import { type JsonReader, jsonTokens, jsonTokenNames, type ReaderSettings, type ReadType } from './json-reader.js'
import { JTokenReader } from './token-reader.js'
import { JsonTextReader } from './text-reader.js'
import { scalarToString, tokenText } from './text.js'
import { JRaw, type JsonScalar, JToken, JValue, tokenTypes } from './token.js'
import { objectToken, writtenToken } from './written-token.js'

/** What deserializing minds beside the reader's own settings. */
export interface DeserializerSettings extends ReaderSettings {
  /** 1: a property that the type has not is an error. */
  readonly missingMemberHandling: number
  /** Whether a text may go on behind the value. Default true: it may not. */
  readonly checkAdditionalContent?: boolean
}

/**
 * A text as a value of a type, in the form of that type: `JsonConvert.DeserializeObject<T>`.
 *
 * @throws DotNetException ArgumentNullException, JsonReaderException, JsonSerializationException
 */
export function deserialize(text: string | null, type: Type, settings?: DeserializerSettings): ClrValue {
  if (text === null) throw argumentNull('value')
  const reader = new JsonTextReader(text, settings)
  const value = new Deserializer(settings?.missingMemberHandling === 1).document(reader, type)
  while (settings?.checkAdditionalContent !== false && reader.read()) {
    if (reader.kind === jsonTokens.comment) continue
    throw reader.serializationError('Additional text found in JSON string after finishing deserializing object.')
  }
  return value
}

/** `JsonSerializer.Deserialize<T>`: the value that a reader stands on or before. */
export function deserializeFrom(reader: JsonReader, type: Type, settings: DeserializerSettings): ClrValue {
  return new Deserializer(settings.missingMemberHandling === 1).document(reader, type)
}

/** `JToken.ToObject<T>`: the casts for the types that have one, the serializer for the others. */
export function tokenToObject(token: JToken, type: Type): ClrValue {
  const element = types().nullableElement(type) ?? type
  if (element.kind === 'named' && element.definition.kind === 'enum') return enumOfToken(token, type, element)
  if (isCastTarget(type) && type.kind !== 'array') return castToken(token, type)
  return serializerToObject(token, type)
}

/** `JToken.ToObject<T>(serializer)`. */
export function serializerToObject(token: JToken, type: Type): ClrValue {
  return new Deserializer(false).document(new JTokenReader(token), type)
}

function enumOfToken(token: JToken, type: Type, target: NamedType): ClrValue {
  if (token.tokenType === tokenTypes.string) {
    try {
      return serializerToObject(token, type)
    } catch (error) {
      if (!(error instanceof DotNetException)) throw error
      const text = token instanceof JValue ? scalarToString(token.value) : ''
      throw new DotNetException(
        'System.ArgumentException',
        `Could not convert '${text}' to ${target.definition.simpleName}.`,
        error,
      )
    }
  }
  const number = castToken(token, element(type) === undefined ? types().special.int : nullableInt())
  return number
}

const element = (type: Type): Type | undefined => types().nullableElement(type)
const nullableInt = (): Type => types().generic('System.Nullable', types().special.int)

/** The types that readers read in a way of their own. */
const readTypes: Readonly<Record<string, ReadType>> = {
  'System.Byte': 'int',
  'System.Int16': 'int',
  'System.Int32': 'int',
  'System.Single': 'double',
  'System.Double': 'double',
  'System.Decimal': 'decimal',
  'System.Boolean': 'bool',
  'System.String': 'string',
  'System.DateTime': 'DateTime',
  'System.DateTimeOffset': 'DateTimeOffset',
  'System.Byte[1]': 'bytes',
}

const readTypeOf = (type: Type): ReadType => readTypes[(element(type) ?? type).id] ?? 'any'

/** What JSON a type is made of. */
type Contract = 'token' | 'any' | 'primitive' | 'text' | 'array' | 'dictionary' | 'pair' | 'object'

const primitives = new Set(['System.Guid', 'System.TimeSpan', 'System.Uri', 'System.DateTimeOffset', 'System.Byte[1]'])

function contractOf(type: Type): Contract {
  const target = element(type) ?? type
  if (target.id === 'System.Object') return 'any'
  if (target.id === 'System.String') return 'text'
  if (isChangeable(target) || primitives.has(target.id)) return 'primitive'
  if (target.kind === 'array') return 'array'
  if (target.kind !== 'named') return 'object'
  if (target.definition.kind === 'enum') return 'primitive'
  if (isAssignable(target, types().named('Newtonsoft.Json.Linq.JToken'))) return 'token'
  const { simpleName } = target.definition
  if (simpleName === 'KeyValuePair') return 'pair'
  if (target.arguments.length === 2 && simpleName.endsWith('Dictionary')) return 'dictionary'
  const isSequence =
    target.id === 'System.Collections.IEnumerable' ||
    isAssignable(target, types().named('System.Collections.IEnumerable'))
  return isSequence ? 'array' : 'object'
}

/** The words for a type's JSON in messages. */
const expected: Readonly<Record<Contract, string>> = {
  token: 'JSON object (e.g. {"name":"value"})',
  any: 'JSON object (e.g. {"name":"value"})',
  object: 'JSON object (e.g. {"name":"value"})',
  pair: 'JSON object (e.g. {"name":"value"})',
  dictionary: 'JSON object (e.g. {"name":"value"})',
  array: 'JSON array (e.g. [1,2,3])',
  primitive: 'JSON primitive value (e.g. string, number, boolean, null)',
  text: 'JSON primitive value (e.g. string, number, boolean, null)',
}

/** Newtonsoft's serializer as it reads: values of known types out of a reader. */
class Deserializer {
  constructor(readonly strict: boolean) {}

  document(reader: JsonReader, type: Type): ClrValue {
    const contract = contractOf(type)
    const isAtValue = reader.kind !== jsonTokens.none
    const found = isAtValue || (contract === 'pair' ? reader.read() : reader.readAs(readTypeOf(type)))
    if (!found) {
      if (isNullable(type)) return null
      throw reader.serializationError(`No JSON content found and type '${reflectionName(type)}' is not nullable.`)
    }
    return this.#value(reader, type, contract)
  }

  /** The value that the reader stands on. */
  #value(reader: JsonReader, type: Type, contract = contractOf(type)): ClrValue {
    if (contract === 'token') return tokenOf(reader, type)
    if (contract === 'pair') return this.#pair(reader, type)
    do {
      const { kind, value } = reader
      switch (kind) {
        case jsonTokens.comment:
          break
        case jsonTokens.raw:
          return new JRaw(value)
        case jsonTokens.startObject:
          return this.#object(reader, type, contract)
        case jsonTokens.startArray:
          return this.#array(reader, type, contract)
        case jsonTokens.string:
          if (value === '' && isNullable(type) && contract !== 'any' && contract !== 'text') return null
          if (type.id === 'System.Byte[1]') return fromBase64(value as string)
          return ensureType(reader, value, type)
        case jsonTokens.integer:
        case jsonTokens.float:
        case jsonTokens.boolean:
        case jsonTokens.date:
        case jsonTokens.bytes:
        case jsonTokens.startConstructor:
        case jsonTokens.null:
        case jsonTokens.undefined:
          return ensureType(reader, value, type)
        default:
          throw reader.serializationError(`Unexpected token while deserializing object: ${jsonTokenNames[kind]}.`)
      }
    } while (reader.read())
    throw reader.serializationError('Unexpected end when deserializing object.')
  }

  #object(reader: JsonReader, type: Type, contract: Contract): ClrValue {
    reader.readExpected()
    if (skipMetadata(reader)) return null
    if (contract === 'any') return objectToken(reader)
    if (contract === 'dictionary' && type.kind === 'named') return this.#dictionary(reader, type)
    if (contract === 'object') return this.#product(reader, type)
    const word = expected[contract]
    throw reader.serializationError(
      `Cannot deserialize the current JSON object (e.g. {"name":"value"}) into type '${reflectionName(type)}' because the type requires a ${word} to deserialize correctly.\nTo fix this error either change the JSON to a ${word} or change the deserialized type so that it is a normal .NET type (e.g. not a primitive type like integer, not a collection type like an array or List<T>) that can be deserialized from a JSON object. JsonObjectAttribute can also be added to the type to force it to deserialize from a JSON object.\n`,
    )
  }

  #array(reader: JsonReader, type: Type, contract: Contract): ClrValue {
    if (contract === 'any') return writtenToken(reader)
    if (contract === 'array') return this.#list(reader, type)
    const word = expected[contract]
    throw reader.serializationError(
      `Cannot deserialize the current JSON array (e.g. [1,2,3]) into type '${reflectionName(type)}' because the type requires a ${word} to deserialize correctly.\nTo fix this error either change the JSON to a ${word} or change the deserialized type to an array or a type that implements a collection interface (e.g. ICollection, IList) like List<T> that can be deserialized from a JSON array. JsonArrayAttribute can also be added to the type to force it to deserialize from a JSON array.\n`,
    )
  }

  /** The next value as one of a type; false where there is none. */
  #next(reader: JsonReader, type: Type): boolean {
    return contractOf(type) === 'pair' ? reader.read() : reader.readAs(readTypeOf(type))
  }

  #items(reader: JsonReader, type: Type, quote = '"'): ClrValue[] {
    const contract = contractOf(type)
    const items: ClrValue[] = []
    while (this.#next(reader, type)) {
      if (reader.kind === jsonTokens.endArray) return items
      if (reader.kind !== jsonTokens.comment) items.push(taken(this.#value(reader, type, contract), type, quote))
    }
    throw reader.serializationError('Unexpected end when deserializing array.')
  }

  #list(reader: JsonReader, type: Type): ClrValue {
    if (type.kind === 'array') {
      // A grid is refused when it is made of rows: nobody asks for one here.
      return makeArray(type.element, this.#items(reader, type.element))
    }
    const own = type.kind === 'named' ? type : undefined
    const item = own?.arguments[0] ?? types().special.object
    const name = own?.definition.simpleName ?? ''
    const isSet = name === 'HashSet' || name === 'ISet'
    const items = this.#items(reader, item, isSet ? "'" : '"')
    if (isSet) return setOf(item, items)
    const listType = types().generic('System.Collections.Generic.List', item)
    if (isAssignable(listType, type)) return new ClrList(listType, item, items)
    throw notRead(type)
  }

  #dictionary(reader: JsonReader, type: NamedType): ClrDictionary {
    const [key = types().special.string, value = types().special.object] = type.arguments
    const concrete = types().generic('System.Collections.Generic.Dictionary', key, value)
    const result = new ClrDictionary(isAssignable(concrete, type) ? concrete : type, key, value, traitsOf(key))
    const contract = contractOf(value)
    this.#members(reader, (name) => {
      const own = keyOf(reader, name, key)
      if (!this.#next(reader, value)) throw reader.serializationError('Unexpected end when deserializing object.')
      result.set(own, taken(this.#value(reader, value, contract), value, '"'))
    })
    return result
  }

  /** Hands over each name; what takes it reads to the end of the value. */
  #members(reader: JsonReader, take: (name: string) => void): void {
    do {
      const { kind } = reader
      if (kind === jsonTokens.endObject) return
      if (kind === jsonTokens.propertyName) take(reader.value as string)
      else if (kind !== jsonTokens.comment)
        throw reader.serializationError(`Unexpected token when deserializing object: ${jsonTokenNames[kind]}.`)
    } while (reader.read())
    throw reader.serializationError('Unexpected end when deserializing object.')
  }

  /** Anonymous types and tuples: their members take the property of their name, in any case. */
  #product(reader: JsonReader, type: Type): ClrValue {
    const target = element(type) ?? type
    const members = membersOf(target)
    if (members === undefined) throw notRead(type)
    const values = members.map((member) => defaultOf(member.type))
    this.#members(reader, (name) => {
      const lower = name.toLowerCase()
      const exact = members.findIndex((member) => member.name === name)
      const index = exact >= 0 ? exact : members.findIndex((member) => member.name.toLowerCase() === lower)
      const member = members[index]
      if (member === undefined) this.#unknown(reader, name, target)
      else {
        if (!this.#next(reader, member.type)) throw unexpectedEnd(reader, name)
        values[index] = this.#value(reader, member.type)
      }
    })
    members.forEach((member, index) => checkedCast(values[index] ?? null, member.type))
    return new Product(target, values)
  }

  #unknown(reader: JsonReader, name: string, type: Type): void {
    if (!reader.read()) throw unexpectedEnd(reader, name)
    if (this.strict) {
      const full = reflectionName(type).replace(/\[.*$/, '')
      throw reader.serializationError(
        `Could not find member '${name}' on object of type '${full.slice(full.lastIndexOf('.') + 1)}'.`,
      )
    }
    reader.skip()
  }

  /** Newtonsoft's KeyValuePairConverter, which looks for names only. */
  #pair(reader: JsonReader, type: Type): ClrValue {
    if (reader.kind === jsonTokens.null) {
      if (element(type) !== undefined) return null
      throw reader.serializationError('Cannot convert null value to KeyValuePair.')
    }
    const target = element(type) ?? type
    const [keyType = types().special.object, valueType = types().special.object] =
      target.kind === 'named' ? target.arguments : []
    let key = defaultOf(keyType)
    let value = defaultOf(valueType)
    reader.readExpected()
    while (reader.kind === jsonTokens.propertyName) {
      const name = (reader.value as string).toLowerCase()
      if (name === 'key' || name === 'value') {
        reader.readExpected()
        if (name === 'key') key = checkedCast(this.#value(reader, keyType), keyType)
        else value = checkedCast(this.#value(reader, valueType), valueType)
      } else reader.skip()
      reader.readExpected()
    }
    return new KeyValuePair(key, value)
  }
}

/** A type of .NET that JSON could be read as, and is not here. */
function notRead(type: Type): ApimKitError {
  return new ApimKitError(
    'not-supported',
    `Reading JSON as ${reflectionName(type)} is not supported; read it as JObject, as a dictionary or as a list.`,
  )
}

/** What a collection takes: a tree may be of another kind than it asks for. */
function taken(value: ClrValue, type: Type, quote: string): ClrValue {
  if (!(value instanceof JToken) || isAssignable(typeOf(value), type)) return value
  throw argumentException(
    `The value ${quote}${tokenText(value)}${quote} is not of type ${quote}${reflectionName(type)}${quote} and cannot be used in this generic collection.`,
    'value',
  )
}

/** The cast at the end of `DeserializeObject<T>`: JSON may hold another kind of token than was asked for. */
export function checkedCast(value: ClrValue, type: Type): ClrValue {
  if (!(value instanceof JToken) || isAssignable(typeOf(value), type)) return value
  throw invalidCast(reflectionName(typeOf(value)), reflectionName(type))
}

function membersOf(type: Type): readonly { readonly name: string; readonly type: Type }[] | undefined {
  if (type.kind === 'anonymous') return type.members
  const isTuple = type.kind === 'named' && /^(?:Value)?Tuple$/.test(type.definition.simpleName)
  return isTuple ? type.arguments.map((argument, index) => ({ name: `Item${index + 1}`, type: argument })) : undefined
}

const unexpectedEnd = (reader: JsonReader, name: string): DotNetException =>
  reader.serializationError(`Unexpected end when setting ${name}'s value.`)

const isNullable = (type: Type): boolean => !isValueType(type) || element(type) !== undefined

/** A tree in the form in which a type takes it. */
function tokenOf(reader: JsonReader, type: Type): JToken | null {
  const takesNull = type.id === 'Newtonsoft.Json.Linq.JValue' || type.id === 'Newtonsoft.Json.Linq.JToken'
  if (reader.kind === jsonTokens.null && !takesNull) return null
  return writtenToken(reader)
}

/** `$id` and `$type` at the beginning of an object are for the serializer; a `$ref` stands for an object that it does not know. */
function skipMetadata(reader: JsonReader): boolean {
  for (;;) {
    const name = reader.kind === jsonTokens.propertyName ? reader.value : ''
    if (name !== '$id' && name !== '$type' && name !== '$ref') return false
    reader.readExpected()
    const { value, kind } = reader
    if (name === '$ref' && kind !== jsonTokens.string && kind !== jsonTokens.null)
      throw reader.serializationError('JSON reference $ref property must have a string or null value.')
    reader.readExpected()
    if (name === '$ref' && value !== null) {
      if (reader.kind === jsonTokens.propertyName) {
        throw reader.serializationError(
          'Additional content found in JSON reference object. A JSON reference object should only have a $ref property.',
        )
      }
      return true
    }
  }
}

function keyOf(reader: JsonReader, name: string, type: Type): ClrValue {
  if (type.id === 'System.String') return name
  try {
    return ensureType(reader, name, type)
  } catch (error) {
    if (!(error instanceof DotNetException)) throw error
    throw reader.serializationError(
      `Could not convert string '${name}' to dictionary key type '${reflectionName(type)}'. Create a TypeConverter to convert from the string to the key type object.`,
      error,
    )
  }
}

/** A scalar as a value of a type. */
function ensureType(reader: JsonReader, value: JsonScalar, type: Type): ClrValue {
  if (value === null && isNullable(type)) return null
  try {
    return changed(value, element(type) ?? type, reader.valueType)
  } catch (error) {
    if (!(error instanceof DotNetException)) throw error
    throw reader.serializationError(
      `Error converting value ${printed(value)} to type '${reflectionName(type)}'.`,
      error,
    )
  }
}

function printed(value: JsonScalar): string {
  if (value === null) return '{null}'
  return typeof value === 'string' ? `"${value}"` : scalarToString(value)
}

function changed(value: JsonScalar, target: Type, valueType: Type | undefined): ClrValue {
  if (target.id === 'System.Object') return scalarObject(value, valueType)
  if (value === null) throw argumentException('Null object cannot be converted to a value type.')
  if (target.kind === 'named' && target.definition.kind === 'enum') {
    if (typeof value === 'string') return parseEnum(target.definition, value, true)
    if (typeof value === 'bigint') return Number(BigInt.asIntN(32, value))
    if (typeof value === 'boolean') return Number(value)
    throw cannotCast(value, target)
  }
  if (isChangeable(target) || target.id === 'System.String') return changeType(value, target)
  const fits =
    (typeof value === 'string' && primitives.has(target.id)) ||
    (target.id === 'System.DateTimeOffset' && (value instanceof DateTime || value instanceof DateTimeOffset)) ||
    (target.id === 'System.Guid' && (value instanceof Uint8Array || value instanceof Guid)) ||
    (target.id === 'System.Byte[1]' && (value instanceof Uint8Array || value instanceof Guid)) ||
    (target.id === 'System.Uri' && value instanceof ClrUri)
  if (fits) return convertScalar(value, target)
  throw cannotCast(value, target)
}

function cannotCast(value: Exclude<JsonScalar, null>, target: Type): DotNetException {
  return argumentException(`Could not cast or convert from ${printed(value)} to ${reflectionName(target)}.`)
}

function setOf(item: Type, values: readonly ClrValue[]): ClrSet {
  const result = new ClrSet(types().generic('System.Collections.Generic.HashSet', item), item, traitsOf(item))
  for (const value of values) result.add(value)
  return result
}

/** A value of a type in object form. */
export function asObject(value: ClrValue, type: Type): ClrValue {
  return value !== null && isValueType(type) ? new Boxed(types().nullableElement(type) ?? type, value) : value
}
