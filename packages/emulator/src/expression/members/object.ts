import { reflectionName, type Type } from '@apim-kit/policy-dsl/expression'
import { isValueType, typeOf, types } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { defaultOf } from '../values/defaults.js'
import { dispose } from '../values/disposable.js'
import { nullableHasNoValue, nullReference } from '../values/exceptions.js'
import { hashCode, valueHash } from '../values/hash.js'
import { PlainObject } from '../values/plain-object.js'
import { toText, traitsOf } from '../values/traits.js'
import { TypeObject } from '../values/type-object.js'
import type { ClrValue } from '../values/value.js'
import { bound, membersOf, type TypeMembers } from './members.js'

const objects = (): ReturnType<typeof traitsOf> => traitsOf(types().special.object)

const getHashCode = (value: ClrValue): number => hashCode(objects().key(value))
const equals = (value: ClrValue, other: ClrValue): boolean => objects().equals(value, other)

const object = membersOf('System.Object', () => ({
  '.ctor': () => new PlainObject(),
  ToString: toText,
  'Equals(object)': equals,
  'Equals(object,object)': equals,
  ReferenceEquals: (a: ClrValue, b: ClrValue) => a === b,
  GetHashCode: getHashCode,
  GetType: (value: ClrValue) => {
    // A nullable without a value gets here as null.
    if (value === null) throw nullReference()
    return new TypeObject(typeOf(value))
  },
}))

const valueType = membersOf('System.ValueType', () => ({ ToString: toText, Equals: equals, GetHashCode: getHashCode }))

const named = (type: TypeObject): Extract<Type, { kind: 'named' }> | undefined =>
  type.target.kind === 'named' ? type.target : undefined

/** Without namespace and type arguments: `List`1[]`. */
function typeName(target: Type): string {
  if (target.kind === 'array') return `${typeName(target.element)}[${','.repeat(target.rank - 1)}]`
  const [plain = ''] = reflectionName(target).split('[')
  return plain.slice(Math.max(plain.lastIndexOf('.'), plain.lastIndexOf('+')) + 1)
}

const type = membersOf('System.Type', () => ({
  Name: ({ target }: TypeObject) => typeName(target),
  FullName: ({ target }: TypeObject) => reflectionName(target),
  Namespace: (value: TypeObject) => named(value)?.definition.namespace ?? 'System',
  IsArray: ({ target }: TypeObject) => target.kind === 'array',
  IsEnum: (value: TypeObject) => named(value)?.definition.kind === 'enum',
  IsValueType: ({ target }: TypeObject) => isValueType(target),
  IsGenericType: (value: TypeObject) => (named(value)?.arguments.length ?? 0) > 0,
  BaseType: (value: TypeObject) => {
    const base = named(value)?.definition.base
    return base === undefined ? null : new TypeObject(base)
  },
  ToString: ({ target }: TypeObject) => reflectionName(target),
  Equals: (value: TypeObject, other: ClrValue) => other instanceof TypeObject && sameType(value, other),
  op_Equality: sameType,
  op_Inequality: (a: TypeObject | null, b: TypeObject | null) => !sameType(a, b),
}))

function sameType(a: TypeObject | null, b: TypeObject | null): boolean {
  return a?.target.id === b?.target.id
}

const nullable = membersOf('System.Nullable<T>', () => ({
  '.ctor': (value: ClrValue) => value,
  HasValue: (value: ClrValue) => value !== null,
  Value: (value: ClrValue) => {
    if (value === null) throw nullableHasNoValue()
    return value
  },
  'GetValueOrDefault()': bound(
    ({
      container: {
        arguments: [element],
      },
    }) => {
      const fallback = element === undefined ? null : defaultOf(element)
      return (value: ClrValue) => value ?? fallback
    },
  ),
  'GetValueOrDefault(T)': (value: ClrValue, fallback: ClrValue) => value ?? fallback,
  Equals: bound(({ container }) => {
    const [element = types().special.object] = container.arguments
    return (value: ClrValue, other: ClrValue) => equals(boxedAs(element, value), other)
  }),
  GetHashCode: bound(({ container }) => {
    const [element = types().special.object] = container.arguments
    return (value: ClrValue) => valueHash(element.id, value, traitsOf(element).key(value))
  }),
}))

/** The static helpers beside `T?`. */
const nullableHelpers = membersOf('System.Nullable', () => ({
  Compare: bound(
    ({ typeArguments: [element = types().special.object] }) =>
      (a: ClrValue, b: ClrValue) =>
        traitsOf(types().nullable(element)).compare(a, b),
  ),
  Equals: bound(
    ({ typeArguments: [element = types().special.object] }) =>
      (a: ClrValue, b: ClrValue) =>
        traitsOf(types().nullable(element)).equals(a, b),
  ),
  GetUnderlyingType: ({ target }: TypeObject) => {
    const element = types().nullableElement(target)
    return element === undefined ? null : new TypeObject(element)
  },
}))

export const objectMembers: readonly TypeMembers[] = [
  object,
  valueType,
  type,
  nullable,
  nullableHelpers,
  membersOf('System.IComparable', () => ({
    CompareTo: (value: ClrValue, other: ClrValue) => objects().compare(value, other),
  })),
  membersOf('System.IComparable<T>', () => ({
    CompareTo: bound(
      ({
        container: {
          arguments: [element],
        },
      }) =>
        (value: ClrValue, other: ClrValue) =>
          objects().compare(value, boxedAs(element, other)),
    ),
  })),
  membersOf('System.IEquatable<T>', () => ({
    Equals: bound(
      ({
        container: {
          arguments: [element],
        },
      }) =>
        (value: ClrValue, other: ClrValue) =>
          equals(value, boxedAs(element, other)),
    ),
  })),
  membersOf('System.IFormattable', () => ({
    ToString: (value: ClrValue, format: string | null) => objects().format(value, format),
  })),
  membersOf('System.IDisposable', () => ({ Dispose: dispose })),
]

function boxedAs(type: Type | undefined, value: ClrValue): ClrValue {
  return type !== undefined && value !== null && isValueType(type) ? new Boxed(type, value) : value
}
