import { allocate } from '../run.js'
import { argumentNull } from '../values/exceptions.js'
import { type JsonReader, jsonTokens, jsonTokenNames, type ReaderSettings, isEnd } from './json-reader.js'
import { readPlainJson } from './plain-reader.js'
import { JsonTextReader } from './text-reader.js'
import { JArray, JConstructor, JContainer, JObject, JProperty, type JToken, JValue, tokenTypes } from './token.js'

/**
 * `Parse` of JToken, JObject and JArray. Of two properties with one name the last wins, at the place of the first.
 *
 * @param subject the type whose `Parse` it is, for messages
 * @throws DotNetException ArgumentNullException, or JsonReaderException with path, line and position
 */
export function parseJson(text: string | null, subject: LoadSubject = 'JToken', settings?: ReaderSettings): JToken {
  if (text === null) throw argumentNull('s')
  if (settings === undefined) {
    allocate(text.length)
    const plain = readPlainJson(text)
    if (plain !== undefined && (subject === 'JToken' || plain instanceof (subject === 'JObject' ? JObject : JArray)))
      return plain
  }
  const reader = new JsonTextReader(text, settings)
  const token = load(reader, subject)
  // Behind the value the reader takes comments only.
  while (reader.read());
  return token
}

export type LoadSubject = 'JToken' | 'JObject' | 'JArray'

/** `Load` of JToken, JObject and JArray: one value from a reader. */
export function load(reader: JsonReader, subject: LoadSubject = 'JToken'): JToken {
  if (reader.kind === jsonTokens.none && !reader.read()) throw reader.error(`Error reading ${subject} from JsonReader.`)
  if (subject !== 'JToken') {
    if (reader.kind === jsonTokens.comment) reader.readContent()
    const isObject = subject === 'JObject'
    if (reader.kind !== (isObject ? jsonTokens.startObject : jsonTokens.startArray)) {
      throw reader.error(
        `Error reading ${subject} from JsonReader. Current JsonReader item is not an ${isObject ? 'object' : 'array'}: ${jsonTokenNames[reader.kind]}.`,
      )
    }
  }
  const token = started(reader) ?? scalar(reader)
  if (token === undefined) {
    throw reader.error(`Error reading JToken from JsonReader. Unexpected token: ${jsonTokenNames[reader.kind]}.`)
  }
  token.setPlace(reader.line ?? 0, reader.linePosition)
  if (token instanceof JContainer) fill(token, reader)
  return token
}

/** The container that a token opens. */
function started(reader: JsonReader): JContainer | undefined {
  switch (reader.kind) {
    case jsonTokens.startObject:
      return new JObject()
    case jsonTokens.startArray:
      return new JArray()
    case jsonTokens.startConstructor:
      return new JConstructor(reader.value as string)
    case jsonTokens.propertyName:
      return new JProperty(reader.value as string)
    default:
      return undefined
  }
}

/** The value that a token is. */
function scalar(reader: JsonReader): JValue | undefined {
  switch (reader.kind) {
    case jsonTokens.undefined:
      return new JValue(null, tokenTypes.undefined)
    case jsonTokens.comment:
      return new JValue(reader.value, tokenTypes.comment)
    case jsonTokens.none:
    case jsonTokens.endObject:
    case jsonTokens.endArray:
    case jsonTokens.endConstructor:
      return undefined
    default:
      return new JValue(reader.value)
  }
}

function fill(container: JContainer, reader: JsonReader): void {
  const name =
    container.constructor === JObject ? 'JObject' : container instanceof JProperty ? 'JProperty' : nameOf(container)
  const { depth } = reader
  if (!reader.read()) throw reader.error(`Error reading ${name} from JsonReader.`)
  fillContent(container, reader)
  if (reader.depth > depth) throw reader.error(`Unexpected end of content while loading ${name}.`)
}

const nameOf = (container: JContainer): string => (container instanceof JConstructor ? 'JConstructor' : 'JArray')

/** Reads to the end of a container. A text that ends before it leaves the containers as far as they were read. */
function fillContent(container: JContainer, reader: JsonReader): void {
  let parent: JContainer = container
  do {
    const { kind } = reader
    if (kind === jsonTokens.comment) continue
    if (isEnd(kind)) {
      if (parent === container) return
      parent = upwards(parent)
    } else if (kind === jsonTokens.propertyName) {
      const property = new JProperty(reader.value as string)
      property.setPlace(reader.line ?? 0, reader.linePosition)
      const object = parent as JObject
      object.put(property)
      parent = property
      continue
    } else {
      const token = started(reader) ?? scalar(reader)
      if (token === undefined) continue
      token.setPlace(reader.line ?? 0, reader.linePosition)
      parent.add(token)
      if (token instanceof JContainer) {
        parent = token
        continue
      }
    }
    if (parent instanceof JProperty) {
      if (parent === container) return
      parent = upwards(parent)
    }
  } while (reader.read())
}

function upwards(container: JContainer): JContainer {
  // Everything that is filled, but for the outermost, stands in another.
  return container.parent as JContainer
}
