import { compareOrdinal } from '../text/compare.js'
import { Decimal } from '../values/decimal.js'
import { Guid } from '../values/guid.js'
import { DateTime, DateTimeOffset, TimeSpan } from '../values/time.js'
import { JArray, JObject, JProperty, type JToken, JValue, tokenTypes } from './token.js'
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

/** `JValue.CompareTo`: by the type of the left one; null comes first. */
export function compareScalars(a: JValue, b: JValue): number {
  const left = a.value
  const right = b.value
  if (left === null || right === null) return Number(right === null) - Number(left === null)
  if (a.tokenType === tokenTypes.integer || a.tokenType === tokenTypes.float) return compareNumbers(left, right)
  if (typeof left === 'boolean') return Number(left) - Number(right)
  if (left instanceof DateTime || left instanceof DateTimeOffset) return sign(ticksOf(left), ticksOf(right))
  if (left instanceof TimeSpan && right instanceof TimeSpan) return sign(left.ticks, right.ticks)
  if (left instanceof Guid && right instanceof Guid) return left.compare(right)
  if (left instanceof Uint8Array && right instanceof Uint8Array) return Buffer.compare(left, right)
  return Math.sign(compareOrdinal(scalarToString(left), scalarToString(right)))
}

function compareNumbers(left: unknown, right: unknown): number {
  if (left instanceof Decimal && right instanceof Decimal) return left.compare(right)
  const a = typeof left === 'bigint' ? left : Number(left)
  const b = typeof right === 'bigint' ? right : Number(right)
  return a < b ? -1 : a > b ? 1 : 0
}

function ticksOf(value: unknown): bigint {
  if (value instanceof DateTime) return value.ticks
  return value instanceof DateTimeOffset ? value.utcTicks : 0n
}

function sign(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** `JToken.DeepEquals`: arrays in order, objects in any order. */
export function deepEquals(a: JToken | null, b: JToken | null): boolean {
  if (a === null || b === null) return a === b
  if (a instanceof JValue && b instanceof JValue) return equalScalars(a, b)
  if (a instanceof JProperty && b instanceof JProperty) return a.name === b.name && deepEquals(a.value, b.value)
  if (a instanceof JArray && b instanceof JArray) return listsEqual(a.children, b.children)
  if (!(a instanceof JObject && b instanceof JObject) || a.count !== b.count) return false
  return a.properties.every((property) => deepEquals(property.value, b.get(property.name) ?? null))
}

function listsEqual(a: readonly JToken[], b: readonly JToken[]): boolean {
  return a.length === b.length && a.every((item, index) => deepEquals(item, b[index] ?? null))
}
