import { currentRuntime } from '../run.js'
import type { Type } from '@apim-kit/policy-dsl/expression'
import { elementsOf } from '../compile/walk.js'
import { types } from '../types.js'
import { Sequence, type ClrArray } from '../values/collections.js'
import { DotNetException } from '../values/exception.js'
import { argumentNull, invalidOperation } from '../values/exceptions.js'
import type { Guid } from '../values/guid.js'
import { hashCode } from '../values/hash.js'
import { TextReader, type TextWriter } from '../values/text-io.js'
import type { ClrValue } from '../values/value.js'
import { addXmlContent, duration, fromXml, parseDuration, parseFlag, xmlText } from '../xml/convert.js'
import {
  NameError,
  XAttribute,
  XComment,
  XContainer,
  XDeclaration,
  XDocument,
  XElement,
  XName,
  XNamespace,
  XNode,
  XObject,
  XProcessingInstruction,
  XText,
} from '../xml/nodes.js'
import { parseDocument, parseElement } from '../xml/parse.js'
import { XmlReader } from '../xml/reader.js'
import { writeAttribute, writeXml } from '../xml/write.js'
import { formatDecimal, formatDouble } from '../text/number-format.js'
import { bound, membersOf, type MemberTable, type TypeMembers } from './members.js'
import { encodeName } from '../xml/name-text.js'

const space = 'System.Xml.Linq'
const typeOf = (name: string): Type => types().named(`${space}.${name}`)

/** A lazy sequence of nodes. */
function sequence(type: 'XElement' | 'XNode' | 'XAttribute', walk: () => Iterable<XObject>): Sequence {
  return new Sequence(typeOf(type), () => walk()[Symbol.iterator]())
}

const elements = (walk: () => Iterable<XElement>, name?: XName | null): Sequence =>
  sequence('XElement', () => (name === undefined ? walk() : named(walk(), name)))

function* named(items: Iterable<XElement>, name: XName | null): Generator<XElement> {
  for (const item of items) if (item.name.equals(name)) yield item
}

function nameOf(name: XName | null): XName {
  if (name === null) throw argumentNull('name')
  return name
}

function parseName(text: string | null): XName {
  try {
    return XName.parse(text)
  } catch (error) {
    if (!(error instanceof NameError)) throw error
    throw new DotNetException(
      'System.Xml.XmlException',
      `The '${error.wrongName.charAt(0)}' character, hexadecimal value 0x${(error.wrongName.codePointAt(0) ?? 0).toString(16).toUpperCase()}, cannot be included in a name.`,
    )
  }
}

const sameName = (a: XName | null, b: XName | null): boolean => (a === null ? b === null : a.equals(b))
const sameNamespace = (a: XNamespace | null, b: XNamespace | null): boolean => a?.uri === b?.uri

const names: readonly TypeMembers[] = [
  membersOf(`${space}.XName`, () => ({
    LocalName: (self: XName) => self.localName,
    Namespace: (self: XName) => new XNamespace(self.uri),
    NamespaceName: (self: XName) => self.uri,
    'Get(string)': parseName,
    'Get(string,string)': (local: string | null, uri: string | null) =>
      new XName(parseName(local).localName, uri ?? ''),
    ToString: (self: XName) => self.clrText(),
    Equals: (self: XName, other: ClrValue) => other instanceof XName && self.equals(other),
    GetHashCode: (self: XName) => hashCode(self.clrText()),
    op_Implicit: (text: string | null) => (text === null ? null : parseName(text)),
    op_Equality: sameName,
    op_Inequality: (a: XName | null, b: XName | null) => !sameName(a, b),
  })),
  membersOf(`${space}.XNamespace`, () => ({
    None: () => XNamespace.none,
    Xml: () => XNamespace.xml,
    Xmlns: () => XNamespace.xmlns,
    NamespaceName: (self: XNamespace) => self.uri,
    Get: (uri: string | null) => namespaceOf(uri),
    GetName: (self: XNamespace, local: string | null) => new XName(parseName(local).localName, self.uri),
    ToString: (self: XNamespace) => self.uri,
    Equals: (self: XNamespace, other: ClrValue) => other instanceof XNamespace && self.uri === other.uri,
    GetHashCode: (self: XNamespace) => hashCode(self.uri),
    op_Implicit: (uri: string | null) => (uri === null ? null : namespaceOf(uri)),
    op_Addition: (self: XNamespace | null, local: string | null) =>
      new XName(parseName(local).localName, self?.uri ?? ''),
    op_Equality: sameNamespace,
    op_Inequality: (a: XNamespace | null, b: XNamespace | null) => !sameNamespace(a, b),
  })),
]

function namespaceOf(uri: string | null): XNamespace {
  if (uri === null) throw argumentNull('namespaceName')
  return new XNamespace(uri)
}

const attribute = (): MemberTable => ({
  '.ctor(XName,object)': (name: XName | null, value: ClrValue) => {
    if (value === null) throw argumentNull('value')
    return new XAttribute(nameOf(name), xmlText(value))
  },
  '.ctor(XAttribute)': (other: XAttribute) => other.clone(),
  Name: (self: XAttribute) => self.name,
  Value: (self: XAttribute) => self.value,
  'Value=': (self: XAttribute, value: string) => {
    self.value = value
  },
  IsNamespaceDeclaration: (self: XAttribute) => self.isNamespaceDeclaration,
  NextAttribute: (self: XAttribute) => attributeBeside(self, 1),
  PreviousAttribute: (self: XAttribute) => attributeBeside(self, -1),
  Remove: (self: XAttribute) => {
    if (self.parentElement === null) throw invalidOperation('The parent is missing.')
    self.parentElement.removeAttribute(self)
  },
  SetValue: (self: XAttribute, value: ClrValue) => {
    self.value = xmlText(value)
  },
  ToString: writeAttribute,
  op_Explicit: bound(
    ({ member: { type } }) =>
      (self: XAttribute | null) =>
        fromXml(self, type),
  ),
})

function attributeBeside(self: XAttribute, distance: 1 | -1): XAttribute | null {
  const all = self.parentElement?.attributes ?? []
  return all[all.indexOf(self) + distance] ?? null
}

const object = (): MemberTable => ({
  BaseUri: () => '',
  Document: (self: XObject) => self.document,
  Parent: (self: XObject) => self.parentElement,
  NodeType: (self: XObject) => self.nodeType,
})

/** Puts content beside a node. */
function addBeside(self: XNode, content: ClrValue, offset: 0 | 1): void {
  if (self.parent === null) throw invalidOperation('The parent is missing.')
  addXmlContent(self.parent, content, self.index + offset)
}

function replaceWith(self: XNode, content: ClrValue): void {
  const { parent, index } = self
  if (parent === null) throw invalidOperation('The parent is missing.')
  parent.removeNode(self)
  addXmlContent(parent, content, index)
}

function* ancestors(self: XNode): Generator<XElement> {
  for (let node = self.parentElement; node !== null; node = node.parentElement) yield node
}

function siblings(self: XNode, after: boolean): XNode[] {
  const all = self.parent?.nodes ?? []
  return after ? all.slice(self.index + 1) : all.slice(0, self.index)
}

function* onlyElements(nodes: Iterable<XNode>): Generator<XElement> {
  for (const node of nodes) if (node instanceof XElement) yield node
}

const node = (): MemberTable => ({
  ReadFrom: (from: XmlReader | null) => {
    if (from === null) throw argumentNull('reader')
    return from.readNode()
  },
  NextNode: (self: XNode) => self.sibling(1),
  PreviousNode: (self: XNode) => self.sibling(-1),
  AddAfterSelf: (self: XNode, content: ClrValue) => addBeside(self, content, 1),
  AddBeforeSelf: (self: XNode, content: ClrValue) => addBeside(self, content, 0),
  Ancestors: (self: XNode, name?: XName | null) => elements(() => ancestors(self), name),
  ElementsAfterSelf: (self: XNode) => elements(() => onlyElements(siblings(self, true))),
  ElementsBeforeSelf: (self: XNode) => elements(() => onlyElements(siblings(self, false))),
  NodesAfterSelf: (self: XNode) => sequence('XNode', () => siblings(self, true)),
  NodesBeforeSelf: (self: XNode) => sequence('XNode', () => siblings(self, false)),
  DeepEquals: (a: XNode | null, b: XNode | null) =>
    a === null || b === null ? a === b : writeXml(a, false) === writeXml(b, false),
  Remove: (self: XNode) => self.remove(),
  ReplaceWith: replaceWith,
  'ToString()': (self: XNode) => writeXml(self),
  'ToString(SaveOptions)': (self: XNode, options: number) => writeXml(self, (options & 1) === 0),
})

const container = (): MemberTable => ({
  FirstNode: (self: XContainer) => self.nodes[0] ?? null,
  LastNode: (self: XContainer) => self.nodes.at(-1) ?? null,
  Add: (self: XContainer, content: ClrValue) => addXmlContent(self, content),
  AddFirst: (self: XContainer, content: ClrValue) => addXmlContent(self, content, 0),
  DescendantNodes: (self: XContainer) => sequence('XNode', () => self.walkedDescendants()),
  Descendants: (self: XContainer, name?: XName | null) => elements(() => onlyElements(self.walkedDescendants()), name),
  Element: (self: XContainer, name: XName | null) => self.elements.find((child) => child.name.equals(name)) ?? null,
  Elements: (self: XContainer, name?: XName | null) => elements(() => onlyElements(self.walkedNodes()), name),
  Nodes: (self: XContainer) => sequence('XNode', () => self.walkedNodes()),
  RemoveNodes: (self: XContainer) => self.removeNodes(),
  ReplaceNodes: (self: XContainer, content: ClrValue) => {
    self.removeNodes()
    addXmlContent(self, content)
  },
})

function newElement(name: XName | null, content: ClrValue = null): XElement {
  const result = new XElement(nameOf(name))
  addXmlContent(result, content)
  return result
}

function setAttribute(self: XElement, name: XName | null, value: ClrValue): void {
  const known = self.attribute(nameOf(name))
  if (value === null) {
    if (known !== undefined) self.removeAttribute(known)
  } else if (known === undefined) self.addAttribute(new XAttribute(nameOf(name), xmlText(value)))
  else known.value = xmlText(value)
}

function setElement(self: XElement, name: XName | null, value: ClrValue): void {
  const known = self.elements.find((child) => child.name.equals(name))
  if (value === null) known?.remove()
  else if (known === undefined) self.insertNode(newElement(name, xmlText(value)))
  else known.setText(xmlText(value))
}

/** What a prefix stands for at an element, or what stands for a namespace. */
function* declarations(self: XElement): Generator<[prefix: string, uri: string]> {
  for (let element: XElement | null = self; element !== null; element = element.parentElement) {
    for (const { name, value, isNamespaceDeclaration } of element.attributes) {
      if (isNamespaceDeclaration) yield [name.uri === '' ? '' : name.localName, value]
    }
  }
}

function removeAttributes(self: XElement): void {
  for (const own of Array.from(self.attributes)) self.removeAttribute(own)
}

const element = (): MemberTable => ({
  '.ctor(XElement)': (other: XElement) => other.clone(),
  '.ctor': newElement,
  Parse: (text: string | null, options = 0) => parseElement(text, (options & 1) === 1),
  Load: (reader: TextReader) => parseElement(reader.readToEnd()),
  FirstAttribute: (self: XElement) => self.attributes[0] ?? null,
  LastAttribute: (self: XElement) => self.attributes.at(-1) ?? null,
  HasAttributes: (self: XElement) => self.attributes.length > 0,
  HasElements: (self: XElement) => self.elements.length > 0,
  IsEmpty: (self: XElement) => self.isEmpty,
  Name: (self: XElement) => self.name,
  'Name=': (self: XElement, name: XName | null) => {
    self.name = nameOf(name)
  },
  Value: (self: XElement) => self.text,
  'Value=': (self: XElement, text: string | null) => {
    if (text === null) throw argumentNull('value')
    self.setText(text)
  },
  AncestorsAndSelf: (self: XElement) => elements(() => [self, ...ancestors(self)]),
  Attribute: (self: XElement, name: XName | null) => self.attribute(nameOf(name)) ?? null,
  Attributes: (self: XElement, name?: XName | null) =>
    sequence('XAttribute', () => self.attributes.filter((own) => name === undefined || own.name.equals(name))),
  DescendantNodesAndSelf: (self: XElement) => sequence('XNode', () => [self, ...self.descendantNodes()]),
  DescendantsAndSelf: (self: XElement, name?: XName | null) => elements(() => [self, ...self.descendants()], name),
  GetDefaultNamespace: (self: XElement) =>
    new XNamespace([...declarations(self)].find(([prefix]) => prefix === '')?.[1] ?? ''),
  GetNamespaceOfPrefix: (self: XElement, prefix: string) => {
    const found = [...declarations(self)].find(([own]) => own === prefix)
    return found === undefined ? null : new XNamespace(found[1])
  },
  GetPrefixOfNamespace: (self: XElement, uri: XNamespace) =>
    [...declarations(self)].find(([prefix, own]) => own === uri.uri && prefix !== '')?.[0] ?? null,
  RemoveAll: (self: XElement) => {
    removeAttributes(self)
    self.removeNodes()
  },
  RemoveAttributes: removeAttributes,
  ReplaceAll: (self: XElement, content: ClrArray | null) => {
    removeAttributes(self)
    self.removeNodes()
    addXmlContent(self, content)
  },
  ReplaceAttributes: (self: XElement, content: ClrArray | null) => {
    removeAttributes(self)
    addXmlContent(self, content)
  },
  SetAttributeValue: setAttribute,
  SetElementValue: setElement,
  SetValue: (self: XElement, value: ClrValue) => {
    if (value === null) throw argumentNull('value')
    self.setText(xmlText(value))
  },
  op_Explicit: bound(
    ({ member: { type } }) =>
      (self: XElement | null) =>
        fromXml(self, type),
  ),
})

function newDocument(content: ClrValue, declaration: XDeclaration | null = null): XDocument {
  const result = new XDocument()
  result.declaration = declaration
  addXmlContent(result, content)
  return result
}

/** The text that a reader of either kind gives. */
function load(reader: TextReader | XmlReader): XDocument {
  return parseDocument(reader instanceof TextReader ? reader.readToEnd() : reader.text)
}

const document = (): MemberTable => ({
  '.ctor()': () => new XDocument(),
  '.ctor(object[])': (content: ClrArray | null) => newDocument(content),
  '.ctor(XDeclaration,object[])': (declaration: XDeclaration | null, content: ClrArray | null) =>
    newDocument(content, declaration),
  '.ctor(XDocument)': (other: XDocument) => other.clone(),
  Parse: (text: string | null, options = 0) => parseDocument(text, (options & 1) === 1),
  Load: load,
  Declaration: (self: XDocument) => self.declaration,
  'Declaration=': (self: XDocument, declaration: XDeclaration | null) => {
    self.declaration = declaration
  },
  DocumentType: () => null,
  Root: (self: XDocument) => self.rootElement,
  Save: (self: XDocument, writer: TextWriter, options = 0) => {
    const indented = (options & 1) === 0
    // A writer of strings is UTF-16, and says so.
    const declaration = new XDeclaration(
      self.declaration?.version ?? '1.0',
      'utf-16',
      self.declaration?.standalone ?? null,
    )
    writer.write(`${declaration.clrText()}${indented ? '\n' : ''}${writeXml(self, indented)}`)
  },
})

/** A property that is a text of its own. */
function textProperty<K extends string>(name: string, key: K): MemberTable {
  return {
    [name]: (self: Record<K, string | null>) => self[key],
    [`${name}=`]: (self: Record<K, string | null>, value: string | null) => {
      self[key] = value
    },
  }
}

function* eachNode(source: ClrValue, more: (node: XObject) => Iterable<XObject>): Generator<XObject> {
  if (source === null) throw argumentNull('source')
  for (const item of elementsOf(source) as Iterable<ClrValue>) if (item instanceof XObject) yield* more(item)
}

const elementsBelow = (
  source: ClrValue,
  more: (own: XContainer) => Iterable<XElement>,
  name?: XName | null,
): Sequence =>
  sequence('XElement', () =>
    eachNode(source, (own) =>
      own instanceof XContainer ? (name === undefined ? more(own) : named(more(own), name)) : [],
    ),
  )

const extensions = (): MemberTable => ({
  Ancestors: (source: ClrValue) =>
    sequence('XElement', () => eachNode(source, (own) => (own instanceof XNode ? ancestors(own) : []))),
  Attributes: (source: ClrValue, name?: XName | null) =>
    sequence('XAttribute', () =>
      eachNode(source, (own) =>
        own instanceof XElement ? own.attributes.filter((item) => name === undefined || item.name.equals(name)) : [],
      ),
    ),
  Descendants: (source: ClrValue, name?: XName | null) =>
    elementsBelow(source, (own) => onlyElements(own.walkedDescendants()), name),
  Elements: (source: ClrValue, name?: XName | null) =>
    elementsBelow(source, (own) => onlyElements(own.walkedNodes()), name),
  Nodes: (source: ClrValue) =>
    sequence('XNode', () => eachNode(source, (own) => (own instanceof XContainer ? own.nodes : []))),
  Remove: (source: ClrValue) => {
    for (const own of Array.from(eachNode(source, (item) => [item]))) {
      if (own instanceof XNode) own.remove()
      else if (own instanceof XAttribute) own.parentElement?.removeAttribute(own)
    }
  },
})

const reader = (): MemberTable => ({
  Create: (input: TextReader) => new XmlReader(input.readToEnd()),
  NodeType: (self: XmlReader) => self.nodeType,
  Name: (self: XmlReader) => self.name,
  LocalName: (self: XmlReader) => self.localName,
  NamespaceURI: (self: XmlReader) => self.namespaceUri,
  Value: (self: XmlReader) => self.value,
  Depth: (self: XmlReader) => self.depth,
  EOF: (self: XmlReader) => self.eof,
  IsEmptyElement: (self: XmlReader) => self.isEmptyElement,
  HasAttributes: (self: XmlReader) => self.attributes.length > 0,
  AttributeCount: (self: XmlReader) => self.attributes.length,
  Read: (self: XmlReader) => self.read(),
  ReadToFollowing: (self: XmlReader, name: string) => self.readToFollowing(name),
  ReadToDescendant: (self: XmlReader, name: string) => self.readToDescendant(name),
  MoveToNextAttribute: (self: XmlReader) => self.moveToNextAttribute(),
  MoveToContent: (self: XmlReader) => self.moveToContent(),
  GetAttribute: (self: XmlReader, name: string) => self.getAttribute(name),
  ReadInnerXml: (self: XmlReader) => self.readInnerXml(),
  ReadOuterXml: (self: XmlReader) => self.readOuterXml(),
  ReadElementContentAsString: (self: XmlReader) => self.readContent(),
  ReadString: (self: XmlReader) => self.readString(),
  Dispose: () => undefined,
})

const xmlConvert = (): MemberTable => ({
  'ToString(bool)': (value: boolean) => String(value),
  'ToString(double)': (value: number) => formatDouble(value, 'R', currentRuntime()),
  'ToString(decimal)': (value: never) => formatDecimal(value, null),
  'ToString(TimeSpan)': duration,
  // Numbers come as they are, not boxed; a Guid writes itself.
  ToString: (value: number | bigint | Guid) => value.toString(),
  ToBoolean: (text: string | null) => parseFlag(text ?? ''),
  ToInt32: (text: string | null) => Number.parseInt(text ?? '', 10),
  ToTimeSpan: (text: string | null) => parseDuration(text ?? ''),
  EncodeName: (name: string | null) => (name === null ? null : encodeName(name)),
  DecodeName: (name: string | null) =>
    name === null
      ? null
      : name.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
})

export const xmlMembers: readonly TypeMembers[] = [
  ...names,
  membersOf(`${space}.XObject`, object),
  membersOf(`${space}.XAttribute`, attribute),
  membersOf(`${space}.XNode`, node),
  membersOf(`${space}.XContainer`, container),
  membersOf(`${space}.XElement`, element),
  membersOf(`${space}.XDocument`, document),
  membersOf(`${space}.XDeclaration`, () => ({
    '.ctor': (version: string | null, encoding: string | null, standalone: string | null) =>
      new XDeclaration(version, encoding, standalone),
    ...textProperty('Version', 'version'),
    ...textProperty('Encoding', 'encoding'),
    ...textProperty('Standalone', 'standalone'),
    ToString: (self: XDeclaration) => self.clrText(),
  })),
  membersOf(`${space}.XText`, () => ({
    '.ctor(string)': (text: string) => new XText(text),
    '.ctor(XText)': (other: XText) => other.clone(),
    ...textProperty('Value', 'value'),
  })),
  membersOf(`${space}.XCData`, () => ({
    '.ctor(string)': (text: string) => new XText(text, true),
    '.ctor(XCData)': (other: XText) => other.clone(),
  })),
  membersOf(`${space}.XComment`, () => ({
    '.ctor(string)': (text: string) => new XComment(text),
    '.ctor(XComment)': (other: XComment) => other.clone(),
    ...textProperty('Value', 'value'),
  })),
  membersOf(`${space}.XProcessingInstruction`, () => ({
    '.ctor': (target: string, data: string) => new XProcessingInstruction(target, data),
    ...textProperty('Data', 'data'),
    ...textProperty('Target', 'target'),
  })),
  membersOf(`${space}.Extensions`, extensions),
  membersOf('System.Xml.XmlReader', reader),
  membersOf('System.Xml.XmlReaderSettings', () => ({ '.ctor': () => ({}) })),
  membersOf('System.Xml.XmlConvert', xmlConvert),
]
