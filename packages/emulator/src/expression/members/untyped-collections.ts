import { reflectionName, type Type } from '@apim-kit/policy-dsl/expression'
import { isInstance, isValueType, types } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { ClrArray, type ClrDictionary, ClrList, DictionaryPart, ReadOnlyList } from '../values/collections.js'
import { argumentException, argumentNull, listIndexOutOfRange, notSupported } from '../values/exceptions.js'
import { box, traitsOf } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import { at, insertAt, itemsOf, removeAt, setAt } from './collections.js'
import type { MemberTable } from './members.js'

const elementOf = (self: ClrValue): Type =>
  self instanceof ClrList || self instanceof ClrArray ? self.elementType : types().special.byte

/** An object as an element of a collection of that type; undefined where it is none. */
function asElement(value: ClrValue, type: Type): ClrValue | undefined {
  if (value === null) return !isValueType(type) || types().nullableElement(type) !== undefined ? null : undefined
  if (!isInstance(value, type)) return undefined
  return isValueType(type) && value instanceof Boxed ? value.value : value
}

/** @throws DotNetException ArgumentException when it is none */
function elementFrom(value: ClrValue, type: Type, parameter: string): ClrValue {
  const element = asElement(value, type)
  if (element !== undefined) return element
  if (value === null) throw argumentNull(parameter)
  const text = traitsOf(types().special.object).text(value)
  throw argumentException(
    `The value "${text}" is not of type "${reflectionName(type)}" and cannot be used in this generic collection.`,
    parameter,
  )
}

/** A list that can grow. @throws DotNetException NotSupportedException */
function growing(self: ClrValue): ClrList {
  if (self instanceof ClrList && !(self instanceof ReadOnlyList)) return self
  throw notSupported(self instanceof ReadOnlyList ? 'Collection is read-only.' : 'Collection was of a fixed size.')
}

function indexOf(self: ClrValue, value: ClrValue): number {
  const type = elementOf(self)
  const element = asElement(value, type)
  if (element === undefined) return -1
  return Array.from(itemsOf(self) as ClrValue[]).findIndex((item) => traitsOf(type).equals(item, element))
}

/** `IList`: a list or an array whose elements are seen as objects. */
export const untypedList = (): MemberTable => ({
  Item: (self: ClrValue, index: number) => box(elementOf(self), at(self, index)),
  'Item=': (self: ClrValue, index: number, value: ClrValue) => {
    if (index < 0) throw listIndexOutOfRange()
    setAt(self, index, elementFrom(value, elementOf(self), 'value'))
  },
  IsReadOnly: (self: ClrValue) => self instanceof ReadOnlyList,
  IsFixedSize: (self: ClrValue) => self instanceof ReadOnlyList || !(self instanceof ClrList),
  Add: (self: ClrValue, value: ClrValue) => {
    const list = growing(self)
    list.add(elementFrom(value, list.elementType, 'value'))
    return list.items.length - 1
  },
  Clear: (self: ClrValue) => {
    const list = growing(self)
    list.version++
    list.items.length = 0
  },
  Contains: (self: ClrValue, value: ClrValue) => indexOf(self, value) >= 0,
  IndexOf: indexOf,
  Insert: (self: ClrValue, index: number, value: ClrValue) => {
    const list = growing(self)
    insertAt(list, index, [elementFrom(value, list.elementType, 'value')])
  },
  Remove: (self: ClrValue, value: ClrValue) => {
    const index = indexOf(self, value)
    if (index >= 0) removeAt(growing(self), index)
  },
  RemoveAt: (self: ClrValue, index: number) => removeAt(growing(self), index),
})

/** `IDictionary`: a dictionary whose keys and values are seen as objects. A key of another type is no key of it. */
export const untypedDictionary = (): MemberTable => ({
  Item: (self: ClrDictionary, key: ClrValue) => {
    if (key === null) throw argumentNull('key')
    const own = asElement(key, self.keyType)
    const value = own === undefined ? undefined : self.find(own)
    return value === undefined ? null : box(self.valueType, value)
  },
  'Item=': (self: ClrDictionary, key: ClrValue, value: ClrValue) =>
    self.set(elementFrom(key, self.keyType, 'key'), elementFrom(value, self.valueType, 'value')),
  Keys: (self: ClrDictionary) => new DictionaryPart(partType(self, 'Key'), self.keyType, 'key', self),
  Values: (self: ClrDictionary) => new DictionaryPart(partType(self, 'Value'), self.valueType, 'value', self),
  Add: (self: ClrDictionary, key: ClrValue, value: ClrValue) =>
    self.add(elementFrom(key, self.keyType, 'key'), elementFrom(value, self.valueType, 'value')),
  Clear: (self: ClrDictionary) => self.clear(),
  Contains: (self: ClrDictionary, key: ClrValue) => {
    if (key === null) throw argumentNull('key')
    const own = asElement(key, self.keyType)
    return own !== undefined && self.find(own) !== undefined
  },
  Remove: (self: ClrDictionary, key: ClrValue) => {
    const own = asElement(key, self.keyType)
    if (own !== undefined) self.remove(own)
  },
})

const partType = (self: ClrDictionary, part: 'Key' | 'Value'): Type =>
  types().generic(`System.Collections.Generic.Dictionary.${part}Collection`, self.keyType, self.valueType)
