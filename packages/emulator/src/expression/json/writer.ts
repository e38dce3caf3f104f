import { allocate, step, currentRuntime } from '../run.js'
import { formatDateTime, formatDateTimeOffset, formatTimeSpan } from '../text/date-format.js'
import { formatDouble, formatSingle } from '../text/number-format.js'
import { Decimal } from '../values/decimal.js'
import { Guid } from '../values/guid.js'
import { DateTime, DateTimeOffset, TimeSpan } from '../values/time.js'
import { ClrUri } from '../values/uri.js'
import { inZone, jsonDate, microsoftDate } from './dates.js'
import { JArray, JConstructor, JObject, JProperty, type JsonScalar, type JToken, JValue, tokenTypes } from './token.js'
import { scalarToString } from './text.js'

/** How values are written, by the numbers of Newtonsoft's enums. */
export interface WriterSettings {
  /** 1: `/Date(1234)/` in place of the ISO form. */
  readonly dateFormatHandling: number
  /** 0 local, 1 universal, 2 unspecified, 3 as the date is. */
  readonly dateTimeZoneHandling: number
  /** A .NET format that dates are written by. */
  readonly dateFormatString: string | null
  /** How NaN and infinities are written: 0 as strings, 1 as symbols, 2 as 0.0. */
  readonly floatFormatHandling: number
  /** 1: letters beyond ASCII are escaped, 2: `<`, `>`, `&`, `'` and `"` too. */
  readonly stringEscapeHandling: number
}

/** A token as JSON text: compact, or indented by two spaces with line ends `\n`. */
export function writeJson(token: JToken, indented: boolean, settings?: WriterSettings): string {
  const parts: string[] = []
  new Writer(parts, settings).write(token, indented ? '\n' : undefined)
  const text = parts.join('')
  allocate(text.length)
  return text
}

class Writer {
  constructor(
    readonly out: string[],
    readonly settings: WriterSettings | undefined,
  ) {}

  /** @param indent the line end and the indentation of the token that is written; undefined for the compact form */
  write(token: JToken, indent: string | undefined): void {
    step()
    if (token instanceof JObject) this.#group('{', '}', token.properties, indent)
    else if (token instanceof JArray) this.#group('[', ']', token.children, indent)
    else if (token instanceof JProperty) {
      this.out.push(this.#quote(token.name), indent === undefined ? ':' : ': ')
      this.write(token.value, indent)
    } else if (token instanceof JConstructor) this.#group(`new ${token.name}(`, ')', token.children, indent)
    else if (token instanceof JValue) this.out.push(this.#scalar(token))
  }

  #group(open: string, close: string, children: readonly JToken[], indent: string | undefined): void {
    const inner = indent === undefined ? undefined : `${indent}  `
    this.out.push(open)
    let isFirst = true
    for (const child of children) {
      const isComment = child.tokenType === tokenTypes.comment
      if (!isFirst && !isComment) this.out.push(',')
      if (inner !== undefined) this.out.push(inner)
      this.write(child, inner)
      // Comments do not count as values.
      isFirst &&= isComment
    }
    if (!isFirst && indent !== undefined) this.out.push(indent)
    this.out.push(close)
  }

  #scalar(token: JValue): string {
    const { value, tokenType } = token
    switch (tokenType) {
      case tokenTypes.undefined:
        return 'undefined'
      case tokenTypes.comment:
        return `/*${scalarToString(value)}*/`
      case tokenTypes.raw:
        return scalarToString(value)
      default:
        if (typeof value === 'number' && Number.isFinite(value) && token.valueType?.id === 'System.Single')
          return jsonSingle(value)
        return this.settings === undefined ? scalarText(value) : this.#formatted(value, this.settings)
    }
  }

  #quote(text: string): string {
    return quoteJson(text, this.settings?.stringEscapeHandling)
  }

  #formatted(value: JsonScalar, settings: WriterSettings): string {
    if (typeof value === 'string') return quoteJson(value, settings.stringEscapeHandling)
    if (value instanceof DateTime || value instanceof DateTimeOffset) return this.#date(value, settings)
    if (typeof value === 'number' && !Number.isFinite(value)) {
      if (settings.floatFormatHandling === 1) return formatDouble(value, null, 'framework')
      if (settings.floatFormatHandling === 2) return '0.0'
    }
    return scalarText(value)
  }

  #date(value: DateTime | DateTimeOffset, settings: WriterSettings): string {
    const zoned = value instanceof DateTime ? inZone(value, settings.dateTimeZoneHandling) : value
    if (settings.dateFormatString !== null && settings.dateFormatString !== '') {
      return this.#quote(
        zoned instanceof DateTime
          ? formatDateTime(zoned, settings.dateFormatString)
          : formatDateTimeOffset(zoned, settings.dateFormatString),
      )
    }
    return settings.dateFormatHandling === 1 ? `"\\/Date(${microsoftDate(zoned)})\\/"` : quoteJson(jsonDate(zoned))
  }
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
function jsonSingle(value: number): string {
  return withDecimalPlace(formatSingle(Math.fround(value), 'R', currentRuntime()))
}

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

/**
 * A JSON string: control characters and the line ends U+0085, U+2028, U+2029 are escaped, nothing else is.
 *
 * @param handling 1: letters beyond ASCII too, 2: what means something in HTML too
 */
export function quoteJson(text: string, handling = 0): string {
  const escaped = text.replace(escapedUnits[handling] ?? escapedUnits[0], (unit) => escapeOf(unit, handling))
  return `"${escaped}"`
}

const escapedUnits = [
  /["\\\0-\x1f\u0085\u2028\u2029]/g,
  /["\\\0-\x1f\x7f-\uffff]/g,
  /[<>&'"\\\0-\x1f\u0085\u2028\u2029]/g,
] as const

function escapeOf(unit: string, handling: number): string {
  const isMarkup = handling === 2 && unit === '"'
  const simple = isMarkup ? undefined : escapes[unit]
  return simple ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
