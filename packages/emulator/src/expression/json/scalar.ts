import { compareOrdinal } from '../text/compare.js'
import { Decimal } from '../values/decimal.js'
import { Guid } from '../values/guid.js'
import { DateTime, DateTimeOffset, TimeSpan } from '../values/time.js'
import { argumentException } from '../values/exceptions.js'
import { ClrUri } from '../values/uri.js'
import type { ClrValue } from '../values/value.js'
import { types } from '../types.js'
import { convertScalar } from './convert.js'
import { JConstructor, JList, JObject, JProperty, type JsonScalar, type JToken, JValue, tokenTypes } from './token.js'
import { scalarToString } from './text.js'
import { scalarText } from './writer.js'

/** `JValue.Equals`: the same kind of token with an equal value; integer and float are different kinds. */
export function equalScalars(a: JValue, b: JValue): boolean {
  return a.tokenType === b.tokenType && compareScalars(a, b) === 0
}

/** A text that is the same for equal values. */
export function scalarKey(value: JValue): string {
  return `${value.tokenType}:${scalarText(value.value)}`
}

/**
 * `JValue.CompareTo`: by the type of the left one; null comes first.
 *
 * @throws DotNetException when the right one does not become a value of that type
 */
export function compareScalars(a: JValue, b: JValue): number {
  const left = a.value
  const right = b.value
  if (left === null || right === null) return Number(right === null) - Number(left === null)
  switch (a.tokenType) {
    case tokenTypes.integer:
    case tokenTypes.float:
      return compareNumbers(left, right)
    case tokenTypes.boolean:
      return Number(left) - Number(same(typeof right === 'boolean', right, 'Boolean'))
    case tokenTypes.date:
      return compareDates(left as DateTime | DateTimeOffset, right)
    case tokenTypes.bytes:
      return Buffer.compare(left as Uint8Array, same(right instanceof Uint8Array, right as Uint8Array, 'byte[]'))
    case tokenTypes.guid:
      return (left as Guid).compare(same(right instanceof Guid, right as Guid, 'Guid'))
    case tokenTypes.timeSpan:
      return sign((left as TimeSpan).ticks, same(right instanceof TimeSpan, right as TimeSpan, 'TimeSpan').ticks)
    case tokenTypes.uri:
      return compareOrdinal(scalarToString(left), scalarToString(same(right instanceof ClrUri, right, 'Uri')))
    default:
      return compareOrdinal(scalarToString(left), scalarToString(right))
  }
}

function same<T>(fits: boolean, value: T, type: string): T {
  if (!fits) throw argumentException(`Object must be of type ${type}.`)
  return value
}

type Value = Exclude<JsonScalar, null>

/** Doubles that differ by what computing leaves behind are equal. */
function compareNumbers(left: Value, right: Value): number {
  if (left instanceof Decimal || right instanceof Decimal)
    return (numberOf(left, 'decimal') as Decimal).compare(numberOf(right, 'decimal') as Decimal)
  if (typeof left === 'bigint' && typeof right !== 'number') return sign(left, numberOf(right, 'long') as bigint)
  const a = numberOf(left, 'double') as number
  const b = numberOf(right, 'double') as number
  const tolerance = (Math.abs(a) + Math.abs(b) + 10) * Number.EPSILON
  return Math.abs(a - b) < tolerance || a === b ? 0 : a < b || Number.isNaN(a) ? -1 : 1
}

function numberOf(value: Value, type: 'decimal' | 'long' | 'double'): ClrValue {
  return type === 'long' && typeof value === 'bigint' ? value : convertScalar(value, types().special[type])
}

function compareDates(left: DateTime | DateTimeOffset, right: Value): number {
  if (left instanceof DateTime) {
    if (right instanceof DateTimeOffset) return sign(left.ticks, right.local.ticks)
    return sign(left.ticks, (convertScalar(right, types().named('System.DateTime')) as DateTime).ticks)
  }
  return sign(left.utcTicks, (convertScalar(right, types().named('System.DateTimeOffset')) as DateTimeOffset).utcTicks)
}

function sign(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** `JToken.DeepEquals`: arrays in order, objects in any order. */
export function deepEquals(a: JToken | null, b: JToken | null): boolean {
  if (a === null || b === null) return a === b
  if (a instanceof JValue && b instanceof JValue) return equalScalars(a, b)
  if (a instanceof JProperty && b instanceof JProperty) return a.name === b.name && deepEquals(a.value, b.value)
  if (a instanceof JConstructor && b instanceof JConstructor && a.name !== b.name) return false
  if (a instanceof JList && b instanceof JList) return a.tokenType === b.tokenType && listsEqual(a.children, b.children)
  if (!(a instanceof JObject && b instanceof JObject) || a.count !== b.count) return false
  return a.properties.every((property) => deepEquals(property.value, b.get(property.name) ?? null))
}

function listsEqual(a: readonly JToken[], b: readonly JToken[]): boolean {
  return a.length === b.length && a.every((item, index) => deepEquals(item, b[index] ?? null))
}
