import { reflectionName } from '@apim-kit/policy-dsl/expression'
import { types, typeOf } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { Sequence } from '../values/collections.js'
import { argumentException, argumentNull, argumentOutOfRange, invalidOperation } from '../values/exceptions.js'
import { DotNetException } from '../values/exception.js'
import type { TextReader, TextWriter } from '../values/text-io.js'
import type { ClrValue } from '../values/value.js'
import { Walker } from '../values/walker.js'
import { elementFrom, nameFrom, nodeTypeOf, XmlDocument, XmlNamespaces, type XmlNode, XmlNodes } from '../xml/dom.js'
import {
  XAttribute,
  XComment,
  XContainer,
  XDeclaration,
  XElement,
  XName,
  XNode,
  XProcessingInstruction,
  XText,
  type XObject,
} from '../xml/nodes.js'
import { parseElement } from '../xml/parse.js'
import { writeXml } from '../xml/write.js'
import { evaluateXPath, selectNodes } from '../xml/xpath/evaluate.js'
import { membersOf, type MemberTable, type TypeMembers } from './members.js'

const space = 'System.Xml'

function select(self: XmlNode, path: string | null, namespaces: XmlNamespaces | null = null): XmlNode[] {
  const nodes = selectNodes(self.own, path ?? '', (prefix) => namespaces?.uriOf(prefix))
  return nodes.map((node) => self.maker.view(node))
}

/** What was selected stays as it was; lists of children and elements are looked up anew. */
function selected(self: XmlNode, path: string | null, namespaces: XmlNamespaces | null = null): XmlNodes {
  const nodes = select(self, path, namespaces)
  return new XmlNodes(`${space}.XmlNodeList`, () => nodes, self)
}

function elementsNamed(self: XmlNode, fits: (node: XmlNode) => boolean): XmlNodes {
  const read = (): XmlNode[] =>
    self.own instanceof XContainer
      ? [...self.own.descendants()].map((element) => self.maker.view(element)).filter(fits)
      : []
  return new XmlNodes(`${space}.XmlNodeList`, read, self)
}

const byName = (self: XmlNode, name: string): XmlNodes =>
  elementsNamed(self, (node) => name === '*' || node.name === name)

const byUri = (self: XmlNode, local: string, uri: string): XmlNodes =>
  elementsNamed(self, ({ own }) => {
    const { name } = own as XElement
    return (local === '*' || name.localName === local) && (uri === '*' || name.uri === uri)
  })

const beside = (self: XmlNode, distance: 1 | -1): XmlNode | null =>
  self.own instanceof XNode ? self.maker.viewOrNull(self.own.sibling(distance)) : null

const nameParts = ({ own, name }: XmlNode): { local: string; uri: string; prefix: string } =>
  own instanceof XElement || own instanceof XAttribute
    ? {
        local: own.name.localName,
        uri: own.name.uri,
        prefix: name.includes(':') ? name.slice(0, name.indexOf(':')) : '',
      }
    : { local: name, uri: '', prefix: '' }

/** Elements and documents have no value of their own. */
function valueOf({ own }: XmlNode): string | null {
  if (own instanceof XAttribute || own instanceof XText || own instanceof XComment) return own.value
  return own instanceof XProcessingInstruction ? own.data : null
}

function setInnerXml(self: XmlNode, text: string): void {
  if (!(self.own instanceof XElement)) throw invalidOperation('Cannot set a value on this node type.')
  const fragment = parseElement(`<x>${text}</x>`)
  self.own.removeNodes()
  self.own.selfClosing = text === ''
  for (const node of fragment.nodes.splice(0)) {
    node.parent = null
    self.own.insertNode(node)
  }
}

function insertBeside(self: XmlNode, child: XmlNode, reference: XmlNode | null, after: boolean): XmlNode {
  if (reference === null) return self.insert(child, after ? 0 : undefined)
  if (!(reference.own instanceof XNode) || reference.own.parent !== self.own)
    throw argumentException('The reference node is not a child of this node.')
  return child === reference ? child : self.insert(child, reference.own.index + (after ? 1 : 0))
}

function removeAttributes({ own }: XmlNode): void {
  if (own instanceof XElement) for (const attribute of Array.from(own.attributes)) own.removeAttribute(attribute)
}

function copyOf(node: XmlNode, deep: boolean): XObject {
  const { own } = node
  if (own instanceof XAttribute) return own.clone()
  const copy = (own as XNode).clone()
  if (!deep && copy instanceof XElement && !copy.isEmpty) {
    copy.removeNodes()
    copy.selfClosing = false
  }
  return copy
}

/** A copy of a document is one that makes nodes of its own. */
function clone(self: XmlNode, deep: boolean): XmlNode {
  if (!(self instanceof XmlDocument)) return self.maker.view(copyOf(self, deep))
  return new XmlDocument(deep ? self.own.clone() : undefined)
}

const node = (): MemberTable => ({
  Attributes: (self: XmlNode) =>
    self.own instanceof XElement ? new XmlNodes(`${space}.XmlAttributeCollection`, () => self.attributes, self) : null,
  ChildNodes: (self: XmlNode) => new XmlNodes(`${space}.XmlNodeList`, () => self.children, self),
  FirstChild: (self: XmlNode) => self.children[0] ?? null,
  LastChild: (self: XmlNode) => self.children.at(-1) ?? null,
  NextSibling: (self: XmlNode) => beside(self, 1),
  PreviousSibling: (self: XmlNode) => beside(self, -1),
  ParentNode: (self: XmlNode) => (self.own instanceof XAttribute ? null : self.maker.viewOrNull(self.own.parent)),
  OwnerDocument: (self: XmlNode) => self.document,
  HasChildNodes: (self: XmlNode) => self.children.length > 0,
  InnerText: (self: XmlNode) => self.innerText,
  'InnerText=': (self: XmlNode, text: string | null) => self.setText(text ?? ''),
  InnerXml: (self: XmlNode) => self.innerXml,
  'InnerXml=': (self: XmlNode, text: string | null) =>
    self instanceof XmlDocument ? self.load(text) : setInnerXml(self, text ?? ''),
  OuterXml: (self: XmlNode) => self.outerXml,
  LocalName: (self: XmlNode) => nameParts(self).local,
  Name: (self: XmlNode) => self.name,
  NamespaceURI: (self: XmlNode) => nameParts(self).uri,
  Prefix: (self: XmlNode) => nameParts(self).prefix,
  NodeType: nodeTypeOf,
  Value: valueOf,
  'Value=': (self: XmlNode, text: string | null) => {
    if (self.own instanceof XContainer) {
      const kind = self.own instanceof XElement ? 'Element' : 'Document'
      throw invalidOperation(`Cannot set a value on node type '${kind}'.`)
    }
    self.setText(text ?? '')
  },
  Item: (self: XmlNode, name: string) =>
    self.children.find((child) => child.own instanceof XElement && child.name === name) ?? null,
  AppendChild: (self: XmlNode, child: XmlNode | null) => self.insert(child),
  PrependChild: (self: XmlNode, child: XmlNode | null) => self.insert(child, 0),
  InsertBefore: (self: XmlNode, child: XmlNode, reference: XmlNode | null) =>
    insertBeside(self, child, reference, false),
  InsertAfter: (self: XmlNode, child: XmlNode, reference: XmlNode | null) => insertBeside(self, child, reference, true),
  RemoveChild: (self: XmlNode, child: XmlNode | null) => self.removeChild(child),
  ReplaceChild: (self: XmlNode, child: XmlNode, old: XmlNode) => {
    insertBeside(self, child, old, false)
    return self.removeChild(old)
  },
  CloneNode: clone,
  Clone: (self: XmlNode) => clone(self, true),
  RemoveAll: (self: XmlNode) => {
    removeAttributes(self)
    if (self.own instanceof XContainer) self.own.removeNodes()
    if (self.own instanceof XElement) self.own.selfClosing = false
  },
  SelectNodes: selected,
  SelectSingleNode: (self: XmlNode, path: string | null, namespaces?: XmlNamespaces | null) =>
    select(self, path, namespaces)[0] ?? null,
  GetEnumerator: (self: XmlNode) => new Walker(self),
})

const documentMembers = (): MemberTable => ({
  '.ctor': () => new XmlDocument(),
  DocumentElement: (self: XmlDocument) => self.viewOrNull(self.own.rootElement),
  NameTable: () => null,
  PreserveWhitespace: (self: XmlDocument) => self.preserveWhitespace,
  'PreserveWhitespace=': (self: XmlDocument, value: boolean) => {
    self.preserveWhitespace = value
  },
  LoadXml: (self: XmlDocument, text: string | null) => self.load(text),
  Load: (self: XmlDocument, reader: TextReader) => self.load(reader.readToEnd()),
  'CreateElement(string)': (self: XmlDocument, name: string) => self.view(elementFrom(name, null)),
  'CreateElement(string,string)': (self: XmlDocument, name: string, uri: string | null) =>
    self.view(elementFrom(name, uri)),
  'CreateElement(string,string,string)': (self: XmlDocument, prefix: string | null, name: string, uri: string | null) =>
    self.view(elementFrom(prefix ? `${prefix}:${name}` : name, uri)),
  CreateAttribute: (self: XmlDocument, name: string) => self.view(new XAttribute(nameFrom(name, null).name, '')),
  CreateTextNode: (self: XmlDocument, text: string | null) => self.view(new XText(text ?? '')),
  CreateCDataSection: (self: XmlDocument, text: string | null) => self.view(new XText(text ?? '', true)),
  CreateComment: (self: XmlDocument, text: string | null) => self.view(new XComment(text ?? '')),
  CreateXmlDeclaration: (self: XmlDocument, version: string, encoding: string | null, standalone: string | null) => {
    const parts = [
      ['encoding', encoding],
      ['standalone', standalone],
    ].map(([name, value]) => (value ? ` ${name}="${value}"` : ''))
    return self.view(new XProcessingInstruction('xml', `version="${version}"${parts.join('')}`))
  },
  'GetElementsByTagName(string)': byName,
  'GetElementsByTagName(string,string)': byUri,
  Save: (self: XmlDocument, writer: TextWriter) => writer.write(savedText(self)),
  ImportNode: (self: XmlDocument, from: XmlNode, deep: boolean) => self.view(copyOf(from, deep)),
})

/** A writer of texts is UTF-16, and the declaration says so. */
function savedText({ own }: XmlDocument): string {
  const copy = own.clone()
  const [first] = copy.nodes
  if (first instanceof XProcessingInstruction && first.target === 'xml') first.remove()
  const { version = '1.0', standalone = null } = own.declaration ?? {}
  const declaration = new XDeclaration(version ?? '1.0', 'utf-16', standalone)
  return `${declaration.clrText()}\n${writeXml(copy, { raw: true })}`
}

const elementOf = ({ own }: XmlNode): XElement => own as XElement

function setAttribute(self: XmlNode, name: string, value: string | null): void {
  const known = self.attribute(name)
  if (known) known.setText(value ?? '')
  else elementOf(self).addAttribute(new XAttribute(nameFrom(name, null).name, value ?? ''))
}

const textOf = (attribute: XAttribute | undefined): string => attribute?.value ?? ''

const element = (): MemberTable => ({
  'GetAttribute(string)': (self: XmlNode, name: string) => self.attribute(name)?.innerText ?? '',
  'GetAttribute(string,string)': (self: XmlNode, local: string, uri: string | null) =>
    textOf(elementOf(self).attribute(new XName(local, uri ?? ''))),
  HasAttribute: (self: XmlNode, name: string) => self.attribute(name) !== undefined,
  'SetAttribute(string,string)': setAttribute,
  'SetAttribute(string,string,string)': (self: XmlNode, local: string, uri: string | null, value: string | null) => {
    const name = new XName(local, uri ?? '')
    const known = elementOf(self).attribute(name)
    if (known) known.value = value ?? ''
    else elementOf(self).addAttribute(new XAttribute(name, value ?? ''))
    return value
  },
  GetAttributeNode: (self: XmlNode, name: string) => self.attribute(name) ?? null,
  RemoveAttribute: (self: XmlNode, name: string) => {
    const known = self.attribute(name)?.own
    if (known instanceof XAttribute) elementOf(self).removeAttribute(known)
  },
  HasAttributes: (self: XmlNode) => elementOf(self).attributes.length > 0,
  IsEmpty: (self: XmlNode) => elementOf(self).isEmpty,
  'IsEmpty=': (self: XmlNode, value: boolean) => {
    if (value) elementOf(self).removeNodes()
    else elementOf(self).selfClosing = false
  },
  GetElementsByTagName: byName,
})

/** @throws DotNetException ArgumentOutOfRangeException or IndexOutOfRangeException */
function attributeAt(self: XmlNodes, index: number): XmlNode {
  const found = self.read()[index]
  if (found === undefined) {
    if (index < 0) throw argumentOutOfRange('index')
    throw new DotNetException('System.IndexOutOfRangeException', 'The index being passed in is out of range.')
  }
  return found
}

function appendAttribute({ owner }: XmlNodes, attribute: XmlNode): XmlNode {
  const { own } = attribute
  if (!(own instanceof XAttribute)) return attribute
  const known = elementOf(owner).attribute(own.name)
  if (known) elementOf(owner).removeAttribute(known)
  elementOf(owner).addAttribute(own)
  return attribute
}

const named = (self: XmlNodes, name: string): XmlNode | null =>
  self.read().find((attribute) => attribute.name === name) ?? null

/** What an XPath comes to as LINQ to XML has it: nodes one by one, or a value. */
function evaluated(node: XNode | null, path: string | null): ClrValue {
  if (node === null) throw argumentNull('node')
  const value = evaluateXPath(node, path ?? '')
  if (typeof value === 'string') return value
  if (typeof value === 'number') return new Boxed(types().special.double, value)
  if (typeof value === 'boolean') return new Boxed(types().special.bool, value)
  return new Sequence(types().special.object, () => value[Symbol.iterator]())
}

/** @throws DotNetException InvalidOperationException where the path comes to anything but elements */
function selectedElements(node: XNode | null, path: string | null, names: XmlNamespaces | null = null): XElement[] {
  if (node === null) throw argumentNull('node')
  const found = evaluateXPath(node, path ?? '', (prefix) => names?.uriOf(prefix))
  const nodes: readonly unknown[] = typeof found === 'object' ? found : [found]
  return nodes.map((own) => {
    if (own instanceof XElement) return own
    throw invalidOperation(`The XPath expression evaluated to unexpected type ${typeNameOf(own)}.`)
  })
}

function typeNameOf(value: unknown): string {
  if (typeof value === 'string') return 'System.String'
  if (typeof value === 'number') return 'System.Double'
  return typeof value === 'boolean' ? 'System.Boolean' : reflectionName(typeOf(value as XNode))
}

export const xmlDocumentMembers: readonly TypeMembers[] = [
  membersOf(`${space}.XPath.Extensions`, () => ({
    XPathEvaluate: evaluated,
    XPathSelectElement: (node: XNode | null, path: string | null, names?: XmlNamespaces | null) =>
      selectedElements(node, path, names)[0] ?? null,
    XPathSelectElements: (node: XNode | null, path: string | null, names?: XmlNamespaces | null) =>
      new Sequence(types().named(`${space}.Linq.XElement`), () =>
        selectedElements(node, path, names)[Symbol.iterator](),
      ),
  })),
  membersOf(`${space}.XmlNode`, node),
  membersOf(`${space}.XmlDocument`, documentMembers),
  membersOf(`${space}.XmlElement`, element),
  membersOf(`${space}.XmlAttribute`, () => ({
    OwnerElement: (self: XmlNode) => self.maker.viewOrNull(self.own.parent),
  })),
  membersOf(`${space}.XmlNodeList`, () => ({
    Count: (self: XmlNodes) => self.read().length,
    Item: (self: XmlNodes, index: number) => self.read()[index] ?? null,
    GetEnumerator: (self: XmlNodes) => new Walker(self),
  })),
  membersOf(`${space}.XmlAttributeCollection`, () => ({
    Count: (self: XmlNodes) => self.read().length,
    'Item(int)': attributeAt,
    'Item(string)': named,
    GetNamedItem: named,
    Append: appendAttribute,
    GetEnumerator: (self: XmlNodes) => new Walker(self),
  })),
  membersOf(`${space}.XmlNamespaceManager`, () => ({
    '.ctor': () => new XmlNamespaces(),
    AddNamespace: (self: XmlNamespaces, prefix: string | null, uri: string | null) => self.add(prefix ?? '', uri ?? ''),
    LookupNamespace: (self: XmlNamespaces, prefix: string | null) => self.uriOf(prefix ?? '') ?? null,
  })),
]
