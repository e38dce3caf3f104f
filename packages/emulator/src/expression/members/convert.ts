import { reflectionName, type NumericType, type Type } from '@apim-kit/policy-dsl/expression'
import { numericConversion } from '../compile/numeric.js'
import { castToken } from '../json/convert.js'
import { JValue } from '../json/token.js'
import { checkBase, parseInBase } from '../text/number-base.js'
import {
  integerTypes,
  parseDecimal,
  parseDouble,
  parseInteger,
  parseSingle,
  type IntegerType,
} from '../text/number-parse.js'
import { now } from '../values/clock.js'
import { parseDateTime } from '../text/date-parse.js'
import { isValueType, types, typeOf } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { Decimal } from '../values/decimal.js'
import {
  argumentException,
  argumentNull,
  conversionOverflow,
  formatException,
  invalidCast,
  invalidCastMessage,
} from '../values/exceptions.js'
import { DateTime } from '../values/time.js'
import { toText, traitsOf } from '../values/traits.js'
import { TypeObject } from '../values/type-object.js'
import type { ClrValue } from '../values/value.js'
import { typeCode } from './common.js'
import { roundDouble } from './math.js'
import { base64Members } from './base64.js'
import { bound, membersOf, type Bound, type TypeMembers } from './members.js'
import { parseBoolean } from './string.js'

/** The kinds of values that Convert knows, by full name. */
const kinds: Readonly<Record<string, NumericType | 'bool' | 'string' | 'DateTime'>> = {
  'System.Boolean': 'bool',
  'System.Char': 'char',
  'System.SByte': 'sbyte',
  'System.Byte': 'byte',
  'System.Int16': 'short',
  'System.UInt16': 'ushort',
  'System.Int32': 'int',
  'System.UInt32': 'uint',
  'System.Int64': 'long',
  'System.UInt64': 'ulong',
  'System.Single': 'float',
  'System.Double': 'double',
  'System.Decimal': 'decimal',
  'System.String': 'string',
  'System.DateTime': 'DateTime',
}

type Kind = NumericType | 'bool' | 'string' | 'DateTime'

function cannotConvert(from: string, to: string): Error {
  return invalidCastMessage(`Invalid cast from '${from}' to '${to}'.`)
}

const names: Readonly<Record<Kind, string>> = {
  bool: 'Boolean',
  char: 'Char',
  sbyte: 'SByte',
  byte: 'Byte',
  short: 'Int16',
  ushort: 'UInt16',
  int: 'Int32',
  uint: 'UInt32',
  long: 'Int64',
  ulong: 'UInt64',
  float: 'Single',
  double: 'Double',
  decimal: 'Decimal',
  string: 'String',
  DateTime: 'DateTime',
}

/** A conversion as Convert does it: it rounds half to even and throws OverflowException, where a cast truncates and wraps. */
export function converter(from: Kind, to: Kind): (value: ClrValue) => ClrValue {
  if (from === to) return (value) => value
  if (to === 'string') return (value) => traitsOf(types().named(`System.${names[from]}`)).text(value)
  if (to === 'DateTime') return from === 'string' ? (value) => toDateTime(value as string | null) : failing(from, to)
  if (to === 'bool') return toBoolean(from)
  if (to === 'char') return toChar(from)
  return toNumber(from, to)
}

function failing(from: Kind, to: Kind): () => never {
  return () => {
    throw cannotConvert(names[from], names[to])
  }
}

function toBoolean(from: Kind): (value: ClrValue) => ClrValue {
  if (from === 'char' || from === 'DateTime') return failing(from, 'bool')
  if (from === 'decimal') return (value) => !(value as Decimal).equals(Decimal.zero)
  if (from !== 'string') return (value) => value !== 0 && value !== 0n
  return (value) => {
    if (value === null) return false
    const result = parseBoolean(value as string)
    if (result === undefined) throw formatException('String was not recognized as a valid Boolean.')
    return result
  }
}

function toChar(from: Kind): (value: ClrValue) => ClrValue {
  if (from === 'bool' || from === 'DateTime' || from === 'float' || from === 'double' || from === 'decimal')
    return failing(from, 'char')
  if (from !== 'string') return inRange('char')
  return (value) => {
    if (value === null) throw argumentNull('value')
    if ((value as string).length !== 1) throw formatException('String must be exactly one character long.')
    return (value as string).charCodeAt(0)
  }
}

function toNumber(from: Kind, to: NumericType): (value: ClrValue) => ClrValue {
  if (from === 'DateTime') return failing(from, to)
  if (from === 'char' && (to === 'float' || to === 'double' || to === 'decimal')) return failing(from, to)
  if (from === 'string') return (value) => (value === null ? zeroOf(to) : parseAs(value as string, to))
  if (from === 'bool') return (value) => numericConversion('int', to, false)(value === true ? 1 : 0)
  if (to === 'float' || to === 'double' || to === 'decimal') return numericConversion(from, to, true)
  if (from === 'decimal') return (value) => inRange(to)((value as Decimal).round().toBigInt())
  return from === 'float' || from === 'double' ? (value) => roundedInRange(value as number, to) : inRange(to)
}

function zeroOf(to: NumericType): ClrValue {
  return to === 'decimal' ? Decimal.zero : to === 'long' || to === 'ulong' ? 0n : 0
}

function parseAs(text: string, to: NumericType): ClrValue {
  if (to === 'decimal') return parseDecimal(text)
  if (to === 'double') return parseDouble(text)
  if (to === 'float') return parseSingle(text)
  const value = parseInteger(text, to)
  return to === 'long' || to === 'ulong' ? value : Number(value)
}

function roundedInRange(value: number, to: IntegerType): ClrValue {
  const rounded = roundDouble(value, 0, 'even')
  if (to === 'long' || to === 'ulong') return numericConversion('double', to, true)(rounded)
  // What is shorter than an int is made of one.
  if (to !== 'uint' && !(rounded >= -2147483648 && rounded <= 2147483647)) throw conversionOverflow('an Int32')
  if (!Number.isFinite(rounded)) throw conversionOverflow(integerTypes[to].words)
  return inRange(to)(BigInt(rounded))
}

/** An integer in the form of a type, or OverflowException. */
function inRange(to: IntegerType): (value: ClrValue) => ClrValue {
  const { minimum, maximum, words } = integerTypes[to]
  const big = to === 'long' || to === 'ulong'
  return (value) => {
    const exact = BigInt(value as number | bigint)
    if (exact < minimum || exact > maximum) throw conversionOverflow(words)
    return big ? exact : Number(exact)
  }
}

const zeros: Readonly<Partial<Record<Kind, ClrValue>>> = {
  bool: false,
  DateTime: DateTime.minValue,
  decimal: Decimal.zero,
  long: 0n,
  ulong: 0n,
  string: null,
}

/** A value in object form converted to a type: what the overloads with an object do. */
export function convertObject(value: ClrValue, to: Type): ClrValue {
  const kind = kinds[to.id]
  if (kind === undefined)
    throw cannotConvert(value === null ? 'null' : reflectionName(typeOf(value)), reflectionName(to))
  if (value === null) return zeros[kind] === undefined ? 0 : (zeros[kind] ?? null)
  if (kind === 'string' && typeof value !== 'string') return toText(value)
  if (!isConvertible(value)) throw invalidCast(reflectionName(typeOf(value)), 'System.IConvertible')
  return convertConvertible(value, kind, to)
}

/** Whether a value is an IConvertible: numbers, texts, dates, enums, and a JValue by its casts. */
function isConvertible(value: ClrValue): value is string | Boxed | JValue {
  return (
    typeof value === 'string' || value instanceof JValue || (value instanceof Boxed && kindOf(value.type) !== undefined)
  )
}

function convertConvertible(value: string | Boxed | JValue, kind: Kind, to: Type): ClrValue {
  if (kind === 'string') return toText(value)
  if (typeof value === 'string') return converter('string', kind)(value)
  if (value instanceof JValue) return castToken(value, to)
  const source = kindOf(value.type) ?? 'int'
  if (kind === 'DateTime' && isEnum(value.type)) throw cannotConvert('Enum', 'DateTime')
  return converter(source, kind)(value.value)
}

const isEnum = (type: Type): boolean => type.kind === 'named' && type.definition.kind === 'enum'

function kindOf(type: Type): Kind | undefined {
  return kinds[type.id] ?? (isEnum(type) ? 'int' : undefined)
}

/** One `ToX` in all its overloads. */
function conversion(to: Kind): Bound {
  return bound(({ member: { parameters } }) => {
    const from = parameters[0]?.type
    const based = parameters[1]?.type.id === 'System.Int32'
    if (based) return (text: string | null, base: number) => fromBase(text, base, to as IntegerType)
    const kind = from === undefined ? undefined : kinds[from.id]
    const target = types().named(`System.${names[to]}`)
    return kind === undefined ? (value: ClrValue) => convertObject(value, target) : converter(kind, to)
  })
}

/** Reads a number in base 2, 8, 10 or 16. */
function fromBase(text: string | null, base: number, to: IntegerType): ClrValue {
  checkBase(base)
  if (text === null) return zeroOf(to)
  const value = parseInBase(text, base, to)
  return to === 'long' || to === 'ulong' ? value : Number(value)
}

const bitsOf: Readonly<Record<string, number>> = {
  'System.Byte': 8,
  'System.Int16': 16,
  'System.Int32': 32,
  'System.Int64': 64,
}

/** `ToString` of anything, and of an integer in a base. */
const toStringMember = bound(({ member: { parameters } }) => {
  const type = parameters[0]?.type ?? types().special.object
  if (parameters[1]?.type.id === 'System.Int32') {
    const bits = bitsOf[type.id] ?? 32
    return (value: number | bigint, base: number) => {
      checkBase(base)
      return (base === 10 ? BigInt(value) : BigInt.asUintN(bits, BigInt(value))).toString(base)
    }
  }
  if (type.id === 'System.String') return (value: string | null) => value
  const traits = traitsOf(type)
  return (value: ClrValue) => traits.text(value)
})

function toDateTime(text: string | null): DateTime {
  return text === null ? DateTime.minValue : parseDateTime(text, now())
}

/** `ChangeType`: numbers, texts and dates become each other, everything else stays what it is or fails. */
function changeType(value: ClrValue, type: TypeObject | null): ClrValue {
  if (type === null) throw argumentNull('conversionType')
  const { target } = type
  if (value === null) {
    if (isValueType(target)) throw invalidCastMessage('Null object cannot be converted to a value type.')
    return null
  }
  if (typeOf(value).id === target.id) return value
  if (!isConvertible(value)) throw notConvertible()
  if (target === types().special.object) return value
  const kind = kinds[target.id]
  if (kind === undefined) throw cannotConvert(reflectionName(typeOf(value)), reflectionName(target))
  const converted = convertConvertible(value, kind, target)
  return kind === 'string' ? converted : new Boxed(target, converted)
}

function notConvertible(): Error {
  return invalidCastMessage('Object must implement IConvertible.')
}

const codeOf = (type: Type): number => typeCode(isEnum(type) ? 'System.Int32' : type.id)

const byCode = new Map(Object.keys(kinds).map((id) => [typeCode(id), id]))

export const convertMembers: readonly TypeMembers[] = [
  membersOf('System.Convert', () => ({
    ToBoolean: conversion('bool'),
    ToByte: conversion('byte'),
    ToSByte: conversion('sbyte'),
    ToInt16: conversion('short'),
    ToUInt16: conversion('ushort'),
    ToInt32: conversion('int'),
    ToUInt32: conversion('uint'),
    ToInt64: conversion('long'),
    ToUInt64: conversion('ulong'),
    ToSingle: conversion('float'),
    ToDouble: conversion('double'),
    ToDecimal: conversion('decimal'),
    ToChar: conversion('char'),
    ToDateTime: conversion('DateTime'),
    ToString: toStringMember,
    ...base64Members(),
    'ChangeType(object,TypeCode)': (value: ClrValue, code: number) => changeToCode(value, code),
    'ChangeType(object,TypeCode,IFormatProvider)': (value: ClrValue, code: number) => changeToCode(value, code),
    ChangeType: changeType,
    GetTypeCode: (value: ClrValue) => (value === null ? 0 : codeOf(typeOf(value))),
    IsDBNull: () => false,
  })),
  membersOf('System.IConvertible', () => ({
    ToType: changeType,
    GetTypeCode: (value: ClrValue) => (value === null ? 0 : codeOf(typeOf(value))),
    ...Object.fromEntries(
      Object.values(names).map((name) => [
        `To${name}`,
        (value: ClrValue) => convertObject(value, types().named(`System.${name}`)),
      ]),
    ),
  })),
]

/** `ChangeType` with a TypeCode; 0 is Empty, 1 Object, 2 DBNull. */
function changeToCode(value: ClrValue, code: number): ClrValue {
  const id = byCode.get(code)
  if (value === null && (code === 0 || code === 1 || id === 'System.String')) return null
  if (value === null || !isConvertible(value)) throw notConvertible()
  if (code === 1) return value
  if (id !== undefined) return changeType(value, new TypeObject(types().named(id)))
  if (code === 0 || code === 2) throw invalidCastMessage(`Object cannot be cast to ${code === 0 ? 'Empty' : 'DBNull'}.`)
  throw argumentException('Unknown TypeCode value.')
}
