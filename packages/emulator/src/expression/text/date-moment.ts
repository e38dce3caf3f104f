import { formatException } from '../values/exceptions.js'
import { DateTime, DateTimeOffset, daysInMonth, kinds, ticksPerDay, ticksPerSecond, TimeSpan } from '../values/time.js'
import type { DotNetException } from '../values/exception.js'

/** The flags of DateTimeStyles. */
export const dateTimeStyles = {
  allowLeadingWhite: 1,
  allowTrailingWhite: 2,
  allowInnerWhite: 4,
  noCurrentDateDefault: 8,
  adjustToUniversal: 16,
  assumeLocal: 32,
  assumeUniversal: 64,
  roundtripKind: 128,
} as const

/** What a text says about a moment; a part that it does not say is undefined. */
export interface Reading {
  year?: number
  month?: number
  day?: number
  /** 0 is Sunday. */
  weekday?: number
  hour?: number
  minute?: number
  second?: number
  /** Of a second. */
  fraction?: number
  half?: 'am' | 'pm'
  /** Minutes ahead of universal time. */
  offset?: number
  /** The zone is named, not told by its distance. */
  utc?: boolean
}

/** Which of the two types a moment is read for. */
export type MomentKind = 'DateTime' | 'DateTimeOffset'

export const notRecognized = (): DotNetException => formatException('String was not recognized as a valid DateTime.')

const incomplete = 'There must be at least a partial date with a year present in the input.'
const offsetRange = 'The time zone offset must be within plus or minus 14 hours.'
const utcRange = 'The UTC representation of the date falls outside the year range 1-9999.'
const lastTick = 3_155_378_975_999_999_999n

/** The clock value of a reading; parts that were not said come from today. @throws DotNetException FormatException */
export function clockOf(reading: Reading, today: DateTime, styles: number, kind: MomentKind): DateTime {
  const { year, month, day, hour = 0, minute = 0, second = 0, fraction = 0, weekday, offset } = reading
  const partial = month !== undefined || day !== undefined
  if (kind === 'DateTimeOffset' && partial && year === undefined && offset !== undefined)
    throw formatException(incomplete)
  const bare = year === undefined && !partial
  const start = (styles & dateTimeStyles.noCurrentDateDefault) !== 0 ? { year: 1, month: 1, day: 1 } : today.calendar
  const date = {
    year: year ?? (bare ? start.year : today.calendar.year),
    month: month ?? (bare ? start.month : 1),
    day: day ?? (bare ? start.day : 1),
  }
  const exists =
    date.year >= 1 &&
    date.year <= 9999 &&
    date.month >= 1 &&
    date.month <= 12 &&
    date.day >= 1 &&
    date.day <= daysInMonth(date.year, date.month)
  if (!exists || hour > 23 || minute > 59 || second > 59) {
    throw formatException(
      'The DateTime represented by the string is not supported in calendar System.Globalization.GregorianCalendar.',
    )
  }
  const ticks = BigInt(Math.round(fraction * Number(ticksPerSecond)))
  const clock = DateTime.of(date.year, date.month, date.day, hour, minute, second).addTicks(ticks)
  if (weekday !== undefined && weekday !== clock.dayOfWeek)
    throw formatException('String was not recognized as a valid DateTime because the day of week was incorrect.')
  return clock
}

/** A clock value with what was said of its zone. The machine's own zone is UTC. @throws DotNetException FormatException */
export function dateTimeOf(clock: DateTime, { offset, utc }: Reading, styles: number): DateTime {
  const { adjustToUniversal, assumeLocal, assumeUniversal, roundtripKind } = dateTimeStyles
  const adjusts = (styles & adjustToUniversal) !== 0
  if (offset === undefined) {
    if ((styles & (assumeLocal | assumeUniversal)) === 0) return clock
    return clock.withKind(adjusts ? kinds.utc : kinds.local)
  }
  if (Math.abs(offset) > 14 * 60) throw formatException(offsetRange)
  if ((styles & roundtripKind) !== 0 && utc) return clock.withKind(kinds.utc)
  let ticks = clock.ticks - TimeSpan.of(0, 0, offset, 0).ticks
  // Before the first day it is the evening of that day: .NET goes on so.
  if (ticks < 0n) ticks += ticksPerDay
  if (ticks < 0n || ticks > lastTick) throw formatException('The DateTime represented by the string is out of range.')
  return new DateTime(ticks, adjusts ? kinds.utc : kinds.local)
}

/** The same for a DateTimeOffset: without a zone it is the machine's. @throws DotNetException FormatException */
export function dateTimeOffsetOf(clock: DateTime, { offset = 0 }: Reading, styles: number): DateTimeOffset {
  const distance = TimeSpan.of(0, 0, offset, 0)
  const ticks = clock.ticks - distance.ticks
  if (ticks < 0n || ticks > lastTick) throw formatException(utcRange)
  if (Math.abs(offset) > 14 * 60) throw formatException(offsetRange)
  if ((styles & dateTimeStyles.adjustToUniversal) === 0) return new DateTimeOffset(clock, distance)
  return new DateTimeOffset(new DateTime(ticks), TimeSpan.zero)
}

/** The hour of the day by its half; undefined when they do not fit. */
export function hourOf(hour: number, half: 'am' | 'pm' | undefined): number | undefined {
  if (half === undefined) return hour
  if (half === 'am') return hour > 12 ? undefined : hour % 12
  return hour > 23 ? undefined : hour < 12 ? hour + 12 : hour
}

/** Two digits mean 1930 to 2029. */
export function fullYear(year: number): number {
  return year >= 100 ? year : year < 30 ? 2000 + year : 1900 + year
}
