/**
 * The order of the invariant culture as .NET Framework has it: by letters, then accents, then case; `-` and `'` count last
 * of all. Letters that stand for two (`ß`, `æ`) are two; what cannot be seen is not there.
 */
interface Piece {
  /** Symbols, then digits, then letters. */
  readonly primary: number
  /** The letter without accents, small. */
  readonly letter: string
  readonly accents: string
  readonly upper: boolean
  /** Where in the text it comes from. */
  readonly start: number
  end: number
}

/** Spaces, punctuation, signs of mathematics, then other signs and currencies. */
const symbols =
  ' \u00a0\u0009\u000a\u000b\u000c\u000d\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029!"#$%&()*,./:;?@[\\]^_`{|}~¡¦¨¯´¸¿ˇ˜‖‗‘’‚‛“”„‟′″‴‵‶‷‸‹›‼‽‾‿+−⁄<=>±«»×÷≠≤→←¢£¤¥§©¬®°µ¶·†‡•‣․‥…‰‱※⁀⁁⁂₠₡₢₣₤₥₦₧₨₩₪₫€'
/** Hyphens and apostrophes. */
const weightless = "'-\u2010\u2011\u2027\u2043\u2012\u2013\u2014\u2015"
const expansions: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ﬁ: 'fi',
  ﬂ: 'fl',
  ĳ: 'ij',
  ø: 'o\u0338',
  đ: 'd\u0335',
  ł: 'l\u0335',
  ı: 'i\u0335',
}
const invisible = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200c-\u200f\u2060\ufeff]/

/** A word character of ASCII is compared by its number once its case is out of the way. */
const plain = /^[0-9A-Za-z ]*$/

/** Compares two texts: -1, 0 or 1. */
export function compareTexts(a: string, b: string, ignoreCase: boolean): number {
  if (plain.test(a) && plain.test(b)) return comparePlain(a, b, ignoreCase)
  const left = piecesOf(a)
  const right = piecesOf(b)
  const [wordsA, wordsB] = [left.filter(isWeighty), right.filter(isWeighty)]
  return (
    compareBy(wordsA, wordsB, ({ primary }) => primary) ||
    compareBy(wordsA, wordsB, ({ accents }) => accents) ||
    (ignoreCase ? 0 : compareBy(wordsA, wordsB, ({ upper }) => Number(upper))) ||
    compareBy(hyphensOf(left), hyphensOf(right), (place) => place)
  )
}

function comparePlain(a: string, b: string, ignoreCase: boolean): number {
  const [lowerA, lowerB] = [a.toLowerCase(), b.toLowerCase()]
  if (lowerA !== lowerB) return lowerA < lowerB ? -1 : 1
  // A small letter has the larger number and comes first.
  return ignoreCase || a === b ? 0 : a > b ? -1 : 1
}

function compareBy<T, U extends number | string>(a: readonly T[], b: readonly T[], key: (item: T) => U): number {
  for (const [index, item] of a.entries()) {
    const other = b[index]
    if (other === undefined) return 1
    const [left, right] = [key(item), key(other)]
    if (left !== right) return left < right ? -1 : 1
  }
  return a.length < b.length ? -1 : 0
}

const isWeighty = ({ primary }: Piece): boolean => primary >= weightless.length

/** Each hyphen and apostrophe by the number of pieces before it. */
function hyphensOf(pieces: readonly Piece[]): number[] {
  return pieces.flatMap((piece, index) => (isWeighty(piece) ? [] : [index * weightless.length + piece.primary]))
}

/** A text that is the same for texts which are equal in this order. */
export function collationKey(text: string, ignoreCase: boolean): string {
  return piecesOf(text)
    .map(({ letter, accents, upper }) => (upper && !ignoreCase ? letter.toUpperCase() : letter) + accents)
    .join('')
}

/** The places where `part` begins in the text, in order; a letter with an accent is found as a whole only. */
export function placesOf(text: string, part: string, ignoreCase: boolean): { start: number; end: number }[] {
  const pieces = piecesOf(text)
  const wanted = piecesOf(part)
  const found: { start: number; end: number }[] = []
  for (let at = 0; at + wanted.length <= pieces.length; at++) {
    const first = pieces[at]
    const last = pieces[at + wanted.length - 1]
    if (first === undefined || last === undefined) continue
    const whole = pieces[at - 1]?.start !== first.start && pieces[at + wanted.length]?.start !== last.start
    const same = wanted.every((piece, index) => matches(piece, pieces[at + index], ignoreCase))
    if (whole && same) found.push({ start: first.start, end: last.end })
  }
  return found
}

function matches(a: Piece, b: Piece | undefined, ignoreCase: boolean): boolean {
  return a.primary === b?.primary && a.accents === b.accents && (ignoreCase || a.upper === b.upper)
}

/** Whether a text has nothing that could be seen. */
export function isInvisible(text: string): boolean {
  return piecesOf(text).length === 0
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let start = 0
  for (const letter of text) {
    const end = start + letter.length
    const last = pieces.at(-1)
    if (/\p{M}/u.test(letter) && last !== undefined) {
      pieces[pieces.length - 1] = { ...last, accents: last.accents + letter.normalize('NFD'), end }
    } else if (!invisible.test(letter)) pieces.push(...lettersOf(letter, start, end))
    else if (last !== undefined) last.end = end
    start = end
  }
  return pieces
}

function lettersOf(letter: string, start: number, end: number): Piece[] {
  const lower = letter.toLowerCase()
  const upper = lower !== letter && lower.length === letter.length
  const pieces: Piece[] = []
  for (const part of (expansions[lower] ?? lower).normalize('NFD')) {
    const last = pieces.at(-1)
    if (/\p{M}/u.test(part) && last !== undefined) pieces[pieces.length - 1] = { ...last, accents: last.accents + part }
    else pieces.push({ primary: primaryOf(part), letter: part, accents: '', upper, start, end })
  }
  return pieces
}

/** Unknown symbols follow the known ones, digits follow symbols, letters digits; each by its number. */
function primaryOf(letter: string): number {
  const minor = weightless.indexOf(letter)
  if (minor >= 0) return minor
  const symbol = symbols.indexOf(letter)
  if (symbol >= 0) return weightless.length + symbol
  const code = letter.codePointAt(0) ?? 0
  const block = /\p{L}/u.test(letter) ? 0x60000 : /\p{N}/u.test(letter) ? 0x40000 : 0x20000
  return block + (code & 0x1ffff)
}
