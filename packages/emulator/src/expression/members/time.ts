import type { Cell } from '../compile/frame.js'
import { formatDateTime } from '../text/date-format.js'
import { clockOf, dateTimeOf, dateTimeOffsetOf, notRecognized, type Reading } from '../text/date-moment.js'
import {
  checkDateStyles,
  parseDateTime,
  parseDateTimeOffset,
  tryParseDateTime,
  tryParseDateTimeOffset,
  unlessWrong,
} from '../text/date-parse.js'
import { readExact } from '../text/date-parse-exact.js'
import { parseTimeSpan, tryParseTimeSpan } from '../text/time-span-parse.js'
import { parseExactTimeSpan, tryParseExactTimeSpan } from '../text/time-span-parse-exact.js'
import { now } from '../values/clock.js'
import { ClrArray } from '../values/collections.js'
import {
  argumentException,
  argumentNull,
  argumentOutOfRange,
  formatException,
  overflowException,
} from '../values/exceptions.js'
import {
  DateTime,
  DateTimeOffset,
  daysInMonth,
  isLeapYear,
  kinds,
  scaledTicks,
  ticksPerDay,
  ticksPerMillisecond,
  ticksPerSecond,
  TimeSpan,
  unixEpoch,
  type DateTimeKind,
} from '../values/time.js'
import type { ClrValue } from '../values/value.js'
import { bound, membersOf, type MemberTable, type TypeMembers } from './members.js'

/** Milliseconds of the units that `AddDays`, `FromHours` and the like count in. */
const units = { Days: 86_400_000, Hours: 3_600_000, Minutes: 60_000, Seconds: 1000, Milliseconds: 1 } as const

const eachUnit = (make: (unit: keyof typeof units, milliseconds: number) => MemberTable): MemberTable =>
  Object.fromEntries(
    Object.entries(units).flatMap(([unit, milliseconds]) =>
      Object.entries(make(unit as keyof typeof units, milliseconds)),
    ),
  )

/** What reads and prints one of the two types of moments. */
interface Moments<T extends DateTime | DateTimeOffset> {
  clock(value: T): DateTime
  /** @param parameter what a moment that does not exist is blamed on; `value` by default */
  addTicks(value: T, ticks: bigint, parameter?: string): T
  /** The same moment with another clock value. */
  withClock(value: T, clock: DateTime): T
  universalTicks(value: T): bigint
  parse(text: string | null, styles: number): T
  tryParse(text: string, styles: number): T | undefined
  /** The moment of a reading. */
  of(reading: Reading, styles: number): T
  readonly name: 'DateTime' | 'DateTimeOffset'
  readonly zero: T
}

/** The members that DateTime and DateTimeOffset share. */
function moments<T extends DateTime | DateTimeOffset>(kind: Moments<T>): MemberTable {
  const clock = (value: T): DateTime => kind.clock(value)
  return {
    Day: (value: T) => clock(value).calendar.day,
    DayOfYear: (value: T) => clock(value).dayOfYear,
    Hour: (value: T) => clock(value).timeOfDay.part('hours'),
    Millisecond: (value: T) => clock(value).timeOfDay.part('milliseconds'),
    Minute: (value: T) => clock(value).timeOfDay.part('minutes'),
    Month: (value: T) => clock(value).calendar.month,
    Second: (value: T) => clock(value).timeOfDay.part('seconds'),
    Year: (value: T) => clock(value).calendar.year,
    Date: (value: T) => clock(value).date,
    DayOfWeek: (value: T) => clock(value).dayOfWeek,
    Ticks: (value: T) => clock(value).ticks,
    TimeOfDay: (value: T) => clock(value).timeOfDay,
    Add: (value: T, length: TimeSpan) => kind.addTicks(value, length.ticks),
    ...eachUnit((unit, milliseconds) => ({
      [`Add${unit}`]: (value: T, count: number) => kind.addTicks(value, addedTicks(count, milliseconds)),
    })),
    AddTicks: (value: T, ticks: bigint) => kind.addTicks(value, ticks),
    AddMonths: (value: T, months: number) => kind.withClock(value, clock(value).addMonths(months)),
    AddYears: (value: T, years: number) => kind.withClock(value, clock(value).addMonths(years * 12)),
    Subtract: (value: T, other: T | TimeSpan) => subtract(kind, value, other),
    op_Subtraction: (value: T, other: T | TimeSpan) => subtract(kind, value, other, 't'),
    op_Addition: (value: T, length: TimeSpan) => kind.addTicks(value, length.ticks, 't'),
    ToFileTime: (value: T) => toFileTime(kind.universalTicks(value)),
    Parse: (text: string | null, _provider?: ClrValue, styles = 0) => kind.parse(text, styles),
    TryParse: bound(({ member: { parameters } }) => {
      const read = (text: string | null, styles: number, result: Cell): boolean => {
        const value = text === null ? undefined : kind.tryParse(text, styles)
        result.value = value ?? kind.zero
        return value !== undefined
      }
      if (parameters.length === 2) return (text: string | null, result: Cell) => read(text, 0, result)
      return (text: string | null, _provider: ClrValue, styles: number, result: Cell) => read(text, styles, result)
    }),
    ParseExact: (text: string | null, formats: string | ClrArray | null, _provider: ClrValue, styles = 0) =>
      exactly(kind, text, formats, styles),
    TryParseExact: (
      text: string | null,
      formats: string | ClrArray | null,
      _provider: ClrValue,
      styles: number,
      result: Cell,
    ) => {
      checkDateStyles(styles, 'style')
      const value =
        text === null || formats === null ? undefined : unlessWrong(() => exactly(kind, text, formats, styles))
      result.value = value ?? kind.zero
      return value !== undefined
    },
  }
}

const fileEpoch = 504_911_232_000_000_000n

function toFileTime(ticks: bigint): bigint {
  if (ticks < fileEpoch) throw argumentOutOfRange(undefined, 'Not a valid Win32 FileTime.')
  return ticks - fileEpoch
}

function fromFileTime(time: bigint): bigint {
  if (time < 0n || time > 3_155_378_975_999_999_999n - fileEpoch)
    throw argumentOutOfRange('fileTime', 'Not a valid Win32 FileTime.')
  return time + fileEpoch
}

/** What `AddDays` and the like add. @throws DotNetException ArgumentOutOfRangeException */
function addedTicks(count: number, milliseconds: number): bigint {
  const added = count * milliseconds
  if (!(Math.abs(added) < 315_537_897_600_000)) throw argumentOutOfRange('value', 'Value to add was out of range.')
  return scaledTicks(count, milliseconds)
}

function subtract<T extends DateTime | DateTimeOffset>(
  kind: Moments<T>,
  value: T,
  other: T | TimeSpan,
  parameter?: string,
): T | TimeSpan {
  if (other instanceof TimeSpan) return kind.addTicks(value, -other.ticks, parameter)
  return new TimeSpan(kind.universalTicks(value) - kind.universalTicks(other))
}

/** By one format, or by the first of several that fits. @throws DotNetException */
function exactly<T extends DateTime | DateTimeOffset>(
  kind: Moments<T>,
  text: string | null,
  formats: string | ClrArray | null,
  styles: number,
): T {
  checkDateStyles(styles, 'style')
  if (text === null)
    throw argumentNull(kind.name === 'DateTime' ? 's' : 'input', 'String reference not set to an instance of a String.')
  if (formats === null) throw argumentNull('format', 'String reference not set to an instance of a String.')
  const read = (format: string): T => kind.of(readExact(text, format, styles, kind.name), styles)
  if (!(formats instanceof ClrArray)) return read(formats)
  if (formats.items.length === 0) throw formatException('No format specifiers were provided.')
  for (const format of formats.items as (string | null)[]) {
    if (!format) throw formatException('Format specifier was invalid.')
    const value = unlessWrong(() => read(format))
    if (value !== undefined) return value
  }
  throw notRecognized()
}

const dateTimes: Moments<DateTime> = {
  clock: (value) => value,
  addTicks: (value, ticks, parameter) => value.addTicks(ticks, parameter),
  withClock: (_value, clock) => clock,
  universalTicks: (value) => value.ticks,
  parse: (text, styles) => parseDateTime(text, now(), styles),
  tryParse: (text, styles) => tryParseDateTime(text, now(), styles),
  of: (reading, styles) => dateTimeOf(clockOf(reading, now(), styles, 'DateTime'), reading, styles),
  name: 'DateTime',
  zero: DateTime.minValue,
}

/** `ToBinary`: the kind in the two highest bits. */
function toBinary(value: DateTime): bigint {
  return BigInt.asIntN(64, value.ticks | (BigInt(value.kind) << 62n))
}

const oaEpoch = 599_264_352_000_000_000n
const dayMilliseconds = 86_400_000

/** Days since 1899; of days before, the fraction counts forward all the same. */
function toOADate({ ticks }: DateTime): number {
  if (ticks === 0n) return 0
  const value = ticks < ticksPerDay ? ticks + oaEpoch : ticks
  if (value < 31_241_376_000_000_000n) throw overflowException('Not a legal OleAut date.')
  const milliseconds = Number((value - oaEpoch) / ticksPerMillisecond)
  const part = milliseconds % dayMilliseconds
  return (milliseconds < 0 && part !== 0 ? milliseconds - (dayMilliseconds + part) * 2 : milliseconds) / dayMilliseconds
}

function fromOADate(days: number): DateTime {
  if (!(days < 2_958_466 && days > -657_435)) throw argumentException('Not a legal OleAut date.')
  const milliseconds = Math.trunc(days * dayMilliseconds + (days >= 0 ? 0.5 : -0.5))
  const forward = milliseconds < 0 ? milliseconds - (milliseconds % dayMilliseconds) * 2 : milliseconds
  return new DateTime(oaEpoch + BigInt(forward) * ticksPerMillisecond)
}

const dateTime = membersOf('System.DateTime', () => ({
  ...moments(dateTimes),
  '.ctor(long)': (ticks: bigint) => DateTime.ofTicks(ticks),
  '.ctor(long,DateTimeKind)': (ticks: bigint, kind: DateTimeKind) => DateTime.ofTicks(ticks, kind),
  '.ctor(int,int,int,int,int,int,DateTimeKind)': (
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
    kind: DateTimeKind,
  ) => DateTime.of(year, month, day, hour, minute, second, 0, kind),
  '.ctor': (
    year: number,
    month: number,
    day: number,
    hour = 0,
    minute = 0,
    second = 0,
    millisecond = 0,
    kind: DateTimeKind = kinds.unspecified,
  ) => DateTime.of(year, month, day, hour, minute, second, millisecond, kind),
  MaxValue: () => DateTime.maxValue,
  MinValue: () => DateTime.minValue,
  Now: () => now().withKind(kinds.local),
  UtcNow: now,
  Today: () => now().date.withKind(kinds.local),
  Kind: (value: DateTime) => value.kind,
  DaysInMonth: daysInMonth,
  IsLeapYear: (year: number) => {
    if (year < 1 || year > 9999) throw argumentOutOfRange('year', 'Year must be between 1 and 9999.')
    return isLeapYear(year)
  },
  SpecifyKind: (value: DateTime, kind: DateTimeKind) => value.withKind(kind),
  FromFileTime: (time: bigint) => new DateTime(fromFileTime(time), kinds.local),
  FromFileTimeUtc: (time: bigint) => new DateTime(fromFileTime(time), kinds.utc),
  // A time of no kind counts as one of UTC here, where `ToFileTime` takes it for a local one.
  ToFileTimeUtc: (value: DateTime) => toFileTime(value.ticks),
  FromBinary: (data: bigint) => {
    const bits = BigInt.asUintN(64, data)
    return new DateTime(bits & 0x3fffffffffffffffn, Number(bits >> 62n) as DateTimeKind)
  },
  FromOADate: fromOADate,
  ToBinary: toBinary,
  ToOADate: toOADate,
  IsDaylightSavingTime: () => false,
  // The machine's zone is UTC: only the kind changes.
  ToLocalTime: (value: DateTime) => value.withKind(kinds.local),
  ToUniversalTime: (value: DateTime) => value.withKind(kinds.utc),
  ToLongDateString: (value: DateTime) => formatDateTime(value, 'D'),
  ToLongTimeString: (value: DateTime) => formatDateTime(value, 'T'),
  ToShortDateString: (value: DateTime) => formatDateTime(value, 'd'),
  ToShortTimeString: (value: DateTime) => formatDateTime(value, 't'),
}))

const offsets: Moments<DateTimeOffset> = {
  clock: (value) => value.local,
  addTicks: (value, ticks, parameter) => value.addTicks(ticks, parameter),
  withClock: (value, clock) => new DateTimeOffset(clock, value.offset),
  universalTicks: (value) => value.utcTicks,
  parse: (text, styles) => parseDateTimeOffset(text, now(), styles),
  tryParse: (text, styles) => tryParseDateTimeOffset(text, now(), styles),
  of: (reading, styles) => dateTimeOffsetOf(clockOf(reading, now(), styles, 'DateTimeOffset'), reading, styles),
  name: 'DateTimeOffset',
  zero: new DateTimeOffset(DateTime.minValue, TimeSpan.zero),
}

function ofDateTime(value: DateTime, offset = TimeSpan.zero): DateTimeOffset {
  if (value.kind === kinds.utc && offset.ticks !== 0n) {
    throw argumentException('The UTC Offset for Utc DateTime instances must be 0.', 'offset')
  }
  if (value.kind === kinds.local && offset.ticks !== 0n) {
    throw argumentException(
      'The UTC Offset of the local dateTime parameter does not match the offset argument.',
      'offset',
    )
  }
  const distance = checkedOffset(offset)
  const universal = value.ticks - distance.ticks
  if (universal < 0n || universal > DateTime.maxValue.ticks) {
    throw argumentOutOfRange(
      'offset',
      'The UTC time represented when the offset is applied must be between year 0 and 10,000.',
    )
  }
  return new DateTimeOffset(value.withKind(kinds.unspecified), distance)
}

function checkedOffset(offset: TimeSpan): TimeSpan {
  if (offset.ticks % (60n * ticksPerSecond) !== 0n)
    throw argumentException('Offset must be specified in whole minutes.', 'offset')
  if (Math.abs(Number(offset.ticks)) > 14 * 3600 * 1e7)
    throw argumentOutOfRange('offset', 'Offset must be within plus or minus 14 hours.')
  return offset
}

function toOffset(value: DateTimeOffset, offset: TimeSpan): DateTimeOffset {
  return DateTimeOffset.ofUtcTicks(value.utcTicks, checkedOffset(offset))
}

const dateTimeOffset = membersOf('System.DateTimeOffset', () => ({
  ...moments(offsets),
  '.ctor(DateTime)': (value: DateTime) => ofDateTime(value),
  '.ctor(DateTime,TimeSpan)': ofDateTime,
  '.ctor(long,TimeSpan)': (ticks: bigint, offset: TimeSpan) => ofDateTime(new DateTime(ticks), offset),
  '.ctor(int,int,int,int,int,int,TimeSpan)': (
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
    offset: TimeSpan,
  ) => ofDateTime(DateTime.of(year, month, day, hour, minute, second), offset),
  '.ctor(int,int,int,int,int,int,int,TimeSpan)': (
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
    millisecond: number,
    offset: TimeSpan,
  ) => ofDateTime(DateTime.of(year, month, day, hour, minute, second, millisecond), offset),
  MaxValue: () => new DateTimeOffset(DateTime.maxValue, TimeSpan.zero),
  MinValue: () => offsets.zero,
  Now: () => ofDateTime(now()),
  UtcNow: () => ofDateTime(now()),
  DateTime: (value: DateTimeOffset) => value.local,
  LocalDateTime: (value: DateTimeOffset) => value.utc.withKind(kinds.local),
  UtcDateTime: (value: DateTimeOffset) => value.utc,
  UtcTicks: (value: DateTimeOffset) => value.utcTicks,
  Offset: (value: DateTimeOffset) => value.offset,
  EqualsExact: (value: DateTimeOffset, other: DateTimeOffset) =>
    value.utcTicks === other.utcTicks && value.offset.ticks === other.offset.ticks,
  ToLocalTime: (value: DateTimeOffset) => toOffset(value, TimeSpan.zero),
  ToUniversalTime: (value: DateTimeOffset) => toOffset(value, TimeSpan.zero),
  ToOffset: toOffset,
  ToUnixTimeSeconds: (value: DateTimeOffset) => value.unixSeconds,
  ToUnixTimeMilliseconds: (value: DateTimeOffset) => value.unixMilliseconds,
  FromUnixTimeSeconds: (seconds: bigint) => ofUnix(seconds, ticksPerSecond, 'seconds'),
  FromFileTime: (time: bigint) => DateTimeOffset.ofUtcTicks(fromFileTime(time)),
  FromUnixTimeMilliseconds: (milliseconds: bigint) => ofUnix(milliseconds, ticksPerMillisecond, 'milliseconds'),
  op_Implicit: (value: DateTime) => ofDateTime(value),
}))

function ofUnix(count: bigint, ticks: bigint, parameter: string): DateTimeOffset {
  const total = unixEpoch + count * ticks
  if (total < 0n || total > DateTime.maxValue.ticks) {
    const zeros = ticks === ticksPerMillisecond ? '000' : ''
    const nines = ticks === ticksPerMillisecond ? '999' : ''
    throw argumentOutOfRange(
      parameter,
      `Valid values are between -62135596800${zeros} and 253402300799${nines}, inclusive.`,
    )
  }
  return DateTimeOffset.ofUtcTicks(total)
}

const partNames = {
  Days: 'days',
  Hours: 'hours',
  Minutes: 'minutes',
  Seconds: 'seconds',
  Milliseconds: 'milliseconds',
} as const

const timeSpan = membersOf('System.TimeSpan', () => ({
  Zero: () => TimeSpan.zero,
  MaxValue: () => new TimeSpan(2n ** 63n - 1n),
  MinValue: () => new TimeSpan(-(2n ** 63n)),
  '.ctor(long)': (ticks: bigint) => new TimeSpan(ticks),
  '.ctor(int,int,int)': (hours: number, minutes: number, seconds: number) => TimeSpan.of(0, hours, minutes, seconds),
  '.ctor': (days: number, hours: number, minutes: number, seconds: number, milliseconds = 0) =>
    TimeSpan.of(days, hours, minutes, seconds, milliseconds),
  ...eachUnit((unit, milliseconds) => ({
    [unit]: (value: TimeSpan) => value.part(partNames[unit]),
    [`Total${unit}`]: (value: TimeSpan) => value.total(BigInt(milliseconds) * ticksPerMillisecond),
    [`From${unit}`]: (count: number) => new TimeSpan(scaledTicks(count, milliseconds)),
  })),
  Ticks: (value: TimeSpan) => value.ticks,
  FromTicks: (ticks: bigint) => new TimeSpan(ticks),
  Add: (a: TimeSpan, b: TimeSpan) => a.add(b),
  Subtract: (a: TimeSpan, b: TimeSpan) => a.subtract(b),
  Negate: (value: TimeSpan) => value.negate(),
  Duration: (value: TimeSpan) => {
    if (value.ticks === -(1n << 63n)) {
      throw overflowException(
        'The duration cannot be returned for TimeSpan.MinValue because the absolute value of TimeSpan.MinValue exceeds the value of TimeSpan.MaxValue.',
      )
    }
    return value.ticks < 0n ? value.negate() : value
  },
  op_UnaryNegation: (value: TimeSpan) => value.negate(),
  op_UnaryPlus: (value: TimeSpan) => value,
  op_Addition: (a: TimeSpan, b: TimeSpan) => a.add(b),
  op_Subtraction: (a: TimeSpan, b: TimeSpan) => a.subtract(b),
  Parse: (text: string | null) => parseTimeSpan(text),
  TryParse: (text: string | null, result: Cell) => {
    const value = text === null ? undefined : tryParseTimeSpan(text)
    result.value = value ?? TimeSpan.zero
    return value !== undefined
  },
  ParseExact: (text: string | null, formats: string | ClrArray | null, _provider: ClrValue, styles = 0) =>
    parseExactTimeSpan(text, listOf(formats), styles),
  'TryParse(string,IFormatProvider,out TimeSpan)': (text: string | null, _provider: ClrValue, result: Cell) => {
    const value = text === null ? undefined : tryParseTimeSpan(text)
    result.value = value ?? TimeSpan.zero
    return value !== undefined
  },
  TryParseExact: bound(({ member: { parameters } }) => {
    const read = (text: string | null, formats: string | ClrArray | null, styles: number, result: Cell): boolean => {
      const value = text === null || formats === null ? undefined : tryParseExactTimeSpan(text, listOf(formats), styles)
      result.value = value ?? TimeSpan.zero
      return value !== undefined
    }
    if (parameters.length === 4)
      return (text: string | null, formats: string | ClrArray | null, _provider: ClrValue, result: Cell) =>
        read(text, formats, 0, result)
    return (
      text: string | null,
      formats: string | ClrArray | null,
      _provider: ClrValue,
      styles: number,
      result: Cell,
    ) => read(text, formats, styles, result)
  }),
}))

const listOf = (formats: string | ClrArray | null): readonly (string | null)[] =>
  formats instanceof ClrArray ? (formats.items as (string | null)[]) : [formats]

export const timeMembers: readonly TypeMembers[] = [dateTime, dateTimeOffset, timeSpan]
