import type { Type } from '@apim-kit/policy-dsl/expression'
import { parseJson } from '../json/load.js'
import { notSupported } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import { parseDocument, parseElement } from '../xml/parse.js'
import type { MessageBody } from './body.js'

/** `Body.As<T>()`: the readers of the types that the documentation lists. */
const readers: Readonly<Record<string, (text: string) => ClrValue>> = {
  'System.String': (text) => text,
  'Newtonsoft.Json.Linq.JToken': (text) => parseJson(text, 'JToken'),
  'Newtonsoft.Json.Linq.JObject': (text) => parseJson(text, 'JObject'),
  'Newtonsoft.Json.Linq.JArray': (text) => parseJson(text, 'JArray'),
  'System.Xml.Linq.XNode': (text) => parseElement(text),
  'System.Xml.Linq.XElement': (text) => parseElement(text),
  'System.Xml.Linq.XDocument': (text) => parseDocument(text),
}

/** Reads a body as a T. @throws DotNetException when the body is used up, T is not on the list, or the text does not parse */
export function bodyAs(body: MessageBody, type: Type | undefined, preserveContent: boolean): ClrValue {
  if (type?.kind === 'array' && type.element.id === 'System.Byte') return Uint8Array.from(body.read(preserveContent))
  const read = type === undefined ? undefined : readers[type.id]
  if (read === undefined) throw notSupported(`The message body cannot be read as ${type?.id ?? 'that type'}.`)
  const bytes = body.read(preserveContent)
  // A byte order mark is no part of the text.
  return read(
    Buffer.from(bytes)
      .toString('utf8')
      .replace(/^\ufeff/, ''),
  )
}
