import type { Type } from '@apim-kit/policy-dsl/expression'
import type { Cell } from '../compile/frame.js'
import { castToken, scalarObject, tokenValue } from '../json/convert.js'
import {
  contentToken,
  contentTokens,
  scalarOf,
  scalarToken,
  singleScalar,
  tokenFromObject,
} from '../json/from-object.js'
import { mergeInto, type MergeSettings } from '../json/merge.js'
import { pairsOf } from '../json/pairs.js'
import { selectToken, tokenSelector } from '../json/path.js'
import type { JsonReader } from '../json/json-reader.js'
import { load, parseJson, type LoadSubject } from '../json/load.js'
import { compareScalars, deepEquals, equalScalars, scalarKey } from '../json/scalar.js'
import { tokenText } from '../json/text.js'
import { asObject, checkedCast, tokenToObject } from '../json/to-object.js'
import {
  JArray,
  JConstructor,
  JContainer,
  JObject,
  JProperty,
  JRaw,
  type JsonScalar,
  JToken,
  JValue,
  tokenTypeNames,
  tokenTypes,
} from '../json/token.js'
import { JTokenReader } from '../json/token-reader.js'
import { writeJson } from '../json/writer.js'
import { equalStrings } from '../text/compare.js'
import { isInstance, types, typeName } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { elementsOf } from '../compile/walk.js'
import { Sequence, type ClrArray } from '../values/collections.js'
import type { DotNetException } from '../values/exception.js'
import {
  argumentException,
  argumentNull,
  argumentOutOfRange,
  invalidOperation,
  nullReference,
} from '../values/exceptions.js'
import { hashCode } from '../values/hash.js'
import { toText } from '../values/traits.js'
import type { TypeObject } from '../values/type-object.js'
import type { ClrValue } from '../values/value.js'
import { Walker } from '../values/walker.js'
import { objectSettings, SerializerSettings } from './json-convert.js'
import { bound, membersOf, type MemberTable, type TypeMembers } from './members.js'

const tokenType = (): Type => types().named('Newtonsoft.Json.Linq.JToken')

/** A sequence of tokens. */
export function tokens(walk: () => Iterator<JToken>, type: Type = tokenType()): Sequence {
  return new Sequence(type, walk)
}

const listed = (items: readonly JToken[], type?: Type): Sequence => tokens(() => items[Symbol.iterator](), type)

/** `token[key]`: a name into an object, an index into an array. */
function item(token: JToken, key: ClrValue): JToken | null {
  if (token instanceof JObject) {
    if (typeof key !== 'string') throw wrongKey(key, 'property name')
    return token.get(key) ?? null
  }
  if (token instanceof JArray) return token.at(indexOf(key))
  if (token instanceof JConstructor) return token.at(argumentIndex(key))
  throw noChildren(token)
}

const noChildren = (token: JToken): DotNetException =>
  invalidOperation(`Cannot access child value on ${typeName(token)}.`)

function argumentIndex(key: ClrValue): number {
  if (typeof key === 'number') return key
  if (key instanceof Boxed && key.type.id === 'System.Int32') return key.value as number
  const text = key === null ? 'null' : typeof key === 'string' ? `"${key}"` : toText(key)
  throw argumentException(
    `Accessed JConstructor values with invalid key value: ${text}. Argument position index expected.`,
  )
}

function setItem(token: JToken, key: ClrValue, value: JToken | null): void {
  const content = value ?? new JValue(null)
  if (token instanceof JObject) {
    if (typeof key !== 'string') throw wrongKey(key, 'property name', 'Set')
    token.set(key, content)
  } else if (token instanceof JArray) token.setAt(indexOf(key, 'Set'), content)
  else if (token instanceof JConstructor) token.setAt(argumentIndex(key), content)
  else throw invalidOperation(`Cannot set child value on ${typeName(token)}.`)
}

function indexOf(key: ClrValue, verb: 'Accessed' | 'Set' = 'Accessed'): number {
  if (typeof key === 'number') return key
  if (key instanceof Boxed && key.type.id === 'System.Int32') return key.value as number
  throw wrongKey(key, 'array index', verb)
}

function wrongKey(
  key: ClrValue,
  wanted: 'property name' | 'array index',
  verb: 'Accessed' | 'Set' = 'Accessed',
): DotNetException {
  const word = wanted === 'array index' ? 'JArray' : 'JObject'
  const text = key === null ? 'null' : typeof key === 'string' ? `"${key}"` : toText(key)
  return argumentException(
    `${verb} ${word} values with invalid key value: ${text}. ${wanted === 'array index' ? 'Int32 array index' : 'Object property name'} expected.`,
  )
}

/** Content as `Add` and `AddAfterSelf` take it, before or behind a place. */
function insertAll(parent: JContainer | null, index: number, content: ClrValue): void {
  if (parent === null) throw invalidOperation('The parent is missing.')
  contentTokens(content).forEach((token, offset) => parent.insert(index + offset, token))
}

function addContent(target: JContainer, content: ClrValue): void {
  if (target instanceof JObject) addToObject(target, content)
  else for (const token of contentTokens(content)) target.add(token)
}

function addToObject(target: JObject, content: ClrValue): void {
  for (const token of contentTokens(content)) target.add(token)
}

/** All arguments of a constructor with `params object[]`. */
function contentList(content: ClrArray | null): readonly ClrValue[] {
  return content === null ? [null] : content.items
}

const toJToken = bound(({ member: { parameters } }) => {
  const type = parameters[0]?.type ?? types().special.object
  const element = types().nullableElement(type) ?? type
  const valueType = element.id === 'System.Single' ? element : undefined
  // A string that is null stays a string.
  const kind = element.id === 'System.String' ? tokenTypes.string : undefined
  return (value: ClrValue) => new JValue(scalarOfType(value, element), kind, valueType)
})

/** A value of a scalar type as a token holds it. */
function scalarOfType(value: ClrValue, type: Type): JsonScalar {
  if (value === null) return null
  switch (type.id) {
    case 'System.Char':
      return String.fromCharCode(value as number)
    case 'System.Double':
      return value as number
    case 'System.Single':
      return singleScalar(value as number)
    default:
      return typeof value === 'number' ? BigInt(value) : (value as JsonScalar)
  }
}

const token = (): MemberTable => ({
  Parse: (text: string | null) => parseJson(text),
  ReadFrom: (reader: JsonReader | null) => loaded(reader, 'JToken'),
  Load: (reader: JsonReader | null) => loaded(reader, 'JToken'),
  CreateReader: (self: JToken) => new JTokenReader(self, new SerializerSettings()),
  FromObject: (value: ClrValue, settings: SerializerSettings | null = null) => fromObject(value, settings),
  DeepEquals: deepEquals,
  Item: item,
  'Item=': setItem,
  Parent: (self: JToken) => self.parent,
  Root: (self: JToken) => self.root,
  Type: (self: JToken) => self.tokenType,
  Next: (self: JToken) => self.sibling(1),
  Previous: (self: JToken) => self.sibling(-1),
  First: (self: JToken) => firstChild(self),
  Last: (self: JToken) => lastChild(self),
  HasValues: (self: JToken) => self.children.length > 0,
  Path: (self: JToken) => self.path,
  'Children()': (self: JToken) => tokens(() => self.walked()[Symbol.iterator]()),
  'Children<T>()': bound(({ typeArguments: [type] }) => (self: JToken) => {
    const wanted = type ?? tokenType()
    return tokens(() => self.children.filter((child) => isInstance(child, wanted))[Symbol.iterator](), wanted)
  }),
  Ancestors: (self: JToken) => listed(ancestors(self)),
  AncestorsAndSelf: (self: JToken) => listed([self, ...ancestors(self)]),
  AfterSelf: (self: JToken) => listed(self.parent?.children.slice(self.index + 1) ?? []),
  BeforeSelf: (self: JToken) =>
    tokens(() => {
      if (self.parent === null) throw nullReference()
      return self.parent.children.slice(0, self.index)[Symbol.iterator]()
    }),
  Values: bound(({ typeArguments: [type = tokenType()] }) => (self: JToken) => {
    if (!(self instanceof JContainer)) throw noChildren(self)
    return valuesAs(self.children, type)
  }),
  Value: bound(
    ({ typeArguments: [type = tokenType()] }) =>
      (self: JToken, key: ClrValue) =>
        tokenValue(item(self, key), type),
  ),
  SelectToken: (self: JToken, path: string | null, errorWhenNoMatch = false) =>
    selectToken(self, path, errorWhenNoMatch),
  SelectTokens: (self: JToken, path: string | null, errorWhenNoMatch = false) => {
    const select = tokenSelector(path, errorWhenNoMatch)
    return tokens(() => select(self)[Symbol.iterator]())
  },
  'ToObject(Type)': (self: JToken, { target }: TypeObject) => asObject(tokenToObject(self, target), target),
  ToObject: bound(
    ({ typeArguments: [type = tokenType()] }) =>
      (self: JToken) =>
        toObject(self, type),
  ),
  DeepClone: (self: JToken) => self.clone(),
  AddAfterSelf: (self: JToken, content: ClrValue) => insertAll(self.parent, self.index + 1, content),
  AddBeforeSelf: (self: JToken, content: ClrValue) => insertAll(self.parent, self.index, content),
  Remove: (self: JToken) => self.remove(),
  Replace: (self: JToken, other: JToken | null) => self.replace(other ?? new JValue(null)),
  'ToString()': (self: JToken) => tokenText(self),
  'ToString(Formatting,JsonConverter[])': (self: JToken, formatting: number) => writeJson(self, formatting === 1),
  op_Implicit: toJToken,
  op_Explicit: bound(
    ({ member: { type } }) =>
      (self: JToken | null) =>
        castToken(self, type),
  ),
})

function loaded(reader: JsonReader | null, subject: LoadSubject): JToken {
  if (reader === null) throw argumentNull('reader')
  return load(reader, subject)
}

/** `ToObject<T>`, with the cast at its end. */
function toObject(self: JToken, type: Type): ClrValue {
  return checkedCast(tokenToObject(self, type), type)
}

export function fromObject(value: ClrValue, settings?: SerializerSettings | null): JToken {
  if (value === null) throw argumentNull('o')
  return withoutUndefined(tokenFromObject(value, objectSettings(settings ?? null)))
}

/** A tree as a writer of tokens makes it: what is undefined becomes null. */
function withoutUndefined(token: JToken): JToken {
  if (token.tokenType === tokenTypes.undefined) return new JValue(null)
  for (const child of token.children) {
    const own = withoutUndefined(child)
    if (own !== child) child.replace(own)
  }
  return token
}

function ancestors(self: JToken): JToken[] {
  const result: JToken[] = []
  for (let token = self.parent; token !== null; token = token.parent) result.push(token)
  return result
}

function firstChild(self: JToken): JToken | null {
  if (!(self instanceof JContainer)) throw noChildren(self)
  return self.children[0] ?? null
}

function lastChild(self: JToken): JToken | null {
  if (!(self instanceof JContainer)) throw noChildren(self)
  return self.children.at(-1) ?? null
}

function valuesAs(items: Iterable<JToken>, type: Type): Sequence {
  return new Sequence(type, function* () {
    for (const child of items) yield tokenValue(child, type)
  })
}

const container = (): MemberTable => ({
  Count: (self: JContainer) => self.children.length,
  Add: addContent,
  AddFirst: (self: JContainer, content: ClrValue) => insertAll(self, 0, content),
  Descendants: (self: JContainer) => tokens(() => self.descendants()),
  DescendantsAndSelf: (self: JContainer) => listed([self, ...self.descendants()]),
  Merge: (self: JContainer, content: ClrValue, settings: MergeSettings | null = null) => {
    mergeInto(self, content, settings ?? { arrays: 0, nulls: 0 })
  },
  RemoveAll: (self: JContainer) => self.clear(),
  ReplaceAll: (self: JContainer, content: ClrValue) => {
    self.clear()
    addContent(self, content)
  },
})

function objectOf(contents: readonly ClrValue[]): JObject {
  const result = new JObject()
  for (const content of contents) if (content !== null) addToObject(result, content)
  return result
}

function propertyIgnoringCase(self: JObject, name: string | null, comparison: number): JToken | null {
  if (name === null) return null
  const exact = self.get(name)
  return exact ?? self.properties.find((property) => equalStrings(property.name, name, comparison))?.value ?? null
}

function found(value: JToken | null | undefined, result: Cell): boolean {
  result.value = value ?? null
  return value !== null && value !== undefined
}

const object = (): MemberTable => ({
  '.ctor()': () => new JObject(),
  '.ctor(JObject)': (other: JObject) => other.clone(),
  '.ctor(object)': (content: ClrValue) => objectOf([content]),
  '.ctor(object[])': (contents: ClrArray | null) => objectOf(contents?.items ?? []),
  Parse: (text: string | null) => parseJson(text, 'JObject'),
  Load: (reader: JsonReader | null) => loaded(reader, 'JObject'),
  FromObject: (value: ClrValue, settings: SerializerSettings | null = null) => {
    const result = fromObject(value, settings)
    if (!(result instanceof JObject)) {
      throw argumentException(
        `Object serialized to ${tokenTypeNames[result.tokenType] ?? ''}. JObject instance expected.`,
      )
    }
    return result
  },
  'Item(object)': item,
  'Item(object)=': setItem,
  'Item(string)': (self: JObject, name: string | null) => self.get(nameOf(name)) ?? null,
  'Item(string)=': (self: JObject, name: string | null, value: JToken | null) =>
    self.set(nameOf(name), value ?? new JValue(null)),
  Add: (self: JObject, name: string | null, value: JToken | null) => {
    self.addProperty(new JProperty(nameOf(name, 'name'), value ?? new JValue(null)))
  },
  'GetValue(string)': (self: JObject, name: string | null) => (name === null ? null : (self.get(name) ?? null)),
  'GetValue(string,StringComparison)': propertyIgnoringCase,
  Properties: (self: JObject) =>
    tokens(() => self.walked()[Symbol.iterator](), types().named('Newtonsoft.Json.Linq.JProperty')),
  Property: (self: JObject, name: string | null) => (name === null ? null : (self.property(name) ?? null)),
  PropertyValues: (self: JObject) => tokens(() => self.properties.map((property) => property.value)[Symbol.iterator]()),
  Remove: (self: JObject, name: string | null) => name !== null && self.removeProperty(name),
  'TryGetValue(string,JToken)': (self: JObject, name: string | null, result: Cell) =>
    found(name === null ? null : self.get(name), result),
  'TryGetValue(string,StringComparison,JToken)': (
    self: JObject,
    name: string | null,
    comparison: number,
    result: Cell,
  ) => found(propertyIgnoringCase(self, name, comparison), result),
  GetEnumerator: (self: JObject) => new Walker(pairsOf(self)),
})

function nameOf(name: string | null, parameter = 'propertyName'): string {
  if (name === null) throw argumentNull(parameter)
  return name
}

function arrayOf(contents: readonly ClrValue[]): JArray {
  const result = new JArray()
  for (const content of contents) {
    if (content instanceof JArray && contents.length > 1) result.add(content)
    else for (const token of contentTokens(content)) result.add(token)
  }
  return result
}

function arrayIndex(self: JArray, token: JToken | null): number {
  return self.children.findIndex((child) => child === token)
}

const array = (): MemberTable => ({
  '.ctor()': () => new JArray(),
  '.ctor(JArray)': (other: JArray) => other.clone(),
  '.ctor(object)': (content: ClrValue) => arrayOf([content]),
  '.ctor(object[])': (contents: ClrArray | null) => arrayOf(contentList(contents)),
  Parse: (text: string | null) => parseJson(text, 'JArray'),
  Load: (reader: JsonReader | null) => loaded(reader, 'JArray'),
  FromObject: (value: ClrValue, settings: SerializerSettings | null = null) => {
    const result = fromObject(value, settings)
    if (!(result instanceof JArray)) {
      throw argumentException(
        `Object serialized to ${tokenTypeNames[result.tokenType] ?? ''}. JArray instance expected.`,
      )
    }
    return result
  },
  Item: item,
  'Item=': setItem,
  IsReadOnly: () => false,
  Add: (self: JArray, token: JToken | null) => self.add(token ?? new JValue(null)),
  CopyTo: (self: JArray, target: ClrArray, index: number) => copyItems(self.children, target, index),
  Clear: (self: JArray) => self.clear(),
  Contains: (self: JArray, token: JToken | null) => arrayIndex(self, token) >= 0,
  IndexOf: arrayIndex,
  Insert: (self: JArray, index: number, token: JToken | null) => self.insert(index, token ?? new JValue(null)),
  Remove: (self: JArray, token: JToken | null) => {
    const index = arrayIndex(self, token)
    if (index >= 0) self.removeAt(index)
    return index >= 0
  },
  RemoveAt: (self: JArray, index: number) => self.removeAt(index),
  GetEnumerator: (self: JArray) => new Walker(elementsOf(self)),
})

function copyItems(items: readonly JToken[], target: ClrArray, index: number): void {
  if (index < 0) throw argumentOutOfRange('arrayIndex', 'arrayIndex is less than 0.')
  if (index + items.length > target.items.length) {
    throw argumentException(
      'The number of elements in the source JObject is greater than the available space from arrayIndex to the end of the destination array.',
    )
  }
  items.forEach((item, offset) => (target.items[index + offset] = item))
}

const constructor = (): MemberTable => ({
  '.ctor()': () => new JConstructor(null),
  '.ctor(JConstructor)': (other: JConstructor) => other.clone(),
  '.ctor(string)': (name: string | null) => constructorOf(name, []),
  '.ctor(string,object)': (name: string | null, content: ClrValue) => constructorOf(name, [content]),
  '.ctor(string,object[])': (name: string | null, contents: ClrArray | null) =>
    constructorOf(name, contentList(contents)),
  Name: (self: JConstructor) => self.name,
  'Name=': (self: JConstructor, name: string | null) => {
    self.name = name
  },
})

function constructorOf(name: string | null, contents: readonly ClrValue[]): JConstructor {
  if (name === null) throw argumentNull('name')
  if (name === '') throw argumentException('Constructor name cannot be empty.', 'name')
  const result = new JConstructor(name)
  for (const content of contents) addContent(result, content)
  return result
}

const raw = (): MemberTable => ({
  '.ctor(JRaw)': (other: JRaw) => other.clone(),
  '.ctor(object)': (content: ClrValue) => new JRaw(scalarOf(content) ?? null),
})

const property = (): MemberTable => ({
  '.ctor(JProperty)': (other: JProperty) => other.clone(),
  '.ctor(string,object)': (name: string | null, content: ClrValue) =>
    new JProperty(nameOf(name, 'name'), contentToken(content)),
  '.ctor(string,object[])': (name: string | null, contents: ClrArray | null) => {
    const [only] = contentList(contents)
    const single = contents === null || contents.items.length === 1
    return new JProperty(nameOf(name, 'name'), single ? contentToken(only ?? null) : arrayOf(contentList(contents)))
  },
  Name: (self: JProperty) => self.name,
  Value: (self: JProperty) => self.value,
  'Value=': (self: JProperty, value: JToken | null) => {
    self.value = value ?? new JValue(null)
  },
})

const value = (): MemberTable => ({
  '.ctor(JValue)': (other: JValue) => other.clone(),
  '.ctor(object)': (content: ClrValue) => objectScalar(content),
  '.ctor(string)': (text: string | null) => new JValue(text, tokenTypes.string),
  '.ctor': bound(
    ({ member: { parameters } }) =>
      (content: ClrValue) =>
        new JValue(scalarOfType(content, parameters[0]?.type ?? types().special.object)),
  ),
  CreateComment: (text: string | null) => new JValue(text, tokenTypes.comment),
  CreateString: (text: string | null) => new JValue(text, tokenTypes.string),
  CreateNull: () => new JValue(null),
  CreateUndefined: () => new JValue(null, tokenTypes.undefined),
  Value: (self: JValue) => scalarObject(self.value, self.valueType),
  'Value=': (self: JValue, content: ClrValue) => {
    self.take(objectScalar(content))
  },
  Equals: (self: JValue, other: ClrValue) => other instanceof JValue && equalScalars(self, other),
  GetHashCode: (self: JValue) => hashCode(scalarKey(self)),
  'ToString(string)': (self: JValue, format: string | null) => tokenText(self, format),
  'ToString(string,IFormatProvider)': (self: JValue, format: string | null) => tokenText(self, format),
  ToString: (self: JValue) => tokenText(self),
  CompareTo: (self: JValue, other: JValue | null) => (other === null ? 1 : compareScalars(self, other)),
})

function objectScalar(content: ClrValue): JValue {
  const scalar = scalarToken(content)
  if (scalar === undefined)
    throw argumentException(`Could not determine JSON object type for type ${typeName(content)}.`)
  return scalar
}

const walk = (source: ClrValue): Iterable<JToken> => {
  if (source === null) throw argumentNull('source')
  return onlyTokens(elementsOf(source))
}

/** C# lets nothing else through: these methods want a `T : JToken`. */
function* onlyTokens(source: Iterable<ClrValue>): Generator<JToken> {
  for (const value of source) {
    if (!(value instanceof JToken)) throw argumentException('Source value must be a JToken.')
    yield value
  }
}

function* each(source: ClrValue, more: (token: JToken) => Iterable<JToken>): Generator<JToken> {
  for (const token of walk(source)) yield* more(token)
}

/** The children, or with a key what stands under it. */
function* valuesOf(source: ClrValue, key: ClrValue | undefined): Generator<JToken> {
  for (const token of walk(source)) {
    if (key === undefined) {
      if (token instanceof JValue) yield token
      else for (const child of token.children) yield child instanceof JProperty ? child.value : child
    } else {
      const found = item(token, key)
      if (found !== null) yield found
    }
  }
}

const extensions = membersOf('Newtonsoft.Json.Linq.Extensions', () => ({
  Ancestors: (source: ClrValue) => tokens(() => each(source, ancestors)),
  AncestorsAndSelf: (source: ClrValue) => tokens(() => each(source, (token) => [token, ...ancestors(token)])),
  DescendantsAndSelf: (source: ClrValue) =>
    tokens(() => each(source, (token) => [token, ...(token instanceof JContainer ? token.descendants() : [])])),
  Descendants: (source: ClrValue) =>
    tokens(() => each(source, (token) => (token instanceof JContainer ? token.descendants() : []))),
  Properties: (source: ClrValue) =>
    tokens(
      () => each(source, (token) => (token instanceof JObject ? token.properties : [])),
      types().named('Newtonsoft.Json.Linq.JProperty'),
    ),
  Children: bound(
    ({ typeArguments: [, type = tokenType()] }) =>
      (source: ClrValue) =>
        tokens(() => each(source, (token) => token.children.filter((child) => isInstance(child, type))), type),
  ),
  'Values(IEnumerable<JToken>)': (source: ClrValue) => tokens(() => valuesOf(source, undefined)),
  'Values(IEnumerable<JToken>,object)': (source: ClrValue, key: ClrValue) => tokens(() => valuesOf(source, key)),
  Values: bound(
    ({ typeArguments: [type = tokenType()] }) =>
      (source: ClrValue, key?: ClrValue) =>
        new Sequence(type, function* () {
          for (const token of valuesOf(source, key)) yield tokenValue(token, type)
        }),
  ),
  Value: bound(({ typeArguments }) => (source: ClrValue) => {
    const type = typeArguments.at(-1) ?? tokenType()
    if (source === null) throw argumentNull('value')
    if (!(source instanceof JToken)) throw argumentException('Source value must be a JToken.')
    return tokenValue(source, type)
  }),
  AsJEnumerable: (source: ClrValue) => source,
}))

/** `sequence[key]`: what stands under the key in each token. */
const keyed = (source: ClrValue, key: ClrValue): Sequence => tokens(() => valuesOf(source, key))

export const jsonTokenMembers: readonly TypeMembers[] = [
  membersOf('Newtonsoft.Json.Linq.JToken', token),
  membersOf('Newtonsoft.Json.Linq.JContainer', container),
  membersOf('Newtonsoft.Json.Linq.JObject', object),
  membersOf('Newtonsoft.Json.Linq.JArray', array),
  membersOf('Newtonsoft.Json.Linq.JProperty', property),
  membersOf('Newtonsoft.Json.Linq.JConstructor', constructor),
  membersOf('Newtonsoft.Json.Linq.JRaw', raw),
  membersOf('Newtonsoft.Json.Linq.JValue', value),
  extensions,
  membersOf('Newtonsoft.Json.Linq.JEnumerable<T>', () => ({
    Item: keyed,
    GetEnumerator: (source: Sequence) => new Walker(source),
  })),
  membersOf('Newtonsoft.Json.Linq.IJEnumerable<T>', () => ({ Item: keyed })),
]
