import { digitsOfDouble, fractionPart, roundAt, roundToLength, wholePart, type Digits } from './number-digits.js'
import { withoutEnd } from './without-end.js'

/** One piece of a custom format: a digit place, a mark, or text that is copied. */
type Piece =
  | { readonly kind: '0' | '#' | '.' | ',' | '%' | '‰' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'exponent'; readonly symbol: string; readonly plus: boolean; readonly digits: number }

/** What a section of a custom format says as a whole. */
interface Layout {
  readonly pieces: readonly Piece[]
  readonly wholePlaces: number
  /** Digits that print even when they are leading zeros. */
  readonly wholeMinimum: number
  readonly fractionPlaces: number
  readonly fractionMinimum: number
  readonly grouped: boolean
  /** Powers of ten that `%`, `‰` and trailing commas move the point. */
  readonly shift: number
  readonly scientific: boolean
}

/** Formats by a custom numeric format such as `#,##0.00;(#);-`. */
export function formatCustomNumber(number: Digits, format: string): string {
  const sections = splitSections(format)
  const chosen = chooseSection(number, sections)
  const layout = layoutOf(parsePieces(sections[chosen.section] ?? ''))
  const shifted = number.digits === '' ? number : { ...number, point: number.point + layout.shift }
  const rounded = layout.scientific ? shifted : roundAt(shifted, layout.fractionPlaces)
  // A number that rounds to zero is formatted as zero: by the third section where there is one, without a sign.
  if (rounded.digits === '' && number.digits !== '' && chosen.section < 2 && sections.length > 2) {
    return formatCustomNumber(digitsOfDouble(0, 1), format)
  }
  const sign = number.negative && !chosen.absolute && rounded.digits !== '' ? '-' : ''
  return sign + (layout.scientific ? writeScientific(rounded, layout) : writeFixed(rounded, layout))
}

/** Semicolons separate up to three sections: positive, negative, zero. Quoted and escaped ones do not count. */
function splitSections(format: string): string[] {
  const sections = ['']
  for (const token of tokens(format)) {
    if (token === ';') sections.push('')
    else sections[sections.length - 1] += token
  }
  return sections
}

function chooseSection(number: Digits, sections: readonly string[]): { section: number; absolute: boolean } {
  if (number.digits === '' && sections.length > 2 && sections[2] !== '') return { section: 2, absolute: true }
  if (number.negative && number.digits !== '' && sections.length > 1 && sections[1] !== '')
    return { section: 1, absolute: true }
  return { section: 0, absolute: false }
}

/** Quoted texts and escapes stay together; everything else comes one character at a time. */
function tokens(format: string): string[] {
  return format.match(/'[^']*'?|"[^"]*"?|\\[\s\S]|[eE][+-]?0+|[\s\S]/g) ?? []
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
    return {
      kind: 'exponent',
      symbol: token.charAt(0),
      plus: token.charAt(1) === '+',
      digits: token.replace(/[^0]/g, '').length,
    }
  }
  if (token.startsWith('\\')) return { kind: 'text', text: token.slice(1) }
  return { kind: 'text', text: /^['"]/.test(token) ? token.slice(1).replace(/['"]$/, '') : token }
}

function layoutOf(pieces: readonly Piece[]): Layout {
  const point = pieces.findIndex((piece) => piece.kind === '.')
  const places = (from: number, to: number): number[] =>
    pieces.flatMap((piece, index) => (isPlace(piece) && index >= from && index < to ? [index] : []))
  const whole = places(0, point < 0 ? pieces.length : point)
  const fraction = point < 0 ? [] : places(point, pieces.length)
  const firstZero = whole.findIndex((index) => pieces[index]?.kind === '0')
  const lastZero = fraction.findLastIndex((index) => pieces[index]?.kind === '0')
  const lastWhole = whole.at(-1) ?? -1
  const commas = pieces.flatMap((piece, index) => (piece.kind === ',' && (point < 0 || index < point) ? [index] : []))
  const scaling = commas.filter((index) => index > lastWhole)
  const count = (kind: Piece['kind']): number => pieces.filter((piece) => piece.kind === kind).length
  return {
    pieces,
    wholePlaces: whole.length,
    wholeMinimum: firstZero < 0 ? 0 : whole.length - firstZero,
    fractionPlaces: fraction.length,
    fractionMinimum: lastZero + 1,
    grouped: commas.some((index) => index > (whole[0] ?? 0) && index < lastWhole),
    shift: 2 * count('%') + 3 * count('‰') - 3 * scaling.length,
    scientific: count('exponent') > 0,
  }
}

function isPlace(piece: Piece): boolean {
  return piece.kind === '0' || piece.kind === '#'
}

function writeFixed(number: Digits, layout: Layout, exponent?: number): string {
  const whole = wholePart(number, layout.wholeMinimum)
  const fraction = fractionPart(number, layout.fractionPlaces)
  const fractionLength = Math.max(layout.fractionMinimum, withoutEnd(fraction, '0').length)
  let result = ''
  let place = 0
  let written = 0
  let afterPoint = 0
  for (const piece of layout.pieces) {
    if (piece.kind === 'text') result += piece.text
    else if (piece.kind === '%' || piece.kind === '‰') result += piece.kind
    else if (piece.kind === '.') result += fractionLength > 0 ? '.' : ''
    else if (piece.kind === 'exponent') result += exponentText(piece, exponent ?? 0)
    else if (isPlace(piece) && place < layout.wholePlaces) {
      // The first place takes all digits that have no place of their own.
      const upTo = whole.length - (layout.wholePlaces - ++place)
      for (; written < upTo; written++) result += wholeDigit(whole, written, layout.grouped)
    } else if (isPlace(piece) && afterPoint < fractionLength) result += fraction.charAt(afterPoint++)
  }
  return layout.wholePlaces === 0 && whole !== '' ? insertWhole(result, whole) : result
}

function wholeDigit(whole: string, index: number, grouped: boolean): string {
  const left = whole.length - index - 1
  return whole.charAt(index) + (grouped && left > 0 && left % 3 === 0 ? ',' : '')
}

/** `.00` has no place for digits before the point; they come where the point is. */
function insertWhole(text: string, whole: string): string {
  const point = text.indexOf('.')
  return point < 0 ? text : text.slice(0, point) + whole + text.slice(point)
}

function writeScientific(number: Digits, layout: Layout): string {
  const rounded = roundToLength(number, layout.wholePlaces + layout.fractionPlaces)
  const exponent = rounded.digits === '' ? 0 : rounded.point - layout.wholePlaces
  return writeFixed({ ...rounded, point: rounded.digits === '' ? 0 : layout.wholePlaces }, layout, exponent)
}

function exponentText(piece: Extract<Piece, { kind: 'exponent' }>, exponent: number): string {
  const sign = exponent < 0 ? '-' : piece.plus ? '+' : ''
  return `${piece.symbol}${sign}${String(Math.abs(exponent)).padStart(piece.digits, '0')}`
}
