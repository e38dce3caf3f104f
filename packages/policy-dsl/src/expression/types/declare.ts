import type { TypeKind } from './type.js'

/** How a .NET type is written down; see `declareType`. */
export interface TypeDeclaration {
  /** Full name in C# form: `System.Collections.Generic.IReadOnlyDictionary<TKey, out TValue>`. */
  readonly name: string
  readonly static: boolean
  /** Whether it holds extension methods: they are looked for in such types alone. */
  readonly extensions: boolean
  /** Everything else. It is asked for when the type is first used: an expression uses a handful of four hundred. */
  readonly body: () => TypeBody
}

/** What a type is beside its name. */
export interface TypeBody {
  /** Default `class`. */
  readonly kind?: TypeKind
  readonly abstract?: boolean
  /** Base class in C# form. Default: object, System.ValueType for a struct, System.Enum for an enum; none for an interface. */
  readonly base?: string
  readonly interfaces?: readonly string[]
  readonly members?: readonly string[]
  /** Of an enum: names and values. */
  readonly values?: Readonly<Record<string, number>>
}

/**
 * Declares a .NET type: what of it C# sees, with members as C# signatures. Nothing is parsed until a binder asks.
 *
 * Names in signatures are resolved as in an expression (the implicit usings), so `Guid` and `IEnumerable<T>` need no namespace.
 *
 * @example
 * declareType('System.Guid', () => ({
 *   kind: 'struct',
 *   members: ['Guid(byte[] b)', 'static Guid NewGuid()', 'override string ToString()', 'static bool operator ==(Guid a, Guid b)'],
 * }))
 */
export function declareType(name: string, body: () => TypeBody = () => ({})): TypeDeclaration {
  return { name, static: false, extensions: false, body }
}

/** Declares a static class without extension methods, like System.Convert. */
export function declareStatic(name: string, members: () => readonly string[]): TypeDeclaration {
  return { name, static: true, extensions: false, body: () => ({ members: members() }) }
}

/** Declares a static class with extension methods. */
export function declareExtensions(name: string, members: () => readonly string[]): TypeDeclaration {
  return { ...declareStatic(name, members), extensions: true }
}

/** Declares an enum. Names alone are numbered from 0. */
export function declareEnum(
  name: string,
  values: () => Readonly<Record<string, number>> | readonly string[],
): TypeDeclaration {
  return declareType(name, () => ({ kind: 'enum', values: numbered(values()) }))
}

function numbered(values: Readonly<Record<string, number>> | readonly string[]): Readonly<Record<string, number>> {
  if (!isList(values)) return values
  return Object.fromEntries(values.map((value, index) => [value, index]))
}

const isList = (values: Readonly<Record<string, number>> | readonly string[]): values is readonly string[] =>
  Array.isArray(values)

/** Declares a delegate by the signature of its Invoke: `declareDelegate('System.Predicate<in T>', 'bool Invoke(T obj)')`. */
export function declareDelegate(name: string, invoke: string): TypeDeclaration {
  return declareType(name, () => ({ kind: 'delegate', members: [invoke] }))
}
