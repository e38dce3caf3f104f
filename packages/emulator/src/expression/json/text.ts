import { currentRuntime } from '../run.js'
import { formatDateTime, formatDateTimeOffset, formatTimeSpan } from '../text/date-format.js'
import { formatDecimal, formatDouble, formatInteger } from '../text/number-format.js'
import { Decimal } from '../values/decimal.js'
import { Guid } from '../values/guid.js'
import { DateTime, DateTimeOffset, TimeSpan } from '../values/time.js'
import { ClrUri } from '../values/uri.js'
import { JValue, type JsonScalar, type JToken } from './token.js'
import { writeJson } from './writer.js'

/** `JToken.ToString()`: containers as indented JSON, a scalar as its value's own text, null as nothing. */
export function tokenText(token: JToken, format: string | null = null): string {
  return token instanceof JValue ? scalarToString(token.value, format) : writeJson(token, true)
}

/** A scalar as .NET's `ToString` prints the value: no quotes, `True`, dates in the invariant form. */
export function scalarToString(value: JsonScalar, format: string | null = null): string {
  if (value === null) return ''
  switch (typeof value) {
    case 'string':
      return value
    case 'boolean':
      return value ? 'True' : 'False'
    case 'bigint':
      return formatInteger(value, format, 64)
    case 'number':
      return formatDouble(value, format, currentRuntime())
    default:
      return objectToString(value, format)
  }
}

function objectToString(
  value: Exclude<JsonScalar, null | string | boolean | bigint | number>,
  format: string | null,
): string {
  if (value instanceof Decimal) return formatDecimal(value, format)
  if (value instanceof DateTime) return formatDateTime(value, format)
  if (value instanceof DateTimeOffset) return formatDateTimeOffset(value, format)
  if (value instanceof TimeSpan) return formatTimeSpan(value, format)
  if (value instanceof Guid) return value.toString(format)
  return value instanceof ClrUri ? value.toString() : 'System.Byte[]'
}
