import { formatDateTime, formatDateTimeOffset } from '../text/date-format.js'
import { formatDouble, formatSingle } from '../text/number-format.js'
import { currentRuntime } from '../run.js'
import { now } from '../values/clock.js'
import { formatException } from '../values/exceptions.js'
import { DateTime, DateTimeOffset, dayNumber, daysInMonth, kinds, ticksPerDay, TimeSpan } from '../values/time.js'

/** `XmlConvert.ToString(double)`. */
export function realText(value: number, isSingle = false): string {
  if (Object.is(value, -0)) return '-0'
  const text = isSingle ? formatSingle(value, 'R', currentRuntime()) : formatDouble(value, 'R', currentRuntime())
  return text.replace('Infinity', 'INF')
}

/** A moment as XML has it, with its kind. */
export function dateTimeText(value: DateTime): string {
  return formatDateTime(value, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK")
}

export function dateTimeOffsetText(value: DateTimeOffset): string {
  const text = formatDateTimeOffset(value, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz")
  return value.offset.ticks === 0n ? text.replace(/\+00:00$/, 'Z') : text
}

/** `PT1H30M`. */
export function duration(value: TimeSpan): string {
  const part = (unit: 'days' | 'hours' | 'minutes', letter: string): string =>
    value.part(unit) === 0 ? '' : `${Math.abs(value.part(unit))}${letter}`
  const ticks = value.ticks < 0n ? -value.ticks : value.ticks
  const fraction = (ticks % 10_000_000n).toString().padStart(7, '0').replace(/0+$/, '')
  const whole = Math.abs(value.part('seconds'))
  const seconds = whole === 0 && fraction === '' ? '' : `${whole}${fraction === '' ? '' : `.${fraction}`}S`
  const time = part('hours', 'H') + part('minutes', 'M') + seconds
  const days = part('days', 'D')
  return `${value.ticks < 0n ? '-' : ''}P${days}${time === '' ? (days === '' ? 'T0S' : '') : `T${time}`}`
}

const invalid = (text: string, type: string): Error =>
  formatException(`The string '${text}' is not a valid ${type} value.`)

/** A year has 365 days, a month 30. @throws DotNetException FormatException */
export function parseDuration(text: string): TimeSpan {
  const match =
    /^(-)?P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/.exec(
      text.trim(),
    )
  if (match === null) throw invalid(text, 'TimeSpan')
  const [years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(2, 8)
    .map((part: string | undefined) => Number(part ?? 0))
  const whole = TimeSpan.of(years * 365 + months * 30 + days, hours, minutes, seconds).ticks
  const ticks = whole + BigInt((match[8] ?? '').slice(0, 7).padEnd(7, '0'))
  return new TimeSpan(match[1] === '-' ? -ticks : ticks)
}

/** @throws DotNetException FormatException */
export function parseFlag(text: string): boolean {
  const word = text.trim()
  if (word === 'true' || word === '1') return true
  if (word === 'false' || word === '0') return false
  throw invalid(word, 'Boolean')
}

const zone = '(?<zone>Z|[+-]\\d{2}:\\d{2})?'
const time = '(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})(?:\\.(?<fraction>\\d+))?'
let forms: readonly RegExp[] | undefined

/** The kinds of dates and times that XML Schema has. */
function dateForms(): readonly RegExp[] {
  forms ??= [
    `(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})T${time}`,
    '(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})',
    time,
    '(?<year>\\d{4})-(?<month>\\d{2})',
    '(?<year>\\d{4})',
    '--(?<month>\\d{2})-(?<day>\\d{2})',
    '---(?<day>\\d{2})',
    '--(?<month>\\d{2})(?:--)?',
  ].map((form) => new RegExp(`^\\s*${form}${zone}\\s*$`))
  return forms
}

/** What a text says: its clock, and the offset where it has one. */
interface Moment {
  readonly clock: DateTime
  /** Minutes. */
  readonly offset: number | undefined
  readonly isUtc: boolean
}

function readMoment(text: string): Moment {
  const groups = dateForms()
    .map((form) => form.exec(text)?.groups)
    .find((found) => found !== undefined)
  const clock = groups && clockOf(groups)
  if (groups === undefined || clock === undefined) throw invalid(text, 'AllXsd')
  const own = groups['zone']
  const [hours = 0, minutes = 0] = (own ?? '').slice(1).split(':').map(Number)
  const offset = (hours * 60 + minutes) * (own?.startsWith('-') ? -1 : 1)
  return { clock, offset: own === undefined ? undefined : offset, isUtc: own === 'Z' }
}

/** A time alone is one of today; what lacks a year is one of 1904, a leap year. */
function clockOf(groups: Readonly<Record<string, string | undefined>>): DateTime | undefined {
  const number = (name: string, fallback: number): number => Number(groups[name] ?? fallback)
  const dated = ['year', 'month', 'day'].some((name) => groups[name] !== undefined)
  const today = now().calendar
  const year = number('year', dated ? 1904 : today.year)
  const month = number('month', dated ? 1 : today.month)
  const day = number('day', dated ? 1 : today.day)
  const [hour, minute, second] = [number('hour', 0), number('minute', 0), number('second', 0)]
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const fraction = BigInt(Math.round(Number(`0.${groups['fraction'] ?? '0'}`) * 1e7))
  const seconds = (hour * 60 + minute) * 60 + second
  return new DateTime(BigInt(dayNumber(year, month, day)) * ticksPerDay + BigInt(seconds) * 10_000_000n + fraction)
}

/** `XmlDateTimeSerializationMode`. */
export const dateModes = { local: 0, utc: 1, unspecified: 2, roundtripKind: 3 } as const

/** A moment in the mode that is asked for. The machine's zone is UTC. */
export function inMode(value: DateTime, mode: number): DateTime {
  if (mode === dateModes.roundtripKind) return value
  return value.withKind(mode === dateModes.utc ? kinds.utc : mode === dateModes.local ? kinds.local : kinds.unspecified)
}

/** `XmlConvert.ToDateTime`. @throws DotNetException FormatException */
export function parseXmlDateTime(text: string, mode: number): DateTime {
  const { clock, offset, isUtc } = readMoment(text)
  const value =
    offset === undefined
      ? clock
      : clock.addTicks(BigInt(-offset) * 600_000_000n).withKind(isUtc ? kinds.utc : kinds.local)
  return inMode(value, mode)
}

/** `XmlConvert.ToDateTimeOffset`. @throws DotNetException FormatException */
export function parseXmlDateTimeOffset(text: string): DateTimeOffset {
  const { clock, offset } = readMoment(text)
  return new DateTimeOffset(clock, TimeSpan.of(0, 0, offset ?? 0, 0))
}
