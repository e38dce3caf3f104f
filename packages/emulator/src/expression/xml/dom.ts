import type { Type } from '@apim-kit/policy-dsl/expression'
import { step } from '../run.js'
import { types } from '../types.js'
import { argumentException, invalidOperation } from '../values/exceptions.js'
import {
  XAttribute,
  XComment,
  XContainer,
  XDocument,
  XElement,
  XName,
  XNamespace,
  XNode,
  XProcessingInstruction,
  XText,
  type XObject,
} from './nodes.js'
import { nameEnd } from './name-text.js'
import { parseDocument } from './parse.js'
import { escapeRawAttribute, qualifiedName, writeXml } from './write.js'
import { wrongName, xmlException } from './xml-exception.js'
import { textOf } from './xpath/evaluate.js'

const space = 'System.Xml'

/**
 * `XmlNode`: the older view of the same tree. A node is one object, however it is reached, and what is changed in one view is changed in
 * the other.
 */
export class XmlNode {
  constructor(
    readonly own: XObject,
    readonly document: XmlDocument | null,
  ) {}

  get clrTypeName(): string {
    const { own } = this
    if (own instanceof XElement) return `${space}.XmlElement`
    if (own instanceof XAttribute) return `${space}.XmlAttribute`
    if (own instanceof XText) return `${space}.${own.cdata ? 'XmlCDataSection' : 'XmlText'}`
    if (own instanceof XComment) return `${space}.XmlComment`
    return isDeclaration(own) ? `${space}.XmlDeclaration` : `${space}.XmlProcessingInstruction`
  }

  get elementType(): Type {
    return types().named(`${space}.XmlNode`)
  }

  [Symbol.iterator](): Iterator<XmlNode> {
    return this.children[Symbol.iterator]()
  }

  /** The document that makes the nodes of this tree. */
  get maker(): XmlDocument {
    return this.document ?? (this as unknown as XmlDocument)
  }

  get name(): string {
    const { own } = this
    if (own instanceof XElement || own instanceof XAttribute) return qualifiedName(own)
    if (own instanceof XProcessingInstruction) return own.target
    if (own instanceof XText) return own.cdata ? '#cdata-section' : '#text'
    return own instanceof XComment ? '#comment' : '#document'
  }

  get children(): XmlNode[] {
    return this.own instanceof XContainer ? this.own.nodes.map((node) => this.maker.view(node)) : []
  }

  get attributes(): XmlNode[] {
    return this.own instanceof XElement ? this.own.attributes.map((attribute) => this.maker.view(attribute)) : []
  }

  attribute(name: string): XmlNode | undefined {
    return this.attributes.find((attribute) => attribute.name === name)
  }

  get innerText(): string {
    return textOf(this.own)
  }

  get outerXml(): string {
    if (this.own instanceof XAttribute) return `${this.name}="${escapeRawAttribute(this.own.value)}"`
    return this.own instanceof XNode ? writeXml(this.own, asWritten) : ''
  }

  get innerXml(): string {
    if (this.own instanceof XAttribute) return escapeRawAttribute(this.own.value)
    return this.own instanceof XContainer ? this.own.nodes.map((node) => writeXml(node, asWritten)).join('') : ''
  }

  /** Puts a node among the children; one that stands somewhere is moved. */
  insert(child: XmlNode | null, index?: number): XmlNode {
    const { own } = this
    const node = child?.own
    if (child === null || !(node instanceof XNode) || !(own instanceof XContainer))
      throw invalidOperation('The current node cannot contain other nodes.')
    for (let around: XObject | null = own; around !== null; around = around.parent) {
      step()
      if (around === node)
        throw argumentException('Cannot insert a node or any ancestor of that node as a child of itself.')
    }
    if (own instanceof XDocument && node instanceof XText) {
      throw invalidOperation(
        'The specified node cannot be inserted as the valid child of this node, because the specified node is the wrong type.',
      )
    }
    if (own instanceof XDocument && node instanceof XElement && own.rootElement !== null && own.rootElement !== node)
      throw invalidOperation("This document already has a 'DocumentElement' node.")
    if (child.maker !== this.maker)
      throw argumentException('The node to be inserted is from a different document context.')
    const from = node.parent === own ? node.index : -1
    if (node.parent !== null) node.remove()
    own.insertNode(node, index === undefined ? undefined : from >= 0 && from < index ? index - 1 : index)
    return child
  }

  removeChild(child: XmlNode | null): XmlNode {
    if (child === null || !(child.own instanceof XNode) || child.own.parent !== this.own)
      throw argumentException('The node to be removed is not a child of this node.')
    child.own.remove()
    return child
  }

  setText(text: string): void {
    const { own } = this
    if (own instanceof XElement) own.setText(text)
    else if (own instanceof XAttribute || own instanceof XText || own instanceof XComment) own.value = text
    else if (own instanceof XProcessingInstruction) own.data = text
    else throw invalidOperation('Cannot set a value on this node type.')
  }
}

/** `XmlDocument`. */
export class XmlDocument extends XmlNode {
  static readonly clrName = `${space}.XmlDocument`
  preserveWhitespace = false
  readonly #views = new WeakMap<XObject, XmlNode>()

  constructor(override readonly own: XDocument = new XDocument()) {
    super(own, null)
  }

  override get clrTypeName(): string {
    return XmlDocument.clrName
  }

  /** The one view of a node of this document. */
  view(node: XObject): XmlNode {
    if (node === this.own) return this
    const known = this.#views.get(node)
    if (known !== undefined) return known
    const made = new XmlNode(node, this)
    this.#views.set(node, made)
    return made
  }

  viewOrNull(node: XObject | null | undefined): XmlNode | null {
    return node === null || node === undefined ? null : this.view(node)
  }

  /** @throws DotNetException XmlException */
  load(text: string | null): void {
    const loaded = parseDocument(text, { preserve: this.preserveWhitespace, raw: true })
    this.own.removeNodes()
    this.own.declaration = loaded.declaration
    // The declaration is a node here, the first of the document.
    if (loaded.declaration) {
      const [, data = ''] = /^<\?xml (.*)\?>$/.exec(loaded.declaration.clrText()) ?? []
      this.own.insertNode(new XProcessingInstruction('xml', data))
    }
    for (const node of loaded.nodes.splice(0)) {
      node.parent = null
      this.own.insertNode(node)
    }
  }
}

const isDeclaration = (node: XObject): boolean => node instanceof XProcessingInstruction && node.target === 'xml'

/** The number of XmlNodeType. */
export const nodeTypeOf = ({ own }: XmlNode): number => (isDeclaration(own) ? 17 : own.nodeType)

const asWritten = { indented: false, raw: true }

/** A name as it is written, with its prefix; what the prefix stands for has to be given. */
export function nameFrom(
  written: string | null,
  uri: string | null,
): { readonly name: XName; readonly prefix: string } {
  const [first = '', second] = (written ?? '').split(':')
  const [prefix, local] = second === undefined ? ['', first] : [first, second]
  if (local === '')
    throw argumentException('The local name for elements or attributes cannot be null or an empty string.')
  const whole = written ?? ''
  const end = nameEnd(local, 0)
  if (end < local.length) throw xmlException(wrongName(whole, whole.length - local.length + end, end === 0))
  const own = prefix === 'xml' ? XNamespace.xml.uri : prefix === 'xmlns' ? XNamespace.xmlns.uri : (uri ?? '')
  return { name: new XName(local, own), prefix }
}

/** An element of that name; its prefix is declared on it, as the writer would have to do. */
export function elementFrom(written: string | null, uri: string | null): XElement {
  const { name, prefix } = nameFrom(written, uri)
  const element = new XElement(name)
  if (prefix !== '' && name.uri !== '')
    element.addAttribute(new XAttribute(new XName(prefix, XNamespace.xmlns.uri), name.uri))
  return element
}

/** `XmlNodeList` and `XmlAttributeCollection`: nodes that are looked up each time anew. */
export class XmlNodes {
  constructor(
    readonly clrTypeName: string,
    readonly read: () => readonly XmlNode[],
    readonly owner: XmlNode,
  ) {}

  get elementType(): Type {
    return types().named(`${space}.XmlNode`)
  }

  [Symbol.iterator](): Iterator<XmlNode> {
    return this.read()[Symbol.iterator]()
  }
}

/** `XmlNamespaceManager`. */
export class XmlNamespaces {
  static readonly clrName = `${space}.XmlNamespaceManager`
  readonly #uris = new Map([
    ['xml', XNamespace.xml.uri],
    ['xmlns', XNamespace.xmlns.uri],
    ['', ''],
  ])

  add(prefix: string, uri: string): void {
    this.#uris.set(prefix, uri)
  }

  uriOf(prefix: string): string | undefined {
    return this.#uris.get(prefix)
  }
}
