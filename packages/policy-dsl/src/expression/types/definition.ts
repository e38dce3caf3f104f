import type { Expression, TypeSyntax } from '../syntax.js'
import type { TypeBody, TypeDeclaration } from './declare.js'
import { MemberMap } from './member-map.js'
import { parseSignature, type Signature } from './signature.js'
import type { TypeTable } from './table.js'
import {
  displayType,
  type Constraints,
  type ConstantValue,
  type Member,
  type NamedType,
  type ParameterSymbol,
  type Type,
  type TypeDefinition,
  type TypeKind,
  type TypeParameter,
} from './type.js'

const NO_CONSTRAINTS: Constraints = { class: false, struct: false, new: false, types: [] }

/** Makes a type parameter. Two with one name are two: the id is the place in a table's count. */
export function typeParameter(
  table: TypeTable,
  name: string,
  constraints: Constraints = NO_CONSTRAINTS,
): TypeParameter {
  return { kind: 'type-parameter', id: `!${table.nextId()}`, name, constraints }
}

/** The name of a declaration without its type parameters, and how many these are. */
export function readName(name: string): { readonly path: string; readonly arity: number } {
  const list = name.indexOf('<')
  if (list < 0) return { path: name, arity: 0 }
  return { path: name.slice(0, list) + name.slice(name.indexOf('>') + 1), arity: name.split(',').length }
}

/** A declared type; what its text holds is parsed when first asked for, and kept. */
export class DeclaredType implements TypeDefinition {
  /** The name without type parameters, `+` between nested types. */
  readonly path: string
  /** How many type parameters it has. */
  readonly arity: number
  readonly namespace: string
  readonly simpleName: string
  readonly #table: TypeTable
  readonly #declaration: TypeDeclaration
  #read: TypeBody | undefined
  #name: string | undefined
  #typeParameters: readonly TypeParameter[] | undefined
  #base: NamedType | undefined | null = null
  #interfaces: readonly NamedType[] | undefined
  #members: ReadonlyMap<string, readonly Member[]> | undefined

  constructor(declaration: TypeDeclaration, table: TypeTable) {
    const { path, arity } = readName(declaration.name)
    this.path = path
    this.arity = arity
    const nested = this.path.indexOf('+')
    const dot = this.path.lastIndexOf('.', nested < 0 ? undefined : nested)
    this.namespace = this.path.slice(0, Math.max(0, dot))
    this.simpleName = this.path.slice(dot + 1).replaceAll('+', '.')
    this.#declaration = declaration
    this.#table = table
  }

  get #body(): TypeBody {
    this.#read ??= this.#declaration.body()
    return this.#read
  }

  get kind(): TypeKind {
    return this.#body.kind ?? 'class'
  }

  get static(): boolean {
    return this.#declaration.static
  }

  get extensions(): boolean {
    return this.#declaration.extensions
  }

  get abstract(): boolean {
    return this.#body.abstract === true || this.kind === 'interface'
  }

  get name(): string {
    this.#name ??= this.#fullName()
    return this.#name
  }

  get typeParameters(): readonly TypeParameter[] {
    this.#typeParameters ??= this.#parameterTexts().map((text) =>
      typeParameter(this.#table, text.replace(/^(in|out) /, '')),
    )
    return this.#typeParameters
  }

  get variance(): readonly ('in' | 'out' | undefined)[] {
    return this.#parameterTexts().map((text) =>
      text.startsWith('in ') ? 'in' : text.startsWith('out ') ? 'out' : undefined,
    )
  }

  #fullName(): string {
    const list = this.typeParameters.map(({ name }) => name).join(',')
    return this.path.replaceAll('+', '.') + (list === '' ? '' : `<${list}>`)
  }

  #parameterTexts(): readonly string[] {
    if (this.arity === 0) return []
    const [, list = ''] = /<(.*)>/.exec(this.#declaration.name) ?? []
    return list === '' ? [] : list.split(',').map((parameter) => parameter.trim())
  }

  get base(): NamedType | undefined {
    if (this.#base === null) this.#base = this.#readBase()
    return this.#base
  }

  get interfaces(): readonly NamedType[] {
    this.#interfaces ??= (this.#body.interfaces ?? []).map((text) => this.#named(text))
    return this.#interfaces
  }

  get members(): ReadonlyMap<string, readonly Member[]> {
    this.#members ??= this.kind === 'enum' ? this.#enumMembers() : this.#readMembers()
    return this.#members
  }

  get underlying(): NamedType | undefined {
    return this.kind === 'enum' ? this.#table.special.int : undefined
  }

  get invoke(): Member | undefined {
    return this.kind === 'delegate' ? this.members.get('Invoke')?.[0] : undefined
  }

  #named(text: string): NamedType {
    const type = this.#table.resolveText(text, this.namespace, this.typeParameters)
    if (type.kind !== 'named')
      throw new Error(`The declaration of ${this.name} names ${text}, which is no declared type.`)
    return type
  }

  #readBase(): NamedType | undefined {
    const { base } = this.#body
    if (base !== undefined) return this.#named(base)
    if (this.kind === 'interface' || this.name === 'System.Object' || this.name === 'System.Void') return undefined
    if (this.kind === 'enum') return this.#table.named('System.Enum')
    if (this.kind === 'delegate') return this.#table.named('System.MulticastDelegate')
    return this.kind === 'struct' ? this.#table.named('System.ValueType') : this.#table.special.object
  }

  #enumMembers(): Map<string, Member[]> {
    const type = this.#table.construct(this, [])
    const members = new Map<string, Member[]>()
    for (const [name, value] of Object.entries(this.#body.values ?? {})) {
      members.set(name, [{ ...this.#member('constant', name, `${this.name}.${name}`, type), static: true, value }])
    }
    return members
  }

  #readMembers(): MemberMap {
    const simple = this.simpleName.slice(this.simpleName.lastIndexOf('.') + 1)
    return new MemberMap(this.#body.members ?? [], simple, (text) => this.#resolve(parseSignature(text, simple)))
  }

  #member(kind: Member['kind'], name: string, key: string, type: Type): Member {
    return {
      kind,
      key,
      name,
      declaring: this,
      static: false,
      override: false,
      extension: false,
      typeParameters: [],
      parameters: [],
      type,
      canRead: true,
      canWrite: false,
      value: undefined,
    }
  }

  #resolve(signature: Signature): Member {
    const { kind, name, modifiers } = signature
    const typeParameters = this.#memberTypeParameters(signature)
    const scope = [...typeParameters, ...this.typeParameters]
    const resolve = (type: TypeSyntax | undefined): Type =>
      type === undefined
        ? this.#table.construct(this, this.typeParameters)
        : this.#table.resolveSyntax(type, this.namespace, scope)
    const parameters = signature.parameters.map((parameter): ParameterSymbol => ({
      name: parameter.name.name,
      type: resolve(parameter.type),
      mode: parameter.mode,
      defaultValue: parameter.defaultValue && { value: this.#constant(parameter.defaultValue) },
    }))
    const type = resolve(signature.type)
    return {
      ...this.#member(kind, name, this.#key(signature, typeParameters, parameters, type), type),
      static:
        modifiers.has('static') ||
        modifiers.has('const') ||
        this.static ||
        kind === 'operator' ||
        kind === 'conversion',
      override: modifiers.has('override'),
      extension: signature.extension,
      typeParameters,
      parameters,
      canRead: signature.canRead,
      canWrite: signature.canWrite,
      value: signature.value && this.#constant(signature.value),
    }
  }

  #memberTypeParameters({ typeParameters, constraints }: Signature): TypeParameter[] {
    return typeParameters.map(({ name }) => {
      const own = constraints.filter(({ parameter }) => parameter.name === name)
      const special = own.flatMap((constraint) => constraint.special)
      return typeParameter(this.#table, name, {
        class: special.includes('class'),
        struct: special.includes('struct'),
        new: special.includes('new'),
        types: [],
      })
    })
  }

  /** `default(T)` and `null` are null; an enum's default is written as its member's number. */
  #constant(expression: Expression): ConstantValue {
    if (expression.kind === 'literal') return expression.value
    if (expression.kind === 'unary' && expression.operand.kind === 'literal') {
      const { value } = expression.operand
      if (typeof value === 'number' || typeof value === 'bigint') return -value
      if (typeof value === 'object' && value !== null) return { ...value, unscaled: -value.unscaled }
    }
    if (expression.kind === 'default') return null
    // The limits of reals that have no digits are written as a division by zero.
    if (expression.kind === 'binary' && expression.operator === '/')
      return Number(this.#constant(expression.left)) / Number(this.#constant(expression.right))
    throw new Error(`A default value in ${this.name} is neither a literal nor default(T).`)
  }

  #key(
    { kind, name }: Signature,
    typeParameters: readonly TypeParameter[],
    parameters: readonly ParameterSymbol[],
    type: Type,
  ): string {
    const list = parameters.map((parameter) => displayType(parameter.type).replaceAll(', ', ',')).join(',')
    const generic =
      typeParameters.length === 0 ? '' : `<${typeParameters.map((parameter) => parameter.name).join(',')}>`
    const full = `${this.name}.${name}${generic}`
    if (kind === 'property' || kind === 'field' || kind === 'constant') return full
    return kind === 'conversion' ? `${full}(${list}):${displayType(type).replaceAll(', ', ',')}` : `${full}(${list})`
  }
}
