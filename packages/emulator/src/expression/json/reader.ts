import { argumentNull } from '../values/exceptions.js'
import { DotNetException } from '../values/exception.js'
import { allocate, step } from '../run.js'
import { recognizeDate } from './dates.js'
import { JArray, JContainer, JObject, JValue, tokenTypes, type JToken } from './token.js'

/** How a text is read. */
export interface ReadOptions {
  /** ISO date strings become Date tokens. Default true, as Newtonsoft does. */
  readonly dates?: boolean
  /** Receives the text of each number as it was written, for a reader that knows the type it fills. */
  readonly numbers?: WeakMap<JToken, string>
}

/** Nesting beyond this is refused; the service's parser has no limit, JavaScript's stack has. */
const depthLimit = 1000

/** Longer numbers take longer to read than an expression may run. */
const longestNumber = 100_000

/**
 * Reads JSON the lenient way of Newtonsoft: comments, single quotes, bare names, a trailing comma, NaN, hexadecimal numbers.
 * Of two properties with one name the last wins, at the place of the first.
 *
 * @throws DotNetException ArgumentNullException, or JsonReaderException with line and position
 */
export function parseJson(text: string | null, subject = 'JToken', options: ReadOptions = {}): JToken {
  if (text === null) throw argumentNull('s')
  return new JsonReader(text, options).document(subject)
}

/** What the reader meets at every step, as UTF-16 code units: comparing them needs no text to be made of each. */
const codes = {
  tab: 9,
  lineFeed: 10,
  carriageReturn: 13,
  space: 32,
  quote: 34,
  apostrophe: 39,
  plus: 43,
  minus: 45,
  dot: 46,
  slash: 47,
  zero: 48,
  nine: 57,
  bracket: 91,
  backslash: 92,
  underscore: 95,
  a: 97,
  z: 122,
  brace: 123,
} as const

const isDigit = (code: number): boolean => code >= codes.zero && code <= codes.nine
const isNumberStart = (code: number): boolean =>
  isDigit(code) || code === codes.minus || code === codes.plus || code === codes.dot
/** A letter, digit, sign or dot: the number goes on. */
const isNumberPart = (code: number): boolean =>
  isNumberStart(code) || code === codes.underscore || ((code | 32) >= codes.a && (code | 32) <= codes.z)
/** No white space, and no start of a comment. */
const isPlain = (code: number): boolean => code > codes.space && code < 127 && code !== codes.slash

class JsonReader {
  #position = 0
  #depth = 0
  readonly #dates: boolean
  readonly #numbers: WeakMap<JToken, string> | undefined
  /** The path to the value that is being read, for messages. */
  readonly #path: (string | number)[] = []

  constructor(
    readonly text: string,
    options: ReadOptions,
  ) {
    this.#dates = options.dates ?? true
    this.#numbers = options.numbers
    allocate(text.length)
  }

  document(subject: string): JToken {
    this.#skipBlank()
    if (this.#position >= this.text.length) throw this.#error(`Error reading ${subject} from JsonReader.`)
    const start = this.#peek()
    const wrong = (subject === 'JObject' && start !== '{') || (subject === 'JArray' && start !== '[')
    const opening = this.#position + 1
    const value = this.#value()
    if (wrong) {
      // Newtonsoft has read the first token only.
      if (value instanceof JContainer) this.#position = opening
      const kind = subject === 'JObject' ? 'an object' : 'an array'
      throw this.#error(
        `Error reading ${subject} from JsonReader. Current JsonReader item is not ${kind}: ${readerTokenName(value)}.`,
      )
    }
    this.#skipBlank()
    if (this.#position < this.text.length) {
      throw this.#error(`Additional text encountered after finished reading JSON content: ${this.#peek()}.`)
    }
    return value
  }

  #value(): JToken {
    step()
    this.#skipBlank()
    const code = this.text.charCodeAt(this.#position)
    switch (code) {
      case codes.brace:
      case codes.bracket: {
        if (++this.#depth > depthLimit) throw this.#error(`The reader's MaxDepth of ${depthLimit} has been exceeded.`)
        const token = code === codes.brace ? this.#object() : this.#array()
        this.#depth--
        return token
      }
      case codes.quote:
      case codes.apostrophe:
        return this.#text(this.#string())
      default:
        if (this.#position >= this.text.length) throw this.#error('Unexpected end when reading token.')
        return isNumberStart(code) ? this.#number() : this.#word()
    }
  }

  #object(): JObject {
    const result = new JObject()
    this.#position++
    for (;;) {
      this.#skipBlank()
      if (this.#take('}')) return result
      const name = this.#name()
      this.#skipBlank()
      if (!this.#take(':'))
        throw this.#error(`Invalid character after parsing property name. Expected ':' but got: ${this.#peek()}.`)
      this.#path.push(name)
      const value = this.#value()
      this.#path.pop()
      result.set(name, value)
      this.#separator('}', name)
    }
  }

  #array(): JArray {
    const result = new JArray()
    this.#position++
    for (;;) {
      this.#skipBlank()
      if (this.#take(']')) return result
      if (this.#peek() === ',') {
        // An element that was left out is undefined.
        result.add(new JValue(null, tokenTypes.undefined))
      } else {
        this.#path.push(result.count)
        result.add(this.#value())
        this.#path.pop()
      }
      this.#separator(']', result.count - 1)
    }
  }

  /** Between two members: a comma, or the end. */
  #separator(end: string, last: string | number): void {
    this.#skipBlank()
    if (this.#take(',') || this.#peek() === end) return
    this.#path.push(last)
    if (this.#peek() === '')
      throw this.#error(`Unexpected end of content while loading ${end === '}' ? 'JObject' : 'JArray'}.`)
    throw this.#error(`After parsing a value an unexpected character was encountered: ${this.#peek()}.`)
  }

  #name(): string {
    const letter = this.#peek()
    if (letter === '"' || letter === "'") return this.#string()
    const bare = /[\w$\u00aa-\uffff]+/uy
    bare.lastIndex = this.#position
    const match = bare.exec(this.text)?.[0]
    if (match === undefined) {
      throw this.#error(
        letter === ''
          ? 'Unexpected end of content while loading JObject.'
          : `Invalid property identifier character: ${letter}.`,
      )
    }
    this.#position += match.length
    return match
  }

  #string(): string {
    const quote = this.text.charCodeAt(this.#position)
    let result = ''
    let start = ++this.#position
    for (;;) {
      const code = this.text.charCodeAt(this.#position)
      if (code === quote) {
        result += this.text.slice(start, this.#position++)
        return result
      }
      if (code === codes.backslash) {
        result += this.text.slice(start, this.#position)
        result += this.#escape()
        start = this.#position
      } else if (this.#position < this.text.length) this.#position++
      else throw this.#error(`Unterminated string. Expected delimiter: ${String.fromCharCode(quote)}.`)
    }
  }

  #escape(): string {
    const letter = this.text.charAt(this.#position + 1)
    const simple: Readonly<Record<string, string>> = {
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
    const decoded = simple[letter]
    if (decoded !== undefined) {
      this.#position += 2
      return decoded
    }
    const code = /^[0-9a-fA-F]{4}$/.exec(this.text.slice(this.#position + 2, this.#position + 6))?.[0]
    if (letter !== 'u' || code === undefined) throw this.#error(`Bad JSON escape sequence: \\${letter}.`)
    this.#position += 6
    return String.fromCharCode(Number.parseInt(code, 16))
  }

  #text(text: string): JValue {
    const date = this.#dates ? recognizeDate(text) : undefined
    return date === undefined ? new JValue(text) : new JValue(date)
  }

  #number(): JToken {
    const start = this.#position
    const value = this.#numberValue()
    this.#numbers?.set(value, this.text.slice(start, this.#position))
    return value
  }

  #numberValue(): JToken {
    const small = this.#smallInteger()
    if (small !== undefined) return new JValue(BigInt(small))
    const word = this.#takeWhile(/[-+.\w]/)
    if (word.length > longestNumber) throw this.#error('The number is too long.')
    if (/^[+-]?\d+$/.test(word) && !/^[+-]?0\d/.test(word)) return new JValue(BigInt(word.replace('+', '')))
    if (/^0x[0-9a-f]+$/i.test(word)) return new JValue(BigInt(word))
    if (/^0[0-7]+$/.test(word)) return new JValue(BigInt(`0o${word.slice(1)}`))
    // A number too large for a double is none: so .NET Framework parses it.
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) && Number.isFinite(Number(word)))
      return new JValue(Number(word))
    if (word === '-Infinity') return new JValue(Number.NEGATIVE_INFINITY)
    throw this.#error(`Input string '${word}' is not a valid number.`)
  }

  /** The commonest number: up to nine digits that do not begin with 0, and nothing else. Undefined, and nothing read, at another. */
  #smallInteger(): number | undefined {
    let position = this.#position
    let value = 0
    for (let code = this.text.charCodeAt(position); isDigit(code); code = this.text.charCodeAt(++position)) {
      value = value * 10 + (code - codes.zero)
    }
    const digits = position - this.#position
    const leads = digits > 1 && this.text.charCodeAt(this.#position) === codes.zero
    if (digits === 0 || digits > 9 || leads || isNumberPart(this.text.charCodeAt(position))) return undefined
    this.#position = position
    return value
  }

  #word(): JToken {
    const start = this.#position
    const word = this.#takeWhile(/\w/)
    switch (word) {
      case 'true':
        return new JValue(true)
      case 'false':
        return new JValue(false)
      case 'null':
        return new JValue(null)
      case 'undefined':
        return new JValue(null, tokenTypes.undefined)
      case 'NaN':
        return new JValue(Number.NaN)
      case 'Infinity':
        return new JValue(Number.POSITIVE_INFINITY)
      default: {
        this.#position = start
        const letter = this.text.slice(start, start + 1)
        throw new DotNetException(
          'Newtonsoft.Json.JsonReaderException',
          `Unexpected character encountered while parsing value: ${letter}. Path '${this.#pathText()}', line ${start === 0 ? 0 : this.#line()}, position ${start === 0 ? 0 : this.#column()}.`,
        )
      }
    }
  }

  /** Skips white space and comments. */
  #skipBlank(): void {
    let code = this.text.charCodeAt(this.#position)
    while (code === codes.space || code === codes.lineFeed || code === codes.carriageReturn || code === codes.tab) {
      code = this.text.charCodeAt(++this.#position)
    }
    if (isPlain(code)) return
    const blank = /(?:[\s\u0085\ufeff]+|\/\*[\s\S]*?\*\/|\/\/[^\r\n]*)*/y
    blank.lastIndex = this.#position
    this.#position += blank.exec(this.text)?.[0].length ?? 0
  }

  #takeWhile(letters: RegExp): string {
    const start = this.#position
    while (this.#position < this.text.length && letters.test(this.#peek())) this.#position++
    return this.text.slice(start, this.#position)
  }

  #take(letter: string): boolean {
    const found = this.#peek() === letter
    if (found) this.#position++
    return found
  }

  #peek(): string {
    return this.text.charAt(this.#position)
  }

  #line(): number {
    return this.text.slice(0, this.#position).split('\n').length
  }

  #column(): number {
    return this.#position - (this.text.lastIndexOf('\n', this.#position - 1) + 1)
  }

  #pathText(): string {
    return this.#path
      .map((part, index) => (typeof part === 'number' ? `[${part}]` : (index === 0 ? '' : '.') + part))
      .join('')
  }

  #error(message: string): DotNetException {
    const empty = this.text.trim() === ''
    const line = empty ? 0 : this.#line()
    const column = empty ? 0 : this.#column()
    return new DotNetException(
      'Newtonsoft.Json.JsonReaderException',
      `${message} Path '${this.#pathText()}', line ${line}, position ${column}.`,
    )
  }
}

function readerTokenName(token: JToken): string {
  switch (token.tokenType) {
    case tokenTypes.object:
      return 'StartObject'
    case tokenTypes.array:
      return 'StartArray'
    case tokenTypes.integer:
      return 'Integer'
    case tokenTypes.float:
      return 'Float'
    case tokenTypes.boolean:
      return 'Boolean'
    case tokenTypes.null:
      return 'Null'
    case tokenTypes.undefined:
      return 'Undefined'
    case tokenTypes.date:
      return 'Date'
    default:
      return 'String'
  }
}
