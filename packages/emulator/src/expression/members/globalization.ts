import { ApimKitError } from '@apim-kit/core/errors'
import { now } from '../values/clock.js'
import { argumentNull } from '../values/exceptions.js'
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
  ) {}

  static readonly utc = new TimeZone('UTC', 'UTC')

  static find(id: string | null): TimeZone {
    if (id === null) throw argumentNull('id')
    const zone = windowsZones.get(id) ?? id
    if (offsetAt(zone, 0) === undefined) {
      throw new DotNetException(
        'System.TimeZoneNotFoundException',
        `The time zone ID '${id}' was not found on the local computer.`,
      )
    }
    return new TimeZone(id, zone)
  }

  /** The distance from universal time at a universal moment. */
  offset(utc: DateTime): TimeSpan {
    return TimeSpan.ofMilliseconds((offsetAt(this.zone, utc.unixMilliseconds) ?? 0) * 60_000)
  }

  /** The universal moment at which the zone's clock shows a value. */
  toUtc(clock: DateTime): DateTime {
    const guess = clock.addTicks(-this.offset(clock).ticks)
    return clock.addTicks(-this.offset(guess).ticks).withKind(kinds.utc)
  }

  toLocal(utc: DateTime): DateTime {
    return utc.addTicks(this.offset(utc).ticks).withKind(this.id === 'UTC' ? kinds.utc : kinds.unspecified)
  }

  /** The distance in winter: the smaller of the two of a year. */
  get baseOffset(): TimeSpan {
    const year = now().calendar.year
    const [a, b] = [DateTime.of(year, 1, 1), DateTime.of(year, 7, 1)].map((date) => this.offset(date))
    return a !== undefined && b !== undefined && b.ticks < a.ticks ? b : (a ?? TimeSpan.zero)
  }

  isDaylight(utc: DateTime): boolean {
    return this.offset(utc).ticks !== this.baseOffset.ticks
  }

  clrText(): string {
    return `(UTC) ${this.id}`
  }
}

/** A clock value of any kind as a universal moment; an unspecified one is local, which is UTC here. */
const universal = (value: DateTime): DateTime => value.withKind(kinds.utc)

function convert(value: DateTime | DateTimeOffset, target: TimeZone): DateTime | DateTimeOffset {
  if (value instanceof DateTime) return target.toLocal(universal(value))
  return DateTimeOffset.ofUtcTicks(value.utcTicks, target.offset(value.utc))
}

const momentOf = (value: DateTime | DateTimeOffset): DateTime =>
  value instanceof DateTime ? universal(value) : value.utc

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
    Local: () => TimeZone.utc,
    Id: (self: TimeZone) => self.id,
    DisplayName: (self: TimeZone) => self.clrText(),
    StandardName: (self: TimeZone) => self.id,
    DaylightName: (self: TimeZone) => self.id,
    BaseUtcOffset: (self: TimeZone) => self.baseOffset,
    SupportsDaylightSavingTime: (self: TimeZone) => {
      const year = now().calendar.year
      return self.isDaylight(DateTime.of(year, 1, 1)) || self.isDaylight(DateTime.of(year, 7, 1))
    },
    FindSystemTimeZoneById: (id: string | null) => TimeZone.find(id),
    'ConvertTime(DateTime,TimeZoneInfo)': convert,
    'ConvertTime(DateTimeOffset,TimeZoneInfo)': convert,
    'ConvertTime(DateTime,TimeZoneInfo,TimeZoneInfo)': (value: DateTime, source: TimeZone, target: TimeZone) =>
      target.toLocal(source.toUtc(value)),
    ConvertTimeBySystemTimeZoneId: (value: DateTime | DateTimeOffset, id: string | null) =>
      convert(value, TimeZone.find(id)),
    ConvertTimeFromUtc: (value: DateTime, target: TimeZone) => target.toLocal(universal(value)),
    'ConvertTimeToUtc(DateTime)': universal,
    'ConvertTimeToUtc(DateTime,TimeZoneInfo)': (value: DateTime, source: TimeZone) => source.toUtc(value),
    GetUtcOffset: (self: TimeZone, value: DateTime | DateTimeOffset) => self.offset(momentOf(value)),
    IsDaylightSavingTime: (self: TimeZone, value: DateTime | DateTimeOffset) => self.isDaylight(momentOf(value)),
    ToString: (self: TimeZone) => self.clrText(),
  })),
]
