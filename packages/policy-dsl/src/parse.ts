import type { Problem } from '@apim-kit/core'
import { contentElements } from './content-elements.js'
import { Comment, Element, type Attribute, type Node } from './element.js'
import { decode, strayAmpersand } from './entities.js'
import {
  brokenAttribute,
  brokenText,
  findExpression,
  isSpace,
  skipSpace,
  typedExpression,
  type Evidence,
  type ExpressionForm,
} from './expression-form.js'
import type { Position } from './expression/position.js'
import { expressionEnd, expressionStartsAt } from './expression/scan.js'
import { messages } from './messages.js'
import { Positions } from './positions.js'
import { Expression, lineFeeds, valueOf, type Value } from './value.js'

/** The service's two inline formats; `auto` reads both, and texts that mix them. */
export type TextFormat = 'xml' | 'rawxml' | 'auto'

/** What a text consists of, and what is wrong with it. */
export interface Parsed {
  /** The elements and comments at top level: one element in a good document. */
  readonly nodes: readonly (Element | Comment)[]
  readonly problems: readonly Problem[]
  readonly evidence: Evidence
}

/** What the parser has to be told. */
export interface ParseOptions {
  readonly format: TextFormat
  /** How to read an expression that could be of either form; for `auto`. */
  readonly unclear: ExpressionForm
}

/**
 * Reads the markup of a text in one pass. It never throws for bad text: it says what is wrong and goes on as well as it can.
 */
export function parse(text: string, options: ParseOptions): Parsed {
  return new Parser(text, options).run()
}

/** An element that is not closed yet. */
interface Frame {
  readonly name: string
  readonly position: Position | undefined
  readonly attributes: readonly Attribute[]
  readonly children: Node[]
  /** A blank line stands before it. */
  readonly spaced: boolean
  /** Its content is kept as it stands. */
  readonly content: boolean
  /** White space in it that is layout, unless there is markup to keep. */
  readonly layout: Node[]
  readonly path: string
}

class Parser {
  readonly #text: string
  readonly #options: ParseOptions
  readonly #positions: Positions
  readonly #problems: Problem[] = []
  readonly #frames: Frame[] = []
  readonly #evidence: Evidence = { typed: 0, escaped: 0, unclear: 0 }
  #top: Frame
  #at = 0
  /** Whether the layout passed since the last node has a blank line. */
  #spaced = false

  constructor(text: string, options: ParseOptions) {
    this.#text = text
    this.#options = options
    this.#positions = new Positions(text)
    this.#top = {
      name: '',
      position: undefined,
      attributes: [],
      children: [],
      spaced: false,
      content: false,
      layout: [],
      path: '',
    }
  }

  run(): Parsed {
    while (this.#at < this.#text.length) {
      if (!this.#markup()) this.#run()
    }
    while (this.#frames.length > 0) {
      this.#problem('policy/not-well-formed', messages.notClosed(this.#top.name), this.#top.position)
      this.#close()
    }
    return {
      nodes: this.#top.children.filter((node) => node instanceof Element || node instanceof Comment),
      problems: this.#problems,
      evidence: this.#evidence,
    }
  }

  /** Reads markup that begins here; false where text does. */
  #markup(): boolean {
    const text = this.#text
    if (text.charCodeAt(this.#at) !== LESS) return false
    const next = text.charCodeAt(this.#at + 1)
    if (next === SLASH) return this.#closeTag()
    if (next === BANG) {
      if (text.startsWith('<!--', this.#at)) return this.#comment()
      if (text.startsWith('<![CDATA[', this.#at)) return false
      return this.#skipDeclaration()
    }
    if (next === QUESTION) return this.#skipInstruction()
    return isNameStart(next) && this.#openTag()
  }

  #comment(): boolean {
    const start = this.#at
    const end = this.#text.indexOf('-->', start + 4)
    const position = this.#positions.at(start)
    if (end === -1) this.#problem('policy/not-well-formed', messages.commentNotClosed(), position)
    this.#at = end === -1 ? this.#text.length : end + 3
    this.#top.children.push(
      new Comment(lineFeeds(this.#text.slice(start + 4, end === -1 ? undefined : end)), position, this.#takeSpaced()),
    )
    return true
  }

  #takeSpaced(): boolean {
    const spaced = this.#spaced
    this.#spaced = false
    return spaced
  }

  /** Processing instructions say nothing to the service; the XML declaration is one by its looks. */
  #skipInstruction(): boolean {
    const end = this.#text.indexOf('?>', this.#at)
    if (end === -1)
      this.#problem('policy/not-well-formed', messages.instructionNotClosed(), this.#positions.at(this.#at))
    this.#at = end === -1 ? this.#text.length : end + 2
    return true
  }

  #skipDeclaration(): boolean {
    this.#problem('policy/not-well-formed', messages.declaration(), this.#positions.at(this.#at))
    const end = this.#text.indexOf('>', this.#at)
    this.#at = end === -1 ? this.#text.length : end + 1
    return true
  }

  #openTag(): boolean {
    const start = this.#at
    const position = this.#positions.at(start)
    this.#at++
    const name = this.#name()
    const path = this.#pathOf(name)
    const attributes = this.#attributes(name, path)
    const content = this.#top.content || contentElements.has(name)
    this.#frames.push(this.#top)
    this.#top = {
      name,
      position,
      attributes,
      children: [],
      spaced: this.#takeSpaced(),
      content,
      layout: [],
      path,
    }
    if (this.#text.startsWith('/>', this.#at)) {
      this.#at += 2
      this.#close()
    } else if (this.#text.charCodeAt(this.#at) === GREATER) this.#at++
    else this.#problem('policy/not-well-formed', messages.tagNotClosed(name), position)
    return true
  }

  /** `inbound/set-header[2]`: the root is left out, and repeated elements are counted from 1. */
  #pathOf(name: string): string {
    if (this.#frames.length === 0) return ''
    let count = 1
    for (const node of this.#top.children) if (node instanceof Element && node.name === name) count++
    const step = this.#frames.length === 1 ? name : `${name}[${count}]`
    return this.#top.path === '' ? step : `${this.#top.path}/${step}`
  }

  #close(): void {
    const { name, attributes, position, spaced, layout } = this.#top
    const keepsLayout =
      this.#frames.at(-1)?.content === true || this.#top.children.some((node) => node instanceof Element)
    const children =
      keepsLayout || layout.length === 0
        ? this.#top.children
        : this.#top.children.filter((node) => !layout.includes(node))
    const element = Object.freeze(new Element(name, { attributes, children, position, spaced }))
    const parent = this.#frames.pop()
    if (parent === undefined) return
    parent.children.push(element)
    this.#top = parent
  }

  #closeTag(): boolean {
    const position = this.#positions.at(this.#at)
    this.#at += 2
    const name = this.#name()
    const end = skipSpace(this.#text, this.#at)
    if (this.#text.charCodeAt(end) === GREATER) this.#at = end + 1
    else this.#problem('policy/not-well-formed', messages.tagNotClosed(`/${name}`), position)
    if (name !== this.#top.name && !this.#frames.some((frame) => frame.name === name && frame.name !== '')) {
      this.#problem('policy/not-well-formed', messages.nothingToClose(name), position)
      return true
    }
    while (name !== this.#top.name) {
      this.#problem('policy/not-well-formed', messages.closedByOther(this.#top.name, name), position)
      this.#close()
    }
    this.#close()
    return true
  }

  #name(): string {
    const start = this.#at
    while (isNameCharacter(this.#text.charCodeAt(this.#at))) this.#at++
    return this.#text.slice(start, this.#at)
  }

  #attributes(element: string, path: string): Attribute[] {
    const attributes: Attribute[] = []
    for (;;) {
      this.#at = skipSpace(this.#text, this.#at)
      const code = this.#text.charCodeAt(this.#at)
      if (
        Number.isNaN(code) ||
        code === GREATER ||
        code === LESS ||
        (code === SLASH && this.#text.charCodeAt(this.#at + 1) === GREATER)
      ) {
        return attributes
      }
      const attribute = this.#attribute(element, path)
      if (attribute === undefined) continue
      if (attributes.some(({ name }) => name === attribute.name)) {
        this.#problem('policy/not-well-formed', messages.attributeTwice(attribute.name), attribute.position, path)
      } else attributes.push(attribute)
    }
  }

  #attribute(element: string, path: string): Attribute | undefined {
    const start = this.#at
    const position = this.#positions.at(start)
    const name = this.#name()
    if (name === '') {
      this.#problem(
        'policy/not-well-formed',
        messages.notAnAttribute(this.#text.charAt(start), element),
        position,
        path,
      )
      this.#at++
      return undefined
    }
    const equals = skipSpace(this.#text, this.#at)
    const open = skipSpace(this.#text, equals + 1)
    const quote = this.#text.charAt(open)
    if (this.#text.charCodeAt(equals) !== EQUALS || (quote !== '"' && quote !== "'")) {
      this.#problem('policy/not-well-formed', messages.attributeWithoutValue(name), position, path)
      if (this.#text.charCodeAt(equals) === EQUALS) this.#skipUnquoted(open)
      return undefined
    }
    this.#at = open + 1
    return Object.freeze({ name, value: this.#attributeValue(name, quote, path), position })
  }

  /** `b=1`: the value is told to be missing, not told again to be an attribute. */
  #skipUnquoted(open: number): void {
    this.#at = open
    while (this.#at < this.#text.length && !/[\s<>/]/.test(this.#text.charAt(this.#at))) this.#at++
  }

  #attributeValue(name: string, quote: string, path: string): Value {
    const start = skipSpace(this.#text, this.#at)
    const value =
      this.#options.format !== 'xml' && expressionStartsAt(this.#text, start)
        ? this.#expression(start, quote, `${path}/@${name}`)
        : undefined
    if (value !== undefined) {
      this.#at = skipSpace(this.#text, this.#at) + 1
      return value
    }
    return this.#quoted(quote, `${path}/@${name}`)
  }

  /** An attribute's value up to its quote, as an XML parser has it: line ends and tabs are blanks. */
  #quoted(quote: string, path: string): Value {
    const start = this.#at
    const position = this.#positions.at(start)
    const close = this.#text.indexOf(quote, start)
    if (close === -1) this.#problem('policy/not-well-formed', messages.attributeNotClosed(), position, path)
    const end = close === -1 ? this.#text.length : close
    const raw = this.#text.slice(start, end)
    this.#at = end + 1
    this.#characters(raw, start, path, true)
    return this.#wholeValue(decode(lineFeeds(raw).replace(/[\n\t]/g, ' ')), raw, position)
  }

  /** Reads the expression that begins at `start`, up to its end; undefined where it has none, which is then told. */
  #expression(start: number, closer: string, path: string): Expression | undefined {
    const position = this.#positions.at(start)
    const found =
      this.#options.format === 'auto'
        ? findExpression(this.#text, start, closer, this.#options.unclear, this.#evidence)
        : typedExpression(this.#text, start, closer)
    if (found === undefined) return this.#brokenExpression(start, closer, position, path)
    this.#at = found.end
    return this.#expressionOf(found.source, this.#text.slice(start, found.end), position)
  }

  /**
   * An expression that C# does not end where the markup does. Where the markup tells its end without a doubt, it is kept as it is
   * for the checker to say what is wrong with it; otherwise that is told here.
   */
  #brokenExpression(start: number, closer: string, position: Position, path: string): Expression | undefined {
    const broken =
      closer === '<' ? brokenText(this.#text, start, this.#top.name) : brokenAttribute(this.#text, start, closer)
    if (broken?.certain !== true) {
      const { message, at } = this.#unended(start)
      this.#problem('policy/expression', message, this.#positions.at(at), path)
    }
    if (broken === undefined) return undefined
    this.#at = broken.end
    return this.#expressionOf(broken.source, this.#text.slice(start, broken.end), position)
  }

  #expressionOf(found: string, raw: string, position: Position): Expression {
    const source = lineFeeds(found)
    return source === raw ? new Expression(source, position) : new Expression(source, position, raw)
  }

  #unended(start: number): { readonly message: string; readonly at: number } {
    const found = expressionEnd(this.#text, start)
    return found.kind === 'end'
      ? { message: messages.textAfterExpression(), at: found.end }
      : { message: messages.expressionNotEnded(found.what), at: found.at }
  }

  /** Reads text up to the next markup; CDATA belongs to it. */
  #run(): void {
    const start = this.#at
    const begin = skipSpace(this.#text, start)
    if (this.#isLayout(start, begin)) return
    const path = this.#top.path
    if (this.#options.format !== 'xml' && expressionStartsAt(this.#text, begin)) {
      const value = this.#expression(begin, '<', path)
      if (value !== undefined) {
        this.#at = skipSpace(this.#text, this.#at)
        this.#top.children.push(value)
        return
      }
    }
    this.#literal(start, begin, path)
  }

  /** Passes white space between markup; only a blank line in it is noted. */
  #isLayout(start: number, end: number): boolean {
    if (start === end || this.#top.content) return false
    if (end < this.#text.length && (this.#text.charCodeAt(end) !== LESS || this.#text.startsWith('<![CDATA[', end)))
      return false
    this.#at = end
    const lineEnd = this.#text.indexOf('\n', start)
    const next = lineEnd === -1 ? -1 : this.#text.indexOf('\n', lineEnd + 1)
    this.#spaced = next !== -1 && next < end
    return true
  }

  #literal(start: number, begin: number, path: string): void {
    let decoded = ''
    let significant = false
    // Text that is not markup after all, such as a lone `<`, is read as text; the first character always is.
    for (let from = start; ;) {
      const cdata = this.#text.startsWith('<![CDATA[', from)
      const end = cdata ? this.#cdataEnd(from) : this.#textEnd(from)
      const raw = this.#text.slice(cdata ? from + 9 : from, cdata ? end - 3 : end)
      if (!cdata) this.#characters(raw, from, path, false)
      significant ||= cdata || raw.includes('&')
      decoded += cdata ? lineFeeds(raw) : decode(raw)
      from = end
      // Text goes on after a CDATA section, and one goes on after text.
      if (
        this.#text.charCodeAt(from) === LESS
          ? !this.#text.startsWith('<![CDATA[', from)
          : !cdata || from >= this.#text.length
      ) {
        this.#at = end
        break
      }
    }
    const blank = decoded.trim() === ''
    if (blank && !significant && !this.#top.content) return
    const position = this.#positions.at(blank ? start : begin)
    if (this.#frames.length === 0) {
      if (!blank) this.#problem('policy/not-well-formed', messages.textOutside(), position)
      return
    }
    const value = this.#wholeValue(decoded, this.#text.slice(begin, this.#at), position)
    if (blank && !significant) this.#top.layout.push(value)
    this.#top.children.push(value)
  }

  #wholeValue(decoded: string, raw: string, position: Position): Value {
    const value = valueOf(decoded, position)
    return value instanceof Expression ? this.#expressionOf(value.source, raw, position) : value
  }

  #textEnd(from: number): number {
    const end = this.#text.indexOf('<', this.#text.charCodeAt(from) === LESS ? from + 1 : from)
    return end === -1 ? this.#text.length : end
  }

  #cdataEnd(from: number): number {
    const end = this.#text.indexOf(']]>', from)
    if (end !== -1) return end + 3
    this.#problem('policy/not-well-formed', messages.cdataNotClosed(), this.#positions.at(from))
    return this.#text.length + 3
  }

  /** Characters that text may not hold as they stand. */
  #characters(raw: string, start: number, path: string, attribute: boolean): void {
    const ampersand = strayAmpersand(raw)
    if (ampersand !== -1) {
      this.#problem('policy/not-well-formed', messages.strayAmpersand(), this.#positions.at(start + ampersand), path)
    }
    const less = raw.indexOf('<')
    if (less !== -1) {
      this.#problem('policy/not-well-formed', messages.strayLess(attribute), this.#positions.at(start + less), path)
    }
  }

  #problem(rule: string, message: string, position: Position | undefined, path = this.#top.path): void {
    this.#problems.push({ rule, severity: 'error', message, path, ...position })
  }
}

const LESS = 60
const GREATER = 62
const SLASH = 47
const BANG = 33
const QUESTION = 63
const EQUALS = 61

const isNameStart = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 58 || code > 127

/** Anything that cannot end a name counts to it: names are looked at by the checker, which knows what was meant. */
const isNameCharacter = (code: number): boolean =>
  isNameStart(code) ||
  (code >= 48 && code <= 57) ||
  code === 45 ||
  code === 46 ||
  (code > 32 && !isSpace(code) && !isDelimiter(code))

const isDelimiter = (code: number): boolean =>
  code === LESS || code === GREATER || code === SLASH || code === EQUALS || code === 34 || code === 39
