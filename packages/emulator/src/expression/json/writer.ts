import { allocate, step, currentRuntime } from '../run.js'
import { formatTimeSpan } from '../text/date-format.js'
import { formatDouble } from '../text/number-format.js'
import { Decimal } from '../values/decimal.js'
import { Guid } from '../values/guid.js'
import { DateTime, DateTimeOffset, TimeSpan } from '../values/time.js'
import { ClrUri } from '../values/uri.js'
import { jsonDate } from './dates.js'
import { JArray, JObject, JProperty, type JsonScalar, type JToken, JValue, tokenTypes } from './token.js'

/** A token as JSON text: compact, or indented by two spaces with line ends `\n`. */
export function writeJson(token: JToken, indented: boolean): string {
  const parts: string[] = []
  write(token, indented ? '\n' : undefined, parts)
  const text = parts.join('')
  allocate(text.length)
  return text
}

/** @param indent the line end and the indentation of the token that is written; undefined for the compact form */
function write(token: JToken, indent: string | undefined, out: string[]): void {
  step()
  if (token instanceof JObject) writeGroup('{', '}', token.properties, indent, out)
  else if (token instanceof JArray) writeGroup('[', ']', token.children, indent, out)
  else if (token instanceof JProperty) {
    out.push(quoteJson(token.name), indent === undefined ? ':' : ': ')
    write(token.value, indent, out)
  } else if (token instanceof JValue) {
    out.push(token.tokenType === tokenTypes.undefined ? 'undefined' : scalarText(token.value))
  }
}

function writeGroup(
  open: string,
  close: string,
  children: readonly JToken[],
  indent: string | undefined,
  out: string[],
): void {
  const inner = indent === undefined ? undefined : `${indent}  `
  out.push(open)
  children.forEach((child, index) => {
    if (index > 0) out.push(',')
    if (inner !== undefined) out.push(inner)
    write(child, inner, out)
  })
  if (children.length > 0 && indent !== undefined) out.push(indent)
  out.push(close)
}

/** A scalar as JSON text. */
export function scalarText(value: JsonScalar): string {
  switch (typeof value) {
    case 'string':
      return quoteJson(value)
    case 'boolean':
    case 'bigint':
      return String(value)
    case 'number':
      return jsonDouble(value)
    default:
      return objectText(value)
  }
}

function objectText(value: Exclude<JsonScalar, string | boolean | bigint | number>): string {
  if (value === null) return 'null'
  if (value instanceof Decimal) return jsonDecimal(value)
  if (value instanceof DateTime || value instanceof DateTimeOffset) return quoteJson(jsonDate(value))
  if (value instanceof TimeSpan) return quoteJson(formatTimeSpan(value))
  if (value instanceof Guid) return quoteJson(value.toString())
  if (value instanceof ClrUri) return quoteJson(value.originalString)
  return quoteJson(Buffer.from(value).toString('base64'))
}

/** Newtonsoft writes the round-trip form and adds `.0` where nothing says that it is no integer. */
export function jsonDouble(value: number): string {
  if (!Number.isFinite(value)) return quoteJson(formatDouble(value, null, 'framework'))
  return withDecimalPlace(formatDouble(value, 'R', currentRuntime()))
}

/** A float is written with its own, shorter digits. */
export function jsonDecimal(value: Decimal): string {
  return withDecimalPlace(value.toString())
}

export function withDecimalPlace(text: string): string {
  return /[.Ee]/.test(text) ? text : `${text}.0`
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
}

/** A JSON string: control characters and the line ends U+0085, U+2028, U+2029 are escaped, nothing else is. */
export function quoteJson(text: string): string {
  const escaped = text.replace(
    /["\\\0-\x1f\u0085\u2028\u2029]/g,
    (unit) => escapes[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `"${escaped}"`
}
