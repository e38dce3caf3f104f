import { allocate, step } from '../run.js'
import { argumentException } from '../values/exceptions.js'
import {
  type XAttribute,
  XComment,
  XDocument,
  XDocumentType,
  XElement,
  XNamespace,
  type XNode,
  XProcessingInstruction,
  XText,
} from './nodes.js'
import { illegalCharacter, xmlException } from './xml-exception.js'

/** The prefixes that stand for namespaces around a node, innermost first. */
interface Scope {
  readonly prefixes: ReadonlyMap<string, string>
  readonly outer: Scope | undefined
}

const outermost: Scope = {
  prefixes: new Map([
    ['xml', XNamespace.xml.uri],
    ['', ''],
  ]),
  outer: undefined,
}

/** How a tree is written. */
export interface WriteOptions {
  /** Elements stand on lines of their own, indented by two spaces. Default true. */
  readonly indented?: boolean
  /** Declarations of namespaces that are in force already are left out. Default false. */
  readonly omitDuplicates?: boolean
  /** As an XmlDocument writes: line ends stay, and characters that XML does not have become references. Default false. */
  readonly raw?: boolean
}

/** `XNode.ToString`. A document is written without its declaration. @throws DotNetException ArgumentException */
export function writeXml(node: XNode, options: WriteOptions = {}): string {
  const writer = new XmlWriter(options)
  // What the elements around declare gives the prefixes; the text alone declares them anew.
  writer.write(node, { around: scopeAround(node), written: outermost, pushed: 0 }, 0, false)
  const text = writer.parts.join('')
  allocate(text.length)
  return text
}

/** The declarations of the elements around. */
function scopeAround(node: XNode): Scope {
  const parent = node.parent
  return parent instanceof XElement ? scopeOf(parent, scopeAround(parent)) : outermost
}

function scopeOf(element: XElement, outer: Scope): Scope {
  const prefixes = new Map<string, string>()
  for (const attribute of element.attributes) {
    if (attribute.isNamespaceDeclaration)
      prefixes.set(attribute.name.uri === '' ? '' : attribute.name.localName, attribute.value)
  }
  return prefixes.size === 0 ? outer : { prefixes, outer }
}

function uriOf(prefix: string, scope: Scope | undefined): string | undefined {
  return scope === undefined ? undefined : (scope.prefixes.get(prefix) ?? uriOf(prefix, scope.outer))
}

/** A prefix that stands for the namespace here; undefined when there is none. */
function prefixOf(uri: string, scope: Scope, needsPrefix: boolean): string | undefined {
  for (let current: Scope | undefined = scope; current !== undefined; current = current.outer) {
    // Of several the last one declared.
    for (const [prefix, own] of [...current.prefixes].toReversed()) {
      const usable = own === uri && uriOf(prefix, scope) === uri && !(needsPrefix && prefix === '')
      if (usable) return prefix
    }
  }
  return undefined
}

/** Prefixes that nobody gave are p1, p2 and so on, by the number of prefixes that were looked at around them. */
function unusedPrefix(scope: Scope, pushed: number): string {
  const first = `p${pushed}`
  if (uriOf(first, scope) === undefined) return first
  let number = 0
  while (uriOf(`${first}${number}`, scope) !== undefined) number++
  return `${first}${number}`
}

/** Where an element stands in its tree, and what the text around it declares so far. */
interface Surroundings {
  readonly around: Scope
  readonly written: Scope
  /** How many prefixes the elements around have given a meaning, each its own among them. */
  readonly pushed: number
}

/** What the tag that is being written says of prefixes, in the order in which it does. */
class TagPrefixes {
  readonly #own = new Map<string, string>()

  constructor(readonly outside: number) {}

  get pushed(): number {
    return this.outside + this.#own.size
  }

  /** @throws DotNetException XmlException when the tag has given the prefix another meaning */
  set(prefix: string, uri: string): void {
    const known = this.#own.get(prefix)
    if (known !== undefined && known !== uri) {
      throw xmlException(
        `The prefix '${prefix}' cannot be redefined from '${known}' to '${uri}' within the same start element tag.`,
      )
    }
    this.#own.set(prefix, uri)
  }
}

/** What is known of the tag whose attributes are written. */
interface Tag {
  readonly around: Scope
  readonly written: Scope
  readonly added: Map<string, string>
  readonly prefixes: TagPrefixes
}

class XmlWriter {
  readonly parts: string[] = []

  readonly #indented: boolean
  readonly #omitDuplicates: boolean
  readonly #raw: boolean

  constructor({ indented = true, omitDuplicates = false, raw = false }: WriteOptions) {
    this.#indented = indented
    this.#omitDuplicates = omitDuplicates
    this.#raw = raw
  }

  /** @param mixed there is text beside the node, so that white space would change it */
  write(node: XNode, scope: Surroundings, depth: number, mixed: boolean): void {
    step()
    if (node instanceof XDocument) this.#nodes(node.nodes, scope, depth, mixed)
    else if (node instanceof XText) this.parts.push(this.#text(node))
    else {
      if (this.#indented && !mixed && this.parts.length > 0) this.parts.push(`\n${'  '.repeat(depth)}`)
      if (node instanceof XElement) this.#element(node, scope, depth, mixed)
      else this.parts.push(this.#other(node))
    }
  }

  /** Writes nodes that stand beside each other, and says whether the last of them stands on a line of its own. */
  #nodes(nodes: readonly XNode[], scope: Surroundings, depth: number, mixed: boolean): boolean {
    let text = mixed
    for (const node of nodes) {
      text ||= node instanceof XText
      this.write(node, scope, depth, text)
    }
    return nodes.length > 0 && !text
  }

  #text({ cdata, value }: XText): string {
    if (!cdata) return this.#raw ? escapeRaw(value) : escapeText(value)
    return `<![CDATA[${this.#lines(value).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
  }

  #other(node: XNode): string {
    if (node instanceof XComment) {
      return `<!--${this.#lines(node.value)
        .replace(/-(?=-)/g, '- ')
        .replace(/-$/, '- ')}-->`
    }
    if (node instanceof XProcessingInstruction) {
      const data = this.#lines(node.data).replaceAll('?>', '? >')
      return `<?${node.target}${data === '' && !this.#raw ? '' : ` ${data}`}?>`
    }
    return node instanceof XDocumentType ? this.#doctype(node) : ''
  }

  #doctype({ name, publicId, systemId, internalSubset }: XDocumentType): string {
    const system = systemId === null ? '' : `"${systemId}"`
    const ids = publicId === null ? system && ` SYSTEM ${system}` : ` PUBLIC "${publicId}" ${system || '""'}`
    const subset = internalSubset === null ? '' : `[${internalSubset}]`
    return `<!DOCTYPE ${name}${ids || (this.#raw ? '' : ' ')}${subset}>`
  }

  #lines(text: string): string {
    return this.#raw ? text : checked(text).replace(/\r\n?/g, '\n')
  }

  #value(text: string): string {
    return this.#raw ? escapeRawAttribute(text) : escapeAttribute(text)
  }

  #element(element: XElement, outer: Surroundings, depth: number, mixed: boolean): void {
    const around = scopeOf(element, outer.around)
    const added = new Map<string, string>()
    const written: Scope = { prefixes: added, outer: scopeOf(element, outer.written) }
    const prefixes = new TagPrefixes(outer.pushed)
    const name = this.#elementName(element, around, written, added, prefixes)
    const attributes = element.attributes.map((attribute) =>
      this.#attribute(attribute, { around, written, added, prefixes }),
    )
    // .NET's writer comes to the declarations that it adds when everything else of the tag is there.
    const declarations = [...added]
      .toReversed()
      .map(([prefix, uri]) => ` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${this.#value(uri)}"`)
    this.parts.push(`<${name}`, ...attributes, ...declarations)
    if (element.isEmpty) this.parts.push(' />')
    else this.#content(element, name, { around, written, pushed: prefixes.pushed }, depth, mixed)
  }

  #elementName(
    { name }: XElement,
    around: Scope,
    written: Scope,
    added: Map<string, string>,
    prefixes: TagPrefixes,
  ): string {
    const prefix = prefixOf(name.uri, around, false) ?? prefixOf(name.uri, written, false) ?? ''
    prefixes.set(prefix, name.uri)
    if (uriOf(prefix, written) !== name.uri) added.set(prefix, name.uri)
    return prefix === '' ? name.localName : `${prefix}:${name.localName}`
  }

  #attribute({ name, value, isNamespaceDeclaration }: XAttribute, { around, written, added, prefixes }: Tag): string {
    const text = `="${this.#value(value)}"`
    if (isNamespaceDeclaration) {
      const declared = name.uri === '' ? '' : name.localName
      if (!this.#raw) prefixes.set(declared, value)
      if (this.#omitDuplicates && uriOf(declared, written.outer?.outer) === value) return ''
      return ` ${declared === '' ? 'xmlns' : `xmlns:${declared}`}${text}`
    }
    if (name.uri === '') return ` ${name.localName}${text}`
    const prefix =
      prefixOf(name.uri, around, true) ?? prefixOf(name.uri, written, true) ?? unusedPrefix(written, prefixes.pushed)
    prefixes.set(prefix, name.uri)
    if (uriOf(prefix, written) !== name.uri) added.set(prefix, name.uri)
    return ` ${prefix}:${name.localName}${text}`
  }

  #content(element: XElement, name: string, scope: Surroundings, depth: number, mixed: boolean): void {
    this.parts.push('>')
    const ownLines = this.#nodes(element.nodes, scope, depth + 1, mixed)
    if (this.#indented && ownLines) this.parts.push(`\n${'  '.repeat(depth)}`)
    this.parts.push(`</${name}>`)
  }
}

/** The name with the prefix that it has where it stands. */
export function qualifiedName(node: XElement | XAttribute): string {
  const { localName, uri } = node.name
  if (!(node instanceof XElement) && node.isNamespaceDeclaration) return uri === '' ? 'xmlns' : `xmlns:${localName}`
  const element = node instanceof XElement ? node : node.parentElement
  if (uri === '' || element === null) return localName
  const prefix = prefixOf(uri, scopeOf(element, scopeAround(element)), !(node instanceof XElement)) ?? ''
  return prefix === '' ? localName : `${prefix}:${localName}`
}

/** One attribute alone, as `XAttribute.ToString` prints it. */
export function writeAttribute(attribute: XAttribute): string {
  const { uri, localName } = attribute.name
  const known = uri === XNamespace.xml.uri ? `xml:${localName}` : qualifiedName(attribute)
  const isStranger = uri !== '' && known === localName && !attribute.isNamespaceDeclaration
  return `${isStranger ? `p0:${localName}` : known}="${escapeAttribute(attribute.value)}"`
}

/** @throws DotNetException ArgumentException for a character that XML does not have */
function checked(text: string): string {
  const wrong = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/u.exec(text)
  if (wrong === null) return text
  throw argumentException(
    /[\ud800-\udbff]/.test(wrong[0])
      ? 'The surrogate pair is invalid. Missing a low surrogate character.'
      : illegalCharacter(text, wrong.index),
  )
}

const markup = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function escapeText(text: string): string {
  return markup(checked(text)).replace(/\r\n?/g, '\n')
}

function escapeAttribute(text: string): string {
  return markup(checked(text)).replace(/["\r\n\t]/g, (letter) => (letter === '"' ? '&quot;' : reference(letter)))
}

const reference = (letter: string): string => `&#x${letter.charCodeAt(0).toString(16).toUpperCase()};`

const escapeRaw = (text: string): string =>
  markup(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, reference)

/** An attribute's value as an XmlDocument writes it. */
export function escapeRawAttribute(text: string): string {
  return escapeRaw(text)
    .replaceAll('"', '&quot;')
    .replace(/[\r\n]/g, reference)
}
