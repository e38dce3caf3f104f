import { displayType, reflectionName, type NamedType, type Type } from '@apim-kit/policy-dsl/expression'
import { tokenText } from '../json/text.js'
import { JToken, JValue } from '../json/token.js'
import { compareScalars, equalScalars, scalarKey } from '../json/scalar.js'
import type { Delegate } from '../compile/frame.js'
import { currentRuntime } from '../run.js'
import { compareCulture } from '../text/compare.js'
import { formatDateTime, formatDateTimeOffset, formatTimeSpan } from '../text/date-format.js'
import { formatDecimal, formatDouble, formatInteger, formatSingle } from '../text/number-format.js'
import { isValueType, typeOf } from '../types.js'
import { XAttribute, XNode } from '../xml/nodes.js'
import { writeAttribute, writeXml } from '../xml/write.js'
import { Boxed } from './boxed.js'
import { Product, type KeyValuePair } from './collections.js'
import type { Decimal } from './decimal.js'
import { sameDelegates } from './delegates.js'
import { formatEnum } from './enums.js'
import type { Equality, Order } from './equality.js'
import { DotNetException } from './exception.js'
import { argumentException, formatException } from './exceptions.js'
import type { Guid } from './guid.js'
import type { DateTime, DateTimeOffset, TimeSpan } from './time.js'
import type { ClrValue } from './value.js'

/** What .NET does with the values of a type whoever they belong to: text, equality, order. Values have the form of the type. */
export interface Traits extends Equality, Order {
  /** `ToString()` in the invariant culture; null is empty. */
  text(value: ClrValue): string
  /** `ToString(format)`; a type without formats ignores it. */
  format(value: ClrValue, format: string | null): string
}

const cache = new Map<string, Traits>()

/** The traits of a type. A type that is no value type decides by the object it meets. */
export function traitsOf(type: Type): Traits {
  let traits = cache.get(type.id)
  if (traits === undefined) {
    traits = makeTraits(type)
    cache.set(type.id, traits)
  }
  return traits
}

/** `Convert.ToString(value, CultureInfo.InvariantCulture)` of a value in object form; null is empty. */
export function toText(value: ClrValue): string {
  return dynamic.text(value)
}

/** The value as the elements of an object list have it: value types boxed. */
export function box(type: Type, value: ClrValue): ClrValue {
  if (value === null || !isValueType(type)) return value
  const [element] = type.kind === 'named' && type.definition.name === 'System.Nullable<T>' ? type.arguments : []
  return new Boxed(element ?? type, value)
}

function makeTraits(type: Type): Traits {
  if (!isValueType(type) || type.kind !== 'named') return type.id === 'System.String' ? string : dynamic
  if (type.definition.kind === 'enum') return enumTraits(type)
  const [argument, second] = type.arguments
  switch (type.definition.name) {
    case 'System.Nullable<T>':
      return argument === undefined ? dynamic : nullable(traitsOf(argument))
    case 'System.Collections.Generic.KeyValuePair<TKey,TValue>':
      return argument === undefined || second === undefined ? dynamic : pair(traitsOf(argument), traitsOf(second))
    default:
      return valueTraits[type.id]?.() ?? structural(type)
  }
}

const byPrimitive = {
  equals: (a: ClrValue, b: ClrValue) => a === b,
  key: (value: ClrValue): unknown => value,
  compare: (a: ClrValue, b: ClrValue) => ((a ?? 0) < (b ?? 0) ? -1 : a === b ? 0 : 1),
}

function integer(bits: 8 | 16 | 32 | 64): Traits {
  return {
    ...byPrimitive,
    text: String,
    format: (value, format) => formatInteger(value as number | bigint, format, bits),
  }
}

/** NaN equals itself for `Equals`, and comes first in an order. */
function floating(print: typeof formatDouble): Traits {
  return {
    text: (value) => print(value as number, null, currentRuntime()),
    format: (value, format) => print(value as number, format, currentRuntime()),
    equals: (a, b) => a === b || (Number.isNaN(a) && Number.isNaN(b)),
    key: (value) => value,
    compare: (a, b) => (Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : Number.isNaN(b) ? 1 : byPrimitive.compare(a, b)),
  }
}

/** A class of `values/` whose ticks say all. */
function ticked<T extends object>(
  ticks: (value: T) => bigint,
  print: (value: T, format: string | null) => string,
): Traits {
  const of = (value: ClrValue): bigint => ticks(value as T)
  return {
    text: (value) => print(value as T, null),
    format: (value, format) => print(value as T, format),
    equals: (a, b) => of(a) === of(b),
    key: of,
    compare: (a, b) => byPrimitive.compare(of(a), of(b)),
  }
}

/** Made when a value of the type is first met: what prints a date is no part of an expression that has none. */
const valueTraits: Readonly<Record<string, () => Traits>> = {
  'System.SByte': () => integer(8),
  'System.Byte': () => integer(8),
  'System.Int16': () => integer(16),
  'System.UInt16': () => integer(16),
  'System.Int32': () => integer(32),
  'System.UInt32': () => integer(32),
  'System.Int64': () => integer(64),
  'System.UInt64': () => integer(64),
  'System.Double': () => floating(formatDouble),
  'System.Single': () => floating(formatSingle),
  'System.Decimal': () => ({
    text: String,
    format: (value, format) => formatDecimal(value as Decimal, format),
    equals: (a, b) => (a as Decimal).equals(b as Decimal),
    key: (value) => (value as Decimal).key,
    compare: (a, b) => (a as Decimal).compare(b as Decimal),
  }),
  'System.Boolean': () => ({
    ...byPrimitive,
    text: (value) => (value === true ? 'True' : 'False'),
    format: (value) => (value === true ? 'True' : 'False'),
  }),
  'System.Char': () => ({
    ...byPrimitive,
    text: (value) => String.fromCharCode(value as number),
    format: (value) => String.fromCharCode(value as number),
  }),
  'System.DateTime': () => ticked((value: DateTime) => value.ticks, formatDateTime),
  'System.DateTimeOffset': () => ticked((value: DateTimeOffset) => value.utcTicks, formatDateTimeOffset),
  'System.TimeSpan': () => ticked((value: TimeSpan) => value.ticks, formatTimeSpan),
  'System.Guid': () => ({
    text: String,
    format: (value, format) => (value as Guid).toString(format),
    equals: (a, b) => (a as Guid).equals(b as Guid),
    key: (value) => (value as Guid).digits,
    compare: (a, b) => (a as Guid).compare(b as Guid),
  }),
}

function enumTraits(type: NamedType): Traits {
  return {
    ...byPrimitive,
    text: (value) => formatEnum(type.definition, value as number, null),
    format: (value, format) => formatEnum(type.definition, value as number, format),
  }
}

function nullable(inner: Traits): Traits {
  return {
    text: (value) => (value === null ? '' : inner.text(value)),
    format: (value, format) => (value === null ? '' : inner.format(value, format)),
    equals: (a, b) => (a === null || b === null ? a === b : inner.equals(a, b)),
    key: (value) => (value === null ? null : inner.key(value)),
    compare: nullsFirst((a, b) => inner.compare(a, b)),
  }
}

function pair(key: Traits, value: Traits): Traits {
  const text = (item: ClrValue): string => {
    const { key: k, value: v } = item as KeyValuePair
    return `[${key.text(k)}, ${value.text(v)}]`
  }
  const keyOf = (item: ClrValue): unknown => {
    const { key: k, value: v } = item as KeyValuePair
    return listKey([key.key(k), value.key(v)])
  }
  return { text, format: text, key: keyOf, equals: (a, b) => keyOf(a) === keyOf(b), compare: incomparable }
}

const string: Traits = {
  text: (value) => (value as string | null) ?? '',
  format: (value) => (value as string | null) ?? '',
  equals: (a, b) => a === b,
  key: (value) => value,
  compare: nullsFirst((a, b) => compareCulture(a as string, b as string)),
}

/** Any struct without rules of its own: the members decide, as for value tuples. */
function structural(type: Type): Traits {
  const text = (value: ClrValue): string => {
    if (value instanceof Product) return productText(value)
    return typeof value === 'object' && value !== null && isPrintable(value) ? value.clrText() : reflectionName(type)
  }
  return {
    text,
    format: text,
    equals: (a, b) => objectKey(a) === objectKey(b),
    key: objectKey,
    compare: compareObjects,
  }
}

/** By the object that is met: everything whose static type is a reference type. */
const dynamic: Traits = {
  text: (value) => (value === null ? '' : objectText(value, null)),
  format: (value, format) => (value === null ? '' : objectText(value, format)),
  equals: (a, b) => a === b || (a !== null && b !== null && objectsEqual(a, b)),
  key: (value) => (value === null ? null : objectKey(value)),
  compare: nullsFirst(compareObjects),
}

/** Objects that print other than by their type's name say so themselves. */
interface Printable {
  clrText(): string
}

function isPrintable(value: object): value is Printable {
  return 'clrText' in value && typeof value.clrText === 'function'
}

function objectText(value: Exclude<ClrValue, null>, format: string | null): string {
  if (typeof value === 'string') return value
  if (value instanceof Boxed) return traitsOf(value.type).format(value.value, format)
  if (value instanceof DotNetException) return exceptionText(value)
  if (typeof value === 'object' && isPrintable(value)) return value.clrText()
  if (value instanceof Product) return productText(value)
  if (value instanceof JToken) return value instanceof JValue ? tokenText(value, format) : tokenText(value)
  if (value instanceof XNode) return writeXml(value)
  return value instanceof XAttribute ? writeAttribute(value) : reflectionName(typeOf(value))
}

/** Type, message, and the same of what it was caused by. */
function exceptionText({ typeName, message, inner }: DotNetException): string {
  const own = message === '' ? typeName : `${typeName}: ${message}`
  return inner === null ? own : `${own} ---> ${exceptionText(inner)}\n   --- End of inner exception stack trace ---`
}

/** `{ a = 1, b = x }` of an anonymous type, `(1, x)` of a tuple. */
function productText({ type, values }: Product): string {
  if (type.kind === 'anonymous') {
    const members = type.members.map(
      (member, index) => `${member.name} = ${traitsOf(member.type).text(values[index] ?? null)}`,
    )
    return members.length === 0 ? '{ }' : `{ ${members.join(', ')} }`
  }
  return `(${tupleTexts(type, values).join(', ')})`
}

/** The texts of a tuple's items; the eighth is the tuple of the rest, whose items follow. */
function tupleTexts(type: Type, values: readonly ClrValue[]): readonly string[] {
  const types = type.kind === 'named' ? type.arguments : []
  return types.flatMap((argument, index) => {
    const value = values[index] ?? null
    if (index === 7 && value instanceof Product) return tupleTexts(value.type, value.values)
    return [traitsOf(argument).text(value)]
  })
}

function objectsEqual(a: Exclude<ClrValue, null>, b: Exclude<ClrValue, null>): boolean {
  if (a instanceof Boxed && b instanceof Boxed)
    return a.type.id === b.type.id && traitsOf(a.type).equals(a.value, b.value)
  if (a instanceof JValue && b instanceof JValue) return equalScalars(a, b)
  if (typeof a === 'function' && typeof b === 'function') return sameDelegates(a as Delegate, b as Delegate)
  return a instanceof Product && b instanceof Product && objectKey(a) === objectKey(b)
}

/** A key for any object: text for what has value equality, the object itself for what has not. */
function objectKey(value: ClrValue): unknown {
  if (typeof value === 'string') return `"${value}`
  if (value instanceof Boxed) return `${value.type.id}:${String(traitsOf(value.type).key(value.value))}`
  if (value instanceof JValue) return `json:${scalarKey(value)}`
  return value instanceof Product ? productKey(value) : value
}

function productKey({ type, values }: Product): unknown {
  const types =
    type.kind === 'anonymous' ? type.members.map((member) => member.type) : type.kind === 'named' ? type.arguments : []
  return `${type.id}${String(listKey(types.map((own, index) => traitsOf(own).key(values[index] ?? null))))}`
}

const objectIds = new WeakMap<object, number>()
let lastId = 0

/** Several keys as one text. An object without value equality gets a number of its own. */
function listKey(keys: readonly unknown[]): string {
  return JSON.stringify(
    keys.map((key) => {
      if (typeof key !== 'object' || key === null) return `${typeof key}:${String(key)}`
      const id = objectIds.get(key) ?? ++lastId
      objectIds.set(key, id)
      return `object:${id}`
    }),
  )
}

function compareObjects(a: ClrValue, b: ClrValue): number {
  if (typeof a === 'string' && typeof b === 'string') return compareCulture(a, b)
  if (a instanceof JValue && b instanceof JValue) return compareScalars(a, b)
  if (a instanceof Boxed) {
    if (b instanceof Boxed && a.type.id === b.type.id) return traitsOf(a.type).compare(a.value, b.value)
    throw argumentException(`Object must be of type ${comparableName(a.type)}.`)
  }
  if (typeof a === 'string') throw argumentException('Object must be of type String.')
  if (a instanceof Product && b instanceof Product && a.type.kind === 'named')
    return compareProducts(a, b, a.type.arguments)
  // The other side is asked where this one has no order.
  if (typeof b === 'string' || b instanceof Boxed) return -compareObjects(b, a)
  return a === b ? 0 : incomparable()
}

const comparableName = (type: Type): string => (type.kind === 'named' ? type.definition.simpleName : displayType(type))

function compareProducts(a: Product, b: Product, types: readonly Type[]): number {
  for (const [index, type] of types.entries()) {
    const order = traitsOf(type).compare(a.values[index] ?? null, b.values[index] ?? null)
    if (order !== 0) return order
  }
  return 0
}

function nullsFirst(compare: (a: ClrValue, b: ClrValue) => number): (a: ClrValue, b: ClrValue) => number {
  return (a, b) => (a === null || b === null ? Number(b === null) - Number(a === null) : compare(a, b))
}

function incomparable(): never {
  throw argumentException('At least one object must implement IComparable.')
}

/** `String.Format` and interpolation: a format on a type without formats is ignored, on null too. */
export function formatAligned(text: string, alignment: number): string {
  if (Math.abs(alignment) > 1_000_000) throw formatException('Input string was not in a correct format.')
  return alignment < 0 ? text.padEnd(-alignment) : text.padStart(alignment)
}
