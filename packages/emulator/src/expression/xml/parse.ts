import { allocate, step } from '../run.js'
import { argumentNull } from '../values/exceptions.js'
import { DotNetException } from '../values/exception.js'
import { isXmlName } from './name-text.js'
import {
  XAttribute,
  XComment,
  type XContainer,
  XDeclaration,
  XDocument,
  XElement,
  XName,
  XNamespace,
  XProcessingInstruction,
  XText,
} from './nodes.js'

/** Elements inside elements beyond this are refused. */
const depthLimit = 1000

/** `XDocument.Parse`. White space between elements is dropped unless it is to be preserved. @throws DotNetException XmlException */
export function parseDocument(text: string | null, preserveWhitespace = false): XDocument {
  if (text === null) throw argumentNull('s')
  return new XmlParser(text, preserveWhitespace).document()
}

/** `XElement.Parse`: the document's root. */
export function parseElement(text: string | null, preserveWhitespace = false): XElement {
  const document = parseDocument(text, preserveWhitespace)
  const root = document.rootElement
  if (root === null) throw xmlException('Root element is missing.', 1, 1)
  root.remove()
  return root
}

export function xmlException(message: string, line: number, column: number): DotNetException {
  return new DotNetException('System.Xml.XmlException', `${message} Line ${line}, position ${column}.`)
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function illegalChar(letter: string): string {
  const code = letter.charCodeAt(0).toString(16).toUpperCase()
  return `'${letter}', hexadecimal value 0x${code.padStart(2, '0')}, is an invalid character.`
}

/** A start tag as it was written, before prefixes have their meaning. */
interface RawAttribute {
  readonly name: string
  readonly value: string
}

class XmlParser {
  #position = 0
  /** Prefixes in scope, innermost last. */
  readonly #scopes: ReadonlyMap<string, string>[] = [
    new Map([
      ['xml', XNamespace.xml.uri],
      ['', ''],
    ]),
  ]

  constructor(
    readonly text: string,
    readonly preserve: boolean,
  ) {
    allocate(text.length)
  }

  document(): XDocument {
    const document = new XDocument()
    this.#match(/\ufeff/y)
    document.declaration = this.#declaration()
    this.#misplacedDeclaration()
    this.#content(document, 0)
    if (this.#position < this.text.length) throw this.#error('Data at the root level is invalid.')
    if (document.rootElement === null) throw this.#error('Root element is missing.')
    return document
  }

  #declaration(): XDeclaration | null {
    const match = this.#match(/<\?xml\s+([^?]*)\?>/y)
    if (match === null) return null
    const value = (name: string): string | null =>
      new RegExp(`${name}\\s*=\\s*["']([^"']*)["']`).exec(match[1] ?? '')?.[1] ?? null
    return new XDeclaration(value('version'), value('encoding'), value('standalone'))
  }

  #misplacedDeclaration(): void {
    if (!/^\s*<\?xml\s/.test(this.text.slice(this.#position))) return
    throw this.#error(
      'Unexpected XML declaration. The XML declaration must be the first node in the document, and no whitespace characters are allowed to appear before it.',
    )
  }

  /** The nodes up to the end tag of the container, or to the end of the text. */
  #content(container: XContainer, depth: number): void {
    while (this.#position < this.text.length) {
      step()
      if (this.text.startsWith('</', this.#position)) return
      if (this.#peek() === '<') this.#markup(container, depth)
      else this.#characters(container)
    }
  }

  #markup(container: XContainer, depth: number): void {
    const comment = this.#match(/<!--([\s\S]*?)-->/y)
    if (comment !== null) return container.insertNode(new XComment(comment[1] ?? ''))
    const cdata = this.#match(/<!\[CDATA\[([\s\S]*?)\]\]>/y)
    if (cdata !== null && container instanceof XElement) return container.insertNode(new XText(cdata[1] ?? '', true))
    const instruction = this.#match(/<\?([\w:.-]+)\s*([\s\S]*?)\?>/y)
    if (instruction !== null)
      return container.insertNode(new XProcessingInstruction(instruction[1] ?? '', instruction[2] ?? ''))
    if (this.text.startsWith('<!DOCTYPE', this.#position)) {
      throw this.#error('For security reasons DTD is prohibited in this XML document.')
    }
    if (container instanceof XDocument && container.rootElement !== null)
      throw this.#error('There are multiple root elements.')
    this.#element(container, depth)
  }

  #element(container: XContainer, depth: number): void {
    if (depth > depthLimit) throw this.#error('The elements are nested too deeply.')
    const start = this.#position
    const name = this.#match(/<([^\s/>=<&"']+)/y)?.[1]
    if (name === undefined)
      throw this.#error(`Name cannot begin with the '${this.text.charAt(this.#position + 1)}' character.`)
    const attributes = this.#attributes()
    const closed = this.#match(/\s*(\/?)>/y)
    if (closed === null) throw this.#unexpected()
    this.#scopes.push(this.#scopeOf(attributes))
    const element = new XElement(this.#name(name, true))
    for (const attribute of attributes) this.#addAttribute(element, attribute)
    container.insertNode(element)
    // The element is in its place now; what comes is added to the node that stands there.
    if (closed[1] !== '/') this.#body(element, name, start, depth)
    this.#scopes.pop()
  }

  #body(element: XElement, name: string, start: number, depth: number): void {
    element.selfClosing = false
    this.#content(element, depth + 1)
    const end = this.#match(/<\/([^\s>]+)\s*>/y)
    if (end === null)
      throw this.#error(`Unexpected end of file has occurred. The following elements are not closed: ${name}.`)
    if (end[1] !== name) {
      const { line, column } = this.#place(start)
      throw this.#error(
        `The '${name}' start tag on line ${line} position ${column + 1} does not match the end tag of '${end[1] ?? ''}'.`,
      )
    }
  }

  #attributes(): RawAttribute[] {
    const attributes: RawAttribute[] = []
    for (;;) {
      const match = this.#match(/\s+([^\s/>=<&"']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y)
      if (match === null) return attributes
      const [, name = '', double, single] = match
      if (attributes.some((other) => other.name === name)) throw this.#error(`'${name}' is a duplicate attribute name.`)
      const normal = (double ?? single ?? '').replace(/\r\n|[\r\n\t]/g, ' ')
      attributes.push({ name, value: this.#decode(normal) })
    }
  }

  #scopeOf(attributes: readonly RawAttribute[]): ReadonlyMap<string, string> {
    const scope = new Map(this.#scopes.at(-1))
    for (const { name, value } of attributes) {
      if (name === 'xmlns') scope.set('', value)
      else if (name.startsWith('xmlns:')) scope.set(name.slice(6), value)
    }
    return scope
  }

  #addAttribute(element: XElement, { name, value }: RawAttribute): void {
    if (name === 'xmlns') element.addAttribute(new XAttribute(new XName('xmlns'), value))
    else if (name.startsWith('xmlns:'))
      element.addAttribute(new XAttribute(new XName(name.slice(6), XNamespace.xmlns.uri), value))
    else element.addAttribute(new XAttribute(this.#name(name, false), value))
  }

  /** An attribute without a prefix is in no namespace. */
  #name(name: string, isElement: boolean): XName {
    const colon = name.indexOf(':')
    const prefix = colon < 0 ? '' : name.slice(0, colon)
    const local = name.slice(colon + 1)
    if (!isXmlName(local)) throw this.#error(`Name cannot begin with the '${local.charAt(0)}' character.`)
    const uri = prefix === '' && !isElement ? '' : this.#scopes.at(-1)?.get(prefix)
    if (uri === undefined) throw this.#error(`'${prefix}' is an undeclared prefix.`)
    return new XName(local, uri)
  }

  #characters(container: XContainer): void {
    const start = this.#position
    const raw = this.#match(/[^<]+/y)?.[0] ?? ''
    const blank = /^[ \t\r\n]*$/.test(raw)
    if (blank && (!this.preserve || container instanceof XDocument)) return
    if (container instanceof XDocument) {
      this.#position = start + (/^\s*/.exec(raw)?.[0].length ?? 0)
      throw this.#error('Data at the root level is invalid.')
    }
    if (raw.includes(']]>')) throw this.#error("']]>' is not allowed in character data.")
    const text = this.#decode(raw.replace(/\r\n?/g, '\n'))
    const last = container.nodes.at(-1)
    if (last instanceof XText && !last.cdata) last.value += text
    else container.insertNode(new XText(text))
  }

  #decode(text: string): string {
    const illegal = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.exec(text)?.[0]
    if (illegal !== undefined) throw this.#error(illegalChar(illegal))
    return text.replace(
      /&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));|&/g,
      (whole: string, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined && Object.hasOwn(entities, name)) return entities[name] ?? whole
        if (name !== undefined) throw this.#error(`Reference to undeclared entity '${name}'.`)
        const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
        if (whole === '&' || code > 0x10ffff) throw this.#error('An error occurred while parsing EntityName.')
        return String.fromCodePoint(code)
      },
    )
  }

  #peek(): string {
    return this.text.charAt(this.#position)
  }

  #match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#position
    const match = expression.exec(this.text)
    if (match !== null) this.#position += match[0].length
    return match
  }

  #unexpected(): DotNetException {
    this.#match(/\s+/y)
    return this.#position >= this.text.length
      ? this.#error('Unexpected end of file has occurred.')
      : this.#error(`'${this.#peek()}' is an unexpected token.`)
  }

  #place(offset: number): { line: number; column: number } {
    const before = this.text.slice(0, offset)
    return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
  }

  #error(message: string): DotNetException {
    const { line, column } = this.#place(this.#position)
    return xmlException(message, line, column)
  }
}
