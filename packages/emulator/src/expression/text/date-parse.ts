import { argumentException, argumentNull } from '../values/exceptions.js'
import { DotNetException } from '../values/exception.js'
import type { DateTime, DateTimeOffset } from '../values/time.js'
import { clockOf, dateTimeOf, dateTimeOffsetOf, dateTimeStyles, notRecognized } from './date-moment.js'
import { readDate } from './date-reader.js'

export { dateTimeStyles } from './date-moment.js'

/** Longer texts are no dates: to look at each letter of one would take long. */
const longest = 10_000

/**
 * `DateTime.Parse`. A text with a zone becomes local time, which is UTC here.
 *
 * @param today where a missing date comes from
 * @param styles flags of DateTimeStyles. Default none.
 * @throws DotNetException ArgumentNull or FormatException
 */
export function parseDateTime(text: string | null, today: DateTime, styles = 0): DateTime {
  checkDateStyles(styles, 'styles')
  if (text === null) throw argumentNull('s', 'String reference not set to an instance of a String.')
  if (text.length > longest) throw notRecognized()
  const reading = readDate(text, today.calendar.year)
  return dateTimeOf(clockOf(reading, today, styles, 'DateTime'), reading, styles)
}

/** `DateTimeOffset.Parse`; without a zone the offset is the machine's, zero. @throws DotNetException ArgumentNull or FormatException */
export function parseDateTimeOffset(text: string | null, today: DateTime, styles = 0): DateTimeOffset {
  checkDateStyles(styles, 'styles')
  if (text === null) throw argumentNull('input')
  if (text.length > longest) throw notRecognized()
  const reading = readDate(text, today.calendar.year)
  return dateTimeOffsetOf(clockOf(reading, today, styles, 'DateTimeOffset'), reading, styles)
}

/** `DateTime.TryParse`. */
export function tryParseDateTime(text: string, today: DateTime, styles = 0): DateTime | undefined {
  return unlessWrong(() => parseDateTime(text, today, styles))
}

/** `DateTimeOffset.TryParse`. */
export function tryParseDateTimeOffset(text: string, today: DateTime, styles = 0): DateTimeOffset | undefined {
  return unlessWrong(() => parseDateTimeOffset(text, today, styles))
}

/** What reading gives; undefined where it throws a FormatException. */
export function unlessWrong<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof DotNetException && error.typeName === 'System.FormatException') return undefined
    throw error
  }
}

/** @throws DotNetException ArgumentException for flags that are none, or that exclude each other */
export function checkDateStyles(styles: number, parameter: string): void {
  const { adjustToUniversal, assumeLocal, assumeUniversal, roundtripKind } = dateTimeStyles
  if ((styles & ~0xff) !== 0) throw argumentException('An undefined DateTimeStyles value is being used.', parameter)
  if ((styles & assumeLocal) !== 0 && (styles & assumeUniversal) !== 0) {
    throw argumentException(
      'The DateTimeStyles values AssumeLocal and AssumeUniversal cannot be used together.',
      parameter,
    )
  }
  if ((styles & roundtripKind) !== 0 && (styles & (assumeLocal | assumeUniversal | adjustToUniversal)) !== 0) {
    throw argumentException(
      'The DateTimeStyles value RoundtripKind cannot be used with the values AssumeLocal, AssumeUniversal or AdjustToUniversal.',
      parameter,
    )
  }
}
