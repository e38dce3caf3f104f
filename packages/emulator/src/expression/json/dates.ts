import { formatDateTime } from '../text/date-format.js'
import { DateTime, DateTimeOffset, daysInMonth, kinds, TimeSpan, type DateTimeKind } from '../values/time.js'

const iso = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?(Z|[+-]\d{2}(?::?\d{2})?)?$/

/** The date that Newtonsoft sees in a JSON string: the ISO form with a time, or `/Date(1234)/`. A date alone stays text. */
export function recognizeDate(text: string): DateTime | undefined {
  if (text.length < 9 || (text.charCodeAt(4) !== 45 && text.charCodeAt(0) !== 47)) return undefined
  const match = iso.exec(text)
  return match === null ? fromMicrosoftDate(text) : isoDate(match)
}

function isoDate(match: RegExpExecArray): DateTime | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number)
  if (month < 1 || month > 12 || year < 1 || day < 1 || day > daysInMonth(year, month)) return undefined
  if (minute > 59 || second > 59) return undefined
  const fraction = BigInt((match[7] ?? '').padEnd(7, '0'))
  // Midnight may be told as the end of a day.
  if (hour > 23 && (hour > 24 || minute > 0 || second > 0 || fraction > 0n)) return undefined
  const offset = offsetOf(match[8])
  const kind: DateTimeKind = match[8] === undefined ? kinds.unspecified : match[8] === 'Z' ? kinds.utc : kinds.local
  return DateTime.of(year, month, day, hour % 24, minute, second)
    .addTicks((hour === 24 ? ticksPerDay : 0n) + fraction - offset.ticks)
    .withKind(kind)
}

const ticksPerDay = 864_000_000_000n

function offsetOf(zone: string | undefined): TimeSpan {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone ?? '')
  if (match === null) return TimeSpan.zero
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return TimeSpan.of(0, 0, match[1] === '-' ? -minutes : minutes, 0)
}

function fromMicrosoftDate(text: string): DateTime | undefined {
  const match = /^\/Date\((-?\d+)([+-]\d{2}(?:\d{2})?)?\)\/$/.exec(text)
  if (match === null) return undefined
  return DateTime.ofUnixMilliseconds(Number(match[1])).withKind(match[2] === undefined ? kinds.utc : kinds.local)
}

/** A date in the zone that settings ask for. Servers run on universal time, so no clock changes. */
export function inZone(date: DateTime, handling: number): DateTime {
  const zone = ([kinds.local, kinds.utc, kinds.unspecified] as const)[handling]
  return zone === undefined ? date : date.withKind(zone)
}

/** The inside of `/Date(…)/`: milliseconds since 1970, with the offset of a date that has one. */
export function microsoftDate(value: DateTime | DateTimeOffset): string {
  const ticks = value instanceof DateTime ? value.ticks : value.utcTicks
  const milliseconds = (ticks - unixEpoch) / 10_000n
  if (value instanceof DateTimeOffset) return `${milliseconds}${offsetText(value.offset).replace(':', '')}`
  return value.kind === kinds.utc ? String(milliseconds) : `${milliseconds}+0000`
}

const unixEpoch = 621_355_968_000_000_000n

/** A date as JSON text: the fraction without trailing zeros, and the zone by its kind. */
export function jsonDate(value: DateTime | DateTimeOffset): string {
  if (value instanceof DateTime)
    return formatDateTime(value, "yyyy-MM-dd'T'HH:mm:ss") + fractionOf(value) + zoneOf(value)
  return formatDateTime(value.local, "yyyy-MM-dd'T'HH:mm:ss") + fractionOf(value.local) + offsetText(value.offset)
}

function fractionOf(value: DateTime): string {
  const digits = formatDateTime(value, 'FFFFFFF')
  return digits === '' ? '' : `.${digits}`
}

function zoneOf(value: DateTime): string {
  return value.kind === kinds.utc ? 'Z' : value.kind === kinds.local ? '+00:00' : ''
}

function offsetText(offset: TimeSpan): string {
  const minutes = Math.abs(Number(offset.ticks / 600_000_000n))
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'))
  return `${offset.ticks < 0n ? '-' : '+'}${hours}:${rest}`
}
