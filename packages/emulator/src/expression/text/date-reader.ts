import { formatException } from '../values/exceptions.js'
import { dayNames, monthNames } from './date-format.js'
import { type Reading, fullYear, hourOf, notRecognized } from './date-moment.js'
import { dateStates, type DateEnd, type DateState, type DateToken } from './date-states.js'

/** What stands behind a number or a name. */
type Separator = 'end' | 'space' | 'date' | 'dash' | 'time' | 'am' | 'pm' | 'mark'

const separators: readonly (readonly [string, Separator])[] = [
  ['/', 'date'],
  ['-', 'dash'],
  [':', 'time'],
  ['AM', 'am'],
  ['PM', 'pm'],
  ['T', 'mark'],
]

type Word = { kind: 'month' | 'weekday'; value: number } | { kind: 'zone' | 'era' | 'am' | 'pm' | 'ignored' }

const named = (kind: 'month' | 'weekday', names: readonly string[]): [string, Word][] =>
  names.flatMap((name, value): [string, Word][] => [
    [name, { kind, value }],
    [name.slice(0, 3), { kind, value }],
  ])

const words: readonly (readonly [string, Word])[] = [
  ...named('month', monthNames),
  ...named('weekday', dayNames),
  ['GMT', { kind: 'zone' }],
  ['Z', { kind: 'zone' }],
  ['A.D.', { kind: 'era' }],
  ['AD', { kind: 'era' }],
  ['AM', { kind: 'am' }],
  ['PM', { kind: 'pm' }],
  [',', { kind: 'ignored' }],
  ['.', { kind: 'ignored' }],
]

/** Digits in a row that a number may have. */
const longestNumber = 8

/**
 * Reads the many forms that `DateTime.Parse` accepts in the invariant culture: number by number, name by name, by the table of states.
 *
 * @param today where a year comes from that is not said
 */
export function readDate(text: string, thisYear: number): Reading {
  return new DateReader(text, thisYear).read()
}

class DateReader {
  #at = 0
  #state: DateState = 'begin'
  #numbers: number[] = []
  #year: number | undefined
  #month: number | undefined
  #dated = false
  #timed = false
  readonly #reading: Reading = {}

  constructor(
    readonly text: string,
    readonly thisYear: number,
  ) {}

  /** @throws DotNetException FormatException */
  read(): Reading {
    let found = false
    for (let token: DateToken | undefined; token !== 'end' && !token?.endsWith(' end');) {
      token = this.#next()
      if (token === undefined) continue
      if (token === 'number space' && this.#marked) return this.#readIso()
      const next = dateStates[this.#state][token]
      if (next === undefined) throw notRecognized()
      if (next.startsWith('date ') || next.startsWith('time ')) {
        this.#complete(next as DateEnd)
        found = true
        this.#state = 'begin'
      } else this.#state = next as DateState
    }
    if (!found) throw notRecognized()
    const hour = hourOf(this.#reading.hour ?? 0, this.#reading.half)
    if (hour === undefined) throw notRecognized()
    return { ...this.#reading, hour }
  }

  #marked = false

  /** The next thing; undefined for what says nothing. */
  #next(): DateToken | undefined {
    this.#skipBlanks()
    if (this.#at >= this.text.length) return 'end'
    if (/\d/.test(this.text.charAt(this.#at))) return this.#number()
    const [spelling, word] = this.#find(words) ?? []
    if (spelling === undefined || word === undefined) return this.#unknown()
    this.#at += spelling.length
    switch (word.kind) {
      case 'month':
        return this.#monthToken(word.value + 1)
      case 'weekday':
        if (this.#reading.weekday !== undefined) throw notRecognized()
        this.#reading.weekday = word.value
        return 'weekday'
      case 'zone':
        this.#setOffset(0)
        this.#reading.utc = true
        return 'zone'
      case 'am':
      case 'pm':
        this.#setHalf(word.kind)
        return undefined
      case 'era':
        return 'era'
      case 'ignored':
        return undefined
    }
  }

  /** A word ends where no letter follows. */
  #find<T>(list: readonly (readonly [string, T])[]): readonly [string, T] | undefined {
    return list.find(([spelling]) => {
      const end = this.#at + spelling.length
      if (this.text.slice(this.#at, end).toUpperCase() !== spelling.toUpperCase()) return false
      return !/^[A-Za-z]/.test(spelling) || !/\p{L}/u.test(this.text.charAt(end))
    })
  }

  #number(): DateToken {
    const digits = /\d+/y
    digits.lastIndex = this.#at
    const run = digits.exec(this.text)?.[0] ?? ''
    this.#at += run.length
    const isYear = run.length > 2 && run.length <= longestNumber
    if (!isYear && (this.#numbers.length === 3 || run.length > longestNumber)) throw notRecognized()
    if (isYear && this.#year !== undefined) throw notRecognized()
    const isTime = this.#state === 'Nt' || this.#state === 'NNt'
    if (!isYear && isTime) this.#timeRest()
    const separator = this.#separator()
    if (isYear) {
      this.#year = Number(run)
      return this.#yearToken(separator)
    }
    const token = this.#numberToken(separator)
    this.#numbers.push(Number(run))
    return token
  }

  /** Behind a number of a time: a fraction of a second, a zone. */
  #timeRest(): void {
    if (this.#state === 'NNt' && this.text[this.#at] === '.') {
      this.#at++
      const digits = /\d*/y
      digits.lastIndex = this.#at
      const run = digits.exec(this.text)?.[0] ?? ''
      if (run === '') throw notRecognized()
      this.#at += run.length
      this.#reading.fraction = Number(`0.${run}`)
    }
    const zone = /\s*[+-]/y
    zone.lastIndex = this.#at
    if (!zone.test(this.text)) return
    this.#at = zone.lastIndex - 1
    if (!this.#zone()) throw notRecognized()
  }

  #separator(): Separator {
    this.#skipBlanks()
    if (this.#at >= this.text.length) return 'end'
    const found = this.#find(separators)
    if (found === undefined) return 'space'
    const [spelling, separator] = found
    // A dash that no date goes on behind is the sign of a zone.
    this.#at += spelling.length
    return separator
  }

  #numberToken(separator: Separator): DateToken {
    switch (separator) {
      case 'end':
        return 'number end'
      case 'am':
      case 'pm':
        this.#setHalf(separator)
        // `1/10 5 AM`: the date is complete, the time begins.
        if (this.#state === 'N-N') this.#complete('date NN')
        if (this.#state === 'Nt' || this.#state === 'NNt') this.#timeZoneAfterHalf()
        return 'number half'
      case 'dash':
        return this.#dash('number date', 'number space')
      case 'mark':
        if (this.#state !== 'YN' && this.#state !== 'YNd') throw notRecognized()
        this.#marked = true
        return 'number space'
      case 'date':
        return 'number date'
      case 'time':
        return 'number time'
      case 'space':
        return 'number space'
    }
  }

  #timeZoneAfterHalf(): void {
    const zone = /\s*[+-]/y
    zone.lastIndex = this.#at
    if (!zone.test(this.text)) return
    this.#at = zone.lastIndex - 1
    if (!this.#zone()) throw notRecognized()
  }

  #yearToken(separator: Separator): DateToken {
    switch (separator) {
      case 'end':
        return 'year end'
      case 'am':
      case 'pm':
        this.#setHalf(separator)
        return 'year space'
      case 'space':
        return 'year space'
      case 'date':
        return 'year date'
      case 'dash':
        return this.#dash('year date', 'year space')
      case 'time':
      case 'mark':
        throw notRecognized()
    }
  }

  #monthToken(month: number): DateToken {
    if (this.#month !== undefined) throw notRecognized()
    this.#month = month
    switch (this.#separator()) {
      case 'end':
        return 'month end'
      case 'space':
        return 'month space'
      case 'date':
        return 'month date'
      case 'dash':
        return this.#dash('month date', 'month space')
      default:
        throw notRecognized()
    }
  }

  /** A dash parts a date where one can go on, else it is left to what follows. */
  #dash(parts: DateToken, leaves: DateToken): DateToken {
    const row = dateStates[this.#state]
    const after = row[leaves]
    const ends = after !== undefined && (after.startsWith('date ') || after.startsWith('time '))
    if (row[parts] !== undefined || !ends) return parts
    this.#at--
    return leaves
  }

  #setHalf(half: 'am' | 'pm'): void {
    if (this.#reading.half !== undefined) throw notRecognized()
    this.#reading.half = half
  }

  #setOffset(minutes: number): void {
    if (this.#reading.offset !== undefined) throw notRecognized()
    this.#reading.offset = minutes
  }

  #unknown(): undefined {
    const letter = this.text.charAt(this.#at)
    if (/\p{L}/u.test(letter)) {
      throw formatException(
        `The string was not recognized as a valid DateTime. There is an unknown word starting at index ${this.#at}.`,
      )
    }
    if ((letter === '-' || letter === '+') && this.#reading.offset === undefined && this.#zone()) return undefined
    if (this.#isPunctuation()) {
      this.#at = letter === '#' ? this.#at + 1 : this.text.length
      return undefined
    }
    throw notRecognized()
  }

  /** Number signs around the whole, and zeros behind it: Visual Basic and C hand over such texts. */
  #isPunctuation(): boolean {
    const rest = this.text.slice(this.#at)
    if (/^\0+$/.test(rest)) return true
    if (rest[0] !== '#') return false
    return this.text.slice(0, this.#at).trim() === ''
      ? /#[\s\0]*$/.test(rest.slice(1))
      : /^#[\s\0]*$/.test(rest) && /^\s*#/.test(this.text)
  }

  /** `+8`, `+08`, `+800`, `+0800`, `+8:00`. */
  #zone(): boolean {
    const zone = /([+-])(?:(\d{1,2})(?::(\d{1,2})(?!\d))?(?!\d)|(\d{1,2})(\d{2})(?!\d))/y
    zone.lastIndex = this.#at
    const match = zone.exec(this.text)
    if (match === null) return false
    const minutes = Number(match[2] ?? match[4]) * 60 + Number(match[3] ?? match[5] ?? 0)
    this.#setOffset(match[1] === '-' ? -minutes : minutes)
    this.#at = zone.lastIndex
    return true
  }

  #skipBlanks(): void {
    while (/\s/.test(this.text.charAt(this.#at))) this.#at++
  }

  /** What its numbers and names are, once a date or a time is complete. */
  #complete(end: DateEnd): void {
    const [first = 0, second = 0, third = 0] = this.#numbers
    const { thisYear } = this
    const [year = 0, month = 0] = [this.#year, this.#month]
    switch (end) {
      case 'date NN':
        this.#setDate(undefined, first, second)
        break
      case 'date NNN':
        this.#setDate(fullYear(third), first, second)
        break
      case 'date MN':
        this.#setDate(undefined, month, first)
        break
      case 'date NM':
        // The invariant culture writes the year before the month's name.
        this.#setDate(fullYear(first), month, 1)
        break
      case 'date MNN':
        if (isDay(fullYear(second), month, first)) this.#setDate(fullYear(second), month, first)
        else this.#setDate(fullYear(first), month, second)
        break
      case 'date YNN':
        this.#setDate(year, first, second)
        break
      case 'date NNY':
        this.#setDate(year, first, second)
        break
      case 'date YMN':
        this.#setDate(year, month, first)
        break
      case 'date YN':
        this.#setDate(year, first, 1)
        break
      case 'date YM':
        this.#setDate(year, month, 1)
        break
      case 'time N':
      case 'time NN':
      case 'time NNN':
        this.#setTime(end === 'time N', first, second, third)
        break
    }
    if (
      end.startsWith('date ') &&
      !isDay(this.#reading.year ?? thisYear, this.#reading.month ?? 0, this.#reading.day ?? 0)
    )
      throw notRecognized()
    this.#numbers = []
  }

  #setDate(year: number | undefined, month: number, day: number): void {
    if (this.#dated) throw notRecognized()
    this.#dated = true
    if (year !== undefined) this.#reading.year = year
    Object.assign(this.#reading, { month, day })
  }

  #setTime(needsHalf: boolean, hour: number, minute: number, second: number): void {
    if (this.#timed || (needsHalf && this.#reading.half === undefined)) throw notRecognized()
    this.#timed = true
    Object.assign(this.#reading, needsHalf ? { hour } : { hour, minute, second })
  }

  /** Behind `yyyy-MM-ddT`: a time of two digits each, and a zone. */
  #readIso(): Reading {
    const rest =
      /\s*(\d\d)\s*:\s*(\d\d)\s*(?::\s*(\d\d)(?:\.(\d+))?\s*)?(?:([Zz])|(?<zone>[+-]\d{1,2}(?::\d{1,2})?(?!\d)|[+-]\d{3,4}(?!\d)))?\s*(?:#\s*)?\0*$/y
    rest.lastIndex = this.#at
    const match = rest.exec(this.text)
    const [month = 0, day = 0] = this.#numbers
    if (match === null) throw notRecognized()
    this.#at = rest.lastIndex
    const zone = match.groups?.['zone']
    if (zone !== undefined) {
      this.#at = match.index + match[0].indexOf(zone)
      if (!this.#zone()) throw notRecognized()
    }
    const reading: Reading = {
      ...this.#reading,
      year: this.#year ?? 0,
      month,
      day,
      hour: Number(match[1]),
      minute: Number(match[2]),
      second: Number(match[3] ?? 0),
      fraction: Number(`0.${match[4] ?? '0'}`),
    }
    return match[5] === undefined ? reading : { ...reading, offset: 0, utc: true }
  }
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= ([31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0)
}
