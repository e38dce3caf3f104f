import { Diagnostics } from '../diagnostic.js'
import { tokenize } from '../lexer.js'
import { Cursor } from '../parse/cursor.js'
import { parseType } from '../parse/types.js'
import type { NamedType as NamedTypeSyntax, PredefinedTypeName, TypeSyntax } from '../syntax.js'
import type { TypeDeclaration } from './declare.js'
import { DeclaredType, readName } from './definition.js'
import type { RareDeclarations } from './rare.js'
import type {
  AnonymousType,
  ArrayType,
  ErrorType,
  Member,
  NamedType,
  NullType,
  Type,
  TypeDefinition,
  TypeParameter,
} from './type.js'

/**
 * The namespaces whose types an expression names without their namespace, in the order in which the compiler names two types that a
 * name may mean. Types of APIM itself are in none.
 */
export const IMPLICIT_USINGS: readonly string[] = [
  '',
  'Newtonsoft.Json',
  'Newtonsoft.Json.Linq',
  'System',
  'System.Collections.Generic',
  'System.IO',
  'System.Linq',
  'System.Security.Cryptography',
  'System.Security.Cryptography.X509Certificates',
  'System.Text',
  'System.Text.RegularExpressions',
  'System.Threading',
  'System.Threading.Tasks',
  'System.Xml',
  'System.Xml.Linq',
]

/** Declarations name the types of these without their namespace as well. */
const DECLARATION_USINGS: readonly string[] = [
  ...IMPLICIT_USINGS,
  'System.Collections',
  'System.Collections.ObjectModel',
  'System.Globalization',
  'System.Net',
]

/** Full names of the types that have keywords. */
const PREDEFINED = {
  bool: 'System.Boolean',
  byte: 'System.Byte',
  sbyte: 'System.SByte',
  short: 'System.Int16',
  ushort: 'System.UInt16',
  int: 'System.Int32',
  uint: 'System.UInt32',
  long: 'System.Int64',
  ulong: 'System.UInt64',
  char: 'System.Char',
  float: 'System.Single',
  double: 'System.Double',
  decimal: 'System.Decimal',
  string: 'System.String',
  object: 'System.Object',
  void: 'System.Void',
} as const satisfies Record<PredefinedTypeName, string>

/** Expressions name what nobody declared as well, `var` above all. That nothing was found is remembered, but there is no end of such names. */
const KEPT_NAMES = 1000

type SpecialTypes = Readonly<Record<PredefinedTypeName, NamedType>>

/** All declared types, and the types made of them. One table is shared by every expression; it only ever grows by constructed types. */
export class TypeTable {
  readonly nullType: NullType = { kind: 'null', id: '<null>' }
  readonly errorType: ErrorType = { kind: 'error', id: '?' }
  readonly special: SpecialTypes
  readonly #declarations = new Map<string, TypeDeclaration>()
  /** Those of them that have extension methods. */
  readonly #extending: TypeDeclaration[] = []
  /** By namespace what they declare there: names with spaces around. */
  readonly #rare = new Map<string, { readonly names: string; readonly list: RareDeclarations }[]>()
  /** Those that nobody has asked for yet. */
  readonly #pending: Set<RareDeclarations>
  /** The declared types that were asked for so far: an expression uses a handful of four hundred. */
  readonly #definitions = new Map<TypeDeclaration, DeclaredType>()
  readonly #imported = new Map<string, readonly DeclaredType[]>()
  #namespaces: ReadonlySet<string> | undefined
  /** By definition, and by the ids of the arguments. */
  readonly #constructed = new Map<TypeDefinition, Map<string, NamedType>>()
  readonly #arrays = new Map<string, ArrayType>()
  readonly #anonymous = new Map<string, AnonymousType>()
  readonly #extensions = new Map<string, readonly Member[]>()
  #ids = 0

  /** @throws Error when a type is declared twice */
  constructor(declarations: readonly TypeDeclaration[], rare: readonly RareDeclarations[] = []) {
    this.#declare(declarations)
    for (const list of rare) this.#announce(list)
    this.#pending = new Set(rare)
    const entries = Object.entries(PREDEFINED).map(([keyword, name]) => [keyword, this.named(name)])
    // Each keyword has its entry: PREDEFINED names them all.
    this.special = Object.fromEntries(entries) as SpecialTypes
  }

  #declare(declarations: readonly TypeDeclaration[]): void {
    for (const declaration of declarations) {
      const key = declaredKey(declaration.name)
      if (this.#declarations.has(key)) throw new Error(`The type ${declaration.name} is declared twice.`)
      this.#declarations.set(key, declaration)
      if (declaration.extensions) this.#extending.push(declaration)
    }
  }

  #announce(list: RareDeclarations): void {
    for (const [namespace, names] of Object.entries(list.names)) {
      const announced = this.#rare.get(namespace) ?? []
      announced.push({ names: ` ${names} `, list })
      this.#rare.set(namespace, announced)
    }
  }

  #load(list: RareDeclarations): void {
    if (this.#pending.delete(list)) this.#declare(list.declarations())
  }

  /** Loads the rare declarations that name a type. */
  #loadNaming(key: string): TypeDeclaration | undefined {
    const dot = Math.max(0, key.lastIndexOf('.'))
    const name = ` ${key.slice(dot + 1)} `
    for (const { names, list } of this.#rare.get(key.slice(0, dot)) ?? []) if (names.includes(name)) this.#load(list)
    return this.#declarations.get(key)
  }

  /** Every declared type. */
  get definitions(): readonly DeclaredType[] {
    for (const list of this.#pending) this.#load(list)
    return Array.from(this.#declarations.values(), (declaration) => this.#define(declaration))
  }

  nextId(): number {
    return ++this.#ids
  }

  #define(declaration: TypeDeclaration): DeclaredType {
    let definition = this.#definitions.get(declaration)
    if (definition === undefined) {
      definition = new DeclaredType(declaration, this)
      this.#definitions.set(declaration, definition)
    }
    return definition
  }

  isNamespace(name: string): boolean {
    this.#namespaces ??= new Set(this.definitions.flatMap(({ namespace }) => withOuter(namespace)))
    return this.#namespaces.has(name)
  }

  /** A definition by its full name without type parameters. */
  find(path: string, arity = 0): DeclaredType | undefined {
    const key = pathKey(path, arity)
    const declaration = this.#declarations.get(key) ?? this.#loadNaming(key)
    return declaration && this.#define(declaration)
  }

  /** What a name alone can mean in an expression: more than one is an ambiguity. */
  findImported(name: string, arity: number): readonly DeclaredType[] {
    const key = pathKey(name, arity)
    let found = this.#imported.get(key)
    if (found === undefined) {
      found = this.#findIn(IMPLICIT_USINGS, name, arity)
      if (found.length > 0 || this.#imported.size < KEPT_NAMES) this.#imported.set(key, found)
    }
    return found
  }

  #findIn(namespaces: readonly string[], name: string, arity: number): readonly DeclaredType[] {
    return namespaces.flatMap((namespace) => {
      const found = this.find(within(namespace, name), arity)
      // `Text.StringBuilder` stands in `System.Text`: a using does not reach the namespaces inside of it.
      return found?.namespace === namespace ? [found] : []
    })
  }

  /** A declared type that has no type parameters. */
  named(path: string): NamedType {
    const definition = this.find(path)
    if (definition === undefined) throw new Error(`The type ${path} is not declared.`)
    return this.construct(definition, [])
  }

  /** A generic type with its arguments, `path` without type parameters: `generic('System.Nullable', int)`. */
  generic(path: string, ...args: readonly Type[]): NamedType {
    const definition = this.find(path, args.length)
    if (definition === undefined)
      throw new Error(`The type ${path} with ${args.length} type parameters is not declared.`)
    return this.construct(definition, args)
  }

  construct(definition: TypeDefinition, args: readonly Type[]): NamedType {
    const ids = args.length === 0 ? '' : `<${args.map((type) => type.id).join(',')}>`
    let types = this.#constructed.get(definition)
    if (types === undefined) this.#constructed.set(definition, (types = new Map<string, NamedType>()))
    let type = types.get(ids)
    if (type === undefined) {
      const [path = ''] = definition.name.split('<', 1)
      type = { kind: 'named', id: path + ids, definition, arguments: args }
      types.set(ids, type)
    }
    return type
  }

  array(element: Type, rank = 1): ArrayType {
    const id = `${element.id}[${rank}]`
    let type = this.#arrays.get(id)
    if (type === undefined) {
      type = { kind: 'array', id, element, rank }
      this.#arrays.set(id, type)
    }
    return type
  }

  anonymous(members: AnonymousType['members']): AnonymousType {
    const id = `{${members.map(({ name, type }) => `${name}:${type.id}`).join(',')}}`
    let type = this.#anonymous.get(id)
    if (type === undefined) {
      type = { kind: 'anonymous', id, members }
      this.#anonymous.set(id, type)
    }
    return type
  }

  nullable(type: Type): NamedType {
    return this.generic('System.Nullable', type)
  }

  /** T of `T?`. */
  nullableElement(type: Type): Type | undefined {
    return type.kind === 'named' && type.definition.name === 'System.Nullable<T>' ? type.arguments[0] : undefined
  }

  /** Extension methods of imported static classes, by name. */
  extensions(name: string): readonly Member[] {
    let found = this.#extensions.get(name)
    if (found === undefined) {
      found = this.#extensionClasses(name)
        .flatMap((definition) => definition.members.get(name) ?? [])
        .filter((member) => member.extension)
      if (found.length > 0 || this.#extensions.size < KEPT_NAMES) this.#extensions.set(name, found)
    }
    return found
  }

  #extensionClasses(name: string): readonly DeclaredType[] {
    for (const list of this.#pending) if (list.extensions?.split(' ').includes(name) === true) this.#load(list)
    return this.#extending
      .map((declaration) => this.#define(declaration))
      .filter(({ namespace }) => IMPLICIT_USINGS.includes(namespace))
  }

  /** Resolves a type written in a declaration. */
  resolveText(text: string, namespace: string, scope: readonly TypeParameter[]): Type {
    const diagnostics = new Diagnostics(text)
    const tokens = tokenize(text, 0, text.length, { namedValues: false }, diagnostics)
    return this.resolveSyntax(parseType(new Cursor(text, tokens, diagnostics, false)), namespace, scope)
  }

  /** Resolves a type of a declaration: type parameters first, then the declaring namespace, then its full name, then those of the usings. */
  resolveSyntax(syntax: TypeSyntax, namespace: string, scope: readonly TypeParameter[]): Type {
    switch (syntax.kind) {
      case 'predefined-type':
        return this.named(PREDEFINED[syntax.name])
      case 'array-type':
        return this.array(this.resolveSyntax(syntax.element, namespace, scope), syntax.rank)
      case 'nullable-type':
        return this.nullable(this.resolveSyntax(syntax.element, namespace, scope))
      case 'named-type':
        return this.#resolveName(syntax, namespace, scope)
      case 'ref-type':
      case 'tuple-type':
        throw new Error('A declaration uses a type that declarations do not have.')
    }
  }

  #resolveName(syntax: NamedTypeSyntax, namespace: string, scope: readonly TypeParameter[]): Type {
    const path = syntax.parts.map((part) => part.name).join('.')
    const args = syntax.parts
      .flatMap((part) => part.arguments)
      .map((argument) => this.resolveSyntax(argument, namespace, scope))
    const parameter = args.length === 0 ? scope.find(({ name }) => name === path) : undefined
    if (parameter) return parameter
    const arity = args.length
    const definition = this.find(within(namespace, path), arity) ?? this.find(path, arity) ?? this.#only(path, arity)
    if (definition === undefined)
      throw new Error(`The declared types do not include ${path} with ${args.length} type parameters.`)
    return this.construct(definition, args)
  }

  #only(path: string, arity: number): DeclaredType | undefined {
    const found = this.#findIn(DECLARATION_USINGS, path, arity)
    if (found.length > 1) throw new Error(`${path} names more than one declared type: write its namespace.`)
    return found[0]
  }
}

const pathKey = (path: string, arity: number): string => (arity === 0 ? path : `${path}\`${arity}`)

/** The key of a type by the name that its declaration gives it. */
function declaredKey(name: string): string {
  // Most names are their keys.
  if (!/[<+]/.test(name)) return name
  const { path, arity } = readName(name)
  return pathKey(path.replaceAll('+', '.'), arity)
}

const within = (namespace: string, name: string): string => (namespace === '' ? name : `${namespace}.${name}`)

/** `System.Text`: that and `System`. */
function withOuter(namespace: string): string[] {
  const parts = namespace.split('.')
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'))
}

/** Replaces type parameters by what they stand for. */
export function substitute(table: TypeTable, type: Type, map: ReadonlyMap<TypeParameter, Type>): Type {
  if (map.size === 0) return type
  switch (type.kind) {
    case 'type-parameter':
      return map.get(type) ?? type
    case 'array':
      return table.array(substitute(table, type.element, map), type.rank)
    case 'named':
      return type.arguments.length === 0
        ? type
        : table.construct(
            type.definition,
            type.arguments.map((argument) => substitute(table, argument, map)),
          )
    case 'anonymous':
      return table.anonymous(type.members.map(({ name, type: own }) => ({ name, type: substitute(table, own, map) })))
    case 'null':
    case 'error':
      return type
  }
}

const argumentMaps = new WeakMap<NamedType, ReadonlyMap<TypeParameter, Type>>()

/** The arguments of a constructed type, by its definition's parameters. */
export function argumentMap(type: NamedType): ReadonlyMap<TypeParameter, Type> {
  let map = argumentMaps.get(type)
  if (map === undefined) {
    const { typeParameters } = type.definition
    map = new Map(typeParameters.map((parameter, index) => [parameter, type.arguments[index] ?? parameter]))
    argumentMaps.set(type, map)
  }
  return map
}
