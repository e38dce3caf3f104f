import { argumentNull, formatException, overflowException } from '../values/exceptions.js'
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
  /** 0 is Sunday. */
  readonly weekday?: number
  /** Ticks since midnight. */
  readonly time: bigint
  readonly offset?: TimeSpan
  readonly utc: boolean
}

const month = `(?<month>${monthNames.map((name) => name.slice(0, 3)).join('|')})[a-z]*\\.?`
const weekday = '(?:(?<weekday>sun|mon|tue|wed|thu|fri|sat)[a-z]*\\.?,?\\s*)?'
const time =
  '(?<hour>\\d{1,2})(?::(?<minute>\\d{1,2})(?::(?<second>\\d{1,2})(?:[.,](?<fraction>\\d{1,}))?)?)?\\s*(?<half>[AaPp]\\.?[Mm]?\\.?)?'
const zone = '\\s*(?<zone>Z|GMT|UTC|[+-]\\d{1,2}(?::?\\d{2})?)?'

/** The orders of a date that the invariant culture understands. */
const dates = [
  '(?<year>\\d{4})[-/.](?<monthNumber>\\d{1,2})[-/.](?<day>\\d{1,2})',
  '(?<monthNumber>\\d{1,2})[-/.](?<day>\\d{1,2})[-/.](?<year>\\d{4}|\\d{1,2})',
  `(?<day>\\d{1,2})[-\\s]+${month}[-,\\s]+(?<year>\\d{4}|\\d{1,2})`,
  `${month}\\s+(?<day>\\d{1,2}),?\\s+(?<year>\\d{4}|\\d{1,2})`,
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

function dateOf(groups: Record<string, string | undefined>): Pick<Reading, 'year' | 'month' | 'day' | 'weekday'> {
  const { year, day, weekday } = groups
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
    ...(weekday === undefined ? {} : { weekday: weekdays.indexOf(weekday.toLowerCase()) }),
  }
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** Two digits mean 1930 to 2029. */
function fullYear(text: string): number {
  const year = Number(text)
  return text.length > 2 ? year : year < 30 ? 2000 + year : 1900 + year
}

function timeOfDay(groups: Record<string, string | undefined>): bigint | undefined {
  const half = groups['half']?.charAt(0).toLowerCase()
  const hour = Number(groups['hour'] ?? 0)
  if (groups['hour'] !== undefined && groups['minute'] === undefined && half === undefined) return undefined
  if (half === 'a' && hour > 12) return undefined
  // `13:05 PM` is a quarter past one all the same.
  const hours = half === 'a' ? hour % 12 : half === 'p' && hour < 12 ? hour + 12 : hour
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
  const clock = DateTime.of(year, month, day).addTicks(reading.time)
  return reading.weekday === undefined || reading.weekday === clock.dayOfWeek ? clock : undefined
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

const spanPattern =
  /^\s*(?<sign>-)?(?:(?<days>\d+)|(?:(?<dayPart>\d+)[.:](?=\d{1,2}:\d{1,2}:))?(?<hours>\d{1,2}):(?<minutes>\d{1,2})(?::(?<seconds>\d{1,2})(?:\.(?<fraction>\d{1,7}))?)?|(?<shortDays>\d+)\.(?<shortHours>\d{1,2}):(?<shortMinutes>\d{1,2}))\s*$/

/** `d`, `hh:mm`, `hh:mm:ss`, `d.hh:mm:ss.fffffff` and the like; `overflow` where a part is larger than its unit. */
function readTimeSpan(text: string): TimeSpan | 'overflow' | undefined {
  const groups = spanPattern.exec(text)?.groups
  if (groups === undefined) return undefined
  const part = (...names: readonly string[]): number =>
    Number(names.map((name) => groups[name]).find((own) => own !== undefined) ?? 0)
  const days = part('days', 'dayPart', 'shortDays')
  const clock = [part('hours', 'shortHours'), part('minutes', 'shortMinutes'), part('seconds')] as const
  const negative = groups['sign'] !== undefined
  // Three parts that are no time of a day are read as days, hours and minutes.
  const threeParts = groups['seconds'] !== undefined && groups['dayPart'] === undefined
  if (threeParts && groups['fraction'] === undefined && clock[0] > 23)
    return spanOf(clock[0], [clock[1], clock[2], 0], '', negative)
  return spanOf(days, clock, groups['fraction'] ?? '', negative)
}

function spanOf(
  days: number,
  [hours, minutes, seconds]: readonly [number, number, number],
  fraction: string,
  negative: boolean,
): TimeSpan | 'overflow' {
  if (hours > 23 || minutes > 59 || seconds > 59 || days > 10_675_199) return 'overflow'
  const ticks = TimeSpan.of(days, hours, minutes, seconds).ticks + BigInt(fraction.padEnd(7, '0'))
  return new TimeSpan(negative ? -ticks : ticks)
}

/** `TimeSpan.TryParse`. */
export function tryParseTimeSpan(text: string): TimeSpan | undefined {
  const value = readTimeSpan(text)
  return value === 'overflow' ? undefined : value
}

/** `TimeSpan.Parse`. @throws DotNetException ArgumentNull, Format or OverflowException */
export function parseTimeSpan(text: string | null): TimeSpan {
  if (text === null) throw argumentNull('s', 'String reference not set to an instance of a String.')
  const value = readTimeSpan(text)
  if (value === undefined) throw formatException('String was not recognized as a valid TimeSpan.')
  if (value === 'overflow') {
    throw overflowException(
      'The TimeSpan could not be parsed because at least one of the numeric components is out of range or contains too many digits.',
    )
  }
  return value
}
