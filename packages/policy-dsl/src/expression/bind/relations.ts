import type { NumericType } from '../bound.js'
import { argumentMap, substitute, type TypeTable } from '../types/table.js'
import type { NamedType, Type } from '../types/type.js'

const NUMERIC: ReadonlyMap<string, NumericType> = new Map<string, NumericType>([
  ['System.SByte', 'sbyte'],
  ['System.Byte', 'byte'],
  ['System.Int16', 'short'],
  ['System.UInt16', 'ushort'],
  ['System.Int32', 'int'],
  ['System.UInt32', 'uint'],
  ['System.Int64', 'long'],
  ['System.UInt64', 'ulong'],
  ['System.Char', 'char'],
  ['System.Single', 'float'],
  ['System.Double', 'double'],
  ['System.Decimal', 'decimal'],
])

/** The numeric type by its keyword; not of enums. */
export function numericOf(type: Type): NumericType | undefined {
  return type.kind === 'named' ? NUMERIC.get(type.definition.name) : undefined
}

/** The numeric type a value is stored as: also of enums. */
export function storageOf(type: Type): NumericType | undefined {
  return isEnum(type) ? 'int' : numericOf(type)
}

export const isNamed = (type: Type, name: string): type is NamedType =>
  type.kind === 'named' && type.definition.name === name
export const isString = (type: Type): boolean => isNamed(type, 'System.String')
export const isBool = (type: Type): boolean => isNamed(type, 'System.Boolean')
export const isVoid = (type: Type): boolean => isNamed(type, 'System.Void')
export const isObject = (type: Type): boolean => isNamed(type, 'System.Object')
export const isError = (type: Type): boolean => type.kind === 'error'
export const isEnum = (type: Type): type is NamedType => type.kind === 'named' && type.definition.kind === 'enum'
export const isInterface = (type: Type): boolean => type.kind === 'named' && type.definition.kind === 'interface'
export const isDelegate = (type: Type): type is NamedType =>
  type.kind === 'named' && type.definition.kind === 'delegate'
export const isIntegral = (type: NumericType): boolean => type !== 'float' && type !== 'double' && type !== 'decimal'

export function isValueType(type: Type): boolean {
  if (type.kind === 'type-parameter') return type.constraints.struct
  return type.kind === 'named' && (type.definition.kind === 'struct' || type.definition.kind === 'enum')
}

export function isReferenceType(type: Type): boolean {
  if (type.kind === 'type-parameter') return type.constraints.class
  return type.kind === 'array' || type.kind === 'anonymous' || (type.kind === 'named' && !isValueType(type))
}

/** The base type with the arguments filled in. */
export function baseOf(table: TypeTable, type: Type): Type | undefined {
  if (type.kind === 'array') return table.named('System.Array')
  if (type.kind === 'anonymous' || type.kind === 'type-parameter') return table.special.object
  if (type.kind !== 'named' || type.definition.base === undefined) return undefined
  return substitute(table, type.definition.base, argumentMap(type))
}

const ARRAY_INTERFACES = ['IList', 'IReadOnlyList', 'ICollection', 'IReadOnlyCollection', 'IEnumerable']
const found = new WeakMap<Type, readonly NamedType[]>()

/** Every interface a type has, its own and those of its bases. */
export function interfacesOf(table: TypeTable, type: Type): readonly NamedType[] {
  let list = found.get(type)
  if (list === undefined) {
    list = collectInterfaces(table, type)
    found.set(type, list)
  }
  return list
}

function collectInterfaces(table: TypeTable, type: Type): NamedType[] {
  const all = new Set<NamedType>()
  const add = (found: NamedType): void => {
    if (all.has(found)) return
    all.add(found)
    for (const inherited of interfacesOf(table, found)) all.add(inherited)
  }
  if (type.kind === 'array' && type.rank === 1) {
    for (const name of ARRAY_INTERFACES) add(table.generic(`System.Collections.Generic.${name}`, type.element))
  }
  if (type.kind === 'named') {
    const map = argumentMap(type)
    for (const own of type.definition.interfaces) add(substitute(table, own, map) as NamedType)
  }
  const base = baseOf(table, type)
  if (base) for (const inherited of interfacesOf(table, base)) all.add(inherited)
  return [...all]
}

/** Whether a reference of the one type always is one of the other: identity, inheritance, variance, array covariance. */
export function isSubtype(table: TypeTable, from: Type, to: Type): boolean {
  if (from === to) return true
  if (isObject(to)) return true
  if (from.kind === 'array' && to.kind === 'array') {
    return (
      from.rank === to.rank &&
      isReferenceType(from.element) &&
      isReferenceType(to.element) &&
      isSubtype(table, from.element, to.element)
    )
  }
  if (to.kind !== 'named') return false
  for (let type: Type | undefined = from; type; type = baseOf(table, type))
    if (isVariantOf(table, type, to)) return true
  return interfacesOf(table, from).some((own) => isVariantOf(table, own, to))
}

/** The same definition, and arguments that differ only where `in` and `out` allow it. */
function isVariantOf(table: TypeTable, from: Type, to: NamedType): boolean {
  if (from === to) return true
  if (from.kind !== 'named' || from.definition !== to.definition) return false
  return from.arguments.every((argument, index) => {
    const target = to.arguments[index]
    if (target === undefined || argument === target) return argument === target
    if (!isReferenceType(argument) || !isReferenceType(target)) return false
    const variance = to.definition.variance[index]
    if (variance === 'out') return isSubtype(table, argument, target)
    return variance === 'in' && isSubtype(table, target, argument)
  })
}

/** The one form in which `type` is or implements the generic `definition`: `IEnumerable<T>` of a `List<int>` is `IEnumerable<int>`. */
export function asGeneric(table: TypeTable, type: Type, path: string): NamedType | undefined {
  const matches = new Set<NamedType>()
  for (let own: Type | undefined = type; own; own = baseOf(table, own)) {
    if (own.kind === 'named' && own.definition.name.startsWith(`${path}<`)) matches.add(own)
  }
  for (const own of interfacesOf(table, type)) if (own.definition.name.startsWith(`${path}<`)) matches.add(own)
  const [only] = matches
  return matches.size === 1 ? only : undefined
}

/** The parameters and result of a delegate type. */
export function signatureOf(
  table: TypeTable,
  delegate: Type,
):
  | {
      readonly parameters: readonly { readonly name: string; readonly type: Type; readonly mode: string }[]
      readonly returnType: Type
    }
  | undefined {
  if (!isDelegate(delegate) || delegate.definition.invoke === undefined) return undefined
  const map = argumentMap(delegate)
  const { parameters, type } = delegate.definition.invoke
  return {
    parameters: parameters.map(({ name, type: declared, mode }) => ({
      name,
      type: substitute(table, declared, map),
      mode,
    })),
    returnType: substitute(table, type, map),
  }
}
