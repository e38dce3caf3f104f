import type { Type } from '@apim-kit/policy-dsl/expression'
import { tryParseDateTime, tryParseDateTimeOffset, dateTimeStyles } from '../text/date-parse.js'
import { tryParseDecimal, tryParseDouble, tryParseInteger } from '../text/number-parse.js'
import { now } from '../values/clock.js'
import { Decimal } from '../values/decimal.js'
import { DotNetException } from '../values/exception.js'
import { Guid } from '../values/guid.js'
import { DateTime, DateTimeOffset, kinds, TimeSpan } from '../values/time.js'
import { fromBase64 } from '../members/base64.js'
import { inZone, recognizeDate } from './dates.js'
import { convertScalar } from './convert.js'
import { pathWithName } from './path-text.js'
import { scalarToString } from './text.js'
import type { JsonScalar } from './token.js'
import { types } from '../types.js'

/** `Newtonsoft.Json.JsonToken`. */
export const jsonTokens = {
  none: 0,
  startObject: 1,
  startArray: 2,
  startConstructor: 3,
  propertyName: 4,
  comment: 5,
  raw: 6,
  integer: 7,
  float: 8,
  string: 9,
  boolean: 10,
  null: 11,
  undefined: 12,
  endObject: 13,
  endArray: 14,
  endConstructor: 15,
  date: 16,
  bytes: 17,
} as const

export type JsonTokenKind = (typeof jsonTokens)[keyof typeof jsonTokens]

/** The names of the kinds, by number. */
export const jsonTokenNames = [
  'None',
  'StartObject',
  'StartArray',
  'StartConstructor',
  'PropertyName',
  'Comment',
  'Raw',
  'Integer',
  'Float',
  'String',
  'Boolean',
  'Null',
  'Undefined',
  'EndObject',
  'EndArray',
  'EndConstructor',
  'Date',
  'Bytes',
]

/** Where a reader stands between two tokens. */
export const states = {
  start: 0,
  property: 1,
  objectStart: 2,
  object: 3,
  arrayStart: 4,
  array: 5,
  postValue: 6,
  constructorStart: 7,
  constructor: 8,
  finished: 9,
} as const

export type ReaderState = (typeof states)[keyof typeof states]

/** What a position is in. */
const containers = { none: 0, object: 1, array: 2, constructor: 3 } as const
type Container = (typeof containers)[keyof typeof containers]
const containerNames = ['None', 'Object', 'Array', 'Constructor']

/** One level of the path: the name or the index that was reached in a container. */
interface Position {
  readonly type: Container
  index: number
  name: string
}

const outside: Position = { type: containers.none, index: -1, name: '' }

/** How a reader takes what it reads, by the numbers of Newtonsoft's enums. */
export interface ReaderSettings {
  /** 0 none, 1 DateTime, 2 DateTimeOffset. Default 1. */
  readonly dateParseHandling: number
  /** 0 local, 1 universal, 2 unspecified, 3 as it is written. Default 3. */
  readonly dateTimeZoneHandling: number
  /** 0 double, 1 decimal. Default 0. */
  readonly floatParseHandling: number
  /** How deep objects and arrays may stand in each other. */
  readonly maxDepth?: number | null
}

const readerDefaults: ReaderSettings = { dateParseHandling: 1, dateTimeZoneHandling: 3, floatParseHandling: 0 }

/** What a typed reading asks for: the types that Newtonsoft reads in a way of their own. */
export type ReadType =
  | 'any'
  | 'int'
  | 'bytes'
  | 'string'
  | 'decimal'
  | 'DateTime'
  | 'DateTimeOffset'
  | 'double'
  | 'bool'

/** The words of messages for typed readings. */
const words: Readonly<Record<string, string>> = {
  int: 'integer',
  double: 'double',
  decimal: 'decimal',
  bool: 'boolean',
  string: 'string',
  bytes: 'bytes',
  DateTime: 'date',
  DateTimeOffset: 'date',
}

/**
 * A walk through JSON, one token at a time: Newtonsoft's `JsonReader` with its state, its depth, its path and its readings of
 * known types. Messages carry the path and, where there is a text, the place in it.
 */
export abstract class JsonReader {
  kind: JsonTokenKind = jsonTokens.none
  value: JsonScalar = null
  protected state: ReaderState = states.start
  protected position: Position = outside
  readonly #stack: Position[] = []

  constructor(readonly settings: ReaderSettings = readerDefaults) {}

  /** Goes to the next token; false at the end. */
  abstract read(): boolean

  /** The .NET type of the value, where it is none that a text is read as. */
  get valueType(): Type | undefined {
    return undefined
  }

  /** The line of the last token; undefined where there is no text. */
  abstract get line(): number | undefined

  /** The letters of its line before the reader. */
  abstract get linePosition(): number

  get depth(): number {
    return this.#stack.length + (isStart(this.kind) || this.position === outside ? 0 : 1)
  }

  get path(): string {
    const { state } = this
    const inside = state !== states.arrayStart && state !== states.objectStart && state !== states.constructorStart
    let path = ''
    for (const position of this.#stack) path = addPosition(path, position)
    return inside ? addPosition(path, this.position) : path
  }

  /** An exception of the reader: the message with path and place. */
  error(message: string): DotNetException {
    return new DotNetException('Newtonsoft.Json.JsonReaderException', this.#located(message))
  }

  /** An exception of the serializer that reads. */
  serializationError(message: string, inner: DotNetException | null = null): DotNetException {
    return new DotNetException('Newtonsoft.Json.JsonSerializationException', this.#located(message), inner)
  }

  #located(message: string): string {
    const { line } = this
    const text = message.trim()
    const start = message.endsWith('\n') ? message : text.endsWith('.') ? `${text} ` : `${text}. `
    return `${start}Path '${this.path}'${line === undefined ? '' : `, line ${line}, position ${this.linePosition}`}.`
  }

  protected set(kind: JsonTokenKind, value: JsonScalar = null, counts = true): void {
    this.kind = kind
    this.value = value
    switch (kind) {
      case jsonTokens.startObject:
        this.state = states.objectStart
        this.#push(containers.object)
        break
      case jsonTokens.startArray:
        this.state = states.arrayStart
        this.#push(containers.array)
        break
      case jsonTokens.startConstructor:
        this.state = states.constructorStart
        this.#push(containers.constructor)
        break
      case jsonTokens.endObject:
        this.#end(containers.object)
        break
      case jsonTokens.endArray:
        this.#end(containers.array)
        break
      case jsonTokens.endConstructor:
        this.#end(containers.constructor)
        break
      case jsonTokens.propertyName:
        this.state = states.property
        this.position.name = value as string
        break
      case jsonTokens.none:
      case jsonTokens.comment:
        break
      default:
        this.afterValue(counts)
    }
  }

  /** A value is over: it counts in its array. */
  protected afterValue(counts = true): void {
    this.state = this.position === outside ? states.finished : states.postValue
    if (counts) this.position.index++
  }

  /** Behind a comma. */
  protected backInside(): void {
    const inside = [states.finished, states.object, states.array, states.constructor] as const
    this.state = inside[this.position.type]
  }

  #push(type: Container): void {
    if (this.position !== outside) {
      this.position.index++
      this.#stack.push(this.position)
    }
    this.position = { type, index: -1, name: '' }
    const { maxDepth } = this.settings
    if (maxDepth !== undefined && maxDepth !== null && this.#stack.length >= maxDepth)
      throw this.error(`The reader's MaxDepth of ${maxDepth} has been exceeded.`)
  }

  #end(type: Container): void {
    const open = this.position.type
    this.position = this.#stack.pop() ?? outside
    if (open !== type) {
      throw this.error(
        `JsonToken ${jsonTokenNames[this.kind]} is not valid for closing JsonType ${containerNames[open]}.`,
      )
    }
    this.state = this.position === outside ? states.finished : states.postValue
  }

  /** Whether the reader stands in an array, where a typed reading may meet its end. */
  protected get endsArray(): boolean {
    return this.state === states.array || this.state === states.arrayStart || this.state === states.postValue
  }

  /** To the next token that is no comment. */
  readContent(): boolean {
    while (this.read()) if (this.kind !== jsonTokens.comment) return true
    this.kind = jsonTokens.none
    return false
  }

  /** @throws DotNetException at the end */
  readExpected(): void {
    if (!this.read()) throw this.serializationError('Unexpected end when reading JSON.')
  }

  /** Past the value or the property that the reader stands on. */
  skip(): void {
    if (this.kind === jsonTokens.propertyName) this.read()
    if (!isStart(this.kind)) return
    const { depth } = this
    while (this.read() && depth < this.depth);
  }

  /** Goes to the next value, read as a type that is known. False where there is none. */
  readAs(type: ReadType): boolean {
    if (type === 'any') return this.readContent()
    this.readTyped(type)
    return this.kind !== jsonTokens.none
  }

  /** What readers without a text do: the token is read and converted. */
  protected readTyped(type: Exclude<ReadType, 'any'>): void {
    this.readContent()
    const { kind } = this
    if (kind === jsonTokens.none || kind === jsonTokens.null || kind === jsonTokens.endArray) return
    if (type === 'bytes') this.#bytes()
    else if (!this.#convert(type)) {
      throw this.error(`Error reading ${words[type]}. Unexpected token: ${jsonTokenNames[kind]}.`)
    }
  }

  #convert(type: Exclude<ReadType, 'any' | 'bytes'>): boolean {
    const { kind, value } = this
    const isNumber = kind === jsonTokens.integer || kind === jsonTokens.float
    if (kind === jsonTokens.string && typeof value === 'string') {
      if (type !== 'string') this.parse(value, type)
      return true
    }
    switch (type) {
      case 'string':
        if (kind < jsonTokens.integer || kind === jsonTokens.undefined || value === null) return false
        this.set(jsonTokens.string, scalarToString(value), false)
        return true
      case 'DateTime':
      case 'DateTimeOffset':
        if (kind !== jsonTokens.date) return false
        this.set(jsonTokens.date, dateAs(value, type), false)
        return true
      case 'bool':
        if (kind === jsonTokens.boolean) return true
        break
      default:
    }
    if (!isNumber || value === null) return false
    this.set(type === 'bool' ? jsonTokens.boolean : isInteger(type), changeNumber(value, type), false)
    return true
  }

  /** A text where a value of a known type was wanted. An empty one is null. */
  protected parse(text: string, type: Exclude<ReadType, 'any' | 'bytes' | 'string'>): void {
    if (text === '') return this.set(jsonTokens.null, null, false)
    const parsed = this.#parsed(text, type)
    if (parsed === undefined) {
      this.set(jsonTokens.string, text, false)
      const word = type.startsWith('Date') ? type : words[type]
      throw this.error(`Could not convert string to ${word}: ${text}.`)
    }
    this.set(
      type.startsWith('Date') ? jsonTokens.date : type === 'bool' ? jsonTokens.boolean : isInteger(type),
      parsed,
      false,
    )
  }

  #parsed(text: string, type: Exclude<ReadType, 'any' | 'bytes' | 'string'>): JsonScalar | undefined {
    switch (type) {
      case 'int': {
        const value = tryParseInteger(text, 'int')
        return typeof value === 'bigint' ? value : undefined
      }
      case 'double': {
        const value = tryParseDouble(text)
        return typeof value === 'number' ? value : undefined
      }
      case 'decimal': {
        const value = tryParseDecimal(text)
        return value instanceof Decimal ? value : undefined
      }
      case 'bool': {
        const word = text.trim().toLowerCase()
        return word === 'true' ? true : word === 'false' ? false : undefined
      }
      case 'DateTime': {
        const date = recognizeDate(text) ?? tryParseDateTime(text, now(), dateTimeStyles.roundtripKind)
        return date === undefined ? undefined : inZone(date, this.settings.dateTimeZoneHandling)
      }
      case 'DateTimeOffset':
        return recognizeOffset(text) ?? tryParseDateTimeOffset(text, now())
    }
  }

  #bytes(): void {
    const { kind, value } = this
    if (kind === jsonTokens.startObject) {
      this.readExpected()
      throw this.error('Error reading bytes. Unexpected token: StartObject.')
    }
    if (kind === jsonTokens.startArray) return this.readByteArray()
    if (kind === jsonTokens.string && typeof value === 'string')
      return this.set(jsonTokens.bytes, bytesOf(value), false)
    if (kind === jsonTokens.bytes) {
      if (value instanceof Guid) this.set(jsonTokens.bytes, value.toBytes(), false)
      return
    }
    throw this.error(`Error reading bytes. Unexpected token: ${jsonTokenNames[kind]}.`)
  }

  /** An array of numbers where bytes are wanted. */
  protected readByteArray(): void {
    const bytes: number[] = []
    for (;;) {
      this.readContent()
      const { kind, value } = this
      if (kind === jsonTokens.endArray) return this.set(jsonTokens.bytes, Uint8Array.from(bytes), false)
      if (kind === jsonTokens.none) throw this.error('Unexpected end when reading bytes.')
      if (kind !== jsonTokens.integer || value === null)
        throw this.error(`Unexpected token when reading bytes: ${jsonTokenNames[kind]}.`)
      bytes.push(convertScalar(value, types().special.byte) as number)
    }
  }
}

export const isStart = (kind: JsonTokenKind): boolean =>
  kind === jsonTokens.startObject || kind === jsonTokens.startArray || kind === jsonTokens.startConstructor

export const isEnd = (kind: JsonTokenKind): boolean =>
  kind === jsonTokens.endObject || kind === jsonTokens.endArray || kind === jsonTokens.endConstructor

const isInteger = (type: ReadType): JsonTokenKind => (type === 'int' ? jsonTokens.integer : jsonTokens.float)

function addPosition(path: string, { type, index, name }: Position): string {
  if (type === containers.none) return path
  return type === containers.object ? pathWithName(path, name) : `${path}[${index}]`
}

export function changeNumber(value: Exclude<JsonScalar, null>, type: ReadType): JsonScalar {
  switch (type) {
    case 'int':
      return BigInt(convertScalar(value, types().special.int) as number)
    case 'double':
      return convertScalar(value, types().special.double) as number
    case 'decimal':
      return convertScalar(value, types().special.decimal) as Decimal
    default:
      return typeof value === 'bigint' ? value !== 0n : (convertScalar(value, types().special.bool) as boolean)
  }
}

function dateAs(value: JsonScalar, type: 'DateTime' | 'DateTimeOffset'): JsonScalar {
  if (type === 'DateTime') return value instanceof DateTimeOffset ? value.local : value
  return value instanceof DateTime ? new DateTimeOffset(value.withKind(kinds.unspecified), TimeSpan.zero) : value
}

/** A text as bytes: Base64, or a Guid. */
export function bytesOf(text: string): Uint8Array {
  if (text === '') return new Uint8Array()
  const guid = text.length === 36 ? Guid.tryParse(text) : undefined
  return guid === undefined ? fromBase64(text) : guid.toBytes()
}

/** A date with the offset that its text tells. */
export function recognizeOffset(text: string): DateTimeOffset | undefined {
  const date = recognizeDate(text)
  if (date === undefined) return undefined
  return tryParseDateTimeOffset(text, now()) ?? new DateTimeOffset(date.withKind(kinds.unspecified), TimeSpan.zero)
}
