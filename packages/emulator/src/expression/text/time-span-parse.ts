import { argumentNull, formatException, overflowException } from '../values/exceptions.js'
import { TimeSpan } from '../values/time.js'

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
