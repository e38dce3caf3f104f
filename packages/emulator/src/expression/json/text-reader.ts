import { allocate, step } from '../run.js'
import { invalidCastMessage } from '../values/exceptions.js'
import { convertScalar } from './convert.js'
import { inZone, recognizeDate } from './dates.js'
import {
  bytesOf,
  JsonReader,
  jsonTokens,
  recognizeOffset,
  states,
  type JsonTokenKind,
  type ReaderSettings,
  type ReadType,
} from './json-reader.js'
import { numberOf } from './number-text.js'
import type { JsonScalar } from './token.js'
import { types } from '../types.js'

/** What the reader meets at every step, as UTF-16 code units: comparing them needs no text to be made of each. */
const codes = {
  zero: 0,
  tab: 9,
  lineFeed: 10,
  carriageReturn: 13,
  space: 32,
  quote: 34,
  dollar: 36,
  apostrophe: 39,
  closeParenthesis: 41,
  openParenthesis: 40,
  asterisk: 42,
  comma: 44,
  minus: 45,
  dot: 46,
  slash: 47,
  digit0: 48,
  digit9: 57,
  colon: 58,
  upperI: 73,
  upperN: 78,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  underscore: 95,
  e: 101,
  f: 102,
  n: 110,
  t: 116,
  u: 117,
  openBrace: 123,
  closeBrace: 125,
} as const

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '\\': '\\',
  '"': '"',
  "'": "'",
  '/': '/',
}

const isDigit = (code: number): boolean => code >= codes.digit0 && code <= codes.digit9
const isNumberPart = (code: number): boolean =>
  isDigit(code) ||
  code === codes.minus ||
  code === codes.dot ||
  code === 43 ||
  ((code | 32) >= 97 && (code | 32) <= 102) ||
  (code | 32) === 120
const isIdentifierPart = (letter: string): boolean => /[\p{L}\p{Nd}_$]/u.test(letter)
const isBlank = (code: number): boolean =>
  code === codes.space ||
  (code >= codes.tab && code <= codes.carriageReturn) ||
  code === 0x85 ||
  (code >= 0xa0 && code !== 0xfeff && /\s/.test(String.fromCharCode(code)))

/**
 * Newtonsoft's `JsonTextReader`: JSON in its lenient forms, with comments, single quotes, bare names, left out elements, a trailing
 * comma, NaN, hexadecimal and octal numbers and constructors. A text that ends too early ends the walk; who reads says so.
 */
export class JsonTextReader extends JsonReader {
  static readonly clrName = 'Newtonsoft.Json.JsonTextReader'
  #at = 0
  #line = 1
  #lineStart = 0
  readonly #text: string

  constructor(text: string, settings?: ReaderSettings) {
    super(settings)
    this.#text = text
    allocate(text.length)
  }

  get line(): number {
    const untouched = this.state === states.start && this.linePosition === 0 && this.kind !== jsonTokens.comment
    return untouched ? 0 : this.#line
  }

  get linePosition(): number {
    return this.#at - this.#lineStart
  }

  read(): boolean {
    step()
    for (;;) {
      switch (this.state) {
        case states.objectStart:
        case states.object:
          return this.#member()
        case states.postValue:
          if (this.#behindValue()) return true
          break
        case states.finished:
          return this.#behindAll(true)
        default:
          return this.#value()
      }
    }
  }

  get #ended(): boolean {
    return this.#at >= this.#text.length
  }

  #code(offset = 0): number {
    return this.#text.charCodeAt(this.#at + offset)
  }

  /** The letter under the reader; NUL behind the end, as the reader's buffer has it. */
  #letter(): string {
    return this.#ended ? '\0' : this.#text.charAt(this.#at)
  }

  /** Passes white space; false at the first letter that is none. */
  #blank(code: number): boolean {
    switch (code) {
      case codes.space:
      case codes.tab:
        this.#at++
        return true
      case codes.lineFeed:
        this.#newLine(1)
        return true
      case codes.carriageReturn:
        this.#newLine(this.#code(1) === codes.lineFeed ? 2 : 1)
        return true
      default:
        if (!isBlank(code)) return false
        this.#at++
        return true
    }
  }

  #newLine(width: number): void {
    this.#at += width
    this.#line++
    this.#lineStart = this.#at
  }

  #blanks(): void {
    for (;;) {
      const code = this.#code()
      if (code === codes.zero) this.#at++
      else if (!this.#blank(code)) return
    }
  }

  #unexpected(letter: string): Error {
    return this.error(`Unexpected character encountered while parsing value: ${letter}.`)
  }

  #cutOff(): Error {
    this.#at = this.#text.length
    return this.error('Unexpected end when reading JSON.')
  }

  #token(kind: JsonTokenKind, value: JsonScalar = null): true {
    this.set(kind, value)
    return true
  }

  #mark(kind: JsonTokenKind): true {
    this.#at++
    this.set(kind)
    return true
  }

  #value(): boolean {
    for (;;) {
      const code = this.#code()
      switch (code) {
        case codes.quote:
        case codes.apostrophe:
          return this.#string(code, 'any')
        case codes.openBrace:
          return this.#mark(jsonTokens.startObject)
        case codes.openBracket:
          return this.#mark(jsonTokens.startArray)
        case codes.closeBracket:
          return this.#mark(jsonTokens.endArray)
        case codes.closeParenthesis:
          return this.#mark(jsonTokens.endConstructor)
        case codes.comma:
          // An element that was left out. The comma stays, as there may be more of them.
          return this.#token(jsonTokens.undefined)
        case codes.t:
          return this.#word('true', jsonTokens.boolean, true, 'boolean')
        case codes.f:
          return this.#word('false', jsonTokens.boolean, false, 'boolean')
        case codes.n:
          return this.#nullOrNew()
        case codes.u:
          return this.#word('undefined', jsonTokens.undefined, null, 'undefined')
        case codes.upperN:
          return this.#special('NaN', Number.NaN, 'any')
        case codes.upperI:
          return this.#special('Infinity', Number.POSITIVE_INFINITY, 'any')
        case codes.minus:
          if (this.#code(1) === codes.upperI) return this.#special('-Infinity', Number.NEGATIVE_INFINITY, 'any')
          return this.#number('any')
        case codes.slash:
          return this.#comment(true)
        case codes.zero:
          this.#at++
          break
        default:
          if (isDigit(code) || code === codes.dot) return this.#number('any')
          if (this.#ended) return false
          if (this.#blank(code)) break
          if (/\p{N}/u.test(this.#letter())) return this.#number('any')
          throw this.#unexpected(this.#letter())
      }
    }
  }

  #member(): boolean {
    for (;;) {
      const code = this.#code()
      switch (code) {
        case codes.closeBrace:
          this.set(jsonTokens.endObject)
          this.#at++
          return true
        case codes.slash:
          return this.#comment(true)
        case codes.zero:
          this.#at++
          break
        default:
          if (this.#ended) return false
          if (!this.#blank(code)) return this.#property(code)
      }
    }
  }

  #property(code: number): boolean {
    let name: string
    if (code === codes.quote || code === codes.apostrophe) name = this.#quoted(code)
    else if (isIdentifierPart(this.#letter())) name = this.#bareName()
    else throw this.error(`Invalid property identifier character: ${this.#letter()}.`)
    this.#blanks()
    if (this.#code() !== codes.colon)
      throw this.error(`Invalid character after parsing property name. Expected ':' but got: ${this.#letter()}.`)
    this.#at++
    return this.#token(jsonTokens.propertyName, name)
  }

  #bareName(): string {
    const start = this.#at
    for (;;) {
      const code = this.#code()
      if (this.#ended) throw this.error('Unexpected end while parsing unquoted property name.')
      const letter = this.#letter()
      if (isIdentifierPart(letter)) this.#at++
      else if (isBlank(code) || code === codes.colon || code === codes.zero) return this.#text.slice(start, this.#at)
      else throw this.error(`Invalid JavaScript property identifier character: ${letter}.`)
    }
  }

  /** Between two values; true when it met a token. */
  #behindValue(): boolean {
    for (;;) {
      const code = this.#code()
      switch (code) {
        case codes.comma:
          this.#at++
          this.backInside()
          return false
        case codes.closeBrace:
          return this.#mark(jsonTokens.endObject)
        case codes.closeBracket:
          return this.#mark(jsonTokens.endArray)
        case codes.closeParenthesis:
          return this.#mark(jsonTokens.endConstructor)
        case codes.slash:
          return this.#comment(true)
        case codes.zero:
          this.#at++
          break
        default:
          if (this.#ended) {
            this.state = states.finished
            return false
          }
          if (!this.#blank(code))
            throw this.error(`After parsing a value an unexpected character was encountered: ${this.#letter()}.`)
      }
    }
  }

  /** Behind the document: blanks and comments only. */
  #behindAll(tellsComments: boolean): boolean {
    this.#blanks()
    if (!this.#ended) {
      if (this.#code() !== codes.slash)
        throw this.error(`Additional text encountered after finished reading JSON content: ${this.#letter()}.`)
      this.#comment(tellsComments)
      if (tellsComments) return true
    }
    this.set(jsonTokens.none)
    return false
  }

  /** Reads over a word; false, behind the letters that fit, when it is another. */
  #matches(word: string): boolean {
    if (this.#at + word.length > this.#text.length) throw this.#cutOff()
    for (let index = 0; index < word.length; index++) {
      if (this.#code(index) !== word.charCodeAt(index)) {
        this.#at += index
        return false
      }
    }
    this.#at += word.length
    return this.#ended || this.#separates(this.#code())
  }

  /** Whether a word may end before this letter. */
  #separates(code: number): boolean {
    switch (code) {
      case codes.closeBrace:
      case codes.closeBracket:
      case codes.comma:
      case codes.zero:
        return true
      case codes.slash:
        return this.#code(1) === codes.asterisk || this.#code(1) === codes.slash
      case codes.closeParenthesis:
        return this.state === states.constructor || this.state === states.constructorStart
      default:
        return isBlank(code)
    }
  }

  #word(word: string, kind: JsonTokenKind, value: JsonScalar, name: string): boolean {
    if (this.#matches(word)) return this.#token(kind, value)
    throw this.error(`Error parsing ${name} value.`)
  }

  #nullOrNew(): boolean {
    const next = this.#code(1)
    if (next === codes.u) return this.#word('null', jsonTokens.null, null, 'null')
    if (next === codes.e) return this.#opening()
    if (Number.isNaN(next)) {
      this.#at++
      throw this.#cutOff()
    }
    throw this.#unexpected('n')
  }

  /** `new Date(…)`. */
  #opening(): boolean {
    if (!this.#matches('new')) throw this.error('Unexpected content while parsing JSON.')
    this.#blanks()
    const start = this.#at
    while (/[\p{L}\p{Nd}]/u.test(this.#letter())) this.#at++
    const end = this.#at
    if (this.#ended) throw this.error('Unexpected end while parsing constructor.')
    this.#blanks()
    if (this.#code() !== codes.openParenthesis)
      throw this.error(`Unexpected character while parsing constructor: ${this.#letter()}.`)
    this.#at++
    return this.#token(jsonTokens.startConstructor, this.#text.slice(start, end))
  }

  #special(word: string, value: number, type: ReadType): boolean {
    if (!this.#matches(word)) throw this.error(`Error parsing ${word} value.`)
    if (type === 'string') return this.#token(jsonTokens.string, word)
    if ((type !== 'any' && type !== 'double') || this.settings.floatParseHandling !== 0)
      throw this.error(`Cannot read ${word} value.`)
    return this.#token(jsonTokens.float, value)
  }

  #comment(tells: boolean): boolean {
    this.#at++
    if (this.#at + 1 >= this.#text.length) throw this.error('Unexpected end while parsing comment.')
    const isLine = this.#code() === codes.slash
    if (!isLine && this.#code() !== codes.asterisk)
      throw this.error(`Error parsing comment. Expected: *, got ${this.#letter()}.`)
    const start = ++this.#at
    for (;;) {
      const code = this.#code()
      if (this.#ended) {
        if (!isLine) throw this.error('Unexpected end while parsing comment.')
        break
      }
      if (isLine && (code === codes.carriageReturn || code === codes.lineFeed)) break
      if (!isLine && code === codes.asterisk && this.#code(1) === codes.slash) break
      if (!this.#blank(code)) this.#at++
    }
    const text = this.#text.slice(start, this.#at)
    if (!isLine) this.#at += 2
    if (tells) this.set(jsonTokens.comment, text)
    return true
  }

  #string(quote: number, type: ReadType): boolean {
    const text = this.#quoted(quote)
    this.afterValue()
    this.value = text
    switch (type) {
      case 'bytes':
        this.set(jsonTokens.bytes, bytesOf(text), false)
        break
      case 'int':
      case 'double':
      case 'decimal':
      case 'bool':
        this.parse(text, type)
        break
      case 'string':
        this.set(jsonTokens.string, text, false)
        break
      default:
        this.#dateOrText(text, type)
    }
    return true
  }

  #dateOrText(text: string, type: ReadType): void {
    const handling = type === 'DateTimeOffset' ? 2 : type === 'DateTime' ? 1 : this.settings.dateParseHandling
    if (handling !== 0) {
      const date = handling === 2 ? recognizeOffset(text) : recognizeDate(text)
      if (date !== undefined) {
        const zoned = 'local' in date ? date : inZone(date, this.settings.dateTimeZoneHandling)
        return this.set(jsonTokens.date, zoned, false)
      }
    }
    if (type === 'DateTime' || type === 'DateTimeOffset') this.parse(text, type)
    else this.set(jsonTokens.string, text, false)
  }

  /** The text between quotes. */
  #quoted(quote: number): string {
    let result = ''
    let start = ++this.#at
    for (;;) {
      const code = this.#code()
      if (code === quote) {
        const last = this.#text.slice(start, this.#at++)
        return result === '' ? last : result + last
      }
      if (code === codes.backslash) {
        result += this.#text.slice(start, this.#at)
        result += this.#escape(quote)
        start = this.#at
      } else if (code === codes.lineFeed || code === codes.carriageReturn) this.#blank(code)
      else if (this.#ended) throw this.#unterminated(quote)
      else this.#at++
    }
  }

  #unterminated(quote: number): Error {
    return this.error(`Unterminated string. Expected delimiter: ${String.fromCharCode(quote)}.`)
  }

  #escape(quote: number): string {
    this.#at++
    if (this.#ended) throw this.#unterminated(quote)
    const letter = this.#text.charAt(this.#at++)
    const simple = escapes[letter]
    if (simple !== undefined) return simple
    if (letter !== 'u') throw this.error(`Bad JSON escape sequence: \\${letter}.`)
    let text = this.#unicode()
    // Halves of a pair that stand alone are replaced.
    if (/[\udc00-\udfff]/.test(text)) return '\ufffd'
    let result = ''
    while (/[\ud800-\udbff]/.test(text)) {
      if (!(this.#code() === codes.backslash && this.#code(1) === codes.u && this.#at + 2 < this.#text.length)) {
        return `${result}\ufffd`
      }
      this.#at += 2
      const next = this.#unicode()
      result += /[\udc00-\udfff]/.test(next) ? text : '\ufffd'
      text = next
    }
    return result + text
  }

  #unicode(): string {
    if (this.#at + 4 >= this.#text.length) throw this.error('Unexpected end while parsing Unicode escape sequence.')
    const digits = this.#text.slice(this.#at, this.#at + 4)
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.error(`Invalid Unicode escape sequence: \\u${digits}.`)
    this.#at += 4
    return String.fromCharCode(Number.parseInt(digits, 16))
  }

  #number(type: ReadType): boolean {
    const start = this.#at
    const small = type === 'any' ? this.#smallInteger() : undefined
    if (small !== undefined) {
      this.set(jsonTokens.integer, BigInt(small))
      return true
    }
    for (let code = this.#code(); !this.#ended; code = this.#code()) {
      if (isNumberPart(code)) this.#at++
      else if (this.#endsNumber(code)) break
      else throw this.error(`Unexpected character encountered while parsing number: ${this.#letter()}.`)
    }
    this.afterValue()
    const word = this.#text.slice(start, this.#at)
    const value = numberOf(word, type, this.settings.floatParseHandling === 1, (message) => this.error(message))
    if (type === 'string') this.set(jsonTokens.string, word, false)
    else this.set(typeof value === 'bigint' ? jsonTokens.integer : jsonTokens.float, value, false)
    return true
  }

  #endsNumber(code: number): boolean {
    return (
      code === codes.zero ||
      code === codes.comma ||
      code === codes.closeBrace ||
      code === codes.closeBracket ||
      code === codes.closeParenthesis ||
      code === codes.slash ||
      isBlank(code)
    )
  }

  /** The commonest number: up to nine digits that do not begin with 0, and nothing else. Undefined, and nothing read, at another. */
  #smallInteger(): number | undefined {
    let position = this.#at
    let value = 0
    for (let code = this.#text.charCodeAt(position); isDigit(code); code = this.#text.charCodeAt(++position)) {
      value = value * 10 + (code - codes.digit0)
    }
    const digits = position - this.#at
    const leads = digits > 1 && this.#code() === codes.digit0
    const ends = position >= this.#text.length || this.#endsNumber(this.#text.charCodeAt(position))
    if (digits === 0 || digits > 9 || leads || !ends) return undefined
    this.#at = position
    return value
  }

  protected override readTyped(type: Exclude<ReadType, 'any'>): void {
    step()
    if (this.state === states.finished) {
      this.#behindAll(false)
      return
    }
    while (!this.#typedStep(type, this.#code()));
  }

  /** One letter of a typed reading; true when the value is read. */
  #typedStep(type: Exclude<ReadType, 'any'>, code: number): boolean {
    switch (code) {
      case codes.quote:
      case codes.apostrophe:
        return this.#string(code, type)
      case codes.n:
        return this.#typedNull()
      case codes.slash:
        this.#comment(false)
        return false
      case codes.comma:
        return this.#typedComma()
      case codes.closeBracket:
        this.#at++
        if (this.endsArray) return this.#token(jsonTokens.endArray)
        throw this.#unexpected(']')
      case codes.zero:
        this.#at++
        return false
      default:
        if (this.#ended) return this.#nothing()
        if (this.#blank(code)) return false
        return this.#typedValue(type, code)
    }
  }

  #nothing(): true {
    this.set(jsonTokens.none)
    return true
  }

  #typedNull(): boolean {
    if (this.#code(1) === codes.u) return this.#word('null', jsonTokens.null, null, 'null')
    if (this.#at + 1 >= this.#text.length) throw this.#cutOff()
    this.#at += 2
    throw this.#unexpected(this.#text.charAt(this.#at - 1))
  }

  #typedComma(): false {
    this.#at++
    if (this.state !== states.postValue) {
      this.set(jsonTokens.undefined)
      throw this.#unexpected(',')
    }
    this.backInside()
    return false
  }

  #typedValue(type: Exclude<ReadType, 'any'>, code: number): boolean {
    const isNumber = isDigit(code) || code === codes.dot || code === codes.minus
    const takesNumbers = type !== 'bytes' && !type.startsWith('Date')
    if (isNumber && takesNumbers && !(code === codes.minus && this.#code(1) === codes.upperI))
      return this.#typedNumber(type)
    if (type !== 'bool' && type !== 'bytes') {
      if (code === codes.upperN) return this.#special('NaN', Number.NaN, type)
      if (code === codes.upperI) return this.#special('Infinity', Number.POSITIVE_INFINITY, type)
      if (code === codes.minus && this.#code(1) === codes.upperI)
        return this.#special('-Infinity', Number.NEGATIVE_INFINITY, type)
      if (code === codes.minus) {
        // A date that begins with a minus is read as a number, which is none.
        this.#number('any')
        throw invalidCastMessage('Specified cast is not valid.')
      }
    }
    if ((code === codes.t || code === codes.f) && (type === 'bool' || type === 'string')) {
      const word = code === codes.t ? 'true' : 'false'
      if (!this.#matches(word)) throw this.#unexpected(this.#letter())
      return type === 'bool' ? this.#token(jsonTokens.boolean, code === codes.t) : this.#token(jsonTokens.string, word)
    }
    if (type === 'bytes' && code === codes.openBrace) {
      this.#mark(jsonTokens.startObject)
      this.readExpected()
      throw this.error('Error reading bytes. Unexpected token: StartObject.')
    }
    if (type === 'bytes' && code === codes.openBracket) {
      this.#mark(jsonTokens.startArray)
      this.readByteArray()
      return true
    }
    const letter = this.#letter()
    this.#at++
    throw this.#unexpected(letter)
  }

  #typedNumber(type: Exclude<ReadType, 'any'>): boolean {
    if (type !== 'bool') return this.#number(type)
    this.#number('any')
    const { value } = this
    if (value !== null)
      this.set(
        jsonTokens.boolean,
        typeof value === 'bigint' ? value !== 0n : (convertScalar(value, types().special.bool) as boolean),
        false,
      )
    return true
  }
}
