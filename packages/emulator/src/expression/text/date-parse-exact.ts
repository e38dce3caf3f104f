import { formatException } from '../values/exceptions.js'
import type { DotNetException } from '../values/exception.js'
import { dayNames, monthNames, standardPatterns } from './date-format.js'
import { dateTimeStyles, fullYear, type MomentKind, notRecognized, type Reading } from './date-moment.js'

const wrongSpecifier = (): DotNetException => formatException('Format specifier was invalid.')

/** Reads a text by a format. @throws DotNetException FormatException when it does not fit, or the format is none */
export function readExact(text: string, format: string, styles: number, kind: MomentKind): Reading {
  if (text === '') throw notRecognized()
  if (format === '') throw wrongSpecifier()
  if (format.length > 1) return new ExactReader(text, format, styles, kind, '').read()
  const pattern = Object.hasOwn(standardPatterns, format) ? standardPatterns[format] : undefined
  if (pattern === undefined) throw formatException()
  return new ExactReader(text, pattern, styles, kind, format).read()
}

type NumberPart = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'

const numberParts: Readonly<Record<string, NumberPart>> = {
  y: 'year',
  M: 'month',
  d: 'day',
  h: 'hour',
  H: 'hour',
  m: 'minute',
  s: 'second',
}

class ExactReader {
  #at = 0
  #shortYear = false
  #halfDay = false
  readonly #reading: Reading = {}

  constructor(
    readonly text: string,
    readonly pattern: string,
    readonly styles: number,
    readonly kind: MomentKind,
    /** The letter of a standard format. */
    readonly letter: string,
  ) {
    if (letter === 'U') Object.assign(this.#reading, { offset: 0, utc: true })
  }

  read(): Reading {
    const { allowLeadingWhite, allowTrailingWhite, allowInnerWhite } = dateTimeStyles
    const inner = (this.styles & allowInnerWhite) !== 0
    if ((this.styles & allowLeadingWhite) !== 0) this.#skipBlanks()
    for (let index = 0; index < this.pattern.length;) {
      if (inner && /\s/.test(this.pattern.charAt(index))) {
        index++
        continue
      }
      if (inner) this.#skipBlanks()
      index += this.#piece(index)
    }
    if ((this.styles & allowTrailingWhite) !== 0 || inner) this.#skipBlanks()
    if (this.#at < this.text.length) throw notRecognized()
    return this.#finished()
  }

  /** Takes what one piece of the pattern asks for; gives the length of the piece. */
  #piece(index: number): number {
    const letter = this.pattern.charAt(index)
    if (/[yMdhHmsfFtzgK]/.test(letter)) return this.#specifier(letter, index)
    switch (letter) {
      case 'Z':
        if (!this.#take('GMT') && !this.#take('Z') && !this.#take('z')) throw notRecognized()
        this.#setOffset(0, true)
        return 1
      case "'":
      case '"':
        return this.#quoted(letter, index)
      case '\\':
        if (index + 1 >= this.pattern.length) throw wrongSpecifier()
        if (!this.#take(this.pattern.charAt(index + 1))) throw notRecognized()
        return 2
      case '%':
        if (index + 1 >= this.pattern.length || this.pattern[index + 1] === '%') throw wrongSpecifier()
        return 1
      default:
        return this.#literal(letter, index)
    }
  }

  #literal(letter: string, index: number): number {
    if (this.pattern.startsWith('GMT', index)) {
      if (!this.#take('GMT')) throw notRecognized()
      this.#setOffset(0, false)
      return 3
    }
    if (this.#take(letter)) return 1
    // `.FFF`: without a fraction the point is not there either.
    const fraction = letter === '.' ? /\.F+/y : undefined
    if (fraction === undefined) throw notRecognized()
    fraction.lastIndex = index
    const skipped = fraction.exec(this.pattern)?.[0].length
    if (skipped === undefined) throw notRecognized()
    return skipped
  }

  #quoted(quote: string, index: number): number {
    let literal = ''
    for (let at = index + 1; at < this.pattern.length; at++) {
      const letter = this.pattern.charAt(at)
      if (letter === quote) {
        if (!this.#take(literal)) throw notRecognized()
        // Only the younger type takes the zone of these formats for one.
        const isZone = this.letter !== '' && (literal === 'GMT' || literal === 'Z')
        if (isZone && this.kind === 'DateTimeOffset') this.#setOffset(0, false)
        return at + 1 - index
      }
      literal += letter === '\\' ? this.pattern.charAt(++at) : letter
    }
    throw formatException(`Cannot find a matching quote character for the character '${quote}'.`)
  }

  #specifier(letter: string, index: number): number {
    let length = 1
    while (this.pattern[index + length] === letter) length++
    const part = numberParts[letter]
    const isName = (letter === 'M' || letter === 'd') && length > 2
    if (isName) this.#name(letter, length === 3)
    else if (part !== undefined) this.#number(part, letter, length)
    else if (letter === 'f' || letter === 'F') this.#fraction(letter, length)
    else if (letter === 't') this.#half(length)
    else if (letter === 'g') this.#era()
    else this.#zone(letter, length)
    // Of `K` each one is a piece of its own.
    return letter === 'K' ? 1 : length
  }

  #name(letter: string, isShort: boolean): void {
    const names = (letter === 'M' ? monthNames : dayNames).map((name) => (isShort ? name.slice(0, 3) : name))
    const found = names.findIndex((name) => this.#takeWord(name))
    if (found < 0) throw notRecognized()
    if (letter === 'M') this.#set('month', found + 1, letter)
    else this.#set('weekday', found, letter)
  }

  /** One letter takes one digit or two, more take as many as there are letters; of an hour and the like two at most. */
  #number(part: NumberPart, letter: string, length: number): void {
    const digits = letter === 'y' ? length : Math.min(length, 2)
    const value = digits === 1 ? this.#digits(1, 2) : this.#digits(digits, digits)
    if (letter === 'y' && length <= 2) this.#shortYear = true
    if (letter === 'h') this.#halfDay = true
    this.#set(part, value, letter)
  }

  #digits(least: number, most: number): number {
    let run = ''
    while (run.length < most && /^[0-9]$/.test(this.text.charAt(this.#at + run.length)))
      run += this.text.charAt(this.#at + run.length)
    if (run.length < least) throw notRecognized()
    this.#at += run.length
    return Number(run)
  }

  #set(part: NumberPart | 'weekday' | 'fraction', value: number, letter: string): void {
    const known = this.#reading[part]
    if (known !== undefined && known !== value) throw repeated(letter)
    this.#reading[part] = value
  }

  #fraction(letter: string, length: number): void {
    if (length > 7) throw notRecognized()
    const digits = new RegExp(`[0-9]{${letter === 'f' ? length : 0},${length}}`, 'y')
    digits.lastIndex = this.#at
    const run = digits.exec(this.text)?.[0]
    if (run === undefined) throw notRecognized()
    this.#at += run.length
    this.#set('fraction', Number(`0.${run}0`), letter)
  }

  #half(length: number): void {
    const found = (['AM', 'PM'] as const).find((half) =>
      length === 1 ? this.#take(half.charAt(0)) : this.#takeWord(half),
    )
    const half = found === 'AM' ? 'am' : 'pm'
    if (found === undefined) throw notRecognized()
    if (this.#reading.half !== undefined && this.#reading.half !== half) throw repeated('t')
    this.#reading.half = half
  }

  #era(): void {
    if (!this.#takeWord('A.D.') && !this.#takeWord('AD')) throw notRecognized()
  }

  #zone(letter: string, length: number): void {
    if (letter === 'K') {
      if (this.#take('Z')) return this.#setOffset(0, true)
      if (!/^[+-]$/.test(this.text.charAt(this.#at))) return
    }
    const sign = this.text.charAt(this.#at)
    if (sign !== '+' && sign !== '-') throw notRecognized()
    this.#at++
    const isLong = letter === 'K' || length > 2
    const hours = length === 1 && !isLong ? this.#digits(1, 2) : this.#digits(2, 2)
    if (isLong) this.#take(':')
    const minutes = isLong ? this.#digits(2, 2) : 0
    if (minutes > 59) throw notRecognized()
    this.#setOffset((hours * 60 + minutes) * (sign === '-' ? -1 : 1), false)
  }

  #setOffset(minutes: number, utc: boolean): void {
    if (this.#reading.offset !== undefined && this.#reading.offset !== minutes) throw repeated('z')
    this.#reading.offset = minutes
    if (utc) this.#reading.utc = true
  }

  #take(part: string): boolean {
    if (!this.text.startsWith(part, this.#at)) return false
    this.#at += part.length
    return true
  }

  /** The same in any case. */
  #takeWord(word: string): boolean {
    const end = this.#at + word.length
    if (this.text.slice(this.#at, end).toLowerCase() !== word.toLowerCase()) return false
    this.#at = end
    return true
  }

  #skipBlanks(): void {
    while (/\s/.test(this.text.charAt(this.#at))) this.#at++
  }

  #finished(): Reading {
    const reading = this.#reading
    const { year, hour = 0, half } = reading
    if (this.#shortYear && year !== undefined) {
      if (year >= 100) throw notRecognized()
      reading.year = fullYear(year)
    }
    if (!this.#halfDay) {
      if ((half === 'am' && hour >= 12) || (half === 'pm' && hour < 12)) throw notRecognized()
      return reading
    }
    if (hour > 12) throw notRecognized()
    return { ...reading, hour: (hour % 12) + (half === 'pm' ? 12 : 0) }
  }
}

const repeated = (letter: string): DotNetException =>
  formatException(`DateTime pattern '${letter}' appears more than once with different values.`)
