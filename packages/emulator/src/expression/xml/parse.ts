import { allocate, step } from '../run.js'
import { argumentException, argumentNull } from '../values/exceptions.js'
import type { DotNetException } from '../values/exception.js'
import { readDeclaration } from './declaration.js'
import { readDoctype } from './doctype.js'
import { nameEnd } from './name-text.js'
import {
  XAttribute,
  XComment,
  type XContainer,
  XDocument,
  XElement,
  XName,
  XNamespace,
  XProcessingInstruction,
  XText,
} from './nodes.js'
import { decode, type Entities } from './references.js'
import { XmlSource } from './source.js'
import { xmlException } from './xml-exception.js'

/** Elements inside elements beyond this are refused. */
const depthLimit = 1000

/** How a text is read. */
export interface ParseOptions {
  /** White space between elements is kept. Default: dropped. */
  readonly preserve?: boolean
  /** As an XmlDocument reads: line ends and references stay what they are. Default false. */
  readonly raw?: boolean
}

/** `XDocument.Parse`. @throws DotNetException ArgumentNullException or XmlException */
export function parseDocument(text: string | null, options: ParseOptions = {}): XDocument {
  if (text === null) throw argumentNull('s')
  return new XmlParser(text, options).document()
}

/** `XElement.Parse`: the document's root. */
export function parseElement(text: string | null, options: ParseOptions = {}): XElement {
  const root = parseDocument(text, options).rootElement
  if (root === null) throw xmlException('Root element is missing.')
  root.remove()
  return root
}

/** An attribute as it was written, before prefixes have their meaning. */
interface RawAttribute {
  readonly name: string
  readonly value: string
  readonly start: number
  readonly valueStart: number
}

const noEntities: Entities = new Map()

class XmlParser {
  readonly #source: XmlSource
  readonly #preserve: boolean
  #entities: Entities = noEntities
  #hasDoctype = false
  /** The names of the elements that are open, outermost first. */
  readonly #open: string[] = []
  /** Prefixes in scope, innermost last. */
  readonly #scopes: ReadonlyMap<string, string>[] = [
    new Map([
      ['xml', XNamespace.xml.uri],
      ['', ''],
    ]),
  ]

  constructor(text: string, { preserve = false, raw = false }: ParseOptions) {
    allocate(text.length)
    this.#source = new XmlSource(text, raw)
    this.#preserve = preserve
  }

  document(): XDocument {
    const source = this.#source
    const document = new XDocument()
    document.declaration = readDeclaration(source)
    for (;;) {
      step()
      const start = source.position
      if (source.blanks() > 0 && this.#preserve) this.#keep(document, start)
      if (source.atEnd) break
      // What is shorter than any element is not looked at.
      const isShort = source.text.length - source.position < 4
      if (source.text[source.position] !== '<' || isShort) throw this.#rootFault()
      this.#rootMarkup(document)
    }
    if (document.rootElement === null) throw xmlException('Root element is missing.')
    return document
  }

  /** White space of the document itself is text where it is to be kept. */
  #keep(document: XDocument, start: number): void {
    document.insertNode(new XText(this.#decoded(start, this.#source.position, false)))
  }

  #rootFault(): DotNetException {
    return this.#source.error('Data at the root level is invalid.')
  }

  #rootMarkup(document: XDocument): void {
    const source = this.#source
    const start = source.position
    if (source.take('<?')) return this.#instruction(document)
    if (source.take('<!--')) return this.#comment(document)
    if (source.text.startsWith('<![', start)) throw this.#rootFault()
    if (source.take('<!')) return this.#doctype(document, start)
    if (source.text.startsWith('</', start)) throw source.error('Unexpected end tag.', start + 2)
    if (document.rootElement !== null) throw source.error('There are multiple root elements.', start + 1)
    source.position++
    this.#element(document, 0, this.#preserve)
  }

  #doctype(document: XDocument, start: number): void {
    if (document.rootElement !== null) {
      throw this.#source.error('DTD must be defined before the document root element.', start)
    }
    if (this.#hasDoctype) throw this.#source.error('Cannot have multiple DTDs.', start)
    const { node, entities } = readDoctype(this.#source)
    this.#hasDoctype = true
    this.#entities = entities
    document.insertNode(node)
  }

  /** The nodes up to the end tag of an element, which is read as well. */
  #content(element: XElement, name: string, start: number, depth: number, keep: boolean): void {
    const source = this.#source
    for (;;) {
      step()
      if (source.atEnd) throw this.#notClosed()
      if (source.text[source.position] !== '<') this.#characters(element, keep)
      else if (source.take('</')) return this.#endTag(name, start)
      else this.#markup(element, depth, keep)
    }
  }

  #markup(element: XElement, depth: number, keep: boolean): void {
    const source = this.#source
    if (source.take('<!--')) return this.#comment(element)
    if (source.take('<![CDATA[')) return this.#cdata(element)
    if (source.take('<?')) return this.#instruction(element)
    source.position++
    if (source.atEnd) throw this.#notClosed()
    if (source.take('!')) throw this.#wrongMarkup()
    this.#element(element, depth + 1, keep)
  }

  #wrongMarkup(): DotNetException {
    const source = this.#source
    const at = source.position
    const rest = source.text.slice(at, at + 7)
    if (rest.length < 7 && ('--'.startsWith(rest) || '[CDATA['.startsWith(rest))) return this.#notClosed()
    if (rest.startsWith('-')) return source.unexpected(at + 1, "'-'")
    if (rest.startsWith('[')) return source.unexpected(at + 1, "'CDATA['")
    if (source.wordAt(at) === 'DOCTYPE') return source.error('Unexpected DTD declaration.', at)
    return source.unexpected(at, "'<!--' or '<[CDATA['")
  }

  #comment(container: XContainer): void {
    const source = this.#source
    const start = source.position
    const end = source.text.indexOf('--', start)
    if (end < 0 || end + 2 >= source.text.length) throw this.#endWithin('Comment', '-', start)
    if (source.text[end + 2] !== '>') {
      throw source.error("An XML comment cannot contain '--', and '-' cannot be the last character.", end)
    }
    source.position = end + 3
    container.insertNode(new XComment(this.#plain(start, end)))
  }

  #cdata(element: XElement): void {
    const source = this.#source
    const start = source.position
    const end = source.text.indexOf(']]>', start)
    if (end < 0) throw this.#endWithin('CDATA', ']', start)
    source.position = end + 3
    element.insertNode(new XText(this.#plain(start, end), true))
  }

  /** What is read in pieces is said to end behind the last whole one. */
  #endWithin(part: string, last: string, start: number): DotNetException {
    const { text } = this.#source
    let end = text.length
    if (end - start < 3) return this.#source.endOfFile(part, start)
    while (end > start && text[end - 1] === last) end--
    return this.#source.endOfFile(part, end)
  }

  #instruction(container: XContainer): void {
    const source = this.#source
    const start = source.position
    const target = source.name()
    if (target === 'xml') throw misplacedDeclaration(source, start)
    if (/^xml$/i.test(target)) throw source.error(`'${target}' is an invalid name for processing instructions.`, start)
    const first = source.position
    if (source.blanks() === 0 && !source.text.startsWith('?>', first)) throw source.wrongName(first, false)
    const end = source.text.indexOf('?>', source.position)
    if (end < 0) throw source.endOfFile('PI')
    const data = this.#plain(source.position, end)
    source.position = end + 2
    container.insertNode(new XProcessingInstruction(target, data))
  }

  /** Text that holds no references. */
  #plain(start: number, end: number): string {
    const text = this.#source.text.slice(start, end)
    const wrong = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/u.exec(text)
    if (wrong !== null) throw this.#source.illegal(start + wrong.index)
    return this.#source.raw ? text : text.replace(/\r\n?/g, '\n')
  }

  /** An element; the source stands behind `<`. */
  #element(container: XContainer, depth: number, keep: boolean): void {
    const source = this.#source
    const start = source.position
    if (depth > depthLimit) throw source.error('The elements are nested too deeply.')
    const name = source.qualifiedName()
    const { attributes, isEmpty } = this.#attributes()
    this.#scopes.push(this.#scopeOf(attributes))
    const element = new XElement(this.#name(name, start, true))
    for (const attribute of attributes) this.#addAttribute(element, attribute)
    container.insertNode(element)
    if (!isEmpty) {
      element.selfClosing = false
      this.#open.push(name)
      this.#content(element, name, start, depth, this.#preserve || (keepsSpace(attributes) ?? keep))
      this.#open.pop()
    }
    this.#scopes.pop()
  }

  #endTag(name: string, start: number): void {
    const source = this.#source
    const at = source.position
    const { text } = source
    const behind = at + name.length
    const fits = text.startsWith(name, at) && text[behind] !== ':' && nameEnd(`a${text[behind] ?? ''}`, 0) < 2
    if (!fits) throw this.#mismatch(name, start)
    source.position = behind
    source.blanks()
    if (source.atEnd) throw this.#notClosed()
    if (!source.take('>')) throw source.unexpected(source.position, "'>'")
  }

  #mismatch(name: string, start: number): DotNetException {
    const source = this.#source
    const at = source.position
    const { line, column } = source.place(start)
    const other = source.qualifiedName()
    return source.error(
      `The '${name}' start tag on line ${line} position ${column} does not match the end tag of '${other}'.`,
      at,
    )
  }

  /** What stands in a start tag behind the name. */
  #attributes(): { attributes: readonly RawAttribute[]; isEmpty: boolean } {
    const source = this.#source
    const attributes: RawAttribute[] = []
    for (;;) {
      const space = source.blanks()
      const start = source.position
      if (source.atEnd) throw this.#notClosed()
      if (source.take('>')) return { attributes, isEmpty: false }
      if (source.take('/')) {
        if (source.atEnd) throw source.endOfFile('>', start)
        if (!source.take('>')) throw source.unexpected(start, "'>'")
        return { attributes, isEmpty: true }
      }
      if (nameEnd(source.text, start) === start) throw source.wrongName(start, space > 0 || attributes.length > 0)
      if (space === 0) throw source.noWhiteSpace(start)
      attributes.push(this.#attribute())
    }
  }

  #attribute(): RawAttribute {
    const source = this.#source
    const start = source.position
    const name = source.qualifiedName()
    const quote = source.openValue()
    const valueStart = source.position
    const close = source.text.indexOf(quote, valueStart)
    const end = close < 0 ? source.text.length : close
    const value = this.#decoded(valueStart, end, true)
    if (close < 0) throw source.error('There is an unclosed literal string.', end)
    source.position = end + 1
    return { name, value, start, valueStart }
  }

  #scopeOf(attributes: readonly RawAttribute[]): ReadonlyMap<string, string> {
    const outer = this.#scopes.at(-1) ?? new Map<string, string>()
    const declared = attributes.filter(({ name }) => name === 'xmlns' || name.startsWith('xmlns:'))
    if (declared.length === 0) return outer
    const scope = new Map(outer)
    for (const attribute of declared) scope.set(this.#declaredPrefix(attribute), attribute.value)
    return scope
  }

  /** The prefix that an attribute declares. @throws DotNetException XmlException when it may not be declared so */
  #declaredPrefix({ name, value, start, valueStart }: RawAttribute): string {
    const prefix = name === 'xmlns' ? '' : name.slice(6)
    const { xml, xmlns } = XNamespace
    if (prefix === 'xmlns') throw this.#source.error('Prefix "xmlns" is reserved for use by XML.', start)
    if (prefix === 'xml' && value !== xml.uri) {
      throw this.#source.error(
        `Prefix "xml" is reserved for use by XML and can be mapped only to namespace name "${xml.uri}".`,
        start,
      )
    }
    if (prefix !== '' && value === '') throw this.#source.error('Invalid namespace declaration.', valueStart - 1)
    if (value === xmlns.uri || (value === xml.uri && prefix !== 'xml')) {
      throw this.#source.error(
        `Prefix '${prefix}' cannot be mapped to namespace name reserved for "xml" or "xmlns".`,
        valueStart,
      )
    }
    return prefix
  }

  #addAttribute(element: XElement, { name, value, start }: RawAttribute): void {
    const own = name.startsWith('xmlns:')
      ? new XName(name.slice(6), XNamespace.xmlns.uri)
      : this.#name(name, start, false)
    if (element.attribute(own) !== undefined)
      throw this.#source.error(`'${name}' is a duplicate attribute name.`, start)
    element.addAttribute(new XAttribute(own, value))
  }

  /** An attribute without a prefix is in no namespace. */
  #name(name: string, start: number, isElement: boolean): XName {
    const colon = name.indexOf(':')
    const prefix = colon < 0 ? '' : name.slice(0, colon)
    const local = name.slice(colon + 1)
    if (prefix === 'xmlns') throw argumentException('Prefix "xmlns" is reserved for use by XML.')
    const uri = prefix === '' && !isElement ? '' : this.#scopes.at(-1)?.get(prefix)
    if (uri === undefined) throw this.#source.error(`'${prefix}' is an undeclared prefix.`, start)
    return new XName(local, uri)
  }

  #characters(element: XElement, keep: boolean): void {
    const source = this.#source
    const start = source.position
    const next = source.text.indexOf('<', start)
    const end = next < 0 ? source.text.length : next
    const text = this.#decoded(start, end, false)
    source.position = end
    // An XmlDocument takes white space that is written as a reference for text.
    if (!keep && /^[ \t\r\n]*$/.test(source.raw ? source.text.slice(start, end) : text)) return
    element.insertNode(new XText(text))
  }

  #decoded(start: number, end: number, isValue: boolean): string {
    return decode(this.#source, start, end, isValue, this.#entities)
  }

  #notClosed(): DotNetException {
    const names = this.#open.toReversed().join(', ')
    return this.#source.error(
      `Unexpected end of file has occurred. The following elements are not closed: ${names}${names === '' ? '' : '.'}`,
      this.#source.text.length,
    )
  }
}

function misplacedDeclaration(source: XmlSource, offset: number): DotNetException {
  return source.error(
    'Unexpected XML declaration. The XML declaration must be the first node in the document, and no white space characters are allowed to appear before it.',
    offset,
  )
}

/** What `xml:space` says of the white space below. */
function keepsSpace(attributes: readonly RawAttribute[]): boolean | undefined {
  const value = attributes.find(({ name }) => name === 'xml:space')?.value
  return value === 'preserve' ? true : value === 'default' ? false : undefined
}
