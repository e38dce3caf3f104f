import { step } from '../run.js'
import { invalidOperation } from '../values/exceptions.js'
import {
  XAttribute,
  XComment,
  XContainer,
  type XDocument,
  XDocumentType,
  XElement,
  type XNode,
  XProcessingInstruction,
  XText,
} from './nodes.js'
import { parseDocument } from './parse.js'
import { qualifiedName, writeXml } from './write.js'
import { xmlException } from './xml-exception.js'

/** `System.Xml.XmlNodeType`, as far as a reader meets them. */
const nodeTypes = {
  none: 0,
  element: 1,
  attribute: 2,
  text: 3,
  cdata: 4,
  instruction: 7,
  comment: 8,
  documentType: 10,
  whitespace: 13,
  endElement: 15,
  declaration: 17,
} as const

/** `XmlReaderSettings`: what a reader passes over. */
export class XmlReaderSettings {
  static readonly clrName = 'System.Xml.XmlReaderSettings'
  ignoreWhitespace = false
  ignoreComments = false
  ignoreInstructions = false
  /** `DtdProcessing`: prohibited, passed over, or read. */
  dtd = 0
}

const prohibited =
  'For security reasons DTD is prohibited in this XML document. To enable DTD processing set the DtdProcessing property on XmlReaderSettings to Parse and pass the settings into XmlReader.Create method.'

/** One stop of a reader: the start or the end of a node. */
interface Stop {
  readonly node: XNode | null
  readonly type: number
  readonly depth: number
}

const nowhere: Stop = { node: null, type: nodeTypes.none, depth: 0 }

/** `XmlReader` over a text. The text is read as a whole at the first step, so a fault in it is reported there. */
export class XmlReader {
  static readonly clrName = 'System.Xml.XmlReader'
  #stops: readonly Stop[] | undefined
  #at = -1
  /** The attribute that the reader was moved to, by its place. */
  #attribute = -1

  constructor(
    readonly text: string,
    readonly settings: XmlReaderSettings = new XmlReaderSettings(),
  ) {}

  get eof(): boolean {
    return this.#stops !== undefined && this.#at >= this.#stops.length
  }

  get isInteractive(): boolean {
    return this.#at >= 0 && !this.eof
  }

  get nodeType(): number {
    return this.#own === undefined ? this.#stop.type : nodeTypes.attribute
  }

  get depth(): number {
    return this.#stop.depth + (this.#own === undefined ? 0 : 1)
  }

  get name(): string {
    const node = this.#own ?? this.#stop.node
    if (node instanceof XProcessingInstruction) return node.target
    return node instanceof XElement || node instanceof XAttribute ? qualifiedName(node) : ''
  }

  get localName(): string {
    return this.name.slice(this.name.indexOf(':') + 1)
  }

  get namespaceUri(): string {
    const node = this.#own ?? this.#stop.node
    return node instanceof XElement || node instanceof XAttribute ? node.name.uri : ''
  }

  get value(): string {
    const node = this.#own ?? this.#stop.node
    if (node instanceof XProcessingInstruction) return node.data
    return node instanceof XText || node instanceof XComment || node instanceof XAttribute ? node.value : ''
  }

  get isEmptyElement(): boolean {
    return this.#stop.type === nodeTypes.element && this.#element?.isEmpty === true
  }

  get attributes(): readonly XAttribute[] {
    return this.#stop.type === nodeTypes.element ? (this.#element?.attributes ?? []) : []
  }

  read(): boolean {
    step()
    this.#stops ??= this.#open()
    this.#attribute = -1
    this.#at = Math.min(this.#at + 1, this.#stops.length)
    return !this.eof
  }

  #open(): readonly Stop[] {
    const document = parseDocument(this.text, { preserve: true })
    const { ignoreWhitespace, ignoreComments, ignoreInstructions, dtd } = this.settings
    if (dtd === 0 && document.nodes.some((node) => node instanceof XDocumentType)) throw xmlException(prohibited)
    const passed = new Set<number>([
      ...(ignoreWhitespace ? [nodeTypes.whitespace] : []),
      ...(ignoreComments ? [nodeTypes.comment] : []),
      ...(ignoreInstructions ? [nodeTypes.instruction] : []),
      ...(dtd === 1 ? [nodeTypes.documentType] : []),
    ])
    const stops = [...documentStops(document, /^<\?xml\s+([\s\S]*?)\s*\?>/.exec(this.text)?.[1] ?? '')]
    return passed.size === 0 ? stops : stops.filter(({ type }) => !passed.has(type))
  }

  /** `ReadState`: before the first node, on one, behind the last. */
  get state(): number {
    return this.eof ? 3 : this.#at < 0 ? 0 : 1
  }

  get hasValue(): boolean {
    const { element, endElement, none } = nodeTypes
    const withoutValue: readonly number[] = [element, endElement, none]
    return !withoutValue.includes(this.nodeType)
  }

  get prefix(): string {
    return this.name.includes(':') ? this.name.slice(0, this.name.indexOf(':')) : ''
  }

  isStartElement(name?: string): boolean {
    return this.moveToContent() === nodeTypes.element && (name === undefined || this.name === name)
  }

  /** @throws DotNetException XmlException */
  readStartElement(name?: string): void {
    if (!this.isStartElement(name))
      throw xmlException(name === undefined ? 'Element was not found.' : `Element '${name}' was not found.`)
    this.read()
  }

  /** @throws DotNetException XmlException */
  readEndElement(): void {
    if (this.moveToContent() !== nodeTypes.endElement) throw xmlException("'EndElement' is an invalid XmlNodeType.")
    this.read()
  }

  /** Passes the node with all that is in it. */
  skip(): void {
    if (this.isInteractive && this.#stop.node !== null) this.#skip(this.#stop.node)
  }

  readToNextSibling(name: string): boolean {
    const { depth } = this.#stop
    this.skip()
    while (this.isInteractive && this.#stop.depth >= depth) {
      if (this.#stop.type === nodeTypes.element && this.name === name) return true
      if (this.#stop.type === nodeTypes.endElement) return false
      this.skip()
    }
    return false
  }

  moveToElement(): boolean {
    const moved = this.#attribute >= 0
    this.#attribute = -1
    return moved
  }

  moveToAttribute(name: string): boolean {
    const found = this.attributes.findIndex((attribute) => qualifiedName(attribute) === name)
    if (found >= 0) this.#attribute = found
    return found >= 0
  }

  moveToFirstAttribute(): boolean {
    if (this.attributes.length === 0) return false
    this.#attribute = 0
    return true
  }

  /** Skips what is no content: declaration, comments, instructions, white space. Gives the type of the node met. */
  moveToContent(): number {
    const { element, text, cdata, endElement } = nodeTypes
    const content: readonly number[] = [element, text, cdata, endElement]
    this.#attribute = -1
    while (!content.includes(this.#stop.type) && this.read());
    return this.#stop.type
  }

  readToFollowing(name: string): boolean {
    while (this.read()) if (this.#stop.type === nodeTypes.element && this.name === name) return true
    return false
  }

  readToDescendant(name: string): boolean {
    const depth = this.#at < 0 ? -1 : this.#stop.depth
    if (this.isEmptyElement) return false
    while (this.read() && this.#stop.depth > depth)
      if (this.#stop.type === nodeTypes.element && this.name === name) return true
    return false
  }

  moveToNextAttribute(): boolean {
    if (this.#attribute + 1 >= this.attributes.length) return false
    this.#attribute++
    return true
  }

  getAttribute(name: string): string | null {
    return this.attributes.find((attribute) => qualifiedName(attribute) === name)?.value ?? null
  }

  /** The node as text, and the reader behind it. */
  readOuterXml(): string {
    return this.isInteractive ? writeXml(this.readNode(), { indented: false }) : ''
  }

  readInnerXml(): string {
    const node = this.isInteractive ? this.readNode() : null
    return node instanceof XContainer ? node.nodes.map((child) => writeXml(child, { indented: false })).join('') : ''
  }

  /** The text of an element, and the reader behind its end. */
  readContent(): string {
    const element = this.#element
    if (this.#stop.type !== nodeTypes.element || element === null)
      throw invalidOperation('The ReadElementContentAsString method is not supported on this node type.')
    this.#skip(element)
    return element.text
  }

  /** The text that follows, up to the next markup. */
  readString(): string {
    const { element, text, cdata, whitespace } = nodeTypes
    const textual: readonly number[] = [text, cdata, whitespace]
    if (this.#stop.type === element && (this.isEmptyElement || !this.read())) return ''
    let result = ''
    while (textual.includes(this.#stop.type)) {
      result += this.value
      this.read()
    }
    return result
  }

  /** `XNode.ReadFrom`: the node that the reader stands on, which it passes. */
  readNode(): XNode {
    const { node, type } = this.#stop
    if (node === null || type === nodeTypes.endElement)
      throw invalidOperation('The XmlReader state should be Interactive.')
    this.#skip(node)
    return node.clone()
  }

  #skip(node: XNode): void {
    const long = node instanceof XElement && !node.isEmpty
    do this.read()
    while (long && !(this.#stop.node === node && this.#stop.type === nodeTypes.endElement))
    if (long) this.read()
  }

  get #stop(): Stop {
    return this.#stops?.[this.#at] ?? nowhere
  }

  get #element(): XElement | null {
    return this.#stop.node instanceof XElement ? this.#stop.node : null
  }

  get #own(): XAttribute | undefined {
    return this.attributes[this.#attribute]
  }
}

function* documentStops(document: XDocument, declared: string): Generator<Stop> {
  if (document.declaration !== null)
    yield { node: new XProcessingInstruction('xml', declared), type: nodeTypes.declaration, depth: 0 }
  for (const node of document.nodes) yield* stopsOf(node, 0)
}

function* stopsOf(node: XNode, depth: number): Generator<Stop> {
  yield { node, type: typeOf(node), depth }
  if (!(node instanceof XElement) || node.isEmpty) return
  for (const child of node.nodes) yield* stopsOf(child, depth + 1)
  yield { node, type: nodeTypes.endElement, depth }
}

function typeOf(node: XNode): number {
  if (node instanceof XText && !node.cdata && node.value.trim() === '') return nodeTypes.whitespace
  return node.nodeType
}
