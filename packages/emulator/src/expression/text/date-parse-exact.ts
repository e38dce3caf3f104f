import { DateTime, DateTimeOffset, daysInMonth, kinds, TimeSpan, type DateTimeKind } from '../values/time.js'
import { dayNames, monthNames } from './date-format.js'
import { dateTimeStyles } from './date-parse.js'

/** The patterns of one-letter formats that are worth reading exactly. */
const standard: Readonly<Record<string, string>> = {
  o: "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
  O: "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
  s: "yyyy-MM-dd'T'HH:mm:ss",
  u: "yyyy-MM-dd HH:mm:ss'Z'",
  r: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
  R: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
  d: 'MM/dd/yyyy',
  t: 'HH:mm',
  T: 'HH:mm:ss',
  g: 'MM/dd/yyyy HH:mm',
  G: 'MM/dd/yyyy HH:mm:ss',
}

const names = (list: readonly string[], length?: number): string => list.map((name) => name.slice(0, length)).join('|')

/** The digits and words that each specifier takes. */
function patternOf(specifier: string): string {
  const letter = specifier.charAt(0)
  const digits = specifier.length === 1 ? '\\d{1,2}' : '\\d{2}'
  switch (letter) {
    case 'y':
      return specifier.length <= 2 ? digits : `\\d{${specifier.length}}`
    case 'M':
      return specifier.length <= 2 ? digits : names(monthNames, specifier.length === 3 ? 3 : undefined)
    case 'd':
      return specifier.length <= 2 ? digits : names(dayNames, specifier.length === 3 ? 3 : undefined)
    case 'f':
      return `\\d{${specifier.length}}`
    case 'F':
      return `\\d{0,${specifier.length}}`
    case 't':
      return specifier.length === 1 ? '[AaPp]' : '[AaPp][Mm]'
    case 'z':
      return specifier.length === 1 ? '[+-]\\d{1,2}' : specifier.length === 2 ? '[+-]\\d{2}' : '[+-]\\d{2}:?\\d{2}'
    case 'K':
      return '(?:Z|[+-]\\d{2}:?\\d{2})?'
    default:
      return digits
  }
}

/** A moment read by a format, in both its forms; undefined when the text does not fit it. */
export function parseExact(
  text: string,
  format: string,
  today: DateTime,
  styles: number,
): { readonly dateTime: DateTime; readonly offset: DateTimeOffset } | undefined {
  const pattern = (Object.hasOwn(standard, format) ? standard[format] : undefined) ?? format
  // No format is that long, and no pattern may be.
  if (pattern.length > 1000) return undefined
  const fields: string[] = []
  const pieces = pattern.match(/'[^']*'|"[^"]*"|\\[\s\S]|%|([dfFghHKmMstyz])\1*|[\s\S]/g) ?? []
  const source = pieces.map((piece) => {
    if (/^[dfFhHKmMstyz]/.test(piece)) {
      fields.push(piece)
      return `(${patternOf(piece)})`
    }
    const literal =
      piece === '%' ? '' : piece.startsWith('\\') ? piece.slice(1) : piece.replace(/^(['"])([\s\S]*)\1$/, '$2')
    return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  // 7 are the three flags that allow white space around.
  const blank = (styles & 7) === 0 ? '' : '\\s*'
  const match = new RegExp(`^${blank}${source.join('')}${blank}$`, 'i').exec(text)
  if (match === null) return undefined
  const values = new Map(
    fields.map((field, index) => [
      field.charAt(0) === 'd' && field.length > 2 ? 'ddd' : field.charAt(0),
      match[index + 1] ?? '',
    ]),
  )
  const universal = /GMT|'Z'/.test(pattern)
  return momentOf(values, fields, today, styles, universal)
}

function momentOf(
  values: ReadonlyMap<string, string>,
  fields: readonly string[],
  today: DateTime,
  styles: number,
  universal: boolean,
): { dateTime: DateTime; offset: DateTimeOffset } | undefined {
  const number = (letter: string, fallback: number): number => Number(values.get(letter) ?? fallback)
  const dated = ['y', 'M', 'd'].some((letter) => values.has(letter))
  const year = fullYear(number('y', today.calendar.year), fields)
  const month = monthOf(values.get('M')) ?? (dated ? 1 : today.calendar.month)
  const day = number('d', dated ? 1 : today.calendar.day)
  const half = values.get('t')?.charAt(0).toLowerCase()
  const hour = values.has('h') ? (number('h', 12) % 12) + (half === 'p' ? 12 : 0) : number('H', 0)
  const [minute, second] = [number('m', 0), number('s', 0)]
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
    return undefined
  const fraction = BigInt((values.get('f') ?? values.get('F') ?? '').padEnd(7, '0'))
  const clock = DateTime.of(year, month, day, hour, minute, second).addTicks(fraction)
  const zone = values.get('K') ?? values.get('z') ?? ''
  return { dateTime: withZone(clock, zone, styles, universal), offset: new DateTimeOffset(clock, offsetOf(zone)) }
}

function fullYear(year: number, fields: readonly string[]): number {
  const short = fields.some((field) => /^y{1,2}$/.test(field))
  return short ? (year < 30 ? 2000 + year : 1900 + year) : year
}

function monthOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  return /^\d/.test(text)
    ? Number(text)
    : monthNames.findIndex((name) => name.toLowerCase().startsWith(text.toLowerCase())) + 1
}

function offsetOf(zone: string): TimeSpan {
  const match = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone)
  const minutes = match === null ? 0 : Number(match[2]) * 60 + Number(match[3] ?? 0)
  return TimeSpan.of(0, 0, match?.[1] === '-' ? -minutes : minutes, 0)
}

/** A zone in the text makes the value local, which is UTC here; the flags say otherwise. */
function withZone(clock: DateTime, zone: string, styles: number, universal: boolean): DateTime {
  const adjust = (styles & dateTimeStyles.adjustToUniversal) !== 0
  const roundtrip = (styles & dateTimeStyles.roundtripKind) !== 0 && /^z$/i.test(zone)
  const assumed = (styles & (dateTimeStyles.assumeUniversal | dateTimeStyles.assumeLocal)) !== 0
  if (zone === '' && !assumed && !universal) return clock
  if (zone === '' && universal && !assumed && !adjust) return clock
  const kind: DateTimeKind = adjust || roundtrip ? kinds.utc : kinds.local
  return clock.addTicks(-offsetOf(zone).ticks).withKind(kind)
}
