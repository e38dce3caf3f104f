import type { Type } from '@apim-kit/policy-dsl/expression'
import { elementsOf } from '../compile/walk.js'
import { types } from '../types.js'
import { Sequence, type ClrArray } from '../values/collections.js'
import { argumentException, argumentNull, invalidOperation } from '../values/exceptions.js'
import { hashCode } from '../values/hash.js'
import { TextReader, type TextWriter } from '../values/text-io.js'
import type { ClrValue } from '../values/value.js'
import { addXmlContent, fromXml, xmlText } from '../xml/convert.js'
import {
  XAttribute,
  XComment,
  XContainer,
  XDeclaration,
  XDocument,
  XDocumentType,
  XElement,
  XName,
  XNamespace,
  XNode,
  XObject,
  XProcessingInstruction,
  XText,
} from '../xml/nodes.js'
import { parseDocument, parseElement, type ParseOptions } from '../xml/parse.js'
import type { XmlReader } from '../xml/reader.js'
import { writeAttribute, type WriteOptions, writeXml } from '../xml/write.js'
import { bound, membersOf, type MemberTable, type TypeMembers } from './members.js'

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

const sameName = (a: XName | null, b: XName | null): boolean => (a === null ? b === null : a.equals(b))
const sameNamespace = (a: XNamespace | null, b: XNamespace | null): boolean => a?.uri === b?.uri

const names: readonly TypeMembers[] = [
  membersOf(`${space}.XName`, () => ({
    LocalName: (self: XName) => self.localName,
    Namespace: (self: XName) => new XNamespace(self.uri),
    NamespaceName: (self: XName) => self.uri,
    'Get(string)': (text: string | null) => XName.parse(text),
    'Get(string,string)': (local: string | null, uri: string | null) => XName.within(namespaceOf(uri).uri, local),
    ToString: (self: XName) => self.clrText(),
    Equals: (self: XName, other: ClrValue) => other instanceof XName && self.equals(other),
    GetHashCode: (self: XName) => hashCode(self.clrText()),
    op_Implicit: (text: string | null) => (text === null ? null : XName.parse(text)),
    op_Equality: sameName,
    op_Inequality: (a: XName | null, b: XName | null) => !sameName(a, b),
  })),
  membersOf(`${space}.XNamespace`, () => ({
    None: () => XNamespace.none,
    Xml: () => XNamespace.xml,
    Xmlns: () => XNamespace.xmlns,
    NamespaceName: (self: XNamespace) => self.uri,
    Get: (uri: string | null) => namespaceOf(uri),
    GetName: (self: XNamespace, local: string | null) => XName.within(self.uri, local),
    ToString: (self: XNamespace) => self.uri,
    Equals: (self: XNamespace, other: ClrValue) => other instanceof XNamespace && self.uri === other.uri,
    GetHashCode: (self: XNamespace) => hashCode(self.uri),
    op_Implicit: (uri: string | null) => (uri === null ? null : namespaceOf(uri)),
    op_Addition: (self: XNamespace | null, local: string | null) => {
      if (self === null) throw argumentNull('ns')
      return XName.within(self.uri, local)
    },
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
    return XAttribute.checked(nameOf(name), xmlText(value))
  },
  '.ctor(XAttribute)': (other: XAttribute) => other.clone(),
  Name: (self: XAttribute) => self.name,
  Value: (self: XAttribute) => self.value,
  'Value=': (self: XAttribute, value: string | null) => {
    if (value === null) throw argumentNull('value')
    self.value = value
  },
  IsNamespaceDeclaration: (self: XAttribute) => self.isNamespaceDeclaration,
  NextAttribute: (self: XAttribute) => attributeBeside(self, 1),
  PreviousAttribute: (self: XAttribute) => attributeBeside(self, -1),
  EmptySequence: () => sequence('XAttribute', () => []),
  Remove: (self: XAttribute) => {
    if (self.parentElement === null) throw invalidOperation('The parent is missing.')
    self.parentElement.removeAttribute(self)
  },
  SetValue: (self: XAttribute, value: ClrValue) => {
    if (value === null) throw argumentNull('value')
    self.value = xmlText(value)
  },
  ToString: writeAttribute,
  op_Explicit: bound(
    ({ member: { type } }) =>
      (self: XAttribute | null) =>
        fromXml(self, type, 'attribute'),
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

/** Where a node stands in its tree: the places of its ancestors and its own, outermost first. */
function pathTo(node: XNode): readonly number[] {
  const path: number[] = []
  for (let at = node; at.parent !== null; at = at.parent) path.unshift(at.index)
  return path
}

const rootOf = (node: XNode): XNode => {
  let root = node
  while (root.parent !== null) root = root.parent
  return root
}

/** `XNode.CompareDocumentOrder`: a node stands before what is in it. @throws DotNetException InvalidOperationException */
function compareOrder(a: XNode | null, b: XNode | null): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? -1 : 1
  if (rootOf(a) !== rootOf(b)) throw invalidOperation('A common ancestor is missing.')
  const [one, two] = [pathTo(a), pathTo(b)]
  const differing = one.findIndex((place, index) => place !== two[index])
  if (differing < 0) return -1
  return (one[differing] ?? 0) < (two[differing] ?? -1) ? -1 : 1
}

const exactly = { indented: false, raw: true }

/** What the flags of `SaveOptions` say. */
const writeOptions = (options: number): WriteOptions => ({
  indented: (options & 1) === 0,
  omitDuplicates: (options & 2) !== 0,
})

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
  ElementsAfterSelf: (self: XNode, name?: XName | null) => elements(() => onlyElements(siblings(self, true)), name),
  ElementsBeforeSelf: (self: XNode, name?: XName | null) => elements(() => onlyElements(siblings(self, false)), name),
  CompareDocumentOrder: compareOrder,
  IsAfter: (self: XNode, other: XNode | null) => compareOrder(self, other) > 0,
  IsBefore: (self: XNode, other: XNode | null) => compareOrder(self, other) < 0,
  NodesAfterSelf: (self: XNode) => sequence('XNode', () => siblings(self, true)),
  NodesBeforeSelf: (self: XNode) => sequence('XNode', () => siblings(self, false)),
  DeepEquals: (a: XNode | null, b: XNode | null) =>
    a === null || b === null ? a === b : writeXml(a, exactly) === writeXml(b, exactly),
  Remove: (self: XNode) => self.remove(),
  ReplaceWith: replaceWith,
  'ToString()': (self: XNode) => writeXml(self),
  'ToString(SaveOptions)': (self: XNode, options: number) => writeXml(self, writeOptions(options)),
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

/** The innermost declaration of a prefix hides the others. */
const meaning = (all: readonly (readonly [string, string])[], prefix: string): string | undefined =>
  all.find(([own]) => own === prefix)?.[1]

const parseOptions = (options: number): ParseOptions => ({ preserve: (options & 1) === 1 })

function removeAttributes(self: XElement): void {
  for (const own of Array.from(self.attributes)) self.removeAttribute(own)
}

const element = (): MemberTable => ({
  '.ctor(XElement)': (other: XElement) => other.clone(),
  '.ctor': newElement,
  Parse: (text: string | null, options = 0) => parseElement(text, parseOptions(options)),
  Load: (from: TextReader | XmlReader, options = 0) => parseElement(textFrom(from), parseOptions(options)),
  Save: (self: XElement, writer: TextWriter, options = 0) => save(self, null, writer, options),
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
  AncestorsAndSelf: (self: XElement, name?: XName | null) => elements(() => [self, ...ancestors(self)], name),
  EmptySequence: () => sequence('XElement', () => []),
  Attribute: (self: XElement, name: XName | null) => (name === null ? null : (self.attribute(name) ?? null)),
  Attributes: (self: XElement, name?: XName | null) =>
    sequence('XAttribute', () => self.attributes.filter((own) => name === undefined || own.name.equals(name))),
  DescendantNodesAndSelf: (self: XElement) => sequence('XNode', () => [self, ...self.descendantNodes()]),
  DescendantsAndSelf: (self: XElement, name?: XName | null) => elements(() => [self, ...self.descendants()], name),
  GetDefaultNamespace: (self: XElement) =>
    new XNamespace([...declarations(self)].find(([prefix]) => prefix === '')?.[1] ?? ''),
  GetNamespaceOfPrefix: (self: XElement, prefix: string | null) => {
    if (prefix === null) throw argumentNull('prefix')
    if (prefix === '') throw argumentException("'' is an invalid prefix.")
    if (prefix === 'xmlns') return XNamespace.xmlns
    const found = [...declarations(self)].find(([own]) => own === prefix)
    return found === undefined ? (prefix === 'xml' ? XNamespace.xml : null) : new XNamespace(found[1])
  },
  GetPrefixOfNamespace: (self: XElement, space: XNamespace | null) => {
    if (space === null) throw argumentNull('ns')
    const all = [...declarations(self)]
    const found = all.find(([prefix, own]) => own === space.uri && prefix !== '' && meaning(all, prefix) === own)
    return (
      found?.[0] ?? (space.uri === XNamespace.xml.uri ? 'xml' : space.uri === XNamespace.xmlns.uri ? 'xmlns' : null)
    )
  },
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
        fromXml(self, type, 'element'),
  ),
})

function newDocument(content: ClrValue, declaration: XDeclaration | null = null): XDocument {
  const result = new XDocument()
  result.declaration = declaration
  addXmlContent(result, content)
  return result
}

/** The text that a reader of either kind gives. */
function textFrom(from: TextReader | XmlReader | null): string {
  if (from === null) throw argumentNull('reader')
  return from instanceof TextReader ? from.readToEnd() : from.text
}

/** Writes a tree with its declaration; a writer of texts is UTF-16, and says so. */
function save(node: XNode, own: XDeclaration | null, writer: TextWriter, options: number): void {
  const declaration = new XDeclaration(own?.version ?? '1.0', 'utf-16', own?.standalone ?? null)
  const { indented = true, ...others } = writeOptions(options)
  writer.write(`${declaration.clrText()}${indented ? '\n' : ''}${writeXml(node, { indented, ...others })}`)
}

const document = (): MemberTable => ({
  '.ctor()': () => new XDocument(),
  '.ctor(object[])': (content: ClrArray | null) => newDocument(content),
  '.ctor(XDeclaration,object[])': (declaration: XDeclaration | null, content: ClrArray | null) =>
    newDocument(content, declaration),
  '.ctor(XDocument)': (other: XDocument) => other.clone(),
  Parse: (text: string | null, options = 0) => parseDocument(text, parseOptions(options)),
  Load: (from: TextReader | XmlReader, options = 0) => parseDocument(textFrom(from), parseOptions(options)),
  Declaration: (self: XDocument) => self.declaration,
  'Declaration=': (self: XDocument, declaration: XDeclaration | null) => {
    self.declaration = declaration
  },
  DocumentType: (self: XDocument) => self.nodes.find((own) => own instanceof XDocumentType) ?? null,
  Root: (self: XDocument) => self.rootElement,
  Save: (self: XDocument, writer: TextWriter, options = 0) => save(self, self.declaration, writer, options),
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
): Sequence => {
  if (source === null) throw argumentNull('source')
  return sequence('XElement', () =>
    eachNode(source, (own) =>
      own instanceof XContainer ? (name === undefined ? more(own) : named(more(own), name)) : [],
    ),
  )
}

const isNamed = (item: XElement | XAttribute, name: XName | null | undefined): boolean =>
  name === undefined || item.name.equals(name)

/** The elements that come of each item. */
const elementsOfEach =
  (more: (own: XNode) => Iterable<XElement>) =>
  (source: ClrValue, name?: XName | null): Sequence => {
    if (source === null) throw argumentNull('source')
    return sequence('XElement', () =>
      eachNode(source, (own) =>
        own instanceof XNode ? Array.from(more(own)).filter((item) => isNamed(item, name)) : [],
      ),
    )
  }

const nodesOfEach =
  (more: (own: XContainer) => Iterable<XNode>) =>
  (source: ClrValue): Sequence => {
    if (source === null) throw argumentNull('source')
    return sequence('XNode', () => eachNode(source, (own) => (own instanceof XContainer ? more(own) : [])))
  }

const withSelf = (own: XNode, others: Iterable<XElement>): Iterable<XElement> =>
  own instanceof XElement ? [own, ...others] : others

const below = (own: XNode): Iterable<XElement> => (own instanceof XContainer ? own.descendants() : [])

const extensions = (): MemberTable => ({
  Ancestors: elementsOfEach(ancestors),
  AncestorsAndSelf: elementsOfEach((own) => withSelf(own, ancestors(own))),
  Attributes: (source: ClrValue, name?: XName | null) => {
    if (source === null) throw argumentNull('source')
    return sequence('XAttribute', () =>
      eachNode(source, (own) => (own instanceof XElement ? own.attributes.filter((item) => isNamed(item, name)) : [])),
    )
  },
  DescendantNodes: nodesOfEach((own) => own.descendantNodes()),
  DescendantNodesAndSelf: nodesOfEach((own) => [own, ...own.descendantNodes()]),
  Descendants: (source: ClrValue, name?: XName | null) =>
    elementsBelow(source, (own) => onlyElements(own.walkedDescendants()), name),
  DescendantsAndSelf: elementsOfEach((own) => withSelf(own, below(own))),
  Elements: (source: ClrValue, name?: XName | null) =>
    elementsBelow(source, (own) => onlyElements(own.walkedNodes()), name),
  InDocumentOrder: (source: ClrValue) => {
    const all = Array.from(eachNode(source, (own) => [own])).filter((own) => own instanceof XNode)
    return sequence('XNode', () => all.toSorted(compareOrder))
  },
  Nodes: nodesOfEach((own) => own.nodes),
  Remove: (source: ClrValue) => {
    for (const own of Array.from(eachNode(source, (item) => [item]))) {
      if (own instanceof XNode) own.remove()
      else if (own instanceof XAttribute) own.parentElement?.removeAttribute(own)
    }
  },
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
    '.ctor(string,string,string)': (version: string | null, encoding: string | null, standalone: string | null) =>
      new XDeclaration(version, encoding, standalone),
    '.ctor(XDeclaration)': ({ version, encoding, standalone }: XDeclaration) =>
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
    '.ctor(string,string)': (target: string | null, data: string | null) => {
      if (data === null) throw argumentNull('data')
      const { localName } = XName.within('', target, 'target')
      if (/^xml$/i.test(localName))
        throw argumentException(`'${localName}' is an invalid name for a processing instruction.`)
      return new XProcessingInstruction(localName, data)
    },
    '.ctor(XProcessingInstruction)': (other: XProcessingInstruction) => other.clone(),
    ...textProperty('Data', 'data'),
    ...textProperty('Target', 'target'),
  })),
  membersOf(`${space}.XDocumentType`, () => ({
    '.ctor(string,string,string,string)': (
      name: string,
      publicId: string | null,
      systemId: string | null,
      internalSubset: string | null,
    ) => new XDocumentType(name, publicId, systemId, internalSubset),
    '.ctor(XDocumentType)': (other: XDocumentType) => other.clone(),
    ...textProperty('Name', 'name'),
    ...textProperty('PublicId', 'publicId'),
    ...textProperty('SystemId', 'systemId'),
    ...textProperty('InternalSubset', 'internalSubset'),
  })),
  membersOf(`${space}.Extensions`, extensions),
]
