import type { BoundBlock, BoundExpression, BoundFunction, BoundStatement, LocalSymbol } from '../bound.js'
import type { Binder } from './binder.js'
import type { Span } from '../position.js'
import { childrenOf } from './children.js'

/** The variables that may hold no value yet; undefined where no way leads to. */
type State = ReadonlySet<LocalSymbol> | undefined

/**
 * Reports variables that are read before they have a value: C# specification, "Definite assignment". Only variables that were declared
 * without one are looked at; patterns and `out var` give theirs a value where they can be named.
 */
export function checkAssigned(b: Binder, program: BoundFunction): void {
  new Assignments(b).function(program, new Set(b.uninitialized))
}

class Assignments {
  /** What leaves the loop or switch around by `break`. */
  #breaks: State[] = []
  /** The `out` parameters of the function that is looked at. */
  #out: readonly LocalSymbol[] = []
  readonly #reported = new Set<LocalSymbol>()

  constructor(readonly b: Binder) {}

  function(bound: BoundFunction, state: State): void {
    const outer = { breaks: this.#breaks, out: this.#out }
    this.#breaks = []
    this.#out = bound.parameters.filter((parameter) => this.b.outParameters.has(parameter))
    const end = this.#block(bound.body, state && new Set([...state, ...this.#out]))
    const [first] = this.#out
    this.#leave(end, (first && this.b.outParameters.get(first)) ?? bound.body)
    this.#breaks = outer.breaks
    this.#out = outer.out
  }

  /** Where a function ends, its `out` parameters have their values. */
  #leave(state: State, span: Span): void {
    for (const { name } of this.#out.filter((parameter) => state?.has(parameter))) {
      const message = `The out parameter '${name}' must be assigned to before control leaves the current method`
      this.b.report('CS0177', span, message)
    }
  }

  #block(block: BoundBlock, state: State): State {
    // A local function may be called later, when the variables around have their values: only its own are looked at.
    for (const { function: local } of block.functions) this.function(local, this.#ownOf(local.body))
    return this.#list(block.statements, state)
  }

  #ownOf(block: BoundBlock): State {
    return new Set(block.locals.filter((local) => this.b.uninitialized.has(local)))
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
        const { value: after, breaks } = this.#breaking(() => this.#statement(statement.body, state))
        return join(this.#condition(statement.condition, after ?? state).whenFalse, breaks)
      }
      case 'for': {
        const start = statement.initializers.reduce<State>((before, value) => this.#expression(value, before), state)
        return this.#loop(statement.condition, start, (inside) =>
          statement.iterators.reduce<State>(
            (before, value) => this.#expression(value, before),
            this.#statement(statement.body, inside),
          ),
        )
      }
      case 'foreach': {
        const source = this.#expression(statement.source, state)
        this.#breaking(() =>
          this.#statement(
            statement.body,
            statement.assign.reduce<State>((before, value) => this.#expression(value, before), source),
          ),
        )
        return source
      }
      case 'switch':
        return this.#switch(statement, state)
      case 'break':
        this.#breaks.push(state)
        return undefined
      case 'return':
        this.#leave(statement.value ? this.#expression(statement.value, state) : state, statement)
        return undefined
      case 'throw-statement':
        if (statement.value) this.#expression(statement.value, state)
        return undefined
      case 'continue':
      case 'goto':
      case 'goto-case':
        return undefined
      case 'label':
        // Jumps come from anywhere; better not to complain than to complain wrongly.
        return new Set()
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

  #breaking(run: () => State): { readonly value: State; readonly breaks: State } {
    const outer = this.#breaks
    this.#breaks = []
    const value = run()
    const breaks = this.#breaks.reduce(join, undefined)
    this.#breaks = outer
    return { value, breaks }
  }

  #loop(condition: BoundExpression | undefined, state: State, body: (inside: State) => State): State {
    const { whenTrue, whenFalse } = condition
      ? this.#condition(condition, state)
      : { whenTrue: state, whenFalse: undefined }
    return join(whenFalse, this.#breaking(() => body(whenTrue)).breaks)
  }

  #switch(statement: BoundStatement & { kind: 'switch' }, state: State): State {
    const start = this.#expression(statement.value, state)
    for (const { function: local } of statement.functions) this.function(local, this.#ownOf(local.body))
    const { value, breaks } = this.#breaking(() => {
      for (const section of statement.sections) {
        const inside = section.labels.reduce<State>(
          (before, { when }) => (when ? this.#condition(when, before).whenTrue : before),
          start,
        )
        this.#list(section.statements, inside)
      }
      return statement.sections.some((section) => section.isDefault) ? undefined : start
    })
    return join(value, breaks)
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
    const after = this.#expression(condition, state)
    return { whenTrue: after, whenFalse: after }
  }

  #expression(expression: BoundExpression, state: State): State {
    switch (expression.kind) {
      case 'local':
        if (state?.has(expression.local)) this.#report(expression)
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
      case 'call':
      case 'local-call':
      case 'new':
        return this.#call(expression, state)
      case 'lambda':
        this.function(
          expression.function,
          state && new Set([...state, ...(this.#ownOf(expression.function.body) ?? [])]),
        )
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

  /** What is passed by `out` has its value after the call. */
  #call(expression: BoundExpression & { kind: 'call' | 'local-call' | 'new' }, state: State): State {
    let after = this.#all(childrenOf(expression), state)
    for (const argument of expression.arguments) {
      if (argument.kind !== 'reference' || argument.target.kind !== 'local') continue
      if (argument.mode === 'ref' && state?.has(argument.target.local)) this.#report(argument.target)
      after = assigned(after, argument.target.local)
    }
    return after
  }

  #report(expression: BoundExpression & { kind: 'local' }): void {
    const { local } = expression
    if (this.#reported.has(local)) return
    this.#reported.add(local)
    if (this.b.outParameters.has(local))
      this.b.report('CS0269', expression, `Use of unassigned out parameter '${local.name}'`)
    else this.b.report('CS0165', expression, `Use of unassigned local variable '${local.name}'`)
  }
}

function join(one: State, two: State): State {
  if (one === undefined || two === undefined || one === two) return one ?? two
  return new Set([...one, ...two])
}

function assigned(state: State, local: LocalSymbol): State {
  if (state === undefined || !state.has(local)) return state
  return new Set([...state].filter((other) => other !== local))
}
