import { argumentException, argumentOutOfRange, overflowException } from './exceptions.js'

export const ticksPerMillisecond = 10_000n
export const ticksPerSecond = 10_000_000n
export const ticksPerDay = 864_000_000_000n
/** The ticks of 1970-01-01. */
export const unixEpoch = 621_355_968_000_000_000n
const maximumTicks = 3_155_378_975_999_999_999n

/** `DateTimeKind`. The machine's zone is UTC, so a local time has the clock value of the universal one. */
export const kinds = { unspecified: 0, utc: 1, local: 2 } as const
export type DateTimeKind = 0 | 1 | 2

/** Year, month and day of a count of days since 0001-01-01, in the proleptic Gregorian calendar. */
export interface CalendarDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

const monthStarts = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** @throws DotNetException ArgumentOutOfRangeException */
export function daysInMonth(year: number, month: number): number {
  if (month < 1 || month > 12) throw argumentOutOfRange('month', 'Month must be between one and twelve.')
  if (year < 1 || year > 9999) throw argumentOutOfRange('year', 'Year must be between 1 and 9999.')
  return startOfMonth(year, month + 1) - startOfMonth(year, month)
}

/** Days before a month in its year; month 13 is the year's length. */
function startOfMonth(year: number, month: number): number {
  return (monthStarts[month - 1] ?? 0) + (month > 2 && isLeapYear(year) ? 1 : 0)
}

function daysBeforeYear(year: number): number {
  const before = year - 1
  return before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
}

/** Days since 0001-01-01. @throws DotNetException ArgumentOutOfRangeException for a day that does not exist */
export function dayNumber(year: number, month: number, day: number): number {
  const valid = year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  if (!valid) {
    throw argumentOutOfRange(undefined, 'Year, Month, and Day parameters describe an un-representable DateTime.')
  }
  return daysBeforeYear(year) + startOfMonth(year, month) + day - 1
}

export function calendarDate(days: number): CalendarDate {
  let year = Math.floor(days / 365.2425) + 1
  while (daysBeforeYear(year) > days) year--
  while (daysBeforeYear(year + 1) <= days) year++
  const dayOfYear = days - daysBeforeYear(year)
  let month = 1
  while (startOfMonth(year, month + 1) <= dayOfYear) month++
  return { year, month, day: dayOfYear - startOfMonth(year, month) + 1 }
}

/** A number of units as ticks, rounded to the millisecond as .NET Framework's `AddDays`, `FromHours` and so on do. */
export function scaledTicks(value: number, millisecondsPerUnit: number): bigint {
  const milliseconds = value * millisecondsPerUnit
  if (Number.isNaN(milliseconds))
    throw overflowException('TimeSpan does not accept floating point Not-a-Number values.')
  const rounded = Math.trunc(milliseconds + (milliseconds < 0 ? -0.5 : 0.5))
  if (Math.abs(rounded) > 922_337_203_685_477)
    throw overflowException('TimeSpan overflowed because the duration is too long.')
  return BigInt(rounded) * ticksPerMillisecond
}

/** A length of time: `System.TimeSpan`. */
export class TimeSpan {
  constructor(readonly ticks: bigint) {
    if (BigInt.asIntN(64, ticks) !== ticks)
      throw overflowException('TimeSpan overflowed because the duration is too long.')
  }

  static readonly zero = new TimeSpan(0n)

  static of(days: number, hours: number, minutes: number, seconds: number, milliseconds = 0): TimeSpan {
    const total = (((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds)) * 1000n
    const ticks = (total + BigInt(milliseconds)) * ticksPerMillisecond
    if (BigInt.asIntN(64, ticks) !== ticks)
      throw argumentOutOfRange(undefined, 'TimeSpan overflowed because the duration is too long.')
    return new TimeSpan(ticks)
  }

  static ofMilliseconds(value: number): TimeSpan {
    return new TimeSpan(scaledTicks(value, 1))
  }

  /** One of the parts that stand in the text: hours 0 to 23, and so on; negative when the whole is. */
  part(unit: 'days' | 'hours' | 'minutes' | 'seconds' | 'milliseconds'): number {
    switch (unit) {
      case 'days':
        return Number(this.ticks / ticksPerDay)
      case 'hours':
        return Number((this.ticks / (3600n * ticksPerSecond)) % 24n)
      case 'minutes':
        return Number((this.ticks / (60n * ticksPerSecond)) % 60n)
      case 'seconds':
        return Number((this.ticks / ticksPerSecond) % 60n)
      case 'milliseconds':
        return Number((this.ticks / ticksPerMillisecond) % 1000n)
    }
  }

  /** The whole length in a unit of so many ticks. */
  total(ticksPerUnit: bigint): number {
    // .NET multiplies by the part that a tick is of the unit, which rounds in another way than a division.
    return Number(this.ticks) * (1 / Number(ticksPerUnit))
  }

  add(other: TimeSpan): TimeSpan {
    return new TimeSpan(this.ticks + other.ticks)
  }

  subtract(other: TimeSpan): TimeSpan {
    return new TimeSpan(this.ticks - other.ticks)
  }

  negate(): TimeSpan {
    if (this.ticks === -(1n << 63n))
      throw overflowException('Negating the minimum value of a twos complement number is invalid.')
    return new TimeSpan(-this.ticks)
  }
}

/** A point in time without a zone: `System.DateTime`. */
export class DateTime {
  constructor(
    readonly ticks: bigint,
    readonly kind: DateTimeKind = kinds.unspecified,
  ) {
    if (ticks < 0n || ticks > maximumTicks) {
      throw argumentOutOfRange('value', 'The added or subtracted value results in an un-representable DateTime.')
    }
  }

  /** The constructor from ticks. @throws DotNetException ArgumentOutOfRangeException */
  static ofTicks(ticks: bigint, kind: DateTimeKind = kinds.unspecified): DateTime {
    checkKind(kind)
    if (ticks < 0n || ticks > maximumTicks) {
      throw argumentOutOfRange('ticks', 'Ticks must be between DateTime.MinValue.Ticks and DateTime.MaxValue.Ticks.')
    }
    return new DateTime(ticks, kind)
  }

  static readonly minValue = new DateTime(0n)
  static readonly maxValue = new DateTime(maximumTicks)

  static of(
    year: number,
    month: number,
    day: number,
    hour = 0,
    minute = 0,
    second = 0,
    millisecond = 0,
    kind: DateTimeKind = kinds.unspecified,
  ): DateTime {
    checkKind(kind)
    const days = dayNumber(year, month, day)
    if (!within(hour, 24) || !within(minute, 60) || !within(second, 60)) {
      throw argumentOutOfRange(undefined, 'Hour, Minute, and Second parameters describe an un-representable DateTime.')
    }
    if (!within(millisecond, 1000))
      throw argumentOutOfRange('millisecond', 'Valid values are between 0 and 999, inclusive.')
    const milliseconds = BigInt(((days * 24 + hour) * 60 + minute) * 60 + second) * 1000n + BigInt(millisecond)
    return new DateTime(milliseconds * ticksPerMillisecond, kind)
  }

  /** Milliseconds since 1970 as a universal time. */
  static ofUnixMilliseconds(value: number): DateTime {
    return new DateTime(unixEpoch + BigInt(Math.floor(value * 10_000)), kinds.utc)
  }

  get unixMilliseconds(): number {
    return Number(this.ticks - unixEpoch) / 10_000
  }

  get days(): number {
    return Number(this.ticks / ticksPerDay)
  }

  get calendar(): CalendarDate {
    return calendarDate(this.days)
  }

  /** 0 is Sunday. */
  get dayOfWeek(): number {
    return (this.days + 1) % 7
  }

  get dayOfYear(): number {
    return this.days - daysBeforeYear(this.calendar.year) + 1
  }

  get timeOfDay(): TimeSpan {
    return new TimeSpan(this.ticks % ticksPerDay)
  }

  get date(): DateTime {
    return new DateTime(this.ticks - (this.ticks % ticksPerDay), this.kind)
  }

  /** @param parameter what a moment that does not exist is blamed on; `value` by default */
  addTicks(ticks: bigint, parameter = 'value'): DateTime {
    const sum = this.ticks + ticks
    if (sum < 0n || sum > maximumTicks) {
      throw argumentOutOfRange(parameter, 'The added or subtracted value results in an un-representable DateTime.')
    }
    return new DateTime(sum, this.kind)
  }

  /** A day that the new month does not have becomes its last one. */
  addMonths(months: number): DateTime {
    if (!within(months + 120_000, 240_001))
      throw argumentOutOfRange('months', 'Months value must be between +/-120000.')
    const { year, month, day } = this.calendar
    const index = year * 12 + month - 1 + months
    const toYear = Math.floor(index / 12)
    const toMonth = (index % 12) + 1
    if (toYear < 1 || toYear > 9999) {
      throw argumentOutOfRange('months', 'The added or subtracted value results in an un-representable DateTime.')
    }
    const days = dayNumber(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
    return new DateTime(BigInt(days) * ticksPerDay + (this.ticks % ticksPerDay), this.kind)
  }

  withKind(kind: DateTimeKind): DateTime {
    return new DateTime(this.ticks, kind)
  }
}

/** A clock value with its distance from universal time: `System.DateTimeOffset`. */
export class DateTimeOffset {
  constructor(
    /** What the clock there shows. */
    readonly local: DateTime,
    readonly offset: TimeSpan,
  ) {}

  static ofUtcTicks(ticks: bigint, offset = TimeSpan.zero): DateTimeOffset {
    return new DateTimeOffset(new DateTime(ticks + offset.ticks), offset)
  }

  get utcTicks(): bigint {
    return this.local.ticks - this.offset.ticks
  }

  get utc(): DateTime {
    return new DateTime(this.utcTicks, kinds.utc)
  }

  get unixMilliseconds(): bigint {
    return floorDivide(this.utcTicks, ticksPerMillisecond) - unixEpoch / ticksPerMillisecond
  }

  get unixSeconds(): bigint {
    return floorDivide(this.utcTicks, ticksPerSecond) - unixEpoch / ticksPerSecond
  }

  addTicks(ticks: bigint, parameter?: string): DateTimeOffset {
    return new DateTimeOffset(this.local.addTicks(ticks, parameter), this.offset)
  }
}

function checkKind(kind: number): void {
  if (kind < 0 || kind > 2) throw argumentException('Invalid DateTimeKind value.', 'kind')
}

function floorDivide(value: bigint, divisor: bigint): bigint {
  return value < 0n && value % divisor !== 0n ? value / divisor - 1n : value / divisor
}

function within(value: number, limit: number): boolean {
  return value >= 0 && value < limit
}
