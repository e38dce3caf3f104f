import type { NumericType, Type } from '@apim-kit/policy-dsl/expression'
import {
  integerTypes,
  tryParseDecimal,
  tryParseDouble,
  tryParseInteger,
  type IntegerType,
} from '../text/number-parse.js'
import { dateTimeStyles, tryParseDateTime, tryParseDateTimeOffset } from '../text/date-parse.js'
import { converter } from '../members/convert.js'
import { now } from '../values/clock.js'
import type { Decimal } from '../values/decimal.js'
import { DotNetException } from '../values/exception.js'
import { types } from '../types.js'
import type { ClrValue } from '../values/value.js'
import { castToken, convertScalar, scalarText } from './convert.js'
import { recognizeDate } from './dates.js'
import { JArray, JObject, type JToken, JValue, tokenTypeNames } from './token.js'
import { writeJson } from './writer.js'

/** Where tokens are read from when a value of a known type is filled. */
export interface TokenSource {
  /** A text, whose strings were not looked at for dates; else tokens that exist already. */
  readonly isText: boolean
  /** The text of each number that was read, digit by digit. */
  readonly numbers: WeakMap<JToken, string>
}

/** Tokens that exist already. */
export const tokenSource: TokenSource = { isText: false, numbers: new WeakMap() }

/**
 * A scalar read as a type: what Newtonsoft's readers do inside of containers, and for a whole text. A text that is no such
 * value is the reader's failure, a value that cannot become one the serializer's.
 *
 * @throws DotNetException JsonReaderException, JsonSerializationException
 */
export function readScalar(token: JToken, type: Type, source: TokenSource): ClrValue {
  const read = readers[type.id]
  if (token instanceof JValue && token.value === null) throw cannotConvert('{null}', type)
  if (read === undefined) return convert(token, type, source)
  if (token instanceof JValue) return read(token, source)
  throw unexpected(token, source)
}

/** A type that has no reading of its own is read as what it is, and converted. */
function convert(token: JToken, type: Type, source: TokenSource): ClrValue {
  const value = token instanceof JValue ? token.value : null
  const date = source.isText && typeof value === 'string' ? recognizeDate(value) : undefined
  try {
    return castToken(date === undefined ? token : new JValue(date), type)
  } catch (error) {
    if (!(error instanceof DotNetException)) throw error
    throw cannotConvert(value === null ? 'value' : shown(value), type)
  }
}

const shown = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : String(value))

export function cannotConvert(what: string, type: Type): DotNetException {
  return new DotNetException(
    'Newtonsoft.Json.JsonSerializationException',
    `Error converting value ${what} to type '${type.id}'.`,
  )
}

function readerFailure(message: string): DotNetException {
  return new DotNetException('Newtonsoft.Json.JsonReaderException', message)
}

/** A token of a kind that the type is not written as. */
function unexpected(token: JToken, { isText }: TokenSource): DotNetException {
  const [letter, name] =
    token instanceof JObject ? ['{', 'StartObject'] : token instanceof JArray ? ['[', 'StartArray'] : scalarStart(token)
  return readerFailure(
    isText
      ? `Unexpected character encountered while parsing value: ${letter}.`
      : `Error reading value. Unexpected token: ${name}.`,
  )
}

function scalarStart(token: JToken): [letter: string, name: string] {
  const letter = writeJson(token, false).charAt(0)
  return [letter, tokenTypeNames[token.tokenType] ?? 'None']
}

type Reader = (token: JValue, source: TokenSource) => ClrValue

const readers: Readonly<Record<string, Reader>> = {
  'System.String': readString,
  'System.Byte': readInteger('byte'),
  'System.Int16': readInteger('short'),
  'System.Int32': readInteger('int'),
  'System.Single': (token, source) => Math.fround(readDouble(token, source)),
  'System.Double': readDouble,
  'System.Decimal': readDecimal,
  'System.Boolean': readBoolean,
  'System.DateTime': readDate,
  'System.DateTimeOffset': readOffset,
}

/** Numbers keep the text that they were written with, `true` and `false` their case. */
function readString(token: JValue, { isText, numbers }: TokenSource): string {
  const { value } = token
  if (isText && typeof value === 'boolean') return value ? 'true' : 'false'
  return numbers.get(token) ?? (value === null ? '' : scalarText(value))
}

function readInteger(to: IntegerType): Reader {
  return (token, source) => {
    const { value } = token
    if (typeof value === 'string') return fit(parsedInteger(value), to)
    if (typeof value === 'bigint') return fit(source.isText ? intOf(value) : value, to)
    if (typeof value === 'number' && source.isText)
      throw readerFailure(`Input string '${source.numbers.get(token) ?? value}' is not a valid integer.`)
    if (typeof value === 'number') return converter('double', to)(value)
    throw unexpected(token, source)
  }
}

function parsedInteger(text: string): bigint {
  if (text === '') throw cannotConvert('{null}', types().special.int)
  const value = tryParseInteger(text, 'int')
  if (typeof value === 'bigint') return value
  throw readerFailure(`Could not convert string to integer: ${text}.`)
}

function intOf(value: bigint): bigint {
  if (BigInt.asIntN(32, value) === value) return value
  throw readerFailure(`JSON integer ${value} is too large or small for an Int32.`)
}

function fit(value: bigint, to: IntegerType): ClrValue {
  const { minimum, maximum } = integerTypes[to]
  if (to === 'int' || (value >= minimum && value <= maximum)) return converter('long', to)(value)
  throw cannotConvert(String(value), types().special[to])
}

function readDouble(token: JValue, source: TokenSource): number {
  const { value } = token
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'string') throw unexpected(token, source)
  const parsed = tryParseDouble(value)
  if (typeof parsed === 'number') return parsed
  throw readerFailure(`Could not convert string to double: ${value}.`)
}

function readDecimal(token: JValue, source: TokenSource): ClrValue {
  const written = source.numbers.get(token) ?? token.value
  if (typeof written === 'bigint') return converter('long', 'decimal')(written)
  if (typeof written !== 'string') return numberAs(token, 'decimal', source)
  const parsed: Decimal | string = tryParseDecimal(written, 0x1ff)
  if (typeof parsed !== 'string') return parsed
  throw readerFailure(`Could not convert string to decimal: ${written}.`)
}

function numberAs(token: JValue, to: NumericType, source: TokenSource): ClrValue {
  if (typeof token.value === 'number') return converter('double', to)(token.value)
  throw unexpected(token, source)
}

function readBoolean(token: JValue, source: TokenSource): boolean {
  const { value } = token
  if (typeof value === 'boolean') return value
  if (typeof value === 'bigint' || typeof value === 'number') return value !== 0n && value !== 0
  if (typeof value !== 'string') throw unexpected(token, source)
  const word = value.trim().toLowerCase()
  if (word === 'true' || word === 'false') return word === 'true'
  throw readerFailure(`Could not convert string to boolean: ${value}.`)
}

/** A date that says `Z` stays universal time. */
function readDate(token: JValue, source: TokenSource): ClrValue {
  const { value } = token
  if (typeof value !== 'string') return dateToken(token, 'System.DateTime', source)
  const date = recognizeDate(value) ?? tryParseDateTime(value, now(), dateTimeStyles.roundtripKind)
  if (date !== undefined) return date
  throw readerFailure(`Could not convert string to DateTime: ${value}.`)
}

function readOffset(token: JValue, source: TokenSource): ClrValue {
  const { value } = token
  if (typeof value !== 'string') return dateToken(token, 'System.DateTimeOffset', source)
  const date = tryParseDateTimeOffset(value, now())
  if (date !== undefined) return date
  throw readerFailure(`Could not convert string to DateTimeOffset: ${value}.`)
}

function dateToken(token: JValue, name: string, source: TokenSource): ClrValue {
  if (token.value === null || typeof token.value !== 'object') throw unexpected(token, source)
  return convertScalar(token.value, types().named(name))
}
