import type { BoundExpression, BoundLocal, BoundTarget, Capture, LocalSymbol } from '../bound.js'
import type { Span } from '../position.js'
import type { LocalFunction } from '../syntax.js'
import type { ConstantValue, Type, TypeParameter } from '../types/type.js'

/** A local, parameter or temporary while binding. */
export class Local implements LocalSymbol {
  captured = false
  /** Of a `const`. */
  constant: { readonly value: ConstantValue } | undefined
  parameter = false
  /** A `ref` or `out` parameter: a place of the caller. */
  byReference = false
  /** Why it cannot be assigned, in the compiler's words for the kind of variable; undefined when it can. */
  readOnly: string | undefined

  constructor(
    readonly name: string,
    readonly type: Type,
    readonly owner: FunctionScope,
    readonly slot: number,
  ) {}
}

/** A local function: known in its whole block, before its body is bound. */
export class LocalFunctionSymbol {
  constructor(
    readonly name: string,
    readonly syntax: LocalFunction,
    readonly parameters: readonly FunctionParameter[],
    readonly returnType: Type,
    /** The local that holds the function value. */
    readonly local: Local,
    readonly typeParameters: readonly TypeParameter[],
    /** What the type parameters that its body sees stand for, by name. */
    readonly inner: ReadonlyMap<string, Type>,
    /** The block that declares it. */
    readonly scope: BlockScope,
  ) {}

  /** The function for each list of types that it is called with: its body is another one for each, as in .NET. */
  readonly instances = new Map<string, LocalFunctionSymbol>()
  /** Whether its block is still being bound, so that there is room for more of them. */
  open = true
}

export interface FunctionParameter {
  readonly name: string
  readonly type: Type
  readonly mode: 'value' | 'ref' | 'out' | 'params'
  readonly defaultValue: { readonly value: ConstantValue } | undefined
}

/** What a `return` in a function must give: a type, or whatever it likes (a lambda whose type is being inferred). */
export type ReturnTarget = { readonly kind: 'type'; readonly type: Type } | { readonly kind: 'infer' }

/** One function: the slots of its frame and what it takes from the functions around. */
export class FunctionScope {
  #slots = 0
  readonly #captures = new Map<LocalSymbol, Capture>()
  /** Results of `return` while the type is being inferred. */
  readonly returned: (BoundExpression | undefined)[] = []
  /** Holds `yield`: the type of what it yields. */
  yields: Type | undefined
  iterator = false
  /** Of a local function. */
  name: string | undefined
  /** Returns places, not values. */
  byReference = false

  constructor(
    readonly parent: FunctionScope | undefined,
    readonly returns: ReturnTarget,
    /** How many functions are around: limits how deep lambdas are tried. */
    readonly depth: number = parent ? parent.depth + 1 : 0,
  ) {}

  get frameSize(): number {
    return this.#slots
  }

  get captures(): readonly Capture[] {
    return [...this.#captures.values()]
  }

  newSlot(): number {
    return this.#slots++
  }

  newLocal(name: string, type: Type): Local {
    return new Local(name, type, this, this.newSlot())
  }

  /** The slot of a local in this function; one of a function around is captured on the way. */
  slotOf(local: Local): number {
    if (local.owner === this) return local.slot
    const known = this.#captures.get(local)
    if (known) return known.to
    local.captured = true
    // A local that is neither ours nor of a function around us cannot be in scope.
    const from = this.parent?.slotOf(local) ?? 0
    const capture = { local, from, to: this.newSlot() }
    this.#captures.set(local, capture)
    return capture.to
  }

  reference(local: Local, span: Span): BoundLocal {
    return { kind: 'local', local, slot: this.slotOf(local), type: local.type, start: span.start, end: span.end }
  }
}

/** A variable of a query that travels inside an anonymous object. */
export class RangeSymbol {
  constructor(
    /** The parameter that holds the object. */
    readonly local: Local,
    readonly path: readonly string[],
  ) {}
}

/** A `ref` local: another name for a place. */
export class RefSymbol {
  constructor(
    readonly name: string,
    /** The parts of it are temporaries: the place stays the same whatever happens to the variables it was named by. */
    readonly target: BoundTarget,
    readonly owner: FunctionScope,
  ) {}
}

export type Named = Local | LocalFunctionSymbol | RangeSymbol | RefSymbol

/** The names of one block, and what is declared in it. */
export class BlockScope {
  readonly #names = new Map<string, Named>()
  /** Everything declared here, also temporaries: they get their cells when the block is entered. */
  readonly locals: Local[] = []

  constructor(
    readonly parent: BlockScope | undefined,
    readonly owner: FunctionScope,
  ) {}

  lookup(name: string): Named | undefined {
    return this.#names.get(name) ?? this.parent?.lookup(name)
  }

  /** Labels of this block: a goto in it or in a block inside may name them. */
  readonly labels = new Set<string>()

  hasLabel(name: string): boolean {
    return this.labels.has(name) || (this.parent?.owner === this.owner && this.parent.hasLabel(name))
  }

  /** Where it puts what is declared in it: what a section of a switch declares is in sight of all of them. */
  home: BlockScope = this

  own(name: string): Named | undefined {
    return this.home.#names.get(name) ?? this.#names.get(name)
  }

  /** Names that statements further down in this block declare. */
  readonly later = new Set<string>()

  isLater(name: string): boolean {
    return this.later.has(name) || (this.parent?.isLater(name) ?? false)
  }

  add(name: string, symbol: Named): void {
    this.home.#names.set(name, symbol)
  }
}
