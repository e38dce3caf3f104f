import { recognizeDate } from './dates.js'
import { JArray, JObject, JProperty, type JToken, JValue } from './token.js'

/** Deeper documents are left to the reader that needs no stack. */
const depthLimit = 200

/** Longer integers too: they take long to read, or are refused. */
const longestNumber = 300

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** Behind a number or a word: the end, white space, or what ends a value. */
const ends = (code: number): boolean =>
  code === 44 || code === 93 || code === 125 || code === 32 || code === 10 || code === 13 || Number.isNaN(code)

/**
 * Reads JSON as the standard has it, which is what services send, in one piece and faster than token by token. It makes the tokens
 * that the reader makes, with their places. Undefined for everything else, errors above all: the reader tells what is wrong.
 */
export function readPlainJson(text: string): JToken | undefined {
  return new PlainReader(text).document()
}

class PlainReader {
  #at = 0
  #line = 1
  #lineStart = 0
  #depth = 0

  constructor(readonly text: string) {}

  document(): JToken | undefined {
    const value = this.#value()
    this.#blanks()
    return this.#at === this.text.length ? value : undefined
  }

  #code(): number {
    return this.text.charCodeAt(this.#at)
  }

  #blanks(): void {
    for (;;) {
      const code = this.#code()
      if (code === 32 || code === 9) this.#at++
      else if (code === 10 || code === 13) {
        this.#at += code === 13 && this.text.charCodeAt(this.#at + 1) === 10 ? 2 : 1
        this.#line++
        this.#lineStart = this.#at
      } else return
    }
  }

  #placed<T extends JToken>(token: T): T {
    token.line = this.#line
    token.linePosition = this.#at - this.#lineStart
    return token
  }

  #value(): JToken | undefined {
    this.#blanks()
    const code = this.#code()
    switch (code) {
      case 123:
        return this.#nested(() => this.#object())
      case 91:
        return this.#nested(() => this.#array())
      case 34: {
        const text = this.#string()
        return text === undefined ? undefined : this.#placed(new JValue(recognizeDate(text) ?? text))
      }
      case 116:
        return this.#word('true', true)
      case 102:
        return this.#word('false', false)
      case 110:
        return this.#word('null', null)
      default:
        return this.#number()
    }
  }

  #nested(read: () => JToken | undefined): JToken | undefined {
    if (++this.#depth > depthLimit) return undefined
    this.#at++
    const token = read()
    this.#depth--
    return token
  }

  #object(): JObject | undefined {
    const object = this.#placed(new JObject())
    this.#blanks()
    if (this.#code() === 125) {
      this.#at++
      return object
    }
    for (;;) {
      if (this.#code() !== 34) return undefined
      const name = this.#string()
      this.#blanks()
      if (name === undefined || this.#code() !== 58) return undefined
      this.#at++
      const property = this.#placed(new JProperty(name))
      object.put(property)
      const value = this.#value()
      if (value === undefined) return undefined
      property.value = value
      this.#blanks()
      const code = this.#code()
      this.#at++
      if (code === 125) return object
      if (code !== 44) return undefined
      this.#blanks()
    }
  }

  #array(): JArray | undefined {
    const array = this.#placed(new JArray())
    this.#blanks()
    if (this.#code() === 93) {
      this.#at++
      return array
    }
    for (;;) {
      const value = this.#value()
      if (value === undefined) return undefined
      array.add(value)
      this.#blanks()
      const code = this.#code()
      this.#at++
      if (code === 93) return array
      if (code !== 44) return undefined
    }
  }

  #word(word: string, value: boolean | null): JValue | undefined {
    if (!this.text.startsWith(word, this.#at)) return undefined
    this.#at += word.length
    return ends(this.#code()) ? this.#placed(new JValue(value)) : undefined
  }

  #string(): string | undefined {
    let result = ''
    let start = ++this.#at
    for (;;) {
      const code = this.#code()
      if (code === 34) {
        const last = this.text.slice(start, this.#at++)
        return result === '' ? last : result + last
      }
      // A line end counts, and the end of the text is an error.
      if (code < 32 || Number.isNaN(code)) return undefined
      if (code === 92) {
        const escaped = this.#escape()
        if (escaped === undefined) return undefined
        result += this.text.slice(start, this.#at) + escaped
        this.#at += this.text.charCodeAt(this.#at + 1) === 117 ? 6 : 2
        start = this.#at
      } else this.#at++
    }
  }

  /** What an escape stands for; halves of surrogate pairs are for the reader. */
  #escape(): string | undefined {
    const letter = this.text.charAt(this.#at + 1)
    if (letter !== 'u') return escapes[letter]
    const digits = this.text.slice(this.#at + 2, this.#at + 6)
    const code = /^[0-9a-fA-F]{4}$/.test(digits) ? Number.parseInt(digits, 16) : Number.NaN
    return Number.isNaN(code) || (code >= 0xd800 && code <= 0xdfff) ? undefined : String.fromCharCode(code)
  }

  #number(): JValue | undefined {
    const small = this.#smallInteger()
    if (small !== undefined) return this.#placed(new JValue(BigInt(small)))
    const number = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y
    number.lastIndex = this.#at
    const match = number.exec(this.text)
    if (match === null || match[0].length > longestNumber) return undefined
    const value = match[1] === undefined && match[2] === undefined ? BigInt(match[0]) : Number(match[0])
    this.#at += match[0].length
    const isFit = typeof value === 'bigint' || Number.isFinite(value)
    return isFit && ends(this.#code()) ? this.#placed(new JValue(value)) : undefined
  }

  /** The commonest number: up to nine digits that do not begin with 0. Undefined, and nothing read, at another. */
  #smallInteger(): number | undefined {
    let position = this.#at
    let value = 0
    for (let code = this.#code(); isDigit(code); code = this.text.charCodeAt(++position))
      value = value * 10 + (code - 48)
    const digits = position - this.#at
    const leads = digits > 1 && this.#code() === 48
    if (digits === 0 || digits > 9 || leads || !ends(this.text.charCodeAt(position))) return undefined
    this.#at = position
    return value
  }
}
