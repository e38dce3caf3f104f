/** Text with its entities decoded. What is no entity stays as it is. */
export function decode(raw: string): string {
  return decodeEntities(raw, 'keep') ?? raw
}

/** The same; undefined where an `&` begins no entity. */
export function decodeStrictly(raw: string): string | undefined {
  return decodeEntities(raw, 'refuse')
}

function decodeEntities(raw: string, stray: 'keep' | 'refuse'): string | undefined {
  let decoded = ''
  let from = 0
  for (let at = raw.indexOf('&'); at !== -1; at = raw.indexOf('&', at + 1)) {
    const end = entityEnd(raw, at)
    const character = end === -1 ? undefined : characterOf(raw, at, end)
    if (character !== undefined) {
      decoded += raw.slice(from, at) + character
      from = end
    } else if (stray === 'refuse') return undefined
  }
  return from === 0 ? raw : decoded + raw.slice(from)
}

/** Whether an entity stands at this offset. */
export const entityAt = (text: string, offset: number): boolean =>
  text.charCodeAt(offset) === AMPERSAND && entityEnd(text, offset) !== -1

/** The offset of the first `&` that begins no entity, or -1. */
export function strayAmpersand(text: string): number {
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', at + 1)) {
    const end = entityEnd(text, at)
    if (end === -1 || characterOf(text, at, end) === undefined) return at
  }
  return -1
}

/** Where in `raw` the character stands that is at `offset` in its decoded form. */
export function rawOffset(raw: string, offset: number): number {
  let at = 0
  for (let decoded = 0; decoded < offset && at < raw.length; decoded++) {
    const end = raw.charCodeAt(at) === AMPERSAND ? entityEnd(raw, at) : -1
    if (end === -1) at++
    else {
      decoded += (characterOf(raw, at, end)?.length ?? end - at) - 1
      at = end
    }
  }
  return at
}

/** The offset behind the entity whose `&` stands here; -1 where none does. By its first letter: texts hold thousands. */
function entityEnd(text: string, at: number): number {
  switch (text.charCodeAt(at + 1)) {
    case SMALL_A:
      return text.startsWith('mp;', at + 2) ? at + 5 : text.startsWith('pos;', at + 2) ? at + 6 : -1
    case SMALL_G:
      return text.startsWith('t;', at + 2) ? at + 4 : -1
    case SMALL_L:
      return text.startsWith('t;', at + 2) ? at + 4 : -1
    case SMALL_Q:
      return text.startsWith('uot;', at + 2) ? at + 6 : -1
    case HASH:
      return numberEnd(text, at + 2)
    default:
      return -1
  }
}

/** No code point has more digits; and a number that goes on forever is not to be looked through at every `&`. */
const mostDigits = { decimal: 7, hexadecimal: 6 } as const

function numberEnd(text: string, start: number): number {
  const isHexadecimal = (text.charCodeAt(start) | LOWER_CASE) === SMALL_X
  const digits = isHexadecimal ? start + 1 : start
  const most = digits + (isHexadecimal ? mostDigits.hexadecimal : mostDigits.decimal)
  let end = digits
  while (end < most && isDigit(text.charCodeAt(end), isHexadecimal)) end++
  return end > digits && text.charCodeAt(end) === SEMICOLON ? end + 1 : -1
}

function isDigit(code: number, hexadecimal: boolean): boolean {
  if (code >= 48 && code <= 57) return true
  const small = code | LOWER_CASE
  return hexadecimal && small >= SMALL_A && small <= SMALL_A + 5
}

/** What an entity stands for; undefined for a number of which XML has no character. */
function characterOf(text: string, at: number, end: number): string | undefined {
  switch (text.charCodeAt(at + 1)) {
    case SMALL_A:
      return end === at + 5 ? '&' : "'"
    case SMALL_G:
      return '>'
    case SMALL_L:
      return '<'
    case SMALL_Q:
      return '"'
    default:
      return numbered(text.slice(at + 2, end - 1))
  }
}

function numbered(digits: string): string | undefined {
  const isHexadecimal = (digits.charCodeAt(0) | LOWER_CASE) === SMALL_X
  const code = isHexadecimal ? Number.parseInt(digits.slice(1), 16) : Number.parseInt(digits, 10)
  return isLegal(code) ? String.fromCodePoint(code) : undefined
}

/** What XML 1.0 has as a character. */
const isLegal = (code: number): boolean =>
  code < 0xd800
    ? code >= 0x20 || code === 0x9 || code === 0xa || code === 0xd
    : (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)

const AMPERSAND = 38
const HASH = 35
const SEMICOLON = 59
const SMALL_A = 97
const SMALL_G = 103
const SMALL_L = 108
const SMALL_Q = 113
const SMALL_X = 120
/** The bit by which a small letter differs from its capital. */
const LOWER_CASE = 32
