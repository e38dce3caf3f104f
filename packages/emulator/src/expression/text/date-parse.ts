import { argumentNull, formatException } from '../values/exceptions.js'
import {
  DateTime,
  DateTimeOffset,
  daysInMonth,
  kinds,
  ticksPerSecond,
  TimeSpan,
  type DateTimeKind,
} from '../values/time.js'
import { monthNames } from './date-format.js'

/** What a text says about a moment; a part that it does not say is undefined. */
interface Reading {
  readonly year?: number
  readonly month?: number
  readonly day?: number
  /** Ticks since midnight. */
  readonly time: bigint
  readonly offset?: TimeSpan
  readonly utc: boolean
}

const month = `(?<month>${monthNames.map((name) => name.slice(0, 3)).join('|')})[a-z]*\\.?`
const weekday = '(?:(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*\\.?,?\\s*)?'
const time =
  '(?<hour>\\d{1,2})(?::(?<minute>\\d{1,2})(?::(?<second>\\d{1,2})(?:[.,](?<fraction>\\d{1,}))?)?)?\\s*(?<half>[AaPp]\\.?[Mm]?\\.?)?'
const zone = '\\s*(?<zone>Z|GMT|UTC|[+-]\\d{1,2}(?::?\\d{2})?)?'

/** The orders of a date that the invariant culture understands. */
const dates = [
  '(?<year>\\d{4})[-/.](?<monthNumber>\\d{1,2})[-/.](?<day>\\d{1,2})',
  '(?<monthNumber>\\d{1,2})[-/.](?<day>\\d{1,2})[-/.](?<year>\\d{4}|\\d{2})',
  `(?<day>\\d{1,2})[-\\s]+${month}[-,\\s]+(?<year>\\d{4}|\\d{2})`,
  `${month}\\s+(?<day>\\d{1,2}),?\\s+(?<year>\\d{4}|\\d{2})`,
  `(?<year>\\d{4})[-,\\s]+${month}[-\\s]+(?<day>\\d{1,2})`,
  `${month}\\s+(?<year>\\d{4})`,
  `(?<year>\\d{4})\\s+${month}`,
  '(?<year>\\d{4})[-/.](?<monthNumber>\\d{1,2})',
  '(?<monthNumber>\\d{1,2})[-/.](?<year>\\d{4})',
  '(?<monthNumber>\\d{1,2})[-/.](?<day>\\d{1,2})',
  `${month}\\s+(?<day>\\d{1,2})`,
  `(?<day>\\d{1,2})\\s+${month}`,
].map((date) => new RegExp(`^\\s*${weekday}${date}(?:(?:\\s*T\\s*|\\s*,?\\s+)${time})?${zone}\\s*$`, 'i'))

const timeAlone = new RegExp(`^\\s*${time}${zone}\\s*$`, 'i')

/** Reads the many forms that `DateTime.Parse` accepts in the invariant culture; undefined for anything else. */
function read(text: string): Reading | undefined {
  for (const pattern of [...dates, timeAlone]) {
    const groups = pattern.exec(text)?.groups
    if (groups !== undefined) return readingOf(groups)
  }
  return undefined
}

function readingOf(groups: Record<string, string | undefined>): Reading | undefined {
  const time = timeOfDay(groups)
  const offset = groups['zone'] === undefined ? undefined : offsetOf(groups['zone'])
  if (time === undefined || (groups['zone'] !== undefined && offset === undefined)) return undefined
  return {
    time,
    utc: /^[zgu]/i.test(groups['zone'] ?? ''),
    ...(offset === undefined ? {} : { offset }),
    ...dateOf(groups),
  }
}

function dateOf(groups: Record<string, string | undefined>): Pick<Reading, 'year' | 'month' | 'day'> {
  const { year, day } = groups
  const named = groups['month']
  const monthNumber =
    named === undefined
      ? Number(groups['monthNumber'])
      : monthNames.findIndex((name) => name.toLowerCase().startsWith(named.toLowerCase())) + 1
  if (groups['monthNumber'] === undefined && named === undefined) return {}
  return {
    month: monthNumber,
    day: day === undefined ? 1 : Number(day),
    ...(year === undefined ? {} : { year: fullYear(year) }),
  }
}

/** Two digits mean 1930 to 2029. */
function fullYear(text: string): number {
  const year = Number(text)
  return text.length > 2 ? year : year < 30 ? 2000 + year : 1900 + year
}

function timeOfDay(groups: Record<string, string | undefined>): bigint | undefined {
  const half = groups['half']?.charAt(0).toLowerCase()
  const hour = Number(groups['hour'] ?? 0)
  if (groups['hour'] !== undefined && groups['minute'] === undefined && half === undefined) return undefined
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined
  const hours = half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0)
  const minutes = Number(groups['minute'] ?? 0)
  const seconds = Number(groups['second'] ?? 0)
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined
  // Seven digits are kept; the eighth rounds.
  const fraction = BigInt(Math.round(Number(`0.${groups['fraction'] ?? '0'}`) * 1e7))
  return BigInt((hours * 60 + minutes) * 60 + seconds) * ticksPerSecond + fraction
}

function offsetOf(zone: string): TimeSpan | undefined {
  const match = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone)
  if (match === null) return TimeSpan.zero
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return minutes > 14 * 60 ? undefined : TimeSpan.of(0, 0, match[1] === '-' ? -minutes : minutes, 0)
}

/** A reading as a clock value; parts that were not said come from today (year, or the whole date). */
function clockOf(reading: Reading, today: DateTime): DateTime | undefined {
  const now = today.calendar
  const year = reading.year ?? now.year
  const month = reading.month ?? now.month
  const day = reading.day ?? now.day
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  return DateTime.of(year, month, day).addTicks(reading.time)
}

/** The flags of DateTimeStyles. */
export const dateTimeStyles = {
  assumeLocal: 32,
  assumeUniversal: 64,
  adjustToUniversal: 16,
  roundtripKind: 128,
} as const

/**
 * `DateTime.TryParse`. A text with a zone becomes local time, which is UTC here.
 *
 * @param today where a missing date comes from
 * @param styles flags of DateTimeStyles. Default none.
 */
export function tryParseDateTime(text: string, today: DateTime, styles = 0): DateTime | undefined {
  const reading = read(text)
  const clock = reading === undefined ? undefined : clockOf(reading, today)
  if (reading === undefined || clock === undefined) return undefined
  const zoned = reading.offset !== undefined
  const assumed = (styles & (dateTimeStyles.assumeLocal | dateTimeStyles.assumeUniversal)) !== 0
  if (!zoned && !assumed) return clock
  const kind: DateTimeKind =
    (styles & dateTimeStyles.adjustToUniversal) !== 0 || ((styles & dateTimeStyles.roundtripKind) !== 0 && reading.utc)
      ? kinds.utc
      : kinds.local
  return clock.addTicks(-(reading.offset?.ticks ?? 0n)).withKind(kind)
}

/** `DateTime.Parse`. @throws DotNetException ArgumentNull or FormatException */
export function parseDateTime(text: string | null, today: DateTime, styles = 0): DateTime {
  if (text === null) throw argumentNull('s', 'String reference not set to an instance of a String.')
  const value = tryParseDateTime(text, today, styles)
  if (value === undefined) throw formatException('String was not recognized as a valid DateTime.')
  return value
}

/** `DateTimeOffset.TryParse`; without a zone the offset is the machine's, zero. */
export function tryParseDateTimeOffset(text: string, today: DateTime): DateTimeOffset | undefined {
  const reading = read(text)
  const clock = reading === undefined ? undefined : clockOf(reading, today)
  return clock === undefined ? undefined : new DateTimeOffset(clock, reading?.offset ?? TimeSpan.zero)
}

/** `DateTimeOffset.Parse`. @throws DotNetException ArgumentNull or FormatException */
export function parseDateTimeOffset(text: string | null, today: DateTime): DateTimeOffset {
  if (text === null) throw argumentNull('input')
  const value = tryParseDateTimeOffset(text, today)
  if (value === undefined) throw formatException('String was not recognized as a valid DateTime.')
  return value
}

/** `TimeSpan.TryParse`: `d`, `hh:mm`, `hh:mm:ss`, `d.hh:mm:ss.fffffff` and the like. */
export function tryParseTimeSpan(text: string): TimeSpan | undefined {
  const match =
    /^\s*(-)?(?:(\d+)|(?:(\d+)[.:](?=\d{1,2}:\d{1,2}:))?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?|(\d+)\.(\d{1,2}):(\d{1,2}))\s*$/.exec(
      text,
    )
  if (match === null) return undefined
  const [, sign, onlyDays, days, hours, minutes, seconds, fraction, shortDays, shortHours, shortMinutes] = match
  const [d, h, m, s] = [onlyDays ?? days ?? shortDays, hours ?? shortHours, minutes ?? shortMinutes, seconds].map(
    (part) => Number(part ?? 0),
  )
  if (d === undefined || h === undefined || m === undefined || s === undefined || h > 23 || m > 59 || s > 59)
    return undefined
  const ticks = TimeSpan.of(d, h, m, s).ticks + BigInt((fraction ?? '').padEnd(7, '0'))
  return new TimeSpan(sign === '-' ? -ticks : ticks)
}

/** `TimeSpan.Parse`. @throws DotNetException ArgumentNull or FormatException */
export function parseTimeSpan(text: string | null): TimeSpan {
  if (text === null) throw argumentNull('s', 'String reference not set to an instance of a String.')
  const value = tryParseTimeSpan(text)
  if (value === undefined) throw formatException('String was not recognized as a valid TimeSpan.')
  return value
}
