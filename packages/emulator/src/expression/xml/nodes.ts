import { allocateItems, step } from '../run.js'
import { argumentException, argumentNull, invalidOperation, nullReference } from '../values/exceptions.js'
import { nameEnd } from './name-text.js'
import { wrongName, xmlException } from './xml-exception.js'

const space = 'System.Xml.Linq'

/** `XNamespace`. */
export class XNamespace {
  static readonly clrName = `${space}.XNamespace`
  static readonly none = new XNamespace('')
  static readonly xml = new XNamespace('http://www.w3.org/XML/1998/namespace')
  static readonly xmlns = new XNamespace('http://www.w3.org/2000/xmlns/')

  constructor(readonly uri: string) {}

  clrText(): string {
    return this.uri
  }
}

/** `XName`: a local name in a namespace. Two are equal when both parts are. */
export class XName {
  static readonly clrName = `${space}.XName`

  constructor(
    readonly localName: string,
    readonly uri = '',
  ) {}

  /** Reads `name` or `{namespace}name`. @throws DotNetException ArgumentException, ArgumentNullException, XmlException */
  static parse(text: string | null): XName {
    if (text === null) throw argumentNull('expandedName')
    if (text !== '' && !text.startsWith('{')) return XName.within('', text)
    const end = text.lastIndexOf('}')
    if (end <= 1 || end === text.length - 1) throw argumentException(`'${text}' is an invalid expanded name.`)
    return XName.within(text.slice(1, end), text.slice(end + 1))
  }

  /** A local name in a namespace. @throws DotNetException ArgumentNullException, XmlException */
  static within(uri: string, local: string | null, parameter = 'localName'): XName {
    if (local === null) throw argumentNull(parameter)
    if (local === '') throw argumentNull('name', "The empty string '' is not a valid local name.")
    const end = nameEnd(local, 0)
    if (end < local.length) throw xmlException(wrongName(local, end, end === 0))
    return new XName(local, uri)
  }

  equals(other: XName | null): boolean {
    return other !== null && this.localName === other.localName && this.uri === other.uri
  }

  clrText(): string {
    return this.uri === '' ? this.localName : `{${this.uri}}${this.localName}`
  }
}

/** `XObject`. */
export abstract class XObject {
  abstract readonly nodeType: number
  parent: XContainer | null = null

  constructor() {
    step()
    allocateItems(1)
  }

  get document(): XDocument | null {
    if (this instanceof XDocument) return this
    return this.parent?.document ?? null
  }

  /** The element around; a document is no element. */
  get parentElement(): XElement | null {
    return this.parent instanceof XElement ? this.parent : null
  }
}

/** `XAttribute`. */
export class XAttribute extends XObject {
  static readonly clrName = `${space}.XAttribute`
  readonly nodeType = 2

  constructor(
    readonly name: XName,
    public value: string,
  ) {
    super()
  }

  get isNamespaceDeclaration(): boolean {
    return this.name.uri === XNamespace.xmlns.uri || (this.name.uri === '' && this.name.localName === 'xmlns')
  }

  clone(): XAttribute {
    return new XAttribute(this.name, this.value)
  }

  /** @throws DotNetException ArgumentException for a declaration that may not be */
  static checked(name: XName, value: string): XAttribute {
    const made = new XAttribute(name, value)
    if (!made.isNamespaceDeclaration) return made
    const prefix = name.uri === '' ? '' : name.localName
    if (value === '' && prefix !== '')
      throw argumentException(`The prefix '${prefix}' cannot be bound to the empty namespace name.`)
    for (const [reserved, uri] of [
      ['xml', XNamespace.xml.uri],
      ['xmlns', XNamespace.xmlns.uri],
    ] as const) {
      if ((value === uri) === (prefix === reserved) && !(reserved === 'xmlns' && value === uri)) continue
      throw argumentException(
        `The prefix '${reserved}' is bound to the namespace name '${uri}'. Other prefixes must not be bound to this namespace name, and it must not be declared as the default namespace.`,
      )
    }
    return made
  }
}

/** `XNode`. */
export abstract class XNode extends XObject {
  abstract clone(): XNode

  remove(): void {
    if (this.parent === null) throw invalidOperation('The parent is missing.')
    this.parent.removeNode(this)
  }

  get index(): number {
    return this.parent?.nodes.indexOf(this) ?? -1
  }

  sibling(distance: 1 | -1): XNode | null {
    return this.parent?.nodes[this.index + distance] ?? null
  }
}

/** `XText` and `XCData`. */
export class XText extends XNode {
  constructor(
    public value: string,
    readonly cdata = false,
  ) {
    super()
  }

  get nodeType(): number {
    return this.cdata ? 4 : 3
  }

  get clrTypeName(): string {
    return `${space}.${this.cdata ? 'XCData' : 'XText'}`
  }

  clone(): XText {
    return new XText(this.value, this.cdata)
  }
}

/** `XComment`. */
export class XComment extends XNode {
  static readonly clrName = `${space}.XComment`
  readonly nodeType = 8

  constructor(public value: string) {
    super()
  }

  clone(): XComment {
    return new XComment(this.value)
  }
}

/** `XProcessingInstruction`. */
export class XProcessingInstruction extends XNode {
  static readonly clrName = `${space}.XProcessingInstruction`
  readonly nodeType = 7

  constructor(
    public target: string,
    public data: string,
  ) {
    super()
  }

  clone(): XProcessingInstruction {
    return new XProcessingInstruction(this.target, this.data)
  }
}

/** `XDocumentType`. */
export class XDocumentType extends XNode {
  static readonly clrName = `${space}.XDocumentType`
  readonly nodeType = 10

  constructor(
    public name: string,
    public publicId: string | null,
    public systemId: string | null,
    public internalSubset: string | null,
  ) {
    super()
  }

  clone(): XDocumentType {
    return new XDocumentType(this.name, this.publicId, this.systemId, this.internalSubset)
  }
}

/** `XContainer`. A node that already stands somewhere is copied when it is put elsewhere. */
export abstract class XContainer extends XNode {
  readonly nodes: XNode[] = []

  /** @param index where to put it; at the end by default */
  insertNode(node: XNode, index = this.nodes.length): void {
    const own = node.parent === null && node !== this.root ? node : node.clone()
    own.parent = this
    this.nodes.splice(index, 0, own)
  }

  get root(): XNode {
    let node: XNode = this
    while (node.parent !== null) node = node.parent
    return node
  }

  removeNode(node: XNode): void {
    const index = this.nodes.indexOf(node)
    if (index < 0) return
    this.nodes.splice(index, 1)
    node.parent = null
  }

  removeNodes(): void {
    for (const node of this.nodes) node.parent = null
    this.nodes.length = 0
  }

  get elements(): XElement[] {
    return this.nodes.filter((node) => node instanceof XElement)
  }

  /** The nodes one after the other, as they are when the next is asked for: to remove the one at hand ends the walk. */
  *walkedNodes(): Generator<XNode> {
    let place = 0
    for (let node = this.nodes[0]; node !== undefined; node = this.nodes[place]) {
      yield node
      if (node.parent !== this) return
      place = (this.nodes[place] === node ? place : this.nodes.indexOf(node)) + 1
    }
  }

  /** The same of all nodes below; what was removed meanwhile has no way back. @throws DotNetException NullReferenceException */
  *walkedDescendants(): Generator<XNode> {
    for (let node = this.nodes[0]; node !== undefined; node = this.#after(node)) yield node
  }

  /** The node that follows in the order of the document. */
  #after(node: XNode): XNode | undefined {
    if (node instanceof XContainer && node.nodes[0] !== undefined) return node.nodes[0]
    for (let at = node; at !== this;) {
      const { parent } = at
      if (parent === null) throw nullReference()
      const next = at.sibling(1)
      if (next !== null) return next
      at = parent
    }
    return undefined
  }

  *descendantNodes(): Generator<XNode> {
    for (const node of this.nodes) {
      yield node
      if (node instanceof XContainer) yield* node.descendantNodes()
    }
  }

  *descendants(): Generator<XElement> {
    for (const node of this.descendantNodes()) if (node instanceof XElement) yield node
  }

  /** The text of all descendants. */
  get text(): string {
    let text = ''
    for (const node of this.descendantNodes()) if (node instanceof XText) text += node.value
    return text
  }
}

/** `XElement`. */
export class XElement extends XContainer {
  static readonly clrName = `${space}.XElement`
  readonly nodeType = 1
  readonly attributes: XAttribute[] = []
  /** Written as `<a />`; an element whose content was set to nothing is written as `<a></a>`. */
  selfClosing = true

  constructor(public name: XName) {
    super()
  }

  override removeNode(node: XNode): void {
    super.removeNode(node)
    this.selfClosing ||= this.nodes.length === 0
  }

  override removeNodes(): void {
    super.removeNodes()
    this.selfClosing = true
  }

  get isEmpty(): boolean {
    return this.selfClosing && this.nodes.length === 0
  }

  attribute(name: XName): XAttribute | undefined {
    return this.attributes.find((attribute) => attribute.name.equals(name))
  }

  addAttribute(attribute: XAttribute): void {
    if (this.attribute(attribute.name) !== undefined) throw invalidOperation('Duplicate attribute.')
    const own = attribute.parent === null ? attribute : attribute.clone()
    own.parent = this
    this.attributes.push(own)
  }

  removeAttribute(attribute: XAttribute): void {
    const index = this.attributes.indexOf(attribute)
    if (index >= 0) this.attributes.splice(index, 1)
    attribute.parent = null
  }

  /** Replaces the content by a text. */
  setText(text: string): void {
    this.removeNodes()
    this.selfClosing = false
    if (text !== '') this.insertNode(new XText(text))
  }

  clone(): XElement {
    const copy = new XElement(this.name)
    copy.selfClosing = this.selfClosing
    for (const attribute of this.attributes) copy.addAttribute(attribute.clone())
    for (const node of this.nodes) copy.insertNode(node.clone())
    return copy
  }
}

/** `XDeclaration`. */
export class XDeclaration {
  static readonly clrName = `${space}.XDeclaration`

  constructor(
    public version: string | null,
    public encoding: string | null,
    public standalone: string | null,
  ) {}

  clrText(): string {
    const part = (name: string, value: string | null): string => (value === null ? '' : ` ${name}="${value}"`)
    return `<?xml${part('version', this.version)}${part('encoding', this.encoding)}${part('standalone', this.standalone)}?>`
  }
}

/** `XDocument`. */
export class XDocument extends XContainer {
  static readonly clrName = `${space}.XDocument`
  readonly nodeType = 9
  declaration: XDeclaration | null = null

  get rootElement(): XElement | null {
    return this.elements[0] ?? null
  }

  clone(): XDocument {
    const copy = new XDocument()
    copy.declaration = this.declaration
    for (const node of this.nodes) copy.insertNode(node.clone())
    return copy
  }
}
