import type { Problem } from '@apim-kit/core'
import { Comment, type Attribute, type Element } from './element.js'
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
import { TreeBuilder } from './tree-builder.js'
import { Expression, illegalCharacter, illegalOffset, lineFeeds, valueOf, type Value } from './value.js'

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

class Parser {
  readonly #text: string
  readonly #options: ParseOptions
  readonly #positions: Positions
  readonly #tree = new TreeBuilder()
  readonly #evidence: Evidence = { typed: 0, escaped: 0, unclear: 0 }
  #at = 0
  /** Whether the layout passed since the last node has a blank line. */
  #spaced = false
  /** How many expressions were found to have no end. */
  #broken = 0

  constructor(text: string, options: ParseOptions) {
    this.#text = text
    this.#options = options
    this.#positions = new Positions(text)
  }

  run(): Parsed {
    this.#refuseIllegal()
    while (this.#at < this.#text.length && !this.#tree.stopped) {
      if (!this.#markup()) this.#run()
    }
    return { nodes: this.#tree.end(), problems: this.#tree.problems, evidence: this.#evidence }
  }

  /** Neither text of a document can carry such a character, so it is told of before anybody writes it back. */
  #refuseIllegal(): void {
    const character = illegalCharacter(this.#text)
    if (character === undefined) return
    this.#tree.problem(messages.textHolds(character), this.#positions.at(illegalOffset(this.#text)))
  }

  #here(): Position {
    return this.#positions.at(this.#at)
  }

  /** Reads markup that begins here; false where text does. */
  #markup(): boolean {
    if (this.#text.charCodeAt(this.#at) !== LESS) return false
    const next = this.#text.charCodeAt(this.#at + 1)
    if (next === SLASH) return this.#closeTag()
    if (next === BANG) {
      if (this.#text.startsWith('<!--', this.#at)) return this.#comment()
      return !this.#text.startsWith('<![CDATA[', this.#at) && this.#skipDeclaration()
    }
    if (next === QUESTION) return this.#skipInstruction()
    return isNameStart(next) && this.#openTag()
  }

  #comment(): boolean {
    const start = this.#at
    const position = this.#here()
    const end = this.#skipTo('-->', messages.commentNotClosed(), start + 4)
    this.#tree.add(new Comment(lineFeeds(this.#text.slice(start + 4, end)), position, this.#takeSpaced()))
    return true
  }

  #takeSpaced(): boolean {
    const spaced = this.#spaced
    this.#spaced = false
    return spaced
  }

  /** Passes everything up to a closing mark, and the mark; gives the offset of the mark. */
  #skipTo(mark: string, missing: string, from = this.#at): number {
    const end = this.#text.indexOf(mark, from)
    if (end === -1) this.#tree.problem(missing, this.#here())
    this.#at = end === -1 ? this.#text.length : end + mark.length
    return end === -1 ? this.#text.length : end
  }

  /** Processing instructions say nothing to the service; the XML declaration is one by its looks. */
  #skipInstruction(): boolean {
    this.#skipTo('?>', messages.instructionNotClosed(), this.#at + 2)
    return true
  }

  #skipDeclaration(): boolean {
    this.#tree.problem(messages.declaration(), this.#here())
    this.#skipTo('>', messages.declaration())
    return true
  }

  #openTag(): boolean {
    const position = this.#here()
    this.#at++
    const name = this.#name()
    this.#tree.open(name, position, this.#takeSpaced())
    this.#attributes(name)
    if (this.#text.startsWith('/>', this.#at)) {
      this.#at += 2
      this.#tree.close()
    } else if (this.#text.charCodeAt(this.#at) === GREATER) this.#at++
    else this.#tree.problem(messages.tagNotClosed(name), position)
    return true
  }

  #closeTag(): boolean {
    const position = this.#here()
    this.#at += 2
    const name = this.#name()
    const end = skipSpace(this.#text, this.#at)
    if (this.#text.charCodeAt(end) === GREATER) this.#at = end + 1
    else this.#tree.problem(messages.tagNotClosed(`/${name}`), position)
    this.#tree.closeNamed(name, position)
    return true
  }

  #name(): string {
    const start = this.#at
    while (isNameCharacter(this.#text.charCodeAt(this.#at))) this.#at++
    return this.#text.slice(start, this.#at)
  }

  #attributes(element: string): void {
    while (!this.#tree.stopped) {
      this.#at = skipSpace(this.#text, this.#at)
      const code = this.#text.charCodeAt(this.#at)
      if (Number.isNaN(code) || code === GREATER || code === LESS) return
      if (code === SLASH && this.#text.charCodeAt(this.#at + 1) === GREATER) return
      const attribute = this.#attribute(element)
      if (attribute !== undefined) this.#tree.attribute(attribute)
    }
  }

  #attribute(element: string): Attribute | undefined {
    const position = this.#here()
    const name = this.#name()
    if (name === '') {
      this.#tree.problem(messages.notAnAttribute(this.#text.charAt(this.#at), element), position)
      this.#at++
      return undefined
    }
    const equals = skipSpace(this.#text, this.#at)
    const open = skipSpace(this.#text, equals + 1)
    const quote = this.#text.charAt(open)
    if (this.#text.charCodeAt(equals) !== EQUALS || (quote !== '"' && quote !== "'")) {
      this.#tree.problem(messages.attributeWithoutValue(name), position)
      if (this.#text.charCodeAt(equals) === EQUALS) this.#skipUnquoted(open)
      return undefined
    }
    this.#at = open + 1
    return Object.freeze({ name, value: this.#attributeValue(name, quote), position })
  }

  /** `b=1`: the value is told to be missing, not told again to be an attribute. */
  #skipUnquoted(open: number): void {
    this.#at = open
    while (this.#at < this.#text.length && !/[\s<>/]/.test(this.#text.charAt(this.#at))) this.#at++
  }

  #attributeValue(name: string, quote: string): Value {
    const start = skipSpace(this.#text, this.#at)
    const value = this.#startsExpression(start) ? this.#expression(start, quote, name) : undefined
    if (value === undefined) return this.#quoted(quote, name)
    this.#at = skipSpace(this.#text, this.#at) + 1
    return value
  }

  #startsExpression(offset: number): boolean {
    return this.#options.format !== 'xml' && expressionStartsAt(this.#text, offset)
  }

  /** An attribute's value up to its quote, as an XML parser has it: line ends and tabs are blanks. */
  #quoted(quote: string, name: string): Value {
    const start = this.#at
    const position = this.#here()
    const raw = this.#text.slice(start, this.#skipTo(quote, messages.attributeNotClosed()))
    this.#checkCharacters(raw, start, name)
    return valueFrom(decode(lineFeeds(raw).replace(/[\n\t]/g, ' ')), raw, position)
  }

  /** Reads the expression that begins at `start`, up to its end; undefined where it has none, which is then told. */
  #expression(start: number, closer: string, attribute?: string): Expression | undefined {
    const position = this.#positions.at(start)
    const found =
      this.#options.format === 'auto'
        ? findExpression(this.#text, start, closer, this.#options.unclear, this.#evidence)
        : typedExpression(this.#text, start, closer)
    if (found === undefined) return this.#brokenExpression(start, closer, position, attribute)
    this.#at = found.end
    return expressionFrom(found.source, this.#text.slice(start, found.end), position)
  }

  /**
   * An expression that C# does not end where the markup does. Where the markup tells its end without a doubt, it is kept as it is
   * for the checker to say what is wrong with it; otherwise that is told here.
   */
  #brokenExpression(start: number, closer: string, position: Position, attribute?: string): Expression | undefined {
    const broken =
      closer === '<' ? brokenText(this.#text, start, this.#tree.name) : brokenAttribute(this.#text, start, closer)
    if (broken?.certain !== true) this.#tellUnended(start, attribute)
    if (++this.#broken === mostBroken) this.#tree.stop(messages.tooMany(mostBroken), position)
    if (broken === undefined) return undefined
    this.#at = broken.end
    return expressionFrom(broken.source, this.#text.slice(start, broken.end), position)
  }

  #tellUnended(start: number, attribute?: string): void {
    const found = expressionEnd(this.#text, start)
    const message = found.kind === 'end' ? messages.textAfterExpression() : messages.expressionNotEnded(found.what)
    const position = this.#positions.at(found.kind === 'end' ? found.end : found.at)
    this.#tree.problem(message, position, 'expression', attribute)
  }

  /** Reads text up to the next markup; CDATA belongs to it. */
  #run(): void {
    const start = this.#at
    const begin = skipSpace(this.#text, start)
    if (this.#isLayout(start, begin)) return
    const value = this.#startsExpression(begin) ? this.#expression(begin, '<') : undefined
    if (value === undefined) this.#literal(start, begin)
    else {
      this.#at = skipSpace(this.#text, this.#at)
      this.#tree.add(value)
    }
  }

  /** Passes white space between markup; only a blank line in it is noted. */
  #isLayout(start: number, end: number): boolean {
    if (start === end || this.#tree.content) return false
    const endsText = end === this.#text.length || this.#text.charCodeAt(end) === LESS
    if (!endsText || this.#text.startsWith('<![CDATA[', end)) return false
    this.#at = end
    const lineEnd = this.#text.indexOf('\n', start)
    const next = lineEnd === -1 ? -1 : this.#text.indexOf('\n', lineEnd + 1)
    this.#spaced = next !== -1 && next < end
    return true
  }

  #literal(start: number, begin: number): void {
    let decoded = ''
    let significant = false
    do {
      const piece = this.#text.startsWith('<![CDATA[', this.#at) ? this.#cdata() : this.#plainText()
      decoded += piece.text
      significant ||= piece.significant
    } while (this.#textGoesOn())
    const blank = decoded.trim() === ''
    const position = this.#positions.at(blank ? start : begin)
    if (this.#tree.outside) {
      if (!blank) this.#tree.problem(messages.textOutside(), position)
      return
    }
    const value = valueFrom(decoded, this.#text.slice(begin, this.#at), position)
    if (!blank || significant) this.#tree.add(value)
    else if (this.#tree.content) this.#tree.addLayout(value)
  }

  /** Text goes on after a CDATA section, and one goes on after text. */
  #textGoesOn(): boolean {
    if (this.#at >= this.#text.length) return false
    return this.#text.charCodeAt(this.#at) !== LESS || this.#text.startsWith('<![CDATA[', this.#at)
  }

  #cdata(): { readonly text: string; readonly significant: boolean } {
    const start = this.#at + 9
    const end = this.#skipTo(']]>', messages.cdataNotClosed())
    return { text: lineFeeds(this.#text.slice(start, end)), significant: true }
  }

  /** The first character is text in any case: a lone `<` is no markup. */
  #plainText(): { readonly text: string; readonly significant: boolean } {
    const start = this.#at
    const end = this.#text.indexOf('<', start + 1)
    this.#at = end === -1 ? this.#text.length : end
    const raw = this.#text.slice(start, this.#at)
    this.#checkCharacters(raw, start)
    return { text: decode(raw), significant: raw.includes('&') }
  }

  /** Characters that text may not hold as they stand. */
  #checkCharacters(raw: string, start: number, attribute?: string): void {
    const tell = (offset: number, message: string): void => {
      if (offset !== -1) this.#tree.problem(message, this.#positions.at(start + offset), undefined, attribute)
    }
    tell(strayAmpersand(raw), messages.strayAmpersand())
    tell(raw.indexOf('<'), messages.strayLess(attribute !== undefined))
  }
}

/** Looking for the end of each of more faulty expressions would take a time of the text's square. */
const mostBroken = 40

/** What decoded text is: an expression only as a whole. */
function valueFrom(decoded: string, raw: string, position: Position): Value {
  const value = valueOf(decoded, position)
  return value instanceof Expression ? expressionFrom(value.source, raw, position) : value
}

function expressionFrom(found: string, raw: string, position: Position): Expression {
  const source = lineFeeds(found)
  return source === raw ? new Expression(source, position) : new Expression(source, position, raw)
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
  isNameStart(code) || (code >= 48 && code <= 57) || (code > 32 && !isSpace(code) && !isDelimiter(code))

const isDelimiter = (code: number): boolean =>
  code === LESS || code === GREATER || code === SLASH || code === EQUALS || code === 34 || code === 39
