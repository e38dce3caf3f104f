import { ApimKitError, type Problem } from '@apim-kit/core/errors'
import { bind, type BoundProgram, checkAllowList, type Diagnostic } from '@apim-kit/policy-dsl/expression'
import { entryFrame, type Entry } from './compile/functions.js'
import { compileProgram } from './compile/index.js'
import type { ExpressionContext } from './context/context.js'
import { implementationOf } from './members/index.js'
import { Run, type Runtime, runWith } from './run.js'
import { types } from './types.js'
import { Boxed } from './values/boxed.js'
import { toText } from './values/traits.js'
import type { ClrValue } from './values/value.js'

/** The type that a place wants of its expression: a condition is a bool, a status code an int, a header value anything. */
export type ResultType = 'object' | 'bool' | 'int'

/** How an expression is compiled. */
export interface CompileOptions {
  /** Default `framework`, as the published type list is .NET Framework's. */
  readonly runtime?: Runtime
  /** Checked when the expression is compiled. Default `object`: any value. */
  readonly resultType?: ResultType
  /** Milliseconds after which an evaluation is stopped. Default 5000, as in the service. */
  readonly timeLimit?: number
  /** Whether types and members that the service's published list does not have are refused. Default false: whatever C# allows runs. */
  readonly allowList?: boolean
}

/** An expression that is ready to run: parsed, bound and turned into closures once. */
export interface CompiledExpression {
  /** The expression's text with its `@(` or `@{`. */
  readonly source: string
  /**
   * Runs it. The result is in the form of a variable's value: strings and references as they are, value types `Boxed`.
   *
   * @throws DotNetException when the expression throws, runs longer than its limit, or takes too much memory.
   */
  evaluate(context: ExpressionContext): ClrValue
  /** Runs it and gives the text that a string place receives: `Convert.ToString(value, CultureInfo.InvariantCulture)`, null as `""`. */
  evaluateText(context: ExpressionContext): string
  /** The text of a value that `evaluate` gave; `context` because a value may still compute something. */
  textOf(value: ClrValue, context: ExpressionContext): string
  /** Runs an expression that was compiled with `resultType: 'bool'`. */
  evaluateBoolean(context: ExpressionContext): boolean
  /** Runs an expression that was compiled with `resultType: 'int'`. */
  evaluateInteger(context: ExpressionContext): number
}

/**
 * Compiles a policy expression, `@( )` or `@{ }`.
 *
 * @throws ApimKitError `invalid-expression` with the compiler's findings as problems: `rule` is the C# code (`CS0103`),
 * line and column count from the start of `source`; with `allowList` also `APIM0001` and `APIM0002`. `not-supported` names a member that the emulator does not have.
 * @example
 * const bearer = compileExpression('@("Bearer " + ((Authorization)context.Variables["auth"]).AccessToken)')
 * bearer.evaluateText(context)
 */
export function compileExpression(source: string, options: CompileOptions = {}): CompiledExpression {
  // White space around an expression is harmless in element content.
  const lead = /^\s*/.exec(source)?.[0] ?? ''
  const bound = bind(source.trim(), { returns: options.resultType ?? 'object' })
  if (bound.kind === 'invalid') throw invalid(bound.diagnostics, lead)
  if (options.allowList === true) {
    const refused = checkAllowList(bound.program).filter(({ severity }) => severity === 'error')
    if (refused.length > 0) throw invalid(refused, lead)
  }
  return new Compiled(source, bound.program, options)
}

function invalid(diagnostics: readonly Diagnostic[], lead: string): ApimKitError {
  const problems = diagnostics.map((diagnostic) => problemOf(diagnostic, lead))
  return ApimKitError.of('invalid-expression', 'The expression does not compile.', problems)
}

/** Places count from the start of the source, white space before the expression included. */
function problemOf({ code, message, line, column }: Diagnostic, lead: string): Problem {
  const lines = lead.split('\n')
  const indent = line === 1 ? (lines.at(-1) ?? '').length : 0
  return { rule: code, severity: 'error', message, path: '', line: line + lines.length - 1, column: column + indent }
}

class Compiled implements CompiledExpression {
  readonly #entry: Entry
  readonly #runtime: Runtime
  readonly #timeLimit: number
  readonly #resultType: ResultType

  constructor(
    readonly source: string,
    program: BoundProgram,
    { runtime = 'framework', timeLimit = 5000, resultType = 'object' }: CompileOptions,
  ) {
    this.#entry = compileProgram(program, implementationOf)
    this.#runtime = runtime
    this.#timeLimit = timeLimit
    this.#resultType = resultType
  }

  evaluate(context: ExpressionContext): ClrValue {
    const value = this.#raw(context)
    return this.#resultType === 'object' ? value : new Boxed(types().special[this.#resultType], value)
  }

  evaluateText(context: ExpressionContext): string {
    return this.textOf(this.evaluate(context), context)
  }

  textOf(value: ClrValue, context: ExpressionContext): string {
    return typeof value === 'string' ? value : runWith(this.#start(context), toText, value)
  }

  evaluateBoolean(context: ExpressionContext): boolean {
    this.#expect('bool')
    return this.#raw(context) === true
  }

  evaluateInteger(context: ExpressionContext): number {
    this.#expect('int')
    return Number(this.#raw(context))
  }

  #raw(context: ExpressionContext): ClrValue {
    return runWith(this.#start(context), this.#entry.code, entryFrame(this.#entry, context))
  }

  #expect(type: ResultType): void {
    if (this.#resultType !== type) throw new TypeError(`The expression was not compiled with resultType '${type}'.`)
  }

  #start(context: ExpressionContext): Run {
    return new Run(context, this.#runtime, this.#timeLimit)
  }
}
