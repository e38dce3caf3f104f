import type { Type } from '@apim-kit/policy-dsl/expression'
import { allocateItems, step } from '../run.js'
import { guarded } from '../values/collections.js'
import { pathWithName } from './path-text.js'
import { Decimal } from '../values/decimal.js'
import { DotNetException } from '../values/exception.js'
import { argumentException, argumentOutOfRange, invalidOperation } from '../values/exceptions.js'
import { Guid } from '../values/guid.js'
import { DateTime, DateTimeOffset, TimeSpan } from '../values/time.js'
import { ClrUri } from '../values/uri.js'

/** `Newtonsoft.Json.Linq.JTokenType`. */
export const tokenTypes = {
  none: 0,
  object: 1,
  array: 2,
  constructor: 3,
  property: 4,
  comment: 5,
  integer: 6,
  float: 7,
  string: 8,
  boolean: 9,
  null: 10,
  undefined: 11,
  date: 12,
  raw: 13,
  bytes: 14,
  guid: 15,
  uri: 16,
  timeSpan: 17,
} as const

export type TokenType = (typeof tokenTypes)[keyof typeof tokenTypes]

/** The names of the token types, by number. */
export const tokenTypeNames = [
  'None',
  'Object',
  'Array',
  'Constructor',
  'Property',
  'Comment',
  'Integer',
  'Float',
  'String',
  'Boolean',
  'Null',
  'Undefined',
  'Date',
  'Raw',
  'Bytes',
  'Guid',
  'Uri',
  'TimeSpan',
]

/** What a JValue holds. An integer is always a bigint, whatever its size. */
export type JsonScalar =
  | null
  | string
  | boolean
  | bigint
  | number
  | Decimal
  | DateTime
  | DateTimeOffset
  | Guid
  | TimeSpan
  | ClrUri
  | Uint8Array

/** A node of a JSON document that expressions can change: Newtonsoft's `JToken`. */
export abstract class JToken {
  parent: JContainer | null = null
  /** Where it ended in the text that it was read from: 1 and on, 0 for a token that was made otherwise. */
  line = 0
  /** The letters of that line before its end. */
  linePosition = 0

  constructor() {
    step()
    allocateItems(1)
  }

  abstract get tokenType(): TokenType

  /** A copy without a parent. */
  abstract clone(): JToken

  /** The tokens directly below. */
  get children(): readonly JToken[] {
    return []
  }

  /** The tokens directly below, for a walk during which they must not change. */
  walked(): Iterable<JToken> {
    return this.children
  }

  get root(): JToken {
    return this.parent?.root ?? this
  }

  /** The place of this token among its siblings, -1 without a parent. */
  get index(): number {
    return this.parent?.children.indexOf(this) ?? -1
  }

  sibling(distance: 1 | -1): JToken | null {
    return this.parent?.children[this.index + distance] ?? null
  }

  /** `a.b[0]`; names that are not plain stand in brackets. */
  get path(): string {
    if (this.parent === null) return ''
    const chain: JToken[] = []
    for (let token: JToken | null = this; token !== null; token = token.parent) chain.push(token)
    return chain.reduceRight((path, token) => pathWith(path, token), '')
  }

  /** Keeps where a reader met it. */
  setPlace(line: number, linePosition: number): void {
    this.line = line
    this.linePosition = linePosition
  }

  /** Takes this token out of its parent. */
  remove(): void {
    if (this.parent === null) throw invalidOperation('The parent is missing.')
    this.parent.removeChild(this)
  }

  /** Puts another token in this one's place. */
  replace(token: JToken): void {
    if (this.parent === null) throw invalidOperation('The parent is missing.')
    this.parent.replaceChild(this, token)
  }
}

function pathWith(path: string, token: JToken): string {
  if (token instanceof JProperty) return pathWithName(path, token.name)
  return token.parent instanceof JList ? `${path}[${token.index}]` : path
}

/** A scalar. */
export class JValue extends JToken {
  static readonly clrName: string = 'Newtonsoft.Json.Linq.JValue'
  #type: TokenType
  #value: JsonScalar
  #valueType: Type | undefined

  /** @param valueType the .NET type of the value, where it is none that JSON is read as: an int, a float */
  constructor(value: JsonScalar, type: TokenType = scalarType(value), valueType?: Type) {
    super()
    this.#value = value
    this.#type = type
    this.#valueType = valueType
  }

  get valueType(): Type | undefined {
    return this.#valueType
  }

  get value(): JsonScalar {
    return this.#value
  }

  set value(value: JsonScalar) {
    this.#value = value
    this.#type = scalarType(value)
    this.#valueType = undefined
  }

  get tokenType(): TokenType {
    return this.#type
  }

  /** Becomes the value of another token, as if it had been written here. */
  take(other: JValue): void {
    this.#value = other.#value
    this.#type = other.#type
    this.#valueType = other.#valueType
  }

  clone(): JValue {
    return new JValue(this.#value, this.#type, this.#valueType)
  }
}

/** Text that is written as it is. */
export class JRaw extends JValue {
  static override readonly clrName: string = 'Newtonsoft.Json.Linq.JRaw'

  constructor(value: JsonScalar) {
    super(value, tokenTypes.raw)
  }

  override clone(): JRaw {
    return new JRaw(this.value)
  }
}

function scalarType(value: JsonScalar): TokenType {
  switch (typeof value) {
    case 'string':
      return tokenTypes.string
    case 'boolean':
      return tokenTypes.boolean
    case 'bigint':
      return tokenTypes.integer
    case 'number':
      return tokenTypes.float
    default:
      return objectType(value)
  }
}

function objectType(value: Exclude<JsonScalar, string | boolean | bigint | number>): TokenType {
  if (value === null) return tokenTypes.null
  if (value instanceof Decimal) return tokenTypes.float
  if (value instanceof DateTime || value instanceof DateTimeOffset) return tokenTypes.date
  if (value instanceof Guid) return tokenTypes.guid
  if (value instanceof TimeSpan) return tokenTypes.timeSpan
  return value instanceof ClrUri ? tokenTypes.uri : tokenTypes.bytes
}

/** A token that holds others. A token which already stands somewhere is copied when it is put elsewhere. */
export abstract class JContainer extends JToken {
  /** Counts the changes to what stands directly below. */
  protected version = 0

  override walked(): Iterable<JToken> {
    return guarded(this.children, () => this.version)
  }

  /** Whether something stands directly below. */
  abstract get hasContent(): boolean

  abstract removeChild(child: JToken): void
  abstract replaceChild(child: JToken, replacement: JToken): void
  /** Puts a token before the child at `index`, or at the end. */
  abstract insert(index: number, token: JToken): void
  abstract clear(): void

  add(token: JToken): void {
    this.insert(this.children.length, token)
  }

  /** Makes the token a child of this container, as itself or as a copy. */
  protected adopt<T extends JToken>(token: T): T
  protected adopt(token: JToken): JToken {
    const isElsewhere =
      token.parent !== null ||
      token === this ||
      (token instanceof JContainer && token.hasContent && this.root === token)
    const own = isElsewhere ? token.clone() : token
    own.parent = this
    return own
  }

  /** All tokens below, in the order of the document. */
  *descendants(): IterableIterator<JToken> {
    for (const child of this.walked()) {
      yield child
      if (child instanceof JContainer) yield* child.descendants()
    }
  }
}

/** A name with its value, the child of an object. */
export class JProperty extends JContainer {
  static readonly clrName = 'Newtonsoft.Json.Linq.JProperty'
  #value: JToken | undefined

  /** @param value undefined: it is still to come */
  constructor(
    readonly name: string,
    value?: JToken,
  ) {
    super()
    if (value !== undefined) this.value = value
  }

  get tokenType(): TokenType {
    return tokenTypes.property
  }

  get value(): JToken {
    return (this.#value ??= this.adopt(new JValue(null)))
  }

  set value(token: JToken) {
    if (token === this.#value) return
    if (token instanceof JProperty) throw cannotAdd(token, this)
    const adopted = this.adopt(token)
    if (this.#value !== undefined) this.#value.parent = null
    this.#value = adopted
  }

  override get children(): readonly JToken[] {
    return this.#value === undefined ? [] : [this.#value]
  }

  get hasContent(): boolean {
    return this.#value !== undefined
  }

  clone(): JProperty {
    return new JProperty(this.name, this.#value?.clone())
  }

  removeChild(): void {
    throw jsonException('Cannot add or remove items from Newtonsoft.Json.Linq.JProperty.')
  }

  replaceChild(_child: JToken, replacement: JToken): void {
    this.value = replacement
  }

  insert(_index: number, token: JToken): void {
    if (this.#value !== undefined) throw jsonException('Newtonsoft.Json.Linq.JProperty cannot have multiple values.')
    this.value = token
  }

  clear(): void {
    throw jsonException('Cannot add or remove items from Newtonsoft.Json.Linq.JProperty.')
  }
}

/** An object; properties keep the order in which they came. */
export class JObject extends JContainer {
  static readonly clrName = 'Newtonsoft.Json.Linq.JObject'
  readonly #properties = new Map<string, JProperty>()

  get tokenType(): TokenType {
    return tokenTypes.object
  }

  get properties(): readonly JProperty[] {
    return [...this.#properties.values()]
  }

  get count(): number {
    return this.#properties.size
  }

  override get children(): readonly JToken[] {
    return this.properties
  }

  get hasContent(): boolean {
    return this.#properties.size > 0
  }

  property(name: string): JProperty | undefined {
    return this.#properties.get(name)
  }

  get(name: string): JToken | undefined {
    return this.#properties.get(name)?.value
  }

  /** Puts a property in the place of the one of its name, or at the end. */
  put(property: JProperty): void {
    const known = this.#properties.get(property.name)
    if (known !== undefined) known.parent = null
    this.#add(property)
  }

  /** Replaces the value under a name, or adds a property. */
  set(name: string, value: JToken): void {
    const known = this.#properties.get(name)
    if (known === undefined) this.#add(new JProperty(name, value))
    else known.value = value
  }

  /** @throws DotNetException ArgumentException when the name is taken */
  addProperty(property: JProperty): void {
    if (this.#properties.has(property.name)) {
      throw argumentException(
        `Can not add property ${property.name} to Newtonsoft.Json.Linq.JObject. Property with the same name already exists on object.`,
      )
    }
    this.#add(property)
  }

  #add(property: JProperty): void {
    const own = this.adopt(property)
    this.version++
    this.#properties.set(own.name, own)
  }

  removeProperty(name: string): boolean {
    const property = this.#properties.get(name)
    if (property === undefined) return false
    property.parent = null
    this.version++
    return this.#properties.delete(name)
  }

  insert(index: number, token: JToken): void {
    if (!(token instanceof JProperty)) throw cannotAdd(token, this)
    const after = this.properties.slice(index)
    this.addProperty(token)
    for (const property of after) {
      this.#properties.delete(property.name)
      this.#properties.set(property.name, property)
    }
  }

  removeChild(child: JToken): void {
    if (child instanceof JProperty) this.removeProperty(child.name)
  }

  replaceChild(child: JToken, replacement: JToken): void {
    const index = this.children.indexOf(child)
    this.removeChild(child)
    this.insert(index, replacement)
  }

  clear(): void {
    for (const property of this.#properties.values()) property.parent = null
    this.version++
    this.#properties.clear()
  }

  clone(): JObject {
    const copy = new JObject()
    for (const property of this.#properties.values()) copy.addProperty(property.clone())
    return copy
  }
}

/** Tokens in order. */
export abstract class JList extends JContainer {
  readonly #items: JToken[] = []

  get count(): number {
    return this.#items.length
  }

  override get children(): readonly JToken[] {
    return this.#items
  }

  get hasContent(): boolean {
    return this.#items.length > 0
  }

  /** @throws DotNetException ArgumentOutOfRangeException */
  at(index: number): JToken {
    const item = this.#items[index]
    if (item === undefined) throw outOfRange()
    return item
  }

  setAt(index: number, token: JToken): void {
    if (index < 0) throw argumentOutOfRange('index', 'Index is less than 0.')
    if (index >= this.count) throw argumentOutOfRange('index', 'Index is equal to or greater than Count.')
    const old = this.at(index)
    this.version++
    this.#items[index] = this.adopt(token)
    old.parent = null
  }

  insert(index: number, token: JToken): void {
    if (index < 0) throw outOfRange()
    if (index > this.#items.length) throw argumentOutOfRange('index', 'Index must be within the bounds of the List.')
    if (token instanceof JProperty) throw cannotAdd(token, this)
    this.version++
    if (index === this.#items.length) this.#items.push(this.adopt(token))
    else this.#items.splice(index, 0, this.adopt(token))
  }

  removeAt(index: number): void {
    if (index < 0) throw argumentOutOfRange('index', 'Index is less than 0.')
    if (index >= this.count) throw argumentOutOfRange('index', 'Index is equal to or greater than Count.')
    this.at(index).parent = null
    this.version++
    this.#items.splice(index, 1)
  }

  removeChild(child: JToken): void {
    this.removeAt(this.#items.indexOf(child))
  }

  replaceChild(child: JToken, replacement: JToken): void {
    this.setAt(this.#items.indexOf(child), replacement)
  }

  clear(): void {
    for (const item of this.#items) item.parent = null
    this.version++
    this.#items.length = 0
  }

  protected copyInto<T extends JList>(copy: T): T {
    for (const item of this.#items) copy.add(item.clone())
    return copy
  }
}

/** An array. */
export class JArray extends JList {
  static readonly clrName = 'Newtonsoft.Json.Linq.JArray'

  get tokenType(): TokenType {
    return tokenTypes.array
  }

  clone(): JArray {
    return this.copyInto(new JArray())
  }
}

/** `new Date(1234)`: a constructor with its arguments. */
export class JConstructor extends JList {
  static readonly clrName = 'Newtonsoft.Json.Linq.JConstructor'

  constructor(public name: string | null) {
    super()
  }

  get tokenType(): TokenType {
    return tokenTypes.constructor
  }

  clone(): JConstructor {
    return this.copyInto(new JConstructor(this.name))
  }
}

function outOfRange(): Error {
  return argumentOutOfRange(
    'index',
    'Index was out of range. Must be non-negative and less than the size of the collection.',
  )
}

function cannotAdd(token: JToken, container: JContainer): Error {
  const name = (of: JToken): string => (of.constructor as typeof JArray).clrName
  return argumentException(`Can not add ${name(token)} to ${name(container)}.`)
}

function jsonException(message: string): Error {
  return new DotNetException('Newtonsoft.Json.JsonException', message)
}
