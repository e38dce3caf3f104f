import { formatException } from '../values/exceptions.js'
import { DateTime, kinds, ticksPerSecond, TimeSpan, type DateTimeOffset } from '../values/time.js'

/** The invariant culture's names. */
export const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** The invariant culture's patterns behind the one-letter formats. */
export const standardPatterns: Readonly<Record<string, string>> = {
  d: 'MM/dd/yyyy',
  D: 'dddd, dd MMMM yyyy',
  f: 'dddd, dd MMMM yyyy HH:mm',
  F: 'dddd, dd MMMM yyyy HH:mm:ss',
  g: 'MM/dd/yyyy HH:mm',
  G: 'MM/dd/yyyy HH:mm:ss',
  m: 'MMMM dd',
  M: 'MMMM dd',
  o: "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
  O: "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
  r: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  R: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  s: "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
  t: 'HH:mm',
  T: 'HH:mm:ss',
  u: "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
  U: 'dddd, dd MMMM yyyy HH:mm:ss',
  y: 'yyyy MMMM',
  Y: 'yyyy MMMM',
}

/** What a format reads: the clock value, and its offset where one is known. */
interface Moment {
  readonly clock: DateTime
  /** Undefined for a DateTime of unspecified kind. */
  readonly offset: TimeSpan | undefined
  /** `K` writes Z. */
  readonly utc: boolean
}

/** `DateTime.ToString(format)`, culture invariant. */
export function formatDateTime(value: DateTime, format: string | null = null): string {
  const utc = value.kind === kinds.utc
  const offset = value.kind === kinds.unspecified ? undefined : TimeSpan.zero
  return formatPattern({ clock: value, offset, utc }, patternOf(format, 'G'))
}

/** `DateTimeOffset.ToString(format)`: without a format the offset is added; `R` and `u` convert to universal time first. */
export function formatDateTimeOffset(value: DateTimeOffset, format: string | null = null): string {
  if (format === null || format === '') return formatDateTimeOffset(value, 'MM/dd/yyyy HH:mm:ss zzz')
  if (format === 'U') throw formatException()
  const universal = /^[rRu]$/.test(format)
  const clock = universal ? value.utc : value.local
  return formatPattern({ clock, offset: universal ? TimeSpan.zero : value.offset, utc: false }, patternOf(format, 'G'))
}

function patternOf(format: string | null, standard: string): string {
  const wanted = format === null || format === '' ? standard : format
  if (wanted.length > 1) return wanted
  const pattern = standardPatterns[wanted]
  if (pattern === undefined) throw formatException()
  return pattern
}

function formatPattern(moment: Moment, pattern: string): string {
  let result = ''
  let index = 0
  while (index < pattern.length) {
    const [text, length] = formatPiece(moment, pattern, index)
    // Where `F` has no fraction to write, the point before it goes too.
    const pointless = text === '' && pattern.charAt(index) === 'F' && result.endsWith('.')
    result = pointless ? result.slice(0, -1) : result + text
    index += length
  }
  return result
}

/** The text of the piece that begins at `index`, and how long the piece is in the pattern. */
function formatPiece(moment: Moment, pattern: string, index: number): [text: string, length: number] {
  const letter = pattern.charAt(index)
  switch (letter) {
    case "'":
    case '"':
      return quoted(pattern, index)
    case '\\':
      if (index + 1 >= pattern.length) throw formatException()
      return [pattern.charAt(index + 1), 2]
    case '%':
      return single(moment, pattern, index)
    default: {
      // Runs are counted for letters that take one as a whole: else a long text of any other would be counted at each of them.
      if (!'dfFghHKmMstyz'.includes(letter)) return [letter, 1]
      const length = letter === 'K' ? 1 : runLength(pattern, index)
      return [specifier(moment, letter, length), length]
    }
  }
}

/** `%d` is the single letter `d`, which alone would be a standard format. */
function single(moment: Moment, pattern: string, index: number): [string, number] {
  const next = pattern.charAt(index + 1)
  if (next === '' || next === '%') throw formatException()
  return [formatPattern(moment, next), 2]
}

function quoted(pattern: string, start: number): [string, number] {
  const quote = pattern.charAt(start)
  let text = ''
  for (let index = start + 1; index < pattern.length; index++) {
    const letter = pattern.charAt(index)
    if (letter === quote) return [text, index - start + 1]
    if (letter === '\\') index++
    text += pattern.charAt(index)
  }
  throw formatException()
}

function runLength(pattern: string, start: number): number {
  let end = start + 1
  while (end < pattern.length && pattern.charAt(end) === pattern.charAt(start)) end++
  return end - start
}

function specifier(moment: Moment, letter: string, length: number): string {
  const { clock } = moment
  const hour = clock.timeOfDay.part('hours')
  switch (letter) {
    case 'y':
      return year(clock.calendar.year, length)
    case 'M':
      return length <= 2 ? pad(clock.calendar.month, length) : name(monthNames, clock.calendar.month - 1, length)
    case 'd':
      return length <= 2 ? pad(clock.calendar.day, length) : name(dayNames, clock.dayOfWeek, length)
    case 'H':
      return pad(hour, Math.min(length, 2))
    case 'h':
      return pad(hour % 12 === 0 ? 12 : hour % 12, Math.min(length, 2))
    case 'm':
      return pad(clock.timeOfDay.part('minutes'), Math.min(length, 2))
    case 's':
      return pad(clock.timeOfDay.part('seconds'), Math.min(length, 2))
    case 't':
      return (hour < 12 ? 'AM' : 'PM').slice(0, length)
    case 'g':
      return 'A.D.'
    case 'K':
      return moment.utc ? 'Z' : moment.offset === undefined ? '' : offsetText(moment.offset, 3)
    case 'z':
      return offsetText(moment.offset ?? TimeSpan.zero, length)
    default:
      return fraction(clock, letter, length)
  }
}

function year(value: number, length: number): string {
  return length <= 2 ? pad(value % 100, length) : pad(value, length)
}

function name(names: readonly string[], index: number, length: number): string {
  return (names[index] ?? '').slice(0, length === 3 ? 3 : undefined)
}

/** `f` keeps trailing zeros, `F` drops them. */
function fraction(clock: DateTime, letter: string, length: number): string {
  if (length > 7) throw formatException()
  const digits = (clock.ticks % ticksPerSecond).toString().padStart(7, '0').slice(0, length)
  return letter === 'f' ? digits : digits.replace(/0+$/, '')
}

function offsetText(offset: TimeSpan, length: number): string {
  const sign = offset.ticks < 0n ? '-' : '+'
  const hours = Math.abs(offset.part('hours'))
  const minutes = pad(Math.abs(offset.part('minutes')), 2)
  if (length === 1) return `${sign}${hours}`
  return `${sign}${pad(hours, 2)}${length === 2 ? '' : `:${minutes}`}`
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0')
}

/** `TimeSpan.ToString(format)`: `c` (also null, `t`, `T`), `g`, `G`, or a custom format. */
export function formatTimeSpan(value: TimeSpan, format: string | null = null): string {
  const wanted = format === null || format === '' ? 'c' : format
  const sign = value.ticks < 0n ? '-' : ''
  const days = magnitude(value, 'days')
  const clock = [magnitude(value, 'minutes'), magnitude(value, 'seconds')].map((part) => pad(part, 2)).join(':')
  const ticks = secondTicks(value).toString().padStart(7, '0')
  const hours = magnitude(value, 'hours')
  switch (wanted) {
    case 'c':
    case 't':
    case 'T':
      return `${sign}${days === 0 ? '' : `${days}.`}${pad(hours, 2)}:${clock}${ticks === '0000000' ? '' : `.${ticks}`}`
    case 'g':
      return `${sign}${days === 0 ? '' : `${days}:`}${hours}:${clock}${ticks === '0000000' ? '' : `.${ticks.replace(/0+$/, '')}`}`
    case 'G':
      return `${sign}${days}:${pad(hours, 2)}:${clock}.${ticks}`
    default:
      return formatTimeSpanPattern(value, wanted)
  }
}

/** A part without the sign. The whole span without it may not exist: the smallest has no opposite. */
function magnitude(value: TimeSpan, unit: Parameters<TimeSpan['part']>[0]): number {
  return Math.abs(value.part(unit))
}

function secondTicks(value: TimeSpan): bigint {
  const ticks = value.ticks % ticksPerSecond
  return ticks < 0n ? -ticks : ticks
}

/** A custom format; the sign is left out, as .NET does. */
function formatTimeSpanPattern(value: TimeSpan, pattern: string): string {
  let result = ''
  for (let index = 0; index < pattern.length;) {
    const letter = pattern.charAt(index)
    if (letter === "'" || letter === '"') {
      const [text, taken] = quoted(pattern, index)
      result += text
      index += taken
    } else if (letter === '\\') {
      if (index + 1 >= pattern.length) throw formatException()
      result += pattern.charAt(index + 1)
      index += 2
    } else if (letter === '%') {
      const next = pattern.charAt(index + 1)
      if (next === '' || next === '%') throw formatException()
      result += formatTimeSpanPattern(value, next)
      index += 2
    } else {
      const length = runLength(pattern, index)
      result += timeSpanPiece(value, letter, length)
      index += length
    }
  }
  return result
}

function timeSpanPiece(value: TimeSpan, letter: string, length: number): string {
  if (length > (letter === 'd' ? 8 : /[fF]/.test(letter) ? 7 : 2)) throw formatException()
  switch (letter) {
    case 'd':
      return pad(magnitude(value, 'days'), length)
    case 'h':
      return pad(magnitude(value, 'hours'), length)
    case 'm':
      return pad(magnitude(value, 'minutes'), length)
    case 's':
      return pad(magnitude(value, 'seconds'), length)
    case 'f':
    case 'F':
      return fraction(new DateTime(secondTicks(value)), letter, length)
    default:
      throw formatException()
  }
}
