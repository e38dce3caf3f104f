import type {
  BoundBlock,
  BoundExpression,
  BoundFunction,
  BoundPattern,
  BoundStatement,
  BoundSwitchSection,
  LocalSymbol,
} from '../bound.js'
import type { Binder } from './binder.js'
import type { Span } from '../position.js'
import { childrenOf } from './children.js'
import { coversAll } from './flow.js'

/** The variables that may hold no value yet; undefined where no way leads to. */
type State = ReadonlySet<LocalSymbol> | undefined

/** What a local function does to the variables around it. */
interface Summary {
  /** It reads these: they need their values before it is called. */
  readonly needs: ReadonlySet<LocalSymbol>
  /** These have values when it returns. */
  readonly gives: ReadonlySet<LocalSymbol>
}

/** Reports variables that are read before they have a value: C# specification, "Definite assignment". */
export function checkAssigned(b: Binder, program: BoundFunction): void {
  new Assignments(b, new Set([...b.uninitialized, ...(b.jumps ? b.initialized : [])])).function(program)
}

/** What is known of the function that is being looked at. */
interface Frame {
  /** What leaves the loop or switch around by `break`. */
  breaks: State[]
  /** What goes on with the next turn of the loop around by `continue`. */
  continues: State[]
  /** What returns. */
  readonly exits: State[]
  /** What jumps to labels and to sections of a switch. */
  readonly jumps: Map<string, State>
  /** The section of which switch a `goto case` means. */
  section: string
  /** The `out` parameters. */
  readonly out: readonly LocalSymbol[]
  /** Of a local function: what it takes from around. */
  readonly captured: ReadonlySet<LocalSymbol>
}

class Assignments {
  #frame: Frame = frameOf([], [])
  readonly #functions = new Map<LocalSymbol, BoundFunction>()
  readonly #summaries = new Map<LocalSymbol, Summary>()
  readonly #reported = new Set<LocalSymbol>()
  /** Whether a jump was met that its target did not know yet. */
  #changed = false
  #silent = false

  constructor(
    readonly b: Binder,
    /** All variables that begin without a value. */
    readonly all: ReadonlySet<LocalSymbol>,
  ) {}

  /** The variables without a value where the function returns. */
  function(bound: BoundFunction, captured: readonly LocalSymbol[] = [], start: State = this.all): State {
    const outer = { frame: this.#frame, silent: this.#silent }
    const out = bound.parameters.filter((parameter) => this.b.outParameters.has(parameter))
    this.#frame = frameOf(out, captured)
    const state = start && new Set([...start, ...out])
    if (this.b.jumps) this.#settle(bound.body, state)
    this.#silent = outer.silent
    const end = this.#block(bound.body, state)
    const [first] = out
    this.#leave(end, (first && this.b.outParameters.get(first)) ?? bound.body)
    const exits = this.#frame.exits.reduce(join, end)
    this.#frame = outer.frame
    this.#silent = outer.silent
    return exits
  }

  /** Goes over a body until all its labels know who jumps to them. */
  #settle(body: BoundBlock, state: State): void {
    this.#silent = true
    do {
      this.#changed = false
      this.#block(body, state)
    } while (this.#changed)
  }

  /** Where a function ends, its `out` parameters have their values. */
  #leave(state: State, span: Span): void {
    this.#frame.exits.push(state)
    if (this.#silent) return
    for (const { name } of this.#frame.out.filter((parameter) => state?.has(parameter))) {
      const message = `The out parameter '${name}' must be assigned to before control leaves the current method`
      this.b.report('CS0177', span, message)
    }
  }

  #block(block: BoundBlock, state: State): State {
    this.#declare(block.functions)
    const end = this.#list(block.statements, state)
    // What is never called is looked at all the same.
    for (const { local } of block.functions) this.#summary(local)
    return end
  }

  #declare(functions: BoundBlock['functions']): void {
    for (const { local, function: bound } of functions) this.#functions.set(local, bound)
  }

  #summary(local: LocalSymbol): Summary {
    const known = this.#summaries.get(local)
    const bound = this.#functions.get(local)
    if (known || bound === undefined) return known ?? NOTHING
    // A function that calls itself knows nothing of itself yet.
    this.#summaries.set(local, NOTHING)
    const captured = [...this.#captured(bound)].filter((own) => this.all.has(own))
    const silent = this.#silent
    this.#silent = false
    const needs = new Set<LocalSymbol>()
    const exit = this.#withNeeds(needs, () => this.function(bound, captured))
    this.#silent = silent
    const summary = { needs, gives: new Set(captured.filter((own) => exit?.has(own) !== true)) }
    this.#summaries.set(local, summary)
    return summary
  }

  /** What a function takes from around, also by way of the functions that it calls. */
  #captured(bound: BoundFunction, found = new Set<LocalSymbol>()): ReadonlySet<LocalSymbol> {
    for (const { local } of bound.captures) {
      if (found.has(local)) continue
      found.add(local)
      const called = this.#functions.get(local)
      if (called) this.#captured(called, found)
    }
    return found
  }

  #collected: Set<LocalSymbol> | undefined

  #withNeeds<T>(needs: Set<LocalSymbol>, run: () => T): T {
    const outer = this.#collected
    this.#collected = needs
    const result = run()
    this.#collected = outer
    return result
  }

  #list(statements: readonly BoundStatement[], state: State): State {
    return statements.reduce<State>((before, statement) => this.#statement(statement, before), state)
  }

  #statement(statement: BoundStatement, state: State): State {
    switch (statement.kind) {
      case 'block':
        return this.#block(statement, state)
      case 'evaluate':
        return this.#expression(statement.expression, state)
      case 'if': {
        const { whenTrue, whenFalse } = this.#condition(statement.condition, state)
        return join(
          this.#statement(statement.then, whenTrue),
          statement.otherwise ? this.#statement(statement.otherwise, whenFalse) : whenFalse,
        )
      }
      case 'while':
        return this.#loop(statement.condition, state, (inside) => this.#statement(statement.body, inside))
      case 'do': {
        const { value, breaks, continues } = this.#breaking(() => this.#statement(statement.body, state))
        return join(this.#condition(statement.condition, join(value, continues)).whenFalse, breaks)
      }
      case 'for': {
        const start = this.#all(statement.initializers, state)
        return this.#loop(
          statement.condition,
          start,
          (inside) => this.#statement(statement.body, inside),
          statement.iterators,
        )
      }
      case 'foreach': {
        const source = this.#expression(statement.source, state)
        this.#breaking(() => this.#statement(statement.body, this.#all(statement.assign, source)))
        return source
      }
      case 'switch':
        return this.#switch(statement, state)
      case 'break':
        this.#frame.breaks.push(state)
        return undefined
      case 'continue':
        this.#frame.continues.push(state)
        return undefined
      case 'return':
        this.#leave(statement.value ? this.#expression(statement.value, state) : state, statement)
        return undefined
      case 'throw-statement':
        if (statement.value) this.#expression(statement.value, state)
        return undefined
      case 'goto':
        return this.#jump(statement.label, state)
      case 'goto-case':
        return this.#jump(`${this.#frame.section}${statement.section}`, state)
      case 'label':
        return join(state, this.#frame.jumps.get(statement.name))
      case 'try':
        return this.#try(statement, state)
      case 'using':
        return this.#statement(
          statement.body,
          statement.resources.reduce<State>(
            (before, { local, value }) => assigned(this.#expression(value, before), local.local),
            state,
          ),
        )
      case 'yield':
        return statement.value ? this.#expression(statement.value, state) : undefined
    }
  }

  #jump(target: string, state: State): undefined {
    const { jumps } = this.#frame
    const known = jumps.get(target)
    const joined = join(known, state)
    if (joined?.size !== known?.size) this.#changed = true
    jumps.set(target, joined)
  }

  #breaking(run: () => State): { readonly value: State; readonly breaks: State; readonly continues: State } {
    const frame = this.#frame
    const outer = { breaks: frame.breaks, continues: frame.continues }
    frame.breaks = []
    frame.continues = []
    const value = run()
    const breaks = frame.breaks.reduce(join, undefined)
    const continues = frame.continues.reduce(join, undefined)
    Object.assign(frame, outer)
    return { value, breaks, continues }
  }

  #loop(
    condition: BoundExpression | undefined,
    state: State,
    body: (inside: State) => State,
    iterators: readonly BoundExpression[] = [],
  ): State {
    const { whenTrue, whenFalse } = condition
      ? this.#condition(condition, state)
      : { whenTrue: state, whenFalse: undefined }
    const { value, breaks, continues } = this.#breaking(() => body(whenTrue))
    this.#all(iterators, join(value, continues))
    return join(whenFalse, breaks)
  }

  #switch(statement: BoundStatement & { kind: 'switch' }, state: State): State {
    const start = this.#expression(statement.value, state)
    this.#declare(statement.functions)
    const frame = this.#frame
    const outer = { section: frame.section, breaks: frame.breaks }
    frame.breaks = []
    frame.section = `${statement.start}/`
    const only = knownSection(statement)
    for (const [index, section] of statement.sections.entries()) {
      const matched = only === undefined || only === section ? this.#labels(section, start) : undefined
      this.#list(section.statements, join(matched, frame.jumps.get(`${frame.section}${index}`)))
    }
    const breaks = frame.breaks.reduce(join, undefined)
    frame.breaks = outer.breaks
    frame.section = outer.section
    for (const { local } of statement.functions) this.#summary(local)
    return only || coversAll(statement.sections) ? breaks : join(start, breaks)
  }

  /** A section begins with what any of its labels leaves. */
  #labels({ labels, isDefault }: BoundSwitchSection, start: State): State {
    const states = labels.map(({ pattern, when }) => {
      const matched = withPattern(start, pattern)
      return when ? this.#condition(when, matched).whenTrue : matched
    })
    return states.reduce(join, isDefault ? start : undefined)
  }

  #try(statement: BoundStatement & { kind: 'try' }, state: State): State {
    const ends = [this.#block(statement.body, state), ...statement.catches.map((clause) => this.#catch(clause, state))]
    const end = ends.reduce(join, undefined)
    if (statement.finally === undefined) return end
    const last = this.#block(statement.finally, state)
    // What either way left without a value still has none only if `finally` gave it none.
    return end && last && new Set([...end].filter((local) => last.has(local)))
  }

  #catch(clause: (BoundStatement & { kind: 'try' })['catches'][number], state: State): State {
    return this.#block(clause.body, clause.filter ? this.#condition(clause.filter, state).whenTrue : state)
  }

  /** The states after a condition that turned out true or false. */
  #condition(condition: BoundExpression, state: State): { readonly whenTrue: State; readonly whenFalse: State } {
    if (condition.kind === 'constant') {
      return condition.value === true
        ? { whenTrue: state, whenFalse: undefined }
        : { whenTrue: undefined, whenFalse: state }
    }
    if (condition.kind === 'unary' && condition.operator === '!') {
      const { whenTrue, whenFalse } = this.#condition(condition.operand, state)
      return { whenTrue: whenFalse, whenFalse: whenTrue }
    }
    if (condition.kind === 'logical') {
      const left = this.#condition(condition.left, state)
      const isAnd = condition.operator === '&&'
      const right = this.#condition(condition.right, isAnd ? left.whenTrue : left.whenFalse)
      if (isAnd) return { whenTrue: right.whenTrue, whenFalse: join(left.whenFalse, right.whenFalse) }
      return { whenTrue: join(left.whenTrue, right.whenTrue), whenFalse: right.whenFalse }
    }
    if (condition.kind === 'conditional') {
      const { whenTrue, whenFalse } = this.#condition(condition.condition, state)
      const [one, two] = [
        this.#condition(condition.whenTrue, whenTrue),
        this.#condition(condition.whenFalse, whenFalse),
      ]
      return { whenTrue: join(one.whenTrue, two.whenTrue), whenFalse: join(one.whenFalse, two.whenFalse) }
    }
    const after = this.#expression(condition, state)
    const whenTrue = condition.kind === 'is-pattern' ? withPattern(after, condition.pattern) : after
    return { whenTrue, whenFalse: after }
  }

  #expression(expression: BoundExpression, state: State): State {
    switch (expression.kind) {
      case 'local':
        if (state?.has(expression.local)) this.#report(expression.local, expression)
        return state
      case 'logical': {
        const { whenTrue, whenFalse } = this.#condition(expression, state)
        return join(whenTrue, whenFalse)
      }
      case 'conditional': {
        const { whenTrue, whenFalse } = this.#condition(expression.condition, state)
        return join(this.#expression(expression.whenTrue, whenTrue), this.#expression(expression.whenFalse, whenFalse))
      }
      case 'coalesce': {
        const left = this.#expression(expression.left, state)
        return join(left, this.#expression(expression.right, left))
      }
      case 'conditional-access': {
        const receiver = this.#expression(expression.receiver, state)
        return join(receiver, this.#expression(expression.access, receiver))
      }
      case 'assign': {
        const after = this.#all(childrenOf(expression), state)
        return expression.target.kind === 'local' ? assigned(after, expression.target.local) : after
      }
      case 'local-call':
        return this.#localCall(expression, this.#call(expression, state))
      case 'call':
      case 'new':
        return this.#call(expression, state)
      case 'delegate':
        if (expression.target.kind === 'local-function')
          this.#need(this.#summary(expression.target.function.local), expression, state)
        return this.#all(childrenOf(expression), state)
      case 'lambda':
        this.function(expression.function, [], state)
        return state
      case 'throw':
        this.#expression(expression.value, state)
        return undefined
      default:
        return this.#all(childrenOf(expression), state)
    }
  }

  #all(list: readonly BoundExpression[], state: State): State {
    return list.reduce<State>((before, part) => this.#expression(part, before), state)
  }

  #localCall(call: BoundExpression & { kind: 'local-call' }, state: State): State {
    const summary = this.#summary(call.function.local)
    this.#need(summary, call, state)
    return [...summary.gives].reduce<State>(assigned, state)
  }

  #need({ needs }: Summary, span: Span, state: State): void {
    for (const local of needs) if (state?.has(local)) this.#report(local, span)
  }

  /** What is passed by `out` has its value after the call. */
  #call(expression: BoundExpression & { kind: 'call' | 'local-call' | 'new' }, state: State): State {
    let after = this.#all(childrenOf(expression), state)
    for (const argument of expression.arguments) {
      if (argument.kind !== 'reference' || argument.target.kind !== 'local') continue
      if (argument.mode === 'ref' && state?.has(argument.target.local))
        this.#report(argument.target.local, argument.target)
      after = assigned(after, argument.target.local)
    }
    return after
  }

  #report(local: LocalSymbol, span: Span): void {
    // A local function reads it when it is called, and that is where it needs its value.
    if (this.#frame.captured.has(local)) this.#collected?.add(local)
    else if (!this.#silent && !this.#reported.has(local)) {
      this.#reported.add(local)
      if (this.b.outParameters.has(local))
        this.b.report('CS0269', span, `Use of unassigned out parameter '${local.name}'`)
      else this.b.report('CS0165', span, `Use of unassigned local variable '${local.name}'`)
    }
  }
}

/** The section that a constant leads to; undefined where that is only known later. */
function knownSection({ value, sections }: BoundStatement & { kind: 'switch' }): BoundSwitchSection | undefined {
  if (value.kind !== 'constant') return undefined
  const isPlain = sections.every(({ labels }) =>
    labels.every(({ pattern, when }) => pattern.kind === 'constant' && !when),
  )
  if (!isPlain) return undefined
  const matches = ({ labels }: BoundSwitchSection): boolean =>
    labels.some(({ pattern }) => pattern.kind === 'constant' && pattern.value.value === value.value)
  return sections.find(matches) ?? sections.find((section) => section.isDefault)
}

const NOTHING: Summary = { needs: new Set(), gives: new Set() }

function frameOf(out: readonly LocalSymbol[], captured: readonly LocalSymbol[]): Frame {
  return {
    breaks: [],
    continues: [],
    exits: [],
    jumps: new Map(),
    section: '',
    out,
    captured: new Set(captured),
  }
}

/** The variable of a pattern that matched has its value. */
function withPattern(state: State, pattern: BoundPattern): State {
  return pattern.kind === 'constant' || pattern.local === undefined ? state : assigned(state, pattern.local.local)
}

function join(one: State, two: State): State {
  if (one === undefined || two === undefined || one === two) return one ?? two
  return new Set([...one, ...two])
}

function assigned(state: State, local: LocalSymbol): State {
  if (state === undefined || !state.has(local)) return state
  return new Set([...state].filter((other) => other !== local))
}
