/**
 * .NET types as the binder and the evaluator see them. Types are interned by a `TypeTable`: two types of one table are the same
 * type exactly when they are the same object.
 */

/** A constant as the bound tree carries it: numbers and char codes as number, long and ulong as bigint, decimal as digits. */
export type ConstantValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | { readonly unscaled: bigint; readonly scale: number }

export type Type = NamedType | ArrayType | TypeParameter | AnonymousType | NullType | ErrorType

/** A class, struct, interface, enum or delegate, with its arguments: `List<int>`, `int`, `int?` (which is `Nullable<int>`). */
export interface NamedType {
  readonly kind: 'named'
  /** Full name in C# form: `System.Collections.Generic.List<System.Int32>`. Equal types have equal ids. */
  readonly id: string
  readonly definition: TypeDefinition
  readonly arguments: readonly Type[]
}

export interface ArrayType {
  readonly kind: 'array'
  readonly id: string
  readonly element: Type
  readonly rank: number
}

export interface TypeParameter {
  readonly kind: 'type-parameter'
  readonly id: string
  readonly name: string
  readonly constraints: Constraints
}
export interface Constraints {
  readonly class: boolean
  readonly struct: boolean
  readonly new: boolean
  readonly types: readonly Type[]
}

/** The type of `new { a = 1 }`. Two with the same names and types in the same order are one type. */
export interface AnonymousType {
  readonly kind: 'anonymous'
  readonly id: string
  readonly members: readonly { readonly name: string; readonly type: Type }[]
}

/** The type of the literal `null` before it is converted; never in a bound tree without errors. */
export interface NullType {
  readonly kind: 'null'
  readonly id: '<null>'
}

/** Stands for the type of something that is wrong and was reported; it converts to everything, so one mistake is told once. */
export interface ErrorType {
  readonly kind: 'error'
  /** How it was written, for what is said of types that hold it; `?` when it has no name. */
  readonly id: string
}

export type TypeKind = 'class' | 'struct' | 'interface' | 'enum' | 'delegate'

/** A declared type without arguments. What it holds is parsed when first asked for. */
export interface TypeDefinition {
  /** `System.Collections.Generic.List<T>`: how it is declared, and how keys of its members begin. */
  readonly name: string
  /** `System.Collections.Generic` */
  readonly namespace: string
  /** `List`; of a nested type `TimeZoneInfo.AdjustmentRule`. */
  readonly simpleName: string
  readonly kind: TypeKind
  /** A class that only holds static members. */
  readonly static: boolean
  /** Made by the emulator's own rules, not by a constructor, when true. */
  readonly abstract: boolean
  readonly typeParameters: readonly TypeParameter[]
  readonly variance: readonly ('in' | 'out' | undefined)[]
  readonly base: NamedType | undefined
  readonly interfaces: readonly NamedType[]
  /** Members declared here, by name. Constructors are `.ctor`, indexers `Item`, operators `op_Addition` and so on. */
  readonly members: ReadonlyMap<string, readonly Member[]>
  /** What an enum is stored as. */
  readonly underlying: NamedType | undefined
  /** The Invoke of a delegate. */
  readonly invoke: Member | undefined
}

export type MemberKind =
  | 'method'
  | 'property'
  | 'indexer'
  | 'field'
  | 'constant'
  | 'constructor'
  | 'operator'
  | 'conversion'

export interface Member {
  readonly kind: MemberKind
  /**
   * The stable name by which the evaluator finds the implementation: the declaring type's name, a dot, the member's name, its type
   * parameters, and the types of its parameters in C# form without spaces.
   *
   * - method `System.String.Substring(int,int)`, `System.Linq.Enumerable.Where<TSource>(IEnumerable<TSource>,Func<TSource,bool>)`
   * - property, field `System.String.Length` (written: the same with `=` at the end)
   * - indexer `Newtonsoft.Json.Linq.JObject.Item(string)` (written: with `=`)
   * - constructor `System.Guid..ctor(byte[])`
   * - operator `System.DateTime.op_Subtraction(DateTime,DateTime)`
   * - conversion `Newtonsoft.Json.Linq.JToken.op_Explicit(JToken):int`
   */
  readonly key: string
  /** The metadata name: `Substring`, `Item`, `.ctor`, `op_Addition`. */
  readonly name: string
  readonly declaring: TypeDefinition
  readonly static: boolean
  /** An instance member that overrides one of a base type. */
  readonly override: boolean
  /** The first parameter is `this`. */
  readonly extension: boolean
  readonly typeParameters: readonly TypeParameter[]
  readonly parameters: readonly ParameterSymbol[]
  /** What it returns or holds; `System.Void` where nothing; for a constructor the type itself. */
  readonly type: Type
  readonly canRead: boolean
  readonly canWrite: boolean
  /** Of a constant or an enum member. */
  readonly value: ConstantValue | undefined
}

export interface ParameterSymbol {
  readonly name: string
  readonly type: Type
  readonly mode: 'value' | 'ref' | 'out' | 'params'
  /** Undefined: the parameter is required. */
  readonly defaultValue: { readonly value: ConstantValue } | undefined
}

const KEYWORDS: Readonly<Record<string, string>> = {
  'System.Boolean': 'bool',
  'System.Byte': 'byte',
  'System.SByte': 'sbyte',
  'System.Int16': 'short',
  'System.UInt16': 'ushort',
  'System.Int32': 'int',
  'System.UInt32': 'uint',
  'System.Int64': 'long',
  'System.UInt64': 'ulong',
  'System.Char': 'char',
  'System.Single': 'float',
  'System.Double': 'double',
  'System.Decimal': 'decimal',
  'System.String': 'string',
  'System.Object': 'object',
  'System.Void': 'void',
}

/**
 * The type as C# messages write it: `IReadOnlyDictionary<string, object>`, `int?`, `byte[]`.
 *
 * @param full with namespaces, as messages about conversions have it: `System.Collections.Generic.List<int>`. Default false.
 */
export function displayType(type: Type, full = false): string {
  switch (type.kind) {
    case 'named':
      return displayNamed(type, full)
    case 'array':
      return displayArray(type, full)
    case 'type-parameter':
      return type.name
    case 'anonymous':
      if (type.members.length === 0) return '<empty anonymous type>'
      return `<anonymous type: ${type.members.map((member) => `${displayType(member.type, full)} ${member.name}`).join(', ')}>`
    case 'null':
    case 'error':
      return type.id
  }
}

export function isValueTuple(type: Type): type is NamedType {
  return type.kind === 'named' && type.definition.name.startsWith('System.ValueTuple<')
}

/** The types of a tuple's items: those beyond the seventh stand in a tuple of their own. */
export function tupleElements({ arguments: own }: NamedType): readonly Type[] {
  const rest = own[7]
  return rest?.kind === 'named' ? [...own.slice(0, 7), ...tupleElements(rest)] : own
}

function displayNamed(type: NamedType, full: boolean): string {
  const { name, namespace, simpleName } = type.definition
  const [only] = type.arguments
  if (name === 'System.Nullable<T>' && only) return `${displayType(only, full)}?`
  const list = (types: readonly Type[]): string => types.map((argument) => displayType(argument, full)).join(', ')
  if (type.arguments.length > 1 && isValueTuple(type)) return `(${list(tupleElements(type))})`
  const path = full && namespace !== '' ? `${namespace}.${simpleName}` : simpleName
  return KEYWORDS[name] ?? (type.arguments.length === 0 ? path : `${path}<${list(type.arguments)}>`)
}

/** `int[,][]` is a two-dimensional array of arrays: the ranks are read from the left. */
function displayArray(type: ArrayType, full: boolean): string {
  let ranks = ''
  let element: Type = type
  for (; element.kind === 'array'; element = element.element)
    ranks += element.rank === 1 ? '[]' : `[${Array(element.rank).fill('*').join()}]`
  return displayType(element, full) + ranks
}

/** The type as .NET's reflection prints it: `System.Tuple`2[System.Int32,System.String]`, `System.Byte[]`. */
export function reflectionName(type: Type): string {
  return nameIn(type, [])
}

/** @param shapes The anonymous types so far, by the names of their members: the compiler numbers them in the order of the source. */
function nameIn(type: Type, shapes: string[]): string {
  if (type.kind === 'array') return `${nameIn(type.element, shapes)}[${','.repeat(type.rank - 1)}]`
  const list = (types: readonly Type[]): string => types.map((argument) => nameIn(argument, shapes)).join(',')
  if (type.kind === 'anonymous') {
    const { members } = type
    const shape = members.map((member) => member.name).join()
    if (!shapes.includes(shape)) shapes.push(shape)
    const name = `<>f__AnonymousType${shapes.indexOf(shape)}`
    return members.length === 0 ? name : `${name}\`${members.length}[${list(members.map((member) => member.type))}]`
  }
  if (type.kind !== 'named') return displayType(type)
  const { namespace, simpleName } = type.definition
  // The type parameters of a nested type are those of the one around.
  const [outer = '', ...inner] = simpleName.split('.')
  const arity = type.arguments.length
  const name = [(namespace ? `${namespace}.` : '') + outer + (arity === 0 ? '' : `\`${arity}`), ...inner].join('+')
  return arity === 0 ? name : `${name}[${list(type.arguments)}]`
}
