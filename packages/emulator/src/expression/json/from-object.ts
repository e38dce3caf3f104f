import { ApimKitError } from '@apim-kit/core/errors'
import type { Type } from '@apim-kit/policy-dsl/expression'
import { elementsOf, isWalkable } from '../compile/walk.js'
import { currentRuntime, step } from '../run.js'
import { formatSingle } from '../text/number-format.js'
import { typeName, types } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { Grid, KeyValuePair, Product, type ReadableDictionary } from '../values/collections.js'
import { defaultOf } from '../values/defaults.js'
import { Decimal } from '../values/decimal.js'
import { DotNetException } from '../values/exception.js'
import { Guid } from '../values/guid.js'
import { PlainObject } from '../values/plain-object.js'
import { DateTime, DateTimeOffset, TimeSpan } from '../values/time.js'
import { box, toText, traitsOf } from '../values/traits.js'
import { ClrUri } from '../values/uri.js'
import type { ClrValue } from '../values/value.js'
import { jsonDate } from './dates.js'
import { JArray, JObject, JProperty, type JsonScalar, JToken, JValue, tokenTypes } from './token.js'

/** Objects nested deeper than this are taken for a loop. */
const depthLimit = 500

/** What a serializer leaves out or writes in its own way. */
export interface ObjectSettings {
  /** 1: members of objects that are null are left out. */
  readonly nullValueHandling: number
  /** 1 and 3: members that have the value that their type begins with are left out. */
  readonly defaultValueHandling: number
  /** Values that another part of the library turns into JSON: XML. */
  readonly special?: (value: ClrValue) => JToken | undefined
}

/** A value in object form as a token: what `JToken.FromObject` and `JsonConvert.SerializeObject` make of it. */
export function tokenFromObject(value: ClrValue, settings?: ObjectSettings, depth = 0): JToken {
  step()
  if (depth > depthLimit) {
    throw new DotNetException('Newtonsoft.Json.JsonSerializationException', 'Self referencing loop detected.')
  }
  const scalar = isLetter(value) ? new JValue(toText(value)) : scalarToken(value)
  if (scalar !== undefined) return scalar
  if (value instanceof JToken) return value.clone()
  const token = settings?.special?.(value)
  if (token !== undefined) return token
  if (value instanceof Boxed) return structToken(value, settings, depth)
  if (isDictionary(value)) return dictionaryToken(value, settings, depth)
  if (value instanceof Product) return productToken(value, settings, depth)
  if (value instanceof Grid) return gridToken(value, value.lengths, value.items, settings, depth)
  if (value instanceof PlainObject) return new JObject()
  if (isWalkable(value)) return sequenceToken(value, settings, depth)
  throw new ApimKitError(
    'not-supported',
    `Writing ${typeName(value)} as JSON is not supported; write its properties into a JObject.`,
  )
}

/** A value without parts as a token, which remembers its type. */
export function scalarToken(value: ClrValue): JValue | undefined {
  const scalar = scalarOf(value)
  if (scalar === undefined) return undefined
  return new JValue(scalar, undefined, value instanceof Boxed ? ownType(value.type) : undefined)
}

/** The type of a number where it is none that JSON is read as. */
function ownType(type: Type): Type | undefined {
  if (type.kind !== 'named') return undefined
  if (type.definition.kind === 'enum') return types().special.int
  return numberTypes.has(type.id) ? type : undefined
}

const numberTypes = new Set(
  ['SByte', 'Byte', 'Int16', 'UInt16', 'Int32', 'UInt32', 'UInt64', 'Single'].map((name) => `System.${name}`),
)

const isLetter = (value: ClrValue): boolean => value instanceof Boxed && value.type.id === 'System.Char'

/** The scalar that stands for a value; undefined for what has parts. */
export function scalarOf(value: ClrValue): JsonScalar | undefined {
  if (value === null || typeof value === 'string' || value instanceof ClrUri || value instanceof Uint8Array)
    return value
  return value instanceof Boxed ? boxedScalar(value.type, value.value) : undefined
}

function boxedScalar(type: Type, value: ClrValue): JsonScalar | undefined {
  switch (type.id) {
    case 'System.Boolean':
      return value as boolean
    case 'System.Char':
      // A token is made of a char by its own conversion only.
      return undefined
    case 'System.Double':
      return value as number
    case 'System.Single':
      return singleScalar(value as number)
    default:
      return otherScalar(value)
  }
}

/** A float is kept by the digits that it is written with. */
export function singleScalar(value: number): number {
  return Number.isFinite(value) ? Number(formatSingle(value, 'R', currentRuntime())) : value
}

function otherScalar(value: ClrValue): JsonScalar | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return BigInt(value)
  if (value instanceof Decimal || value instanceof DateTime || value instanceof DateTimeOffset) return value
  return value instanceof TimeSpan || value instanceof Guid ? value : undefined
}

function isDictionary(value: ClrValue): value is ReadableDictionary & object {
  return typeof value === 'object' && value !== null && 'entries' in value && 'keyType' in value
}

/** An array of arrays, one for each dimension. */
function gridToken(
  grid: Grid,
  [length = 0, ...inner]: readonly number[],
  items: ClrValue[],
  settings: ObjectSettings | undefined,
  depth: number,
): JArray {
  const result = new JArray()
  const size = items.length / Math.max(1, length)
  for (let row = 0; row < length; row++) {
    const own = items.slice(row * size, (row + 1) * size)
    const isCell = inner.length === 0
    result.add(
      isCell
        ? tokenFromObject(box(grid.elementType, own[0] ?? null), settings, depth + 1)
        : gridToken(grid, inner, own, settings, depth + 1),
    )
  }
  return result
}

function dictionaryToken(dictionary: ReadableDictionary, settings: ObjectSettings | undefined, depth: number): JObject {
  const result = new JObject()
  for (const [key, value] of dictionary.entries()) {
    result.set(keyText(dictionary.keyType, key), tokenFromObject(box(dictionary.valueType, value), settings, depth + 1))
  }
  return result
}

/** Dates as keys are written as dates are, everything else as its text. */
function keyText(type: Type, key: ClrValue): string {
  return key instanceof DateTime || key instanceof DateTimeOffset ? jsonDate(key) : toText(box(type, key))
}

function productToken({ type, values }: Product, settings: ObjectSettings | undefined, depth: number): JObject {
  const result = new JObject()
  const members =
    type.kind === 'anonymous'
      ? type.members
      : type.kind === 'named'
        ? type.arguments.map((argument, index) => ({ name: `Item${index + 1}`, type: argument }))
        : []
  members.forEach((member, index) => {
    const value = values[index] ?? null
    if (settings === undefined || !isLeftOut(value, member.type, settings))
      result.set(member.name, tokenFromObject(box(member.type, value), settings, depth + 1))
  })
  return result
}

function isLeftOut(value: ClrValue, type: Type, { nullValueHandling, defaultValueHandling }: ObjectSettings): boolean {
  if (value === null) return nullValueHandling === 1 || defaultValueHandling === 1 || defaultValueHandling === 3
  return (defaultValueHandling === 1 || defaultValueHandling === 3) && traitsOf(type).equals(value, defaultOf(type))
}

/** Structs with parts: a pair, a value tuple. */
function structToken({ type, value }: Boxed, settings: ObjectSettings | undefined, depth: number): JToken {
  if (value instanceof Product) return productToken(value, settings, depth)
  const [keyType, valueType] = type.kind === 'named' ? type.arguments : []
  if (value instanceof KeyValuePair && keyType !== undefined && valueType !== undefined) {
    const result = new JObject()
    result.set('Key', tokenFromObject(box(keyType, value.key), settings, depth + 1))
    result.set('Value', tokenFromObject(box(valueType, value.value), settings, depth + 1))
    return result
  }
  throw new ApimKitError(
    'not-supported',
    `Writing ${type.id} as JSON is not supported; write its properties into a JObject.`,
  )
}

function sequenceToken(value: Exclude<ClrValue, null>, settings: ObjectSettings | undefined, depth: number): JArray {
  const result = new JArray()
  const elements = elementsOf(value)
  for (const element of elements) result.add(tokenFromObject(box(elements.elementType, element), settings, depth + 1))
  return result
}

/**
 * Content as the constructors and `Add` of containers take it: tokens stay tokens, sequences are taken apart, anything else
 * is a scalar.
 */
export function contentTokens(content: ClrValue): JToken[] {
  if (content instanceof JToken) return [content]
  const scalar = scalarToken(content)
  if (scalar !== undefined) return [scalar]
  if (isWalkable(content)) {
    const elements = elementsOf(content)
    const tokens: JToken[] = []
    for (const element of elements) {
      step()
      tokens.push(...contentTokens(box(elements.elementType, element)))
    }
    return tokens
  }
  throw new DotNetException(
    'System.ArgumentException',
    `Could not determine JSON object type for type ${typeName(content)}.`,
  )
}

/** One value as a token: several tokens become an array. */
export function contentToken(content: ClrValue): JToken {
  if (content instanceof JToken) return content
  const tokens = contentTokens(content)
  const [only] = tokens
  if (only !== undefined && scalarOf(content) !== undefined) return only
  const array = new JArray()
  for (const token of tokens) array.add(token)
  return array
}

/** An undefined token, as an element that was left out. */
export function undefinedToken(): JValue {
  return new JValue(null, tokenTypes.undefined)
}

/** Adds content to an object: properties, and the properties of objects. */
export function addToObject(target: JObject, content: ClrValue): void {
  for (const token of contentTokens(content)) {
    if (token instanceof JProperty) target.addProperty(token)
    else target.add(token)
  }
}
