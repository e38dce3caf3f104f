import {
  argumentMap,
  expressionTypes,
  reflectionName,
  substitute,
  type NamedType,
  type Type,
  type TypeTable,
} from '@apim-kit/policy-dsl/expression'
import type { Delegate } from './compile/frame.js'
import { Boxed } from './values/boxed.js'
import { delegateType } from './values/delegates.js'
import { DotNetException } from './values/exception.js'
import { TypeObject } from './values/type-object.js'
import type { ClrValue } from './values/value.js'

/** The declared .NET types, shared by all expressions. */
export const types = (): TypeTable => expressionTypes()

/** Objects of a constructed generic type carry it. */
export interface Typed {
  readonly type: Type
}

/**
 * The type that a value has at run time; the value is in object form (value types boxed) and not null.
 * Classes of this folder name their .NET type in a static `clrName`, or in `clrTypeName` where one class stands for several types;
 * plain objects of the context have none.
 */
export function typeOf(value: Exclude<ClrValue, null>): Type {
  if (typeof value === 'string') return types().special.string
  if (value instanceof Boxed) return value.type
  if (value instanceof Uint8Array) return types().array(types().special.byte)
  if (value instanceof DotNetException) return exceptionType(value.typeName)
  if (typeof value === 'function') return delegateType(value as Delegate) ?? types().named('System.MulticastDelegate')
  if (typeof value !== 'object') throw new Error(`A ${typeof value} was not boxed.`)
  return classTypes.get(value.constructor) ?? ownType(value) ?? classType(value.constructor)
}

/** Types of classes that stand for one .NET type each; looking one up by name would cost more than most members do. */
const classTypes = new Map<unknown, Type>()

/** The type that an object carries itself, because its class stands for several. */
function ownType(value: object): Type | undefined {
  if ('type' in value && isType(value.type)) return value.type
  return 'clrTypeName' in value && typeof value.clrTypeName === 'string' ? types().named(value.clrTypeName) : undefined
}

function classType(constructor: unknown): Type {
  const { clrName } = constructor as { readonly clrName?: string }
  const type = clrName === undefined ? types().special.object : types().named(clrName)
  if (clrName !== undefined) classTypes.set(constructor, type)
  return type
}

function isType(value: unknown): value is Type {
  return typeof value === 'object' && value !== null && 'kind' in value && 'id' in value
}

/** The declared type of an exception, or the nearest that is declared. */
function exceptionType(name: string): Type {
  const found = types().find(name)
  return found === undefined ? types().named('System.Exception') : types().construct(found, [])
}

/** The name that reflection prints for a value in object form: `System.Int32`. Null has none and gives `null`. */
export function typeName(value: ClrValue): string {
  // `System.Type` is abstract; its one class has another name.
  if (value instanceof TypeObject) return 'System.RuntimeType'
  return value === null ? 'null' : reflectionName(typeOf(value))
}

/** Whether values of the type are copied and boxed: structs and enums. */
export function isValueType(type: Type): boolean {
  return type.kind === 'named' && (type.definition.kind === 'struct' || type.definition.kind === 'enum')
}

const known = new Map<string, boolean>()

/** Whether a value in object form, not null, can be seen as the target. */
export function isInstance(value: Exclude<ClrValue, null>, target: Type): boolean {
  const type = typeOf(value)
  return type === target || isAssignable(type, types().nullableElement(target) ?? target)
}

/** `isInstance` for one target that is asked again and again: the last class that fitted is remembered, or else the last type. */
export function instanceTest(target: Type): (value: Exclude<ClrValue, null>) => boolean {
  if (target.id === 'System.String') return (value) => typeof value === 'string'
  let fittingClass: unknown
  let fitting: Type | undefined
  return (value) => {
    if (fittingClass !== undefined && value.constructor === fittingClass) return true
    const type = typeOf(value)
    if (type === fitting) return true
    if (!isInstance(value, target)) return false
    fitting = type
    if (classTypes.has(value.constructor)) fittingClass = value.constructor
    return true
  }
}

/** Whether a reference of one type is one of the other: identity, base types, interfaces with variance, array covariance. */
export function isAssignable(from: Type, to: Type): boolean {
  if (from.id === to.id || to.id === 'System.Object' || to.kind === 'type-parameter') return true
  const key = `${from.id}→${to.id}`
  let answer = known.get(key)
  if (answer === undefined) {
    answer = findAssignable(from, to)
    known.set(key, answer)
  }
  return answer
}

function findAssignable(from: Type, to: Type): boolean {
  if (from.kind === 'array') return arrayIs(from.element, from.rank, to)
  if (from.kind !== 'named' || to.kind !== 'named') return false
  if (from.definition === to.definition) return argumentsFit(from, to)
  return supertypes(from).some((type) => isAssignable(type, to))
}

function arrayIs(element: Type, rank: number, to: Type): boolean {
  if (to.kind === 'array') return to.rank === rank && referencesFit(element, to.element)
  if (to.kind !== 'named') return false
  const [argument] = to.arguments
  if (argument === undefined) return isAssignable(types().named('System.Array'), to)
  return (
    rank === 1 &&
    /\.I(?:Enumerable|List|Collection|ReadOnlyList|ReadOnlyCollection)<T>$/.test(to.definition.name) &&
    referencesFit(element, argument)
  )
}

function referencesFit(from: Type, to: Type): boolean {
  return from.id === to.id || (!isValueType(from) && !isValueType(to) && isAssignable(from, to))
}

function argumentsFit(from: NamedType, to: NamedType): boolean {
  return from.arguments.every((argument, index) => {
    const wanted = to.arguments[index]
    if (wanted === undefined || argument.id === wanted.id) return true
    const variance = from.definition.variance[index]
    return variance === 'out' ? referencesFit(argument, wanted) : variance === 'in' && referencesFit(wanted, argument)
  })
}

/** The base type and the interfaces, with the arguments filled in. */
function supertypes(type: NamedType): Type[] {
  const { base, interfaces } = type.definition
  const map = argumentMap(type)
  return [...(base === undefined ? [] : [base]), ...interfaces].map((supertype) => substitute(types(), supertype, map))
}
