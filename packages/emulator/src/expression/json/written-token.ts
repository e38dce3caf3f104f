import { argumentException } from '../values/exceptions.js'
import { DateTime } from '../values/time.js'
import { isEnd, isStart, type JsonReader, jsonTokens, jsonTokenNames } from './json-reader.js'
import { JTokenReader } from './token-reader.js'
import { JArray, JConstructor, type JContainer, JObject, JProperty, type JToken, JValue, tokenTypes } from './token.js'

/**
 * The value that a reader stands on as a tree, as Newtonsoft's `JTokenWriter` writes it: what deserializing makes where a token is
 * asked for. Of two properties with one name the last wins, at its own place. A text that ends too early leaves what was written.
 */
export function writtenToken(reader: JsonReader): JToken {
  if (reader instanceof JTokenReader) {
    const token = reader.takeToken()
    if (token !== null) return token.clone()
  }
  const writer = new TokenWriter()
  copy(reader, writer, true)
  return writer.result
}

/** The object whose first property a reader stands on. Comments are left out. */
export function objectToken(reader: JsonReader): JToken {
  const writer = new TokenWriter()
  writer.open(new JObject())
  do {
    if (reader.kind === jsonTokens.propertyName) {
      const name = reader.value as string
      if (!reader.readContent()) break
      writer.open(new JProperty(name))
      copy(reader, writer, false)
    } else if (reader.kind !== jsonTokens.comment) return writer.result
  } while (reader.read())
  throw reader.serializationError('Unexpected end when deserializing object.')
}

function copy(reader: JsonReader, writer: TokenWriter, comments: boolean): void {
  const first = reader.depth + (isStart(reader.kind) ? 0 : 1)
  do {
    if (reader.kind === jsonTokens.startConstructor && reader.value === 'Date') writer.add(new JValue(dateOf(reader)))
    else if (comments || reader.kind !== jsonTokens.comment) write(reader, writer)
  } while (first - 1 < reader.depth - (isEnd(reader.kind) ? 1 : 0) && reader.read())
}

function write(reader: JsonReader, writer: TokenWriter): void {
  const { kind, value } = reader
  switch (kind) {
    case jsonTokens.none:
      break
    case jsonTokens.startObject:
      writer.open(new JObject())
      break
    case jsonTokens.startArray:
      writer.open(new JArray())
      break
    case jsonTokens.startConstructor:
      writer.open(new JConstructor(value as string))
      break
    case jsonTokens.propertyName:
      writer.open(new JProperty(value as string))
      break
    case jsonTokens.endObject:
    case jsonTokens.endArray:
    case jsonTokens.endConstructor:
      writer.close()
      break
    case jsonTokens.comment:
      writer.add(new JValue(value, tokenTypes.comment))
      break
    case jsonTokens.raw:
      writer.add(new JValue(value, tokenTypes.raw))
      break
    default:
      writer.add(new JValue(value))
  }
}

/** `new Date(1234)`: milliseconds since 1970. */
function dateOf(reader: JsonReader): DateTime {
  if (!reader.read()) throw reader.serializationError('Unexpected end when reading date constructor.')
  const { value, kind } = reader
  if (kind !== jsonTokens.integer)
    throw wrongDate(reader, 'Unexpected token when reading date constructor. Expected Integer, got ')
  if (!reader.read()) throw reader.serializationError('Unexpected end when reading date constructor.')
  if (reader.kind !== jsonTokens.endConstructor)
    throw wrongDate(reader, 'Unexpected token when reading date constructor. Expected EndConstructor, got ')
  return DateTime.ofUnixMilliseconds(Number(value))
}

const wrongDate = (reader: JsonReader, message: string): Error =>
  reader.serializationError(message + jsonTokenNames[reader.kind])

class TokenWriter {
  #parent: JContainer | null = null
  #result: JToken | null = null

  get result(): JToken {
    return this.#result ?? new JValue(null)
  }

  open(container: JContainer): void {
    if (this.#parent === null) this.#result = container
    else if (container instanceof JProperty && this.#parent instanceof JObject) {
      this.#parent.removeProperty(container.name)
      this.#parent.addProperty(container)
    } else this.#parent.add(container)
    this.#parent = container
  }

  close(): void {
    this.#parent = this.#parent?.parent ?? null
    if (this.#parent instanceof JProperty) this.#parent = this.#parent.parent
  }

  add(value: JValue): void {
    if (this.#parent === null) this.#result = value
    else if (this.#parent instanceof JObject)
      throw argumentException('Can not add Newtonsoft.Json.Linq.JValue to Newtonsoft.Json.Linq.JObject.')
    else this.#parent.add(value)
    if (this.#parent instanceof JProperty) this.#parent = this.#parent.parent
  }
}
