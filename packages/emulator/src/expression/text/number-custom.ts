import { roundToLength, type Digits } from './number-digits.js'
import { withoutEnd } from './without-end.js'

/** One piece of a custom format: a digit place, a mark, or text that is copied. */
type Piece =
  | { readonly kind: '0' | '#' | '.' | ',' | '%' | '‰' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'exponent'; readonly text: string; readonly plus: boolean; readonly digits: number }

/** What a section of a custom format says as a whole. */
interface Layout {
  readonly pieces: readonly Piece[]
  /** All digit places, and how many of them stand before the point. */
  readonly places: number
  readonly wholePlaces: number
  /** Digits before the point that print even when they are leading zeros. */
  readonly wholeMinimum: number
  /** Digits behind the point that print even when they are trailing zeros. */
  readonly fractionMinimum: number
  readonly grouped: boolean
  /** Powers of ten that `%`, `‰` and trailing commas move the point. */
  readonly shift: number
  readonly scientific: boolean
}

/** Formats by a custom numeric format such as `#,##0.00;(#);-`; `signedZero` keeps the sign of what is or becomes zero. */
export function formatCustomNumber(number: Digits, format: string, signedZero = false): string {
  const sections = splitSections(format)
  const isSigned = signedZero && number.negative
  if (number.digits === '') return formatZero(sections, isSigned)
  const section = sectionFor(sections, number.negative ? 1 : 0)
  const layout = layoutOf(parsePieces(sections[section] ?? ''))
  const point = number.point + layout.shift
  const length = layout.scientific ? layout.places : point + layout.places - layout.wholePlaces
  const rounded = roundToLength({ ...number, digits: withoutEnd(number.digits, '0'), point }, length)
  // A number that rounds to zero is formatted as zero, by the first section where there is no third.
  if (rounded.digits === '') return formatZero(sections, isSigned)
  return (number.negative && section === 0 ? '-' : '') + new Writer(rounded, layout).write()
}

function formatZero(sections: readonly string[], signed: boolean): string {
  const section = sectionFor(sections, 2)
  const layout = layoutOf(parsePieces(sections[section] ?? ''))
  const text = new Writer({ negative: false, digits: '', point: 0 }, layout).write()
  return signed && section === 0 && text !== '' ? `-${text}` : text
}

/** Positive, negative, zero: an empty section or one that is not there is the first. */
function sectionFor(sections: readonly string[], wanted: number): number {
  return sections[wanted] === undefined || sections[wanted] === '' ? 0 : wanted
}

/** Semicolons separate sections. Quoted and escaped ones do not count. */
function splitSections(format: string): string[] {
  const sections = ['']
  for (const token of tokens(format)) {
    if (token === ';') sections.push('')
    else sections[sections.length - 1] += token
  }
  return sections
}

/** Quoted texts, escapes and exponents stay together; everything else comes one character at a time. */
function tokens(format: string): string[] {
  return format.match(/'[^']*'?|"[^"]*"?|\\[\s\S]?|[eE][+-]?0+|[\s\S]/g) ?? []
}

function parsePieces(section: string): Piece[] {
  return tokens(section).map((token): Piece => {
    switch (token) {
      case '0':
      case '#':
      case '.':
      case ',':
      case '%':
      case '‰':
        return { kind: token }
      default:
        return textOrExponent(token)
    }
  })
}

function textOrExponent(token: string): Piece {
  if (/^[eE][+-]?0+$/.test(token)) {
    return { kind: 'exponent', text: token, plus: token.charAt(1) === '+', digits: token.replace(/[^0]/g, '').length }
  }
  if (token.startsWith('\\')) return { kind: 'text', text: token.slice(1) }
  const quote = token.charAt(0)
  if (quote !== "'" && quote !== '"') return { kind: 'text', text: token }
  return { kind: 'text', text: token.endsWith(quote) ? token.slice(1, -1) : token.slice(1) }
}

function layoutOf(pieces: readonly Piece[]): Layout {
  let [places, point, firstZero, lastZero, shift] = [0, -1, -1, 0, 0]
  /** The last comma between places, as the number of places before it, and how many stand there. */
  let [comma, commas, grouped, scientific] = [-1, 0, false, false]
  for (const { kind } of pieces) {
    if (kind === '0' || kind === '#') {
      if (kind === '0' && firstZero < 0) firstZero = places
      places++
      if (kind === '0') lastZero = places
    } else if (kind === '.' && point < 0) point = places
    else if (kind === ',' && places > 0 && point < 0) {
      grouped ||= comma >= 0 && comma !== places
      commas = comma === places ? commas + 1 : 1
      comma = places
    } else if (kind === '%') shift += 2
    else if (kind === '‰') shift += 3
    else if (kind === 'exponent') scientific = true
  }
  const wholePlaces = point < 0 ? places : point
  // Commas right before the point divide by a thousand each; commas further left ask for groups.
  const scales = comma === wholePlaces
  return {
    pieces,
    places,
    wholePlaces,
    wholeMinimum: firstZero < 0 || firstZero >= wholePlaces ? 0 : wholePlaces - firstZero,
    fractionMinimum: Math.max(0, lastZero - wholePlaces),
    grouped: grouped || (comma >= 0 && !scales),
    shift: shift - (scales ? 3 * commas : 0),
    scientific,
  }
}

/** Lays the digits of a rounded number over the places of a layout. */
class Writer {
  #text = ''
  /** How many digits have been taken. */
  #taken = 0
  /** The place that comes next, counted from the point: 1 is the unit, 0 and below are behind the point. */
  #place: number
  /** Digits more than there are places before the point; below zero: places that have no digit. */
  #ahead: number
  readonly #groupedBelow: number
  #pointWritten = false
  #exponentWritten = false

  constructor(
    readonly number: Digits,
    readonly layout: Layout,
  ) {
    const { wholePlaces, wholeMinimum, scientific } = layout
    this.#place = scientific ? wholePlaces : Math.max(number.point, wholePlaces)
    this.#ahead = scientific ? 0 : number.point - wholePlaces
    this.#groupedBelow = layout.grouped ? Math.max(wholeMinimum, this.#place + Math.min(this.#ahead, 0)) : 0
  }

  write(): string {
    for (const piece of this.layout.pieces) {
      if (piece.kind === '0' || piece.kind === '#' || piece.kind === '.') this.#writeAhead()
      if (piece.kind === '0' || piece.kind === '#') this.#writePlace()
      else if (piece.kind === '.') this.#writePoint()
      else if (piece.kind === '%' || piece.kind === '‰') this.#text += piece.kind
      else if (piece.kind === 'text') this.#text += piece.text
      else if (piece.kind === 'exponent') this.#writeExponent(piece)
    }
    return this.#text
  }

  /** The first place takes all digits that have no place of their own. */
  #writeAhead(): void {
    for (; this.#ahead > 0; this.#ahead--) this.#writeDigit(this.#next() ?? '0')
  }

  #writePlace(): void {
    const { wholeMinimum, fractionMinimum } = this.layout
    if (this.#ahead < 0) {
      this.#ahead++
      if (this.#place <= wholeMinimum) return this.#writeDigit('0')
    } else {
      const digit = this.#next() ?? (this.#place > -fractionMinimum ? '0' : undefined)
      if (digit !== undefined) return this.#writeDigit(digit)
    }
    this.#place--
  }

  #next(): string | undefined {
    return this.#taken < this.number.digits.length ? this.number.digits.charAt(this.#taken++) : undefined
  }

  #writeDigit(digit: string): void {
    const left = --this.#place
    this.#text += left > 0 && left % 3 === 0 && left < this.#groupedBelow ? `${digit},` : digit
  }

  #writePoint(): void {
    const { places, wholePlaces, fractionMinimum } = this.layout
    if (this.#place !== 0 || this.#pointWritten) return
    const follows = wholePlaces < places && this.#taken < this.number.digits.length
    if (fractionMinimum === 0 && !follows) return
    this.#text += '.'
    this.#pointWritten = true
  }

  /** The first exponent shows the number's; what looks like a further one is text. */
  #writeExponent({ text, plus, digits }: Extract<Piece, { kind: 'exponent' }>): void {
    if (this.#exponentWritten) {
      this.#text += text
      return
    }
    this.#exponentWritten = true
    const exponent = this.number.digits === '' ? 0 : this.number.point - this.layout.wholePlaces
    const sign = exponent < 0 ? '-' : plus ? '+' : ''
    this.#text += `${text.charAt(0)}${sign}${String(Math.abs(exponent)).padStart(Math.min(digits, 10), '0')}`
  }
}
