import { ApimKitError } from '@apim-kit/core/errors'
import { types } from '../types.js'
import { now } from '../values/clock.js'
import { ClrArray } from '../values/collections.js'
import { argumentException, argumentNull } from '../values/exceptions.js'
import { DotNetException } from '../values/exception.js'
import { DateTime, DateTimeOffset, kinds, TimeSpan } from '../values/time.js'
import { offsetAt, windowsZones } from '../values/time-zones.js'
import { membersOf, type TypeMembers } from './members.js'

/** `CultureInfo`: there is the invariant culture, and no other. */
class Culture {
  static readonly clrName = 'System.Globalization.CultureInfo'

  private constructor(readonly name: string) {}

  static readonly invariant = new Culture('')

  /** @throws ApimKitError `not-supported` for any other culture: its numbers and dates would come out wrong */
  static named(name: string | null): Culture {
    if (name === null) throw argumentNull('name')
    if (name === '') return Culture.invariant
    throw new ApimKitError(
      'not-supported',
      `The emulator has no culture '${name}', only the invariant one: use System.Globalization.CultureInfo.InvariantCulture.`,
    )
  }

  clrText(): string {
    return this.name
  }
}

/** `TimeZoneInfo`. */
class TimeZone {
  static readonly clrName = 'System.TimeZoneInfo'

  constructor(
    readonly id: string,
    /** The name in the IANA database. */
    readonly zone: string,
    /** What kind a moment on this zone's clock is of. */
    readonly kind: DateTime['kind'] = kinds.unspecified,
  ) {}

  static readonly utc = new TimeZone('UTC', 'UTC', kinds.utc)
  /** The service's own clock, which is UTC's; its moments are local ones all the same. */
  static readonly local = new TimeZone('UTC', 'UTC', kinds.local)

  static find(id: string | null): TimeZone {
    if (id === null) throw argumentNull('id')
    if (id.toUpperCase() === 'UTC') return TimeZone.utc
    const zone = windowsZones.get(id) ?? id
    if (offsetAt(zone, 0) === undefined) {
      throw new DotNetException(
        'System.TimeZoneNotFoundException',
        `The time zone ID '${id}' was not found on the local computer.`,
      )
    }
    return new TimeZone(id, zone)
  }

  /** Minutes from universal time at a universal moment in milliseconds. */
  private minutesAt(milliseconds: number): number {
    return offsetAt(this.zone, milliseconds) ?? 0
  }

  /** The distance from universal time at a universal moment. */
  offset(utc: DateTime): TimeSpan {
    return TimeSpan.ofMilliseconds(this.minutesAt(utc.unixMilliseconds) * minute)
  }

  /** In minutes, what the clock may be ahead when it shows a value: nothing in the hour it skips, two things in the hour it shows twice, the smaller first. */
  private offsetsOfClock(clock: DateTime): readonly number[] {
    const shown = clock.unixMilliseconds
    return [...new Set([this.minutesAt(shown - day), this.minutesAt(shown + day)])]
      .filter((minutes) => this.minutesAt(shown - minutes * minute) === minutes)
      .sort((a, b) => a - b)
  }

  /** The distance of what the clock shows: in the hour it skips that of before, in the hour it shows twice that of after. */
  offsetOfClock(clock: DateTime): TimeSpan {
    const minutes = this.offsetsOfClock(clock)[0] ?? this.minutesAt(clock.unixMilliseconds - day)
    return TimeSpan.ofMilliseconds(minutes * minute)
  }

  /** What this zone's clock shows at a moment of any kind; an unspecified one is what it shows. */
  clockOf(value: DateTime | DateTimeOffset): DateTime {
    if (value instanceof DateTimeOffset) return within(value.utcTicks + this.offset(value.utc).ticks, kinds.unspecified)
    if (value.kind === kinds.unspecified || value.kind === this.kind) return value
    return within(value.ticks + this.offset(value).ticks, kinds.unspecified)
  }

  /** The distance at a moment of any kind. */
  offsetOf(value: DateTime | DateTimeOffset): TimeSpan {
    if (value instanceof DateTimeOffset) return this.offset(value.utc)
    return value.kind === kinds.unspecified ? this.offsetOfClock(value) : this.offset(value)
  }

  isSkipped(clock: DateTime): boolean {
    return this.offsetsOfClock(clock).length === 0
  }

  /** The distances of a moment that the clock shows twice. */
  ambiguousOffsets(value: DateTime | DateTimeOffset): readonly TimeSpan[] | undefined {
    const offsets = this.offsetsOfClock(this.clockOf(value))
    return offsets.length < 2 ? undefined : offsets.map((minutes) => TimeSpan.ofMilliseconds(minutes * minute))
  }

  /** The distance in winter: the smaller of the two of a year. */
  baseOffset(year: number = now().calendar.year): TimeSpan {
    const [a, b] = [DateTime.of(year, 1, 1), DateTime.of(year, 7, 1)].map((date) => this.offset(date))
    return a !== undefined && b !== undefined && b.ticks < a.ticks ? b : (a ?? TimeSpan.zero)
  }

  isDaylight(value: DateTime | DateTimeOffset): boolean {
    const { year } = (value instanceof DateTime ? value : value.utc).calendar
    return this.offsetOf(value).ticks !== this.baseOffset(year).ticks
  }

  clrText(): string {
    return this.zone === 'UTC' ? this.id : `(UTC) ${this.id}`
  }
}

const minute = 60_000
const day = 86_400_000

/** The moment of some ticks, or the first or the last there is. */
function within(ticks: bigint, kind: DateTime['kind']): DateTime {
  const { minValue, maxValue } = DateTime
  const nearest = ticks < minValue.ticks ? minValue.ticks : ticks > maxValue.ticks ? maxValue.ticks : ticks
  return new DateTime(nearest, kind)
}

/** @throws DotNetException ArgumentException for a moment of a kind that the source's clock does not show, and for one it skips */
function convertBetween(value: DateTime, source: TimeZone | null, target: TimeZone | null): DateTime {
  if (source === null) throw argumentNull('sourceTimeZone')
  if (target === null) throw argumentNull('destinationTimeZone')
  if (value.kind !== kinds.unspecified && value.kind !== source.kind) {
    throw argumentException(
      'The conversion could not be completed because the supplied DateTime did not have the Kind property set correctly.  For example, when the Kind property is DateTimeKind.Local, the source time zone must be TimeZoneInfo.Local.',
      'sourceTimeZone',
    )
  }
  if (source.isSkipped(value)) {
    throw argumentException(
      'The supplied DateTime represents an invalid time.  For example, when the clock is adjusted forward, any time in the period that is skipped is invalid.',
      'dateTime',
    )
  }
  const utc = within(value.ticks - source.offsetOfClock(value).ticks, kinds.utc)
  return within(utc.ticks + target.offset(utc).ticks, target.kind)
}

const sourceOf = (value: DateTime): TimeZone => (value.kind === kinds.utc ? TimeZone.utc : TimeZone.local)

function convert(value: DateTime | DateTimeOffset, target: TimeZone | null): DateTime | DateTimeOffset {
  if (target === null) throw argumentNull('destinationTimeZone')
  if (value instanceof DateTime) return convertBetween(value, sourceOf(value), target)
  const offset = target.offset(value.utc)
  const clock = value.utcTicks + offset.ticks
  const isThere = clock >= DateTime.minValue.ticks && clock <= DateTime.maxValue.ticks
  return new DateTimeOffset(within(clock, kinds.unspecified), isThere ? offset : TimeSpan.zero)
}

function convertBySystemIds(value: DateTime, source: string | null, target: string | null): DateTime {
  const own = sourceOf(value)
  const isOwn = value.kind !== kinds.unspecified && source?.toUpperCase() === own.id
  return convertBetween(value, isOwn ? own : TimeZone.find(source), TimeZone.find(target))
}

function ambiguousOffsets(self: TimeZone, value: DateTime | DateTimeOffset): ClrArray {
  const offsets = self.ambiguousOffsets(value)
  if (offsets !== undefined) return new ClrArray(types().named('System.TimeSpan'), [...offsets])
  throw value instanceof DateTime
    ? argumentException('The supplied DateTime is not in an ambiguous time range.', 'dateTime')
    : argumentException('The supplied DateTimeOffset is not in an ambiguous time range.', 'dateTimeOffset')
}

export const globalizationMembers: readonly TypeMembers[] = [
  membersOf('System.Globalization.CultureInfo', () => ({
    '.ctor': (name: string | null) => Culture.named(name),
    InvariantCulture: () => Culture.invariant,
    CurrentCulture: () => Culture.invariant,
    GetCultureInfo: (name: string | null) => Culture.named(name),
    Name: (self: Culture) => self.name,
  })),
  membersOf('System.TimeZoneInfo', () => ({
    Utc: () => TimeZone.utc,
    Local: () => TimeZone.local,
    Id: (self: TimeZone) => self.id,
    DisplayName: (self: TimeZone) => self.clrText(),
    StandardName: (self: TimeZone) => self.id,
    DaylightName: (self: TimeZone) => self.id,
    BaseUtcOffset: (self: TimeZone) => self.baseOffset(),
    SupportsDaylightSavingTime: (self: TimeZone) => {
      const year = now().calendar.year
      return self.isDaylight(DateTime.of(year, 1, 1)) || self.isDaylight(DateTime.of(year, 7, 1))
    },
    FindSystemTimeZoneById: (id: string | null) => TimeZone.find(id),
    'ConvertTime(DateTime,TimeZoneInfo)': convert,
    'ConvertTime(DateTimeOffset,TimeZoneInfo)': convert,
    'ConvertTime(DateTime,TimeZoneInfo,TimeZoneInfo)': convertBetween,
    'ConvertTimeBySystemTimeZoneId(DateTime,string)': (value: DateTime, id: string | null) =>
      convert(value, TimeZone.find(id)),
    'ConvertTimeBySystemTimeZoneId(DateTimeOffset,string)': (value: DateTimeOffset, id: string | null) =>
      convert(value, TimeZone.find(id)),
    'ConvertTimeBySystemTimeZoneId(DateTime,string,string)': convertBySystemIds,
    ConvertTimeFromUtc: (value: DateTime, target: TimeZone | null) => convertBetween(value, TimeZone.utc, target),
    'ConvertTimeToUtc(DateTime)': (value: DateTime) => convertBetween(value, sourceOf(value), TimeZone.utc),
    'ConvertTimeToUtc(DateTime,TimeZoneInfo)': (value: DateTime, source: TimeZone | null) =>
      convertBetween(value, source, TimeZone.utc),
    GetUtcOffset: (self: TimeZone, value: DateTime | DateTimeOffset) => self.offsetOf(value),
    IsDaylightSavingTime: (self: TimeZone, value: DateTime | DateTimeOffset) => self.isDaylight(value),
    IsInvalidTime: (self: TimeZone, value: DateTime) =>
      (value.kind === kinds.unspecified || value.kind === self.kind) && self.isSkipped(value),
    IsAmbiguousTime: (self: TimeZone, value: DateTime | DateTimeOffset) => self.ambiguousOffsets(value) !== undefined,
    GetAmbiguousTimeOffsets: ambiguousOffsets,
    'Equals(TimeZoneInfo)': (self: TimeZone, other: TimeZone | null) => other !== null && self.id === other.id,
    ToString: (self: TimeZone) => self.clrText(),
  })),
]
