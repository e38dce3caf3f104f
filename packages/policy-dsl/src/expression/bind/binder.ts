import type { BoundConstant, BoundExpression, BoundLocal, BoundPattern, LocalSymbol, MemberUseAt } from '../bound.js'
import type { Diagnostics } from '../diagnostic.js'
import type { Span } from '../position.js'
import type { TypeTable } from '../types/table.js'
import { displayType, type ConstantValue, type Member, type Type } from '../types/type.js'
import { BlockScope, Local, type FunctionScope } from './scope.js'

/** Nodes one expression may cost: lambdas are tried for each overload, and a hostile text could make that grow without end. */
const BUDGET = 40_000

/** What a trial gave. */
interface Attempt<T> {
  readonly value: T
  readonly errors: boolean
  readonly codes: readonly string[]
  readonly uses: readonly MemberUseAt[]
}

/** What binding one expression needs to know and remember. */
export class Binder {
  function: FunctionScope
  scope: BlockScope
  /** Overflow of constants is an error unless `unchecked`; at run time it wraps unless `checked`. */
  checked: 'default' | 'checked' | 'unchecked' = 'default'
  hasLoop = false
  /** What stands for the target of `?.` while its access is bound. */
  receiver: BoundExpression | undefined
  /** What the statements around allow: see statements.ts. */
  loops = 0
  switches: (readonly (readonly (BoundPattern | undefined)[])[])[] = []
  /** Whether a finally clause of this function is around: nothing may leave it. */
  inFinally = false
  /** How many catch clauses are around: `throw;` needs one. */
  catches = 0
  /** Whether the body of a function made of a generic one is bound: what it says was checked before. */
  instantiating = false
  /** Type parameters of generic local functions around, with what they stand for. */
  typeParameters: ReadonlyMap<string, Type> = new Map()
  /** Names of the elements of value tuples, by the local, function or expression that has them. A tuple's type does not know them. */
  readonly tupleNames = new WeakMap<object, readonly (string | undefined)[]>()
  private readonly namesByTupleType = new Map<Type, (readonly (string | undefined)[])[]>()
  /** See `BoundProgram.uses`. */
  readonly uses: MemberUseAt[] = []
  /** Of local functions, with where these have their names. */
  readonly outParameters = new Map<LocalSymbol, Span>()
  /** Variables declared without a value. */
  readonly uninitialized = new Set<LocalSymbol>()
  /** Variables declared with a value: a jump can pass them by. */
  readonly initialized: LocalSymbol[] = []
  /** Whether there are jumps to labels, or switch sections that declare variables for the others. */
  jumps = false
  #steps = 0

  constructor(
    readonly table: TypeTable,
    readonly diagnostics: Diagnostics,
    root: FunctionScope,
  ) {
    this.function = root
    this.scope = new BlockScope(undefined, root)
  }

  report(code: string, span: Span, message: string): void {
    this.diagnostics.report(code, span, message)
  }

  /** Counts a step; past the budget the expression is refused. */
  step(span: Span): boolean {
    if (++this.#steps < BUDGET) return true
    if (this.#steps === BUDGET) this.report('CS8078', span, 'An expression is too long or complex to compile')
    return false
  }

  /** Runs a trial and takes back what it reported and used; tells what that was. */
  attempt<T>(run: () => T): Attempt<T> {
    const reported = this.diagnostics.count
    const used = this.uses.length
    const value = run()
    const codes = this.diagnostics.truncate(reported)
    return { value, errors: codes.length > 0, codes, uses: this.uses.splice(used) }
  }

  /** Remembers that the source uses a member here. */
  used(member: Member, span: Span): void {
    this.uses.push({ member, start: span.start, end: span.end })
  }

  constant(value: ConstantValue, type: Type, span: Span): BoundConstant {
    return { kind: 'constant', value, type, start: span.start, end: span.end }
  }

  /** Stands for something wrong that was reported. */
  error(span: Span): BoundConstant {
    return this.constant(null, this.table.errorType, span)
  }

  /** Reports and stands in. */
  fail(code: string, span: Span, message: string): BoundConstant {
    this.report(code, span, message)
    return this.error(span)
  }

  /** A local that no name leads to. */
  temp(type: Type, span: Span): BoundLocal {
    const local = this.function.newLocal('', type)
    this.scope.locals.push(local)
    return this.function.reference(local, span)
  }

  /** Declares a name in the block that is being bound. */
  declare(name: string, type: Type, span: Span): Local {
    this.checkName(name, span)
    const local = this.function.newLocal(name, type)
    this.scope.add(name, local)
    this.scope.home.locals.push(local)
    return local
  }

  /** A parameter is no local of the block: its value, or the cell around it, is there when the function is entered. */
  declareParameter(name: string, type: Type, span: Span): Local {
    if (this.scope.own(name)) this.report('CS0100', span, `The parameter name '${name}' is a duplicate`)
    else this.checkName(name, span)
    const local = this.function.newLocal(name, type)
    local.parameter = true
    this.scope.add(name, local)
    return local
  }

  /** A name may not be declared twice in a block, nor hide one of a block around. */
  checkName(name: string, span: Span): void {
    const own = this.scope.own(name)
    // The parameters of a function are around its block, though they share its scope here.
    const isOwn = own !== undefined && !(own instanceof Local && own.parameter)
    if (isOwn) {
      this.report('CS0128', span, `A local variable or function named '${name}' is already defined in this scope`)
    } else if (this.scope.lookup(name) || this.scope.home.parent?.isLater(name)) {
      const message = `A local or parameter named '${name}' cannot be declared in this scope because that name is used in an enclosing local scope to define a local or parameter`
      this.report('CS0136', span, message)
    }
  }

  /** Runs with a block of its own. */
  inScope<T>(run: (scope: BlockScope) => T): T {
    const outer = this.scope
    const scope = new BlockScope(outer, this.function)
    this.scope = scope
    const result = run(scope)
    this.scope = outer
    return result
  }

  /** The names of the elements of a tuple, where they can be known. */
  tupleNamesOf(value: BoundExpression): readonly (string | undefined)[] | undefined {
    if (value.kind === 'local') return this.tupleNames.get(value.local)
    return this.tupleNames.get(value.kind === 'local-call' ? value.function.local : value)
  }

  /** Remembers that the expression names the elements of tuples of this type so. */
  nameTuple(type: Type, names: readonly (string | undefined)[]): void {
    const known = this.namesByTupleType.get(type)
    if (known === undefined) this.namesByTupleType.set(type, [names])
    else if (!known.some((other) => other.every((name, index) => name === names[index]))) known.push(names)
  }

  /**
   * Which element of a tuple has that name; -1 when none has. Types are interned without names, so those of a tuple that comes out of
   * a list, a query or a lambda's parameter are looked for among all that the expression gives to tuples of the type; where these
   * disagree on the place, the name is nobody's.
   */
  tupleIndex(receiver: BoundExpression, name: string): number {
    const names = this.tupleNamesOf(receiver)
    if (names) return names.indexOf(name)
    const places = new Set(this.namesByTupleType.get(receiver.type)?.map((given) => given.indexOf(name)))
    places.delete(-1)
    const [place] = places
    return place === undefined || places.size > 1 ? -1 : place
  }

  passTupleNames(from: BoundExpression, to: object): void {
    const names = this.tupleNamesOf(from)
    if (names) this.tupleNames.set(to, names)
  }

  show(type: Type): string {
    return displayType(type)
  }

  /** With its namespace: how messages about conversions name a type. */
  showFull(type: Type): string {
    return displayType(type, true)
  }
}
