import { ApimKitError } from '@apim-kit/core'
import type { ExpressionContext } from './context/context.js'
import type { Runtime } from './run.js'
import type { ClrValue } from './values/value.js'

/** The type that a place wants of its expression: a condition is a bool, a status code an int, a header value anything. */
export type ResultType = 'object' | 'bool' | 'int'

/** How an expression is compiled. */
export interface CompileOptions {
  /** Default `framework`, as the published type list is .NET Framework's. */
  readonly runtime?: Runtime
  /** Checked when the expression is compiled. Default `object`: any value. */
  readonly resultType?: ResultType
  /** Adds the service's rule about allowed types and members to what C# itself checks. Default false. */
  readonly allowList?: boolean
  /** Milliseconds after which an evaluation is stopped. Default 5000, as in the service. */
  readonly timeLimit?: number
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
  /** Runs an expression that was compiled with `resultType: 'bool'`. */
  evaluateBoolean(context: ExpressionContext): boolean
  /** Runs an expression that was compiled with `resultType: 'int'`. */
  evaluateInteger(context: ExpressionContext): number
}

/**
 * Compiles a policy expression, `@( )` or `@{ }`.
 *
 * @throws ApimKitError `invalid-expression` with the compiler's findings as problems: `rule` is the C# code (`CS0103`),
 * line and column count from the start of `source`.
 * @example
 * const bearer = compileExpression('@("Bearer " + ((Authorization)context.Variables["auth"]).AccessToken)')
 * bearer.evaluateText(context)
 */
export function compileExpression(source: string, options: CompileOptions = {}): CompiledExpression {
  throw new ApimKitError(
    'not-supported',
    `The expression ${source} cannot be compiled yet (${options.runtime ?? 'framework'}).`,
  )
}
