import type { TypeKind } from './type.js'

/** How a .NET type is written down; see `declareType`. */
export interface TypeDeclaration {
  /** Full name in C# form: `System.Collections.Generic.IReadOnlyDictionary<TKey, out TValue>`. */
  readonly name: string
  readonly kind: TypeKind
  readonly static: boolean
  readonly abstract: boolean
  /** Base class in C# form. Default: object, System.ValueType for a struct, System.Enum for an enum; none for an interface. */
  readonly base: string | undefined
  readonly interfaces: readonly string[]
  readonly members: readonly string[]
  /** Of an enum: names and values. */
  readonly values: Readonly<Record<string, number>> | undefined
}

export interface TypeOptions {
  readonly kind?: TypeKind
  readonly static?: boolean
  readonly abstract?: boolean
  readonly base?: string
  readonly interfaces?: readonly string[]
  readonly members?: readonly string[]
}

/**
 * Declares a .NET type: what of it C# sees, with members as C# signatures. Nothing is parsed until a binder asks.
 *
 * Names in signatures are resolved as in an expression (the implicit usings), so `Guid` and `IEnumerable<T>` need no namespace.
 *
 * @example
 * declareType('System.Guid', {
 *   kind: 'struct',
 *   members: ['Guid(byte[] b)', 'static Guid NewGuid()', 'override string ToString()', 'static bool operator ==(Guid a, Guid b)'],
 * })
 */
export function declareType(name: string, options: TypeOptions = {}): TypeDeclaration {
  const { kind = 'class', base, interfaces = [], members = [] } = options
  return {
    name,
    kind,
    static: options.static ?? false,
    abstract: options.abstract ?? false,
    base,
    interfaces,
    members,
    values: undefined,
  }
}

/** Declares a static class: extension methods, or a bag like System.Convert. */
export function declareStatic(name: string, members: readonly string[]): TypeDeclaration {
  return { ...declareType(name, { members }), static: true }
}

/** Declares an enum. Names alone are numbered from 0. */
export function declareEnum(
  name: string,
  values: Readonly<Record<string, number>> | readonly string[],
): TypeDeclaration {
  const numbered = Array.isArray(values)
    ? Object.fromEntries(values.map((value: string, index) => [value, index]))
    : values
  return { ...declareType(name, { kind: 'enum' }), values: numbered as Readonly<Record<string, number>> }
}

/** Declares a delegate by the signature of its Invoke: `declareDelegate('System.Predicate<in T>', 'bool Invoke(T obj)')`. */
export function declareDelegate(name: string, invoke: string): TypeDeclaration {
  return declareType(name, { kind: 'delegate', members: [invoke] })
}
