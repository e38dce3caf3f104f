import type { Problem } from '@apim-kit/core'
import { Comment, type Attribute, type Element } from './element.js'
import { decode, decodeStrictly, strayAmpersand } from './entities.js'
import {
  brokenAttribute,
  brokenText,
  findExpression,
  typedExpression,
  type Evidence,
  type ExpressionForm,
  type FoundExpression,
} from './expression-form.js'
import type { Position } from './expression/position.js'
import { expressionEnd, expressionStartsAt } from './expression/scan.js'
import { messages } from './messages.js'
import { Positions } from './positions.js'
import { TreeBuilder } from './tree-builder.js'
import { Expression, illegalCharacter, illegalOffset, Literal, type Value } from './value.js'
import { isSpace, skipSpace, trimSpaceEnd } from './white-space.js'

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
 * Reads the markup of a text, whose line ends are line feeds, in one pass. Nodes are left unfrozen, see `freeze`. It never throws for bad text: it says what is wrong and goes on as well as it can.
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
      return !this.#text.startsWith(cdataMark, this.#at) && this.#skipDeclaration()
    }
    if (next === QUESTION) return this.#skipInstruction()
    return isNameStart(next) && this.#openTag()
  }

  #comment(): boolean {
    const start = this.#at
    const position = this.#here()
    const end = this.#skipTo('-->', messages.commentNotClosed(), start + 4)
    this.#tree.add(new Comment(this.#text.slice(start + 4, end), position, this.#takeSpaced(), false))
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
    this.#tree.attributesEnd()
    if (this.#text.startsWith('/>', this.#at)) {
      this.#at += 2
      this.#tree.close()
    } else if (this.#text.charCodeAt(this.#at) === GREATER) this.#at++
    else this.#tree.problem(messages.tagNotClosed(name), position)
    return true
  }

  #closeTag(): boolean {
    if (this.#closesInnermost()) return true
    const position = this.#here()
    this.#at += 2
    const name = this.#name()
    const end = skipSpace(this.#text, this.#at)
    if (this.#text.charCodeAt(end) === GREATER) this.#at = end + 1
    else this.#tree.problem(messages.tagNotClosed(`/${name}`), position)
    this.#tree.closeNamed(name, position)
    return true
  }

  /** As a rule a tag closes what was opened last, and nothing has to be looked for. */
  #closesInnermost(): boolean {
    const { name } = this.#tree
    const start = this.#at + 2
    const end = start + name.length
    if (name === '' || this.#text.charCodeAt(end) !== GREATER || !this.#text.startsWith(name, start)) return false
    this.#at = end + 1
    this.#tree.close()
    return true
  }

  #name(): string {
    const start = this.#at
    let end = start
    while (end < this.#text.length && isNameCharacter(this.#text.charCodeAt(end))) end++
    this.#at = end
    return this.#text.slice(start, end)
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
    return { name, value: this.#attributeValue(name, quote), position }
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
    const text = raw.includes('\n') || raw.includes('\t') ? raw.replace(/[\n\t]/g, ' ') : raw
    return valueFrom(this.#decoded(raw, start, text, name), raw, position)
  }

  /** Reads the expression that begins at `start`, up to its end; undefined where it has none, which is then told. */
  #expression(start: number, closer: string, attribute?: string): Expression | undefined {
    const position = this.#positions.at(start)
    const found =
      this.#options.format === 'auto'
        ? findExpression(this.#text, start, closer, this.#options.unclear, this.#evidence)
        : typedExpression(this.#text, start, closer)
    if (found === undefined) return this.#brokenExpression(start, closer, position, attribute)
    return this.#take(found, position)
  }

  #take({ source, raw, end }: FoundExpression, position: Position): Expression {
    this.#at = end
    return expressionFrom(source, raw, position)
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
    return this.#take(broken, position)
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
      if (this.#tree.outside) this.#tree.problem(messages.textOutside(), this.#positions.at(begin))
      else this.#tree.add(value)
    }
  }

  /** Passes white space between markup; only a blank line in it is noted. */
  #isLayout(start: number, end: number): boolean {
    if (start === end || this.#tree.content) return false
    if (end < this.#text.length) {
      if (this.#text.charCodeAt(end) !== LESS || this.#text.startsWith(cdataMark, end)) return false
    }
    this.#at = end
    const before = this.#positions.lineOf(start)
    this.#spaced = this.#positions.lineOf(end) > before + 1
    return true
  }

  #literal(start: number, begin: number): void {
    let decoded = ''
    let significant = false
    do {
      const piece = this.#text.startsWith(cdataMark, this.#at) ? this.#cdata() : this.#plainText()
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
    return this.#text.charCodeAt(this.#at) !== LESS || this.#text.startsWith(cdataMark, this.#at)
  }

  #cdata(): { readonly text: string; readonly significant: boolean } {
    const start = this.#at + cdataMark.length
    const end = this.#skipTo(']]>', messages.cdataNotClosed())
    return { text: this.#text.slice(start, end), significant: true }
  }

  /** The first character is text in any case: a lone `<` is no markup. */
  #plainText(): { readonly text: string; readonly significant: boolean } {
    const start = this.#at
    const end = this.#text.indexOf('<', start + 1)
    this.#at = end === -1 ? this.#text.length : end
    const raw = this.#text.slice(start, this.#at)
    return { text: this.#decoded(raw, start, raw), significant: raw.includes('&') }
  }

  /**
   * Decodes characters, and tells what may not stand among them.
   *
   * @param text - `raw` as it is to be decoded, of the same length
   */
  #decoded(raw: string, start: number, text: string, attribute?: string): string {
    const decoded = decodeStrictly(text)
    if (decoded === undefined) this.#tellCharacter(start + strayAmpersand(raw), messages.strayAmpersand(), attribute)
    const less = raw.indexOf('<')
    if (less !== -1) this.#tellCharacter(start + less, messages.strayLess(attribute !== undefined), attribute)
    return decoded ?? decode(text)
  }

  #tellCharacter(offset: number, message: string, attribute?: string): void {
    this.#tree.problem(message, this.#positions.at(offset), undefined, attribute)
  }
}

/** Looking for the end of each of more faulty expressions would take a time of the text's square. */
const mostBroken = 40

/** What decoded text is: an expression only as a whole. */
function valueFrom(decoded: string, raw: string, position: Position): Value {
  const start = skipSpace(decoded, 0)
  return expressionStartsAt(decoded, start)
    ? expressionFrom(trimSpaceEnd(decoded.slice(start)), raw, position)
    : new Literal(decoded, position, false)
}

function expressionFrom(source: string, raw: string, position: Position): Expression {
  return new Expression(source, position, source === raw ? undefined : raw, false)
}

const LESS = 60
const GREATER = 62
const SLASH = 47
const BANG = 33
const QUESTION = 63
const EQUALS = 61

const cdataMark = '<![CDATA['

const isNameStart = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 58 || code > 127

/** Anything that cannot end a name counts to it: names are looked at by the checker, which knows what was meant. */
const isNameCharacter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code > 32 && !isSpace(code) && !isDelimiter(code))

const isDelimiter = (code: number): boolean =>
  code === LESS || code === GREATER || code === SLASH || code === EQUALS || code === 34 || code === 39
