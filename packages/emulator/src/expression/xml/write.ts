import { allocate, step } from '../run.js'
import {
  type XAttribute,
  XComment,
  XDocument,
  XElement,
  XNamespace,
  type XNode,
  XProcessingInstruction,
  XText,
} from './nodes.js'

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

/** `XNode.ToString`: indented by two spaces, or as it is. A document is written without its declaration. */
export function writeXml(node: XNode, indented = true): string {
  const writer = new XmlWriter(indented)
  // What the elements around declare gives the prefixes; the text alone declares them anew.
  writer.write(node, { around: scopeAround(node), written: outermost }, 0, false)
  const text = writer.parts.join('').replace(/^\n/, '')
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
    for (const [prefix, own] of current.prefixes) {
      const usable = own === uri && uriOf(prefix, scope) === uri && !(needsPrefix && prefix === '')
      if (usable) return prefix
    }
  }
  return undefined
}

/** Prefixes that nobody gave are p1, p2 and so on. */
function unusedPrefix(scope: Scope): string {
  let number = 1
  while (uriOf(`p${number}`, scope) !== undefined) number++
  return `p${number}`
}

/** Where an element stands in its tree, and what the text around it declares so far. */
interface Surroundings {
  readonly around: Scope
  readonly written: Scope
}

class XmlWriter {
  readonly parts: string[] = []

  constructor(readonly indented: boolean) {}

  /** @param mixed there is text beside the node, so that white space would change it */
  write(node: XNode, scope: Surroundings, depth: number, mixed: boolean): void {
    step()
    if (node instanceof XDocument) for (const child of node.nodes) this.write(child, scope, depth, false)
    else if (node instanceof XText)
      this.parts.push(
        node.cdata ? `<![CDATA[${node.value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>` : escapeText(node.value),
      )
    else {
      if (this.indented && !mixed) this.parts.push(`\n${'  '.repeat(depth)}`)
      if (node instanceof XElement) this.#element(node, scope, depth, mixed)
      else if (node instanceof XComment) this.parts.push(`<!--${node.value}-->`)
      else if (node instanceof XProcessingInstruction)
        this.parts.push(`<?${node.target}${node.data === '' ? '' : ` ${node.data}`}?>`)
    }
  }

  #element(element: XElement, outer: Surroundings, depth: number, mixed: boolean): void {
    const around = scopeOf(element, outer.around)
    const added = new Map<string, string>()
    const written: Scope = { prefixes: added, outer: scopeOf(element, outer.written) }
    const name = this.#elementName(element, around, written, added)
    const attributes = element.attributes.map((attribute) => this.#attribute(attribute, around, written, added))
    // .NET's writer comes to the declarations that it adds when everything else of the tag is there.
    const declarations = [...added]
      .toReversed()
      .map(([prefix, uri]) => ` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeAttribute(uri)}"`)
    this.parts.push(`<${name}`, ...attributes, ...declarations)
    if (element.isEmpty) this.parts.push(' />')
    else this.#content(element, name, { around, written }, depth, mixed)
  }

  #elementName({ name }: XElement, around: Scope, written: Scope, added: Map<string, string>): string {
    const prefix = prefixOf(name.uri, around, false) ?? prefixOf(name.uri, written, false) ?? ''
    if (uriOf(prefix, written) !== name.uri) added.set(prefix, name.uri)
    return prefix === '' ? name.localName : `${prefix}:${name.localName}`
  }

  #attribute(
    { name, value, isNamespaceDeclaration }: XAttribute,
    around: Scope,
    written: Scope,
    added: Map<string, string>,
  ): string {
    const text = `="${escapeAttribute(value)}"`
    if (isNamespaceDeclaration) return ` ${name.uri === '' ? 'xmlns' : `xmlns:${name.localName}`}${text}`
    if (name.uri === '') return ` ${name.localName}${text}`
    const prefix = prefixOf(name.uri, around, true) ?? prefixOf(name.uri, written, true) ?? unusedPrefix(written)
    if (uriOf(prefix, written) !== name.uri) added.set(prefix, name.uri)
    return ` ${prefix}:${name.localName}${text}`
  }

  #content(element: XElement, name: string, scope: Surroundings, depth: number, mixed: boolean): void {
    this.parts.push('>')
    let text = mixed
    let indentedEnd = false
    for (const node of element.nodes) {
      text ||= node instanceof XText
      this.write(node, scope, depth + 1, text)
      indentedEnd = !text
    }
    if (this.indented && indentedEnd) this.parts.push(`\n${'  '.repeat(depth)}`)
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
export function writeAttribute({ name, value, isNamespaceDeclaration }: XAttribute): string {
  const prefix = isNamespaceDeclaration && name.uri !== '' ? 'xmlns:' : name.uri === '' ? '' : 'p1:'
  return `${prefix}${name.localName}="${escapeAttribute(value)}"`
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;')
}

function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#xA;').replaceAll('\t', '&#x9;')
}
