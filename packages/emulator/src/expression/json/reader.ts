import { argumentNull } from '../values/exceptions.js'
import { DotNetException } from '../values/exception.js'
import { allocate, step } from '../run.js'
import { recognizeDate } from './dates.js'
import { JArray, JObject, JProperty, JValue, tokenTypes, type JToken } from './token.js'

/** How a text is read. */
export interface ReadOptions {
  /** ISO date strings become Date tokens. Default true, as Newtonsoft does. */
  readonly dates?: boolean
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

class JsonReader {
  #position = 0
  #depth = 0
  readonly #dates: boolean
  /** The path to the value that is being read, for messages. */
  readonly #path: (string | number)[] = []

  constructor(
    readonly text: string,
    options: ReadOptions,
  ) {
    this.#dates = options.dates ?? true
    allocate(text.length)
  }

  document(subject: string): JToken {
    this.#skipBlank()
    if (this.#position >= this.text.length) throw this.#error(`Error reading ${subject} from JsonReader.`)
    const start = this.#peek()
    const wrong = (subject === 'JObject' && start !== '{') || (subject === 'JArray' && start !== '[')
    const value = this.#value()
    if (wrong) {
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
    const letter = this.#peek()
    switch (letter) {
      case '{':
        return this.#nested(() => this.#object())
      case '[':
        return this.#nested(() => this.#array())
      case '"':
      case "'":
        return this.#text(this.#string())
      case '':
        throw this.#error('Unexpected end when reading token.')
      default:
        return /[-+.\d]/.test(letter) ? this.#number() : this.#word()
    }
  }

  #nested(read: () => JToken): JToken {
    if (++this.#depth > depthLimit) throw this.#error(`The reader's MaxDepth of ${depthLimit} has been exceeded.`)
    const token = read()
    this.#depth--
    return token
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
      const known = result.property(name)
      if (known === undefined) result.addProperty(new JProperty(name, value))
      else known.value = value
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
    const quote = this.#peek()
    const plain = quote === '"' ? /[^"\\]*/y : /[^'\\]*/y
    let result = ''
    this.#position++
    for (;;) {
      plain.lastIndex = this.#position
      const run = plain.exec(this.text)?.[0] ?? ''
      result += run
      this.#position += run.length
      if (this.#take(quote)) return result
      if (this.#peek() === '') throw this.#error(`Unterminated string. Expected delimiter: ${quote}.`)
      result += this.#escape()
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
    const word = this.#takeWhile(/[-+.\w]/)
    if (word.length > longestNumber) throw this.#error('The number is too long.')
    if (/^[+-]?\d+$/.test(word) && !/^[+-]?0\d/.test(word)) return new JValue(BigInt(word.replace('+', '')))
    if (/^0x[0-9a-f]+$/i.test(word)) return new JValue(BigInt(word))
    if (/^0[0-7]+$/.test(word)) return new JValue(BigInt(`0o${word.slice(1)}`))
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word)) return new JValue(Number(word))
    if (word === '-Infinity') return new JValue(Number.NEGATIVE_INFINITY)
    throw this.#error(`Input string '${word}' is not a valid number.`)
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
