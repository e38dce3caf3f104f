import { reflectionName, type NumericType, type Type } from '@apim-kit/policy-dsl/expression'
import { fromBase64 } from '../members/base64.js'
import { converter, convertObject } from '../members/convert.js'
import { isAssignable, typeOf, types } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { Decimal } from '../values/decimal.js'
import { argumentException, argumentNull, conversionOverflow, invalidCastMessage } from '../values/exceptions.js'
import { Guid } from '../values/guid.js'
import { DateTime, DateTimeOffset, TimeSpan } from '../values/time.js'
import { parseDateTimeOffset } from '../text/date-parse.js'
import { parseTimeSpan } from '../text/time-span-parse.js'
import { now } from '../values/clock.js'
import { defaultOf } from '../values/defaults.js'
import { ClrUri } from '../values/uri.js'
import type { ClrValue } from '../values/value.js'
import { scalarToString, tokenText } from './text.js'
import { JProperty, type JsonScalar, type JToken, JValue, tokenTypeNames, tokenTypes, type TokenType } from './token.js'

const { integer, float, string, comment, raw, boolean, date, bytes, guid, timeSpan, uri } = tokenTypes
const numbers: readonly TokenType[] = [integer, float, string, comment, raw, boolean]

/** What each cast takes, and the word for it in messages. */
const targets: Readonly<Record<string, { readonly word: string; readonly from: readonly TokenType[] }>> = {
  'System.Boolean': { word: 'Boolean', from: numbers },
  'System.SByte': { word: 'SByte', from: numbers },
  'System.Byte': { word: 'Byte', from: numbers },
  'System.Int16': { word: 'Int16', from: numbers },
  'System.UInt16': { word: 'UInt16', from: numbers },
  'System.Int32': { word: 'Int32', from: numbers },
  'System.UInt32': { word: 'UInt32', from: numbers },
  'System.Int64': { word: 'Int64', from: numbers },
  'System.UInt64': { word: 'UInt64', from: numbers },
  'System.Single': { word: 'Single', from: numbers },
  'System.Double': { word: 'Double', from: numbers },
  'System.Decimal': { word: 'Decimal', from: numbers },
  'System.Char': { word: 'Char', from: [integer, float, string, comment, raw] },
  'System.String': {
    word: 'String',
    from: [date, integer, float, string, comment, raw, boolean, bytes, guid, timeSpan, uri],
  },
  'System.DateTime': { word: 'DateTime', from: [date, string, comment, raw] },
  'System.DateTimeOffset': { word: 'DateTimeOffset', from: [date, string, comment, raw] },
  'System.Guid': { word: 'Guid', from: [string, comment, raw, guid, bytes] },
  'System.TimeSpan': { word: 'TimeSpan', from: [string, comment, raw, timeSpan] },
  'System.Uri': { word: 'Uri', from: [string, comment, raw, uri] },
  'System.Byte[1]': { word: 'byte array', from: [string, comment, raw, bytes, integer, guid] },
}

/** Whether there is a cast from a token to the type. */
export function isCastTarget(type: Type): boolean {
  return targets[(types().nullableElement(type) ?? type).id] !== undefined
}

/** A cast such as `(int)token`. A missing token is an error unless the target takes null. */
export function castToken(token: JToken | null, type: Type): ClrValue {
  const element = types().nullableElement(type)
  const target = element ?? type
  const { word, from } = targets[target.id] ?? { word: target.id, from: [] }
  const takesNull = element !== undefined || target.id === 'System.String' || target.id === 'System.Uri'
  if (token === null) {
    if (takesNull || target.kind === 'array') return null
    throw argumentNull('value')
  }
  const value = token instanceof JProperty ? token.value : token
  const kind = value.tokenType
  const isNull = kind === tokenTypes.null || kind === tokenTypes.undefined
  if (!(value instanceof JValue) || !(from.includes(kind) || (takesNull && isNull))) {
    throw argumentException(`Can not convert ${describe(value)} to ${word}.`)
  }
  if (value.value === null)
    return takesNull ? null : isChangeable(target) ? defaultOf(target) : convertScalar('', target)
  // A cast wants a URI with its scheme; a value that is read may be the end of one.
  return target.id === 'System.Uri' ? absoluteUri(value.value) : convertScalar(value.value, target)
}

function absoluteUri(value: Exclude<JsonScalar, null>): ClrValue {
  return value instanceof ClrUri ? value : ClrUri.create(scalarToString(value), 1)
}

function describe(token: JToken): string {
  return token instanceof JProperty ? 'Property' : (tokenTypeNames[token.tokenType] ?? 'None')
}

/** A scalar converted as the casts do it: numbers as Convert, texts parsed. */
export function convertScalar(value: Exclude<JsonScalar, null>, target: Type): ClrValue {
  switch (target.id) {
    case 'System.String':
      return scalarText(value)
    case 'System.DateTimeOffset':
      return toOffset(value)
    case 'System.Guid':
      return value instanceof Guid
        ? value
        : value instanceof Uint8Array
          ? Guid.ofBytes(value)
          : Guid.parse(scalarToString(value))
    case 'System.TimeSpan':
      return value instanceof TimeSpan ? value : parseTimeSpan(scalarToString(value))
    case 'System.Uri':
      return value instanceof ClrUri ? value : ClrUri.create(scalarToString(value), 0)
    case 'System.Byte[1]':
      return toBytes(value)
    case 'System.DateTime':
      return value instanceof DateTimeOffset ? value.local : convertPlain(value, target)
    default:
      return convertPlain(value, target)
  }
}

/** A scalar as the cast to string gives it. */
export function scalarText(value: Exclude<JsonScalar, null>): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : tokenText(new JValue(value))
}

function toOffset(value: Exclude<JsonScalar, null>): DateTimeOffset {
  if (value instanceof DateTimeOffset) return value
  return value instanceof DateTime
    ? new DateTimeOffset(value.withKind(0), TimeSpan.zero)
    : parseDateTimeOffset(scalarToString(value), now())
}

function toBytes(value: Exclude<JsonScalar, null>): ClrValue {
  if (value instanceof Uint8Array) return value
  if (value instanceof Guid) return value.toBytes()
  if (typeof value === 'bigint') return integerBytes(value)
  return fromBase64(scalarToString(value))
}

/** Whether .NET's `Convert.ChangeType` knows the type. */
export function isChangeable(type: Type): boolean {
  return kindNames[type.id] !== undefined || type.id === 'System.DateTime'
}

/** `Convert.ChangeType` of a scalar to one of the types that it knows. */
export function changeType(value: Exclude<JsonScalar, null>, target: Type): ClrValue {
  if (target.id !== 'System.String') return convertPlain(value, target)
  if (value instanceof Uint8Array || value instanceof TimeSpan || value instanceof Guid || value instanceof ClrUri)
    return failingCast(target)
  return scalarText(value)
}

/** The bytes of an integer beyond a long, the lowest first. A long has none. */
function integerBytes(value: bigint): Uint8Array {
  if (isLong(value)) throw argumentException('Can not convert Integer to byte array.')
  const bytes: number[] = []
  let rest = value
  do {
    bytes.push(Number(rest & 255n))
    rest >>= 8n
  } while (rest !== (((bytes.at(-1) ?? 0) & 128) === 0 ? 0n : -1n))
  return Uint8Array.from(bytes)
}

const isLong = (value: bigint): boolean => BigInt.asIntN(64, value) === value

function convertPlain(value: Exclude<JsonScalar, null>, target: Type): ClrValue {
  if (value instanceof DateTime)
    return target.id === 'System.DateTime'
      ? value
      : convertObject(new Boxed(types().named('System.DateTime'), value), target)
  if (typeof value === 'bigint') return convertInteger(value, target)
  if (typeof value === 'object') {
    return value instanceof Decimal ? converter('decimal', kindOf(target))(value) : failingCast(target)
  }
  if (typeof value === 'string') return convertObject(value, target)
  return converter(typeof value === 'number' ? 'double' : 'bool', kindOf(target))(value)
}

function failingCast(target: Type): never {
  throw invalidCastMessage(`Object must implement IConvertible to become ${target.id}.`)
}

/** An integer may be larger than a long. What is shorter than an int is made of one. */
function convertInteger(value: bigint, target: Type): ClrValue {
  if (isLong(value)) return converter('long', kindOf(target))(value)
  switch (target.id) {
    case 'System.Double':
      return Number(value)
    case 'System.Single':
      return Math.fround(Number(value))
    case 'System.Decimal':
      if (value < 2n ** 96n && value > -(2n ** 96n)) return Decimal.ofInteger(value)
      throw conversionOverflow('a Decimal')
    case 'System.UInt64':
      if (BigInt.asUintN(64, value) === value) return value
      throw conversionOverflow('a UInt64')
    case 'System.UInt32':
      throw conversionOverflow('a UInt32')
    case 'System.Int64':
      throw conversionOverflow('an Int64')
    default:
      throw conversionOverflow('an Int32')
  }
}

const kindNames: Readonly<Record<string, NumericType | 'bool'>> = {
  'System.Boolean': 'bool',
  'System.SByte': 'sbyte',
  'System.Byte': 'byte',
  'System.Int16': 'short',
  'System.UInt16': 'ushort',
  'System.Int32': 'int',
  'System.UInt32': 'uint',
  'System.Int64': 'long',
  'System.UInt64': 'ulong',
  'System.Single': 'float',
  'System.Double': 'double',
  'System.Decimal': 'decimal',
  'System.Char': 'char',
}

function kindOf(target: Type): NumericType | 'bool' | 'DateTime' {
  return kindNames[target.id] ?? 'DateTime'
}

/** A scalar taken out as an object, of the .NET type that it has. */
export function scalarObject(value: JsonScalar, type?: Type): ClrValue {
  if (value === null || typeof value === 'string' || value instanceof ClrUri || value instanceof Uint8Array)
    return value
  if (type !== undefined)
    return new Boxed(type, typeof value === 'bigint' && type.id !== 'System.UInt64' ? Number(value) : value)
  return new Boxed(types().named(scalarTypeName(value)), value)
}

function scalarTypeName(value: Exclude<JsonScalar, null | string | ClrUri | Uint8Array>): string {
  if (typeof value === 'boolean') return 'System.Boolean'
  if (typeof value === 'bigint') return isLong(value) ? 'System.Int64' : 'System.Numerics.BigInteger'
  if (typeof value === 'number') return 'System.Double'
  if (value instanceof Decimal) return 'System.Decimal'
  if (value instanceof DateTime) return 'System.DateTime'
  if (value instanceof DateTimeOffset) return 'System.DateTimeOffset'
  return value instanceof Guid ? 'System.Guid' : 'System.TimeSpan'
}

/** `token.Value<T>(key)`: the token when it is a T, else its scalar changed to T; a missing token is T's default. */
export function tokenValue(token: JToken | null | undefined, type: Type): ClrValue {
  if (token === null || token === undefined) return defaultOf(type)
  if (isAssignable(typeOf(token), type) && type.id !== 'System.IComparable' && type.id !== 'System.IFormattable')
    return token
  if (!(token instanceof JValue))
    throw invalidCastMessage(`Cannot cast ${typeOf(token).id} to Newtonsoft.Json.Linq.JToken.`)
  const { value } = token
  const element = types().nullableElement(type)
  const target = element ?? type
  if (value === null) {
    if (element !== undefined || target.kind !== 'named' || target.definition.kind !== 'struct') return null
    throw invalidCastMessage('Null object cannot be converted to a value type.')
  }
  const object = scalarObject(value, token.valueType)
  if (object !== null && isAssignable(typeOf(object), target))
    return object instanceof Boxed && target.kind === 'named' && target.definition.kind === 'struct'
      ? object.value
      : object
  const isPlain = typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
  if (
    !isPlain &&
    !(value instanceof DateTime) &&
    !(value instanceof Decimal) &&
    !(typeof value === 'bigint' && isLong(value))
  )
    throw invalidCastMessage('Object must implement IConvertible.')
  if (target.id !== 'System.String' && !isChangeable(target) && object !== null)
    throw invalidCastMessage(`Invalid cast from '${reflectionName(typeOf(object))}' to '${reflectionName(target)}'.`)
  return target.id === 'System.String' ? convertScalar(value, target) : convertPlain(value, target)
}
