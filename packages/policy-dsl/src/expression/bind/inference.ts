import { substitute } from '../types/table.js'
import type { Type, TypeParameter } from '../types/type.js'
import type { Binder } from './binder.js'
import { implicitType } from './conversions.js'
import { groupReturn } from './delegates.js'
import { inferredReturn } from './lambdas.js'
import { isValue, type BoundArgument, type Operand } from './operand.js'
import { asGeneric, isReferenceType, isVoid, signatureOf } from './relations.js'
import { tupleType } from './tuples.js'
import { resolveType } from './types.js'

/** What is known of one type parameter: types it is, types that convert to it, types it converts to. */
interface Bounds {
  readonly exact: Set<Type>
  readonly lower: Set<Type>
  readonly upper: Set<Type>
  fixed: Type | undefined
}

/**
 * Finds the type arguments of a generic method from its arguments: C# specification, "Type inference".
 * @param declared for each argument the type of its parameter
 * @returns undefined when a type parameter stays open
 */
export function inferTypeArguments(
  b: Binder,
  parameters: readonly TypeParameter[],
  args: readonly BoundArgument[],
  declared: readonly Type[],
): readonly Type[] | undefined {
  return new Inference(b, parameters, args, declared).run()
}

class Inference {
  readonly #bounds: ReadonlyMap<TypeParameter, Bounds>

  constructor(
    readonly b: Binder,
    readonly parameters: readonly TypeParameter[],
    readonly args: readonly BoundArgument[],
    readonly declared: readonly Type[],
  ) {
    const make = (): Bounds => ({ exact: new Set(), lower: new Set(), upper: new Set(), fixed: undefined })
    this.#bounds = new Map(parameters.map((parameter) => [parameter, make()]))
  }

  run(): readonly Type[] | undefined {
    for (const [index, argument] of this.args.entries()) {
      const type = this.declared[index]
      if (type) this.#first(argument, type)
    }
    const waiting = new Set(this.args.keys())
    while (!this.#allFixed()) {
      const before = this.#fixedCount() - waiting.size
      if (!this.#fixReady(waiting)) return undefined
      this.#second(waiting)
      if (this.#fixedCount() - waiting.size === before) return undefined
    }
    return this.parameters.map((parameter) => this.#fixed(parameter) ?? parameter)
  }

  #fixed(parameter: TypeParameter): Type | undefined {
    return this.#bounds.get(parameter)?.fixed
  }

  #fixedCount(): number {
    return this.parameters.filter((parameter) => this.#fixed(parameter)).length
  }

  #allFixed(): boolean {
    return this.#fixedCount() === this.parameters.length
  }

  /** What an argument says by itself. */
  #first(argument: BoundArgument, type: Type): void {
    const { operand } = argument
    if (operand.kind === 'out-declaration') {
      if (operand.type) this.#exact(operand.type, type)
    } else if (operand.kind === 'unbound-lambda') this.#explicitParameters(operand, type)
    else if (operand.kind === 'tuple-literal') this.#lowerOf(tupleType(this.b, operand), type)
    else if (isValue(operand)) {
      if (argument.mode === 'value') this.#lowerOf(operand.type, type)
      else this.#exact(operand.type, type)
    }
  }

  #lowerOf(from: Type | undefined, to: Type): void {
    if (from && from.kind !== 'null' && from.kind !== 'error' && !isVoid(from)) this.#lower(from, to)
  }

  /** `(int x) => …` says what its parameters are. */
  #explicitParameters(lambda: Extract<Operand, { kind: 'unbound-lambda' }>, type: Type): void {
    const signature = signatureOf(this.b.table, type)
    for (const [index, parameter] of (lambda.syntax.parameters ?? []).entries()) {
      const target = signature?.parameters[index]?.type
      if (parameter.type === undefined || target === undefined) continue
      const { type: syntax } = parameter
      const own = this.b.attempt(() => resolveType(this.b, syntax)).value
      this.#exact(own, target)
    }
  }

  /** Fixes what nothing else is waiting for; when there is nothing such, whatever has bounds. */
  #fixReady(waiting: ReadonlySet<number>): boolean {
    const open = this.parameters.filter((parameter) => !this.#fixed(parameter))
    const outputs = new Set([...waiting].flatMap((index) => this.#outputs(index)))
    const independent = open.filter((parameter) => this.#hasBounds(parameter) && !outputs.has(parameter))
    const inputs = new Set([...waiting].flatMap((index) => this.#inputs(index)))
    const ready =
      independent.length > 0
        ? independent
        : open.filter((parameter) => this.#hasBounds(parameter) && inputs.has(parameter))
    const chosen =
      ready.length > 0 ? ready : this.#noneCanRun(waiting) ? open.filter((parameter) => this.#hasBounds(parameter)) : []
    return chosen.every((parameter) => this.#fix(parameter))
  }

  #noneCanRun(waiting: ReadonlySet<number>): boolean {
    return ![...waiting].some((index) => this.#outputs(index).length > 0 && this.#inputs(index).length === 0)
  }

  #hasBounds(parameter: TypeParameter): boolean {
    const bounds = this.#bounds.get(parameter)
    return bounds !== undefined && bounds.exact.size + bounds.lower.size + bounds.upper.size > 0
  }

  /** Open type parameters among the parameters of the delegate an argument becomes. */
  #inputs(index: number): TypeParameter[] {
    const argument = this.args[index]
    const type = this.declared[index]
    const signature = type && signatureOf(this.b.table, type)
    if (argument === undefined || signature === undefined || !isFunction(argument.operand)) return []
    const lambda = argument.operand
    const types = signature.parameters.filter(
      (_, at) => lambda.kind === 'method-group' || lambda.syntax.parameters?.[at]?.type === undefined,
    )
    return types.flatMap((parameter) => this.#openIn(parameter.type))
  }

  /** Open type parameters of its result. */
  #outputs(index: number): TypeParameter[] {
    const argument = this.args[index]
    const type = this.declared[index]
    const signature = type && signatureOf(this.b.table, type)
    return argument && signature && isFunction(argument.operand) ? this.#openIn(signature.returnType) : []
  }

  #openIn(type: Type): TypeParameter[] {
    switch (type.kind) {
      case 'type-parameter':
        return this.#bounds.has(type) && !this.#fixed(type) ? [type] : []
      case 'array':
        return this.#openIn(type.element)
      case 'named':
        return type.arguments.flatMap((argument) => this.#openIn(argument))
      default:
        return []
    }
  }

  /** Lambdas and method groups whose parameters are known say what they give. */
  #second(waiting: Set<number>): void {
    for (const index of waiting) {
      if (this.#inputs(index).length > 0) continue
      const argument = this.args[index]
      const type = this.declared[index]
      const signature = type && signatureOf(this.b.table, type)
      waiting.delete(index)
      if (argument === undefined || signature === undefined || !isFunction(argument.operand)) continue
      const map = new Map(this.parameters.map((parameter) => [parameter, this.#fixed(parameter) ?? parameter] as const))
      const types = signature.parameters.map((parameter) => substitute(this.b.table, parameter.type, map))
      const result =
        argument.operand.kind === 'unbound-lambda'
          ? inferredReturn(this.b, argument.operand, types)
          : groupReturn(this.b, argument.operand, types)
      this.#lowerOf(result, signature.returnType)
    }
  }

  #exact(from: Type, to: Type): void {
    if (to.kind === 'type-parameter') this.#bounds.get(to)?.exact.add(from)
    else if (to.kind === 'array' && from.kind === 'array' && to.rank === from.rank)
      this.#exact(from.element, to.element)
    else if (to.kind === 'named' && from.kind === 'named' && to.definition === from.definition) {
      for (const [index, argument] of to.arguments.entries()) this.#exact(from.arguments[index] ?? argument, argument)
    }
  }

  #lower(from: Type, to: Type): void {
    if (to.kind === 'type-parameter') this.#bounds.get(to)?.lower.add(from)
    else if (to.kind === 'array') {
      if (from.kind === 'array' && from.rank === to.rank) this.#element(from.element, to.element)
    } else if (to.kind === 'named' && to.arguments.length > 0) this.#lowerNamed(from, to)
  }

  #lowerNamed(from: Type, to: Extract<Type, { kind: 'named' }>): void {
    const element = this.b.table.nullableElement(to)
    if (element) return this.#lower(this.b.table.nullableElement(from) ?? from, element)
    const found = asGeneric(this.b.table, from, to.definition.name.replace(/<.*/, ''))
    if (found === undefined) return
    for (const [index, argument] of to.arguments.entries()) {
      const own = found.arguments[index] ?? argument
      const variance = to.definition.variance[index]
      if (variance === 'out') this.#element(own, argument)
      else if (variance === 'in' && isReferenceType(own)) this.#upper(own, argument)
      else this.#exact(own, argument)
    }
  }

  /** Only references vary. */
  #element(from: Type, to: Type): void {
    if (isReferenceType(from)) this.#lower(from, to)
    else this.#exact(from, to)
  }

  #upper(from: Type, to: Type): void {
    if (to.kind === 'type-parameter') this.#bounds.get(to)?.upper.add(from)
    else this.#exact(from, to)
  }

  /** Chooses the type that all bounds allow; that all others convert to. */
  #fix(parameter: TypeParameter): boolean {
    const bounds = this.#bounds.get(parameter)
    if (bounds === undefined) return false
    const all = [...new Set([...bounds.exact, ...bounds.lower, ...bounds.upper])]
    const converts = (from: Type, to: Type): boolean => from === to || implicitType(this.b, from, to) !== undefined
    const allowed = all.filter(
      (type) =>
        [...bounds.exact].every((exact) => exact === type) &&
        [...bounds.lower].every((lower) => converts(lower, type)) &&
        [...bounds.upper].every((upper) => converts(type, upper)),
    )
    bounds.fixed = allowed.find((type) => allowed.every((other) => converts(other, type)))
    return bounds.fixed !== undefined
  }
}

const isFunction = (operand: Operand): operand is Extract<Operand, { kind: 'unbound-lambda' | 'method-group' }> =>
  operand.kind === 'unbound-lambda' || operand.kind === 'method-group'
