import { step } from '../run.js'
import { DotNetException } from '../values/exception.js'
import { JArray, JObject, type JToken, JValue } from '../json/token.js'
import { scalarToString } from '../json/text.js'
import { encodeName } from './name-text.js'
import {
  XAttribute,
  XComment,
  type XContainer,
  XDeclaration,
  XDocument,
  XElement,
  XName,
  XNamespace,
  type XObject,
  XText,
} from './nodes.js'

const jsonNamespace = 'http://james.newtonking.com/projects/json'

/** `JsonConvert.SerializeXNode`: elements become properties, attributes `@name`, text `#text`, elements of one name an array. */
export function xmlToJson(node: XObject, omitRoot: boolean): JToken {
  const result = new JObject()
  if (node instanceof XDocument) {
    if (node.declaration !== null) result.set('?xml', declarationToken(node.declaration))
    for (const child of node.nodes) addChild(result, child)
  } else if (node instanceof XElement) addChild(result, node)
  const root = node instanceof XDocument ? node.rootElement : node
  return omitRoot && root instanceof XElement ? (result.get(qualified(root.name, root)) ?? result) : result
}

function declarationToken({ version, encoding, standalone }: XDeclaration): JObject {
  const result = new JObject()
  for (const [name, value] of Object.entries({
    '@version': version,
    '@encoding': encoding,
    '@standalone': standalone,
  })) {
    if (value !== null) result.set(name, new JValue(value))
  }
  return result
}

function addChild(target: JObject, node: XObject): void {
  step()
  if (node instanceof XElement) addUnder(target, qualified(node.name, node), elementToken(node), wantsArray(node))
  else if (node instanceof XComment) addUnder(target, '#comment', new JValue(node.value), false)
  else if (node instanceof XText)
    addUnder(target, node.cdata ? '#cdata-section' : '#text', new JValue(node.value), false)
}

/** The second of a name makes an array of both. */
function addUnder(target: JObject, name: string, token: JToken, asArray: boolean): void {
  const known = target.get(name)
  if (known === undefined && !asArray) target.set(name, token)
  else if (known instanceof JArray) known.add(token)
  else {
    const array = new JArray()
    if (known !== undefined) array.add(known.clone())
    array.add(token)
    target.set(name, array)
  }
}

/** `json:Array="true"` makes an array of a single element. */
function wantsArray(element: XElement): boolean {
  return element.attribute(new XName('Array', jsonNamespace))?.value === 'true'
}

function elementToken(element: XElement): JToken {
  const attributes = element.attributes.filter(
    ({ name, value }) => name.uri !== jsonNamespace && value !== jsonNamespace,
  )
  const [only] = element.nodes
  if (attributes.length === 0 && only === undefined) return new JValue(element.isEmpty ? null : '')
  if (attributes.length === 0 && element.nodes.length === 1 && only instanceof XText && !only.cdata)
    return new JValue(only.value)
  const result = new JObject()
  for (const attribute of attributes) result.set(`@${attributeName(attribute, element)}`, new JValue(attribute.value))
  for (const node of element.nodes) addChild(result, node)
  return result
}

function attributeName({ name, isNamespaceDeclaration }: XAttribute, element: XElement): string {
  if (isNamespaceDeclaration) return name.uri === '' ? 'xmlns' : `xmlns:${name.localName}`
  return name.uri === '' ? name.localName : `${prefixOf(name.uri, element)}${name.localName}`
}

function qualified(name: XName, element: XElement): string {
  return name.uri === '' ? name.localName : `${prefixOf(name.uri, element)}${name.localName}`
}

/** The prefix that stands for a namespace at an element, with its colon. */
function prefixOf(uri: string, element: XElement): string {
  if (uri === XNamespace.xml.uri) return 'xml:'
  for (let current: XElement | null = element; current !== null; current = current.parentElement) {
    const found = current.attributes.find((attribute) => attribute.isNamespaceDeclaration && attribute.value === uri)
    if (found !== undefined) return found.name.uri === '' ? '' : `${found.name.localName}:`
  }
  return ''
}

/** `JsonConvert.DeserializeXNode`. A root name wraps what has none. @throws DotNetException JsonSerializationException */
export function jsonToXml(token: JToken, rootName: string | null): XDocument {
  const document = new XDocument()
  const content = rootName === null ? token : wrapped(rootName, token)
  if (!(content instanceof JObject)) throw noRoot()
  for (const { name, value } of content.properties) {
    if (name === '?xml' && value instanceof JObject) document.declaration = readDeclaration(value)
    else addElements(document, name, value, new Map())
  }
  if (document.elements.length !== 1) throw noRoot()
  return document
}

function wrapped(name: string, token: JToken): JObject {
  const result = new JObject()
  result.set(name, token)
  return result
}

function noRoot(): DotNetException {
  return new DotNetException(
    'Newtonsoft.Json.JsonSerializationException',
    'JSON root object has multiple properties. The root object must have a single property in order to create a valid XML document. Consider specifying a DeserializeRootElementName.',
  )
}

function readDeclaration(token: JObject): XDeclaration {
  const part = (name: string): string | null => {
    const value = token.get(name)
    return value instanceof JValue ? scalarToString(value.value) : null
  }
  return new XDeclaration(part('@version'), part('@encoding'), part('@standalone'))
}

type Prefixes = ReadonlyMap<string, string>

/** One element for a value, one for each item of an array. */
function addElements(parent: XContainer, name: string, value: JToken, prefixes: Prefixes): void {
  step()
  if (value instanceof JArray) {
    for (const item of value.children) addElements(parent, name, item, prefixes)
    return
  }
  const scope = value instanceof JObject ? declaredIn(value, prefixes) : prefixes
  const element = new XElement(resolve(name, scope, true))
  if (value instanceof JObject) fill(element, value, scope)
  else if (value instanceof JValue && value.value !== null) element.setText(scalarXml(value))
  parent.insertNode(element)
}

function declaredIn(object: JObject, outer: Prefixes): Prefixes {
  const result = new Map(outer)
  for (const { name, value } of object.properties) {
    const match = /^@xmlns(?::(.+))?$/.exec(name)
    if (match !== null && value instanceof JValue) result.set(match[1] ?? '', scalarToString(value.value))
  }
  return result
}

function fill(element: XElement, object: JObject, prefixes: Prefixes): void {
  for (const { name, value } of object.properties) {
    if (name.startsWith('@') && value instanceof JValue)
      element.addAttribute(new XAttribute(attributeXName(name.slice(1), prefixes), scalarXml(value)))
    else if (name === '#text' && value instanceof JValue) element.insertNode(new XText(scalarXml(value)))
    else if (name === '#cdata-section' && value instanceof JValue) element.insertNode(new XText(scalarXml(value), true))
    else if (name !== '#comment') addElements(element, name, value, prefixes)
  }
}

function attributeXName(name: string, prefixes: Prefixes): XName {
  if (name === 'xmlns') return new XName('xmlns')
  return name.startsWith('xmlns:') ? new XName(name.slice(6), XNamespace.xmlns.uri) : resolve(name, prefixes, false)
}

/** A name with a prefix; one that JSON allows and XML does not is encoded. */
function resolve(name: string, prefixes: Prefixes, isElement: boolean): XName {
  const colon = name.indexOf(':')
  const prefix = colon < 0 ? '' : name.slice(0, colon)
  return new XName(encodeName(name.slice(colon + 1)), prefix === '' && !isElement ? '' : (prefixes.get(prefix) ?? ''))
}

/** Truth values are small in XML. */
function scalarXml({ value }: JValue): string {
  return typeof value === 'boolean' ? String(value) : scalarToString(value)
}
