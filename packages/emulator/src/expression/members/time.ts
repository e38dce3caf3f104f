import type { Cell } from '../compile/frame.js'
import { formatDateTime, formatTimeSpan } from '../text/date-format.js'
import {
  parseDateTime,
  parseDateTimeOffset,
  parseTimeSpan,
  tryParseDateTime,
  tryParseDateTimeOffset,
  tryParseTimeSpan,
} from '../text/date-parse.js'
import { parseExact } from '../text/date-parse-exact.js'
import { now } from '../values/clock.js'
import { ClrArray } from '../values/collections.js'
import { argumentException, argumentNull, argumentOutOfRange, formatException } from '../values/exceptions.js'
import {
  DateTime,
  DateTimeOffset,
  daysInMonth,
  isLeapYear,
  kinds,
  scaledTicks,
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
  addTicks(value: T, ticks: bigint): T
  /** The same moment with another clock value. */
  withClock(value: T, clock: DateTime): T
  universalTicks(value: T): bigint
  parse(text: string | null, styles: number): T
  tryParse(text: string, styles: number): T | undefined
  exact(text: string, format: string, styles: number): T | undefined
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
      [`Add${unit}`]: (value: T, count: number) => kind.addTicks(value, scaledTicks(count, milliseconds)),
    })),
    AddTicks: (value: T, ticks: bigint) => kind.addTicks(value, ticks),
    AddMonths: (value: T, months: number) => kind.withClock(value, clock(value).addMonths(months)),
    AddYears: (value: T, years: number) => kind.withClock(value, clock(value).addMonths(years * 12)),
    Subtract: (value: T, other: T | TimeSpan) => subtract(kind, value, other),
    op_Subtraction: (value: T, other: T | TimeSpan) => subtract(kind, value, other),
    op_Addition: (value: T, length: TimeSpan) => kind.addTicks(value, length.ticks),
    ToFileTime: (value: T) => kind.universalTicks(value) - 504_911_232_000_000_000n,
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
    ParseExact: (text: string | null, formats: string | ClrArray | null, _provider: ClrValue, styles = 0) => {
      if (text === null) throw argumentNull('s', 'String reference not set to an instance of a String.')
      const value = firstExact(kind, text, formats, styles)
      if (value === undefined) throw formatException('String was not recognized as a valid DateTime.')
      return value
    },
    TryParseExact: (
      text: string | null,
      formats: string | ClrArray | null,
      _provider: ClrValue,
      styles: number,
      result: Cell,
    ) => {
      const value = text === null ? undefined : firstExact(kind, text, formats, styles)
      result.value = value ?? kind.zero
      return value !== undefined
    },
  }
}

function subtract<T extends DateTime | DateTimeOffset>(kind: Moments<T>, value: T, other: T | TimeSpan): T | TimeSpan {
  if (other instanceof TimeSpan) return kind.addTicks(value, -other.ticks)
  return new TimeSpan(kind.universalTicks(value) - kind.universalTicks(other))
}

function firstExact<T extends DateTime | DateTimeOffset>(
  kind: Moments<T>,
  text: string,
  formats: string | ClrArray | null,
  styles: number,
): T | undefined {
  if (formats === null) throw argumentNull('format', 'String reference not set to an instance of a String.')
  const list = formats instanceof ClrArray ? (formats.items as (string | null)[]) : [formats]
  for (const format of list) {
    const value = format === null ? undefined : kind.exact(text, format, styles)
    if (value !== undefined) return value
  }
  return undefined
}

const dateTimes: Moments<DateTime> = {
  clock: (value) => value,
  addTicks: (value, ticks) => value.addTicks(ticks),
  withClock: (_value, clock) => clock,
  universalTicks: (value) => value.ticks,
  parse: (text, styles) => parseDateTime(text, now(), styles),
  tryParse: (text, styles) => tryParseDateTime(text, now(), styles),
  exact: (text, format, styles) => parseExact(text, format, now(), styles)?.dateTime,
  zero: DateTime.minValue,
}

/** `ToBinary`: the kind in the two highest bits. */
function toBinary(value: DateTime): bigint {
  return BigInt.asIntN(64, value.ticks | (BigInt(value.kind) << 62n))
}

const oaEpoch = 599_264_352_000_000_000n

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
  FromFileTimeUtc: (time: bigint) => new DateTime(time + 504_911_232_000_000_000n, kinds.utc),
  // A time of no kind counts as one of UTC here, where `ToFileTime` takes it for a local one.
  ToFileTimeUtc: (value: DateTime) => value.ticks - 504_911_232_000_000_000n,
  FromBinary: (data: bigint) => {
    const bits = BigInt.asUintN(64, data)
    return new DateTime(bits & 0x3fffffffffffffffn, Number(bits >> 62n) as DateTimeKind)
  },
  FromOADate: (days: number) => new DateTime(oaEpoch + BigInt(Math.round(days * 86_400_000)) * ticksPerMillisecond),
  ToBinary: toBinary,
  ToOADate: (value: DateTime) => Number((value.ticks - oaEpoch) / ticksPerMillisecond) / 86_400_000,
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
  addTicks: (value, ticks) => value.addTicks(ticks),
  withClock: (value, clock) => new DateTimeOffset(clock, value.offset),
  universalTicks: (value) => value.utcTicks,
  parse: (text) => parseDateTimeOffset(text, now()),
  tryParse: (text) => tryParseDateTimeOffset(text, now()),
  exact: (text, format, styles) => parseExact(text, format, now(), styles)?.offset,
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
  return new DateTimeOffset(value.withKind(kinds.unspecified), checkedOffset(offset))
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
  FromUnixTimeMilliseconds: (milliseconds: bigint) => ofUnix(milliseconds, ticksPerMillisecond, 'milliseconds'),
  op_Implicit: (value: DateTime) => ofDateTime(value),
}))

function ofUnix(count: bigint, ticks: bigint, parameter: string): DateTimeOffset {
  const total = unixEpoch + count * ticks
  if (total < 0n || total > DateTime.maxValue.ticks) {
    throw argumentOutOfRange(parameter, 'Valid values are between -62135596800 and 253402300799, inclusive.')
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
  Duration: (value: TimeSpan) => (value.ticks < 0n ? value.negate() : value),
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
  ParseExact: (text: string | null, format: string) => {
    const value = exactTimeSpan(text, format)
    if (value === undefined) throw formatException('Input string was not in a correct format.')
    return value
  },
  TryParseExact: (text: string | null, format: string, _provider: ClrValue, result: Cell) => {
    const value = exactTimeSpan(text, format)
    result.value = value ?? TimeSpan.zero
    return value !== undefined
  },
}))

/** A TimeSpan that prints as the text under the format: the standard formats, and custom ones by reading their digits. */
function exactTimeSpan(text: string | null, format: string): TimeSpan | undefined {
  // No format is that long, and no pattern may be.
  if (text === null || format.length > 1000) return undefined
  if (/^[ctTgG]$/.test(format)) return tryParseTimeSpan(text.replace(/^(-?\d+):(?=\d+:\d+:)/, '$1.'))
  const pieces = format.match(/'[^']*'|\\.|%|([dhmsfF])\1*|./g) ?? []
  const letters: string[] = []
  const pattern = pieces.map((piece) => {
    if (/^[dhmsfF]/.test(piece)) {
      letters.push(piece.charAt(0))
      return piece.length === 1 && !/[fF]/.test(piece) ? '(\\d{1,8})' : `(\\d{${piece.length}})`
    }
    const literal = piece === '%' ? '' : piece.startsWith('\\') ? piece.slice(1) : piece.replace(/^'|'$/g, '')
    return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  const match = new RegExp(`^${pattern.join('')}$`).exec(text)
  if (match === null) return undefined
  const part = (letter: string): number => Number(match[letters.indexOf(letter) + 1] ?? 0)
  const has = (letter: string): number => (letters.includes(letter) ? part(letter) : 0)
  const fraction = letters.includes('f') ? (match[letters.indexOf('f') + 1] ?? '').padEnd(7, '0') : '0'
  const whole = TimeSpan.of(has('d'), has('h'), has('m'), has('s'))
  return formatTimeSpan(new TimeSpan(whole.ticks + BigInt(fraction)), format) === text
    ? new TimeSpan(whole.ticks + BigInt(fraction))
    : undefined
}

export const timeMembers: readonly TypeMembers[] = [dateTime, dateTimeOffset, timeSpan]
