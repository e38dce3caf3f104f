import { checkAllowList } from './allow-list.js'
import { bind, type BindOptions } from './bind.js'
import type { Diagnostic } from './diagnostic.js'
import { SourcePositions, type Position } from './position.js'
import { reflectionName } from './types/type.js'

/** One thing that stands against an expression. */
export interface ExpressionProblem extends Position {
  /** `CS` and four digits for what C# says, `APIM0001` (type) and `APIM0002` (member) for the service's list, else a name. */
  readonly code: string
  readonly message: string
  readonly severity: 'error' | 'warning'
}

/** What a check found. Warnings leave an expression `ok`. */
export type CheckedExpression =
  | {
      readonly ok: true
      /** The static .NET type of the result: `System.Int32`. */
      readonly type: string
      readonly problems: readonly ExpressionProblem[]
    }
  | { readonly ok: false; readonly problems: readonly ExpressionProblem[] }

/**
 * Checks one expression as a save of a policy does: C# first, then the service's list of types and members. Never throws on bad
 * input. A value that is no expression is text, as in a policy.
 *
 * @param source `@( )` or `@{ }`, entities decoded and named values replaced; white space around it is harmless. Problems count
 * lines and columns from its start.
 * @example
 * const { ok, problems } = checkExpression('@(Regex.Escape("a"))') // APIM0002 at line 1, column 3
 */
export function checkExpression(source: string, options: BindOptions = {}): CheckedExpression {
  const lead = source.length - source.trimStart().length
  const positions = new SourcePositions(source)
  const problemOf = ({
    code,
    message,
    start,
    severity,
  }: Diagnostic & Partial<ExpressionProblem>): ExpressionProblem => ({
    code,
    message,
    severity: severity ?? 'error',
    ...positions.at(start + lead),
  })
  const code = source.trim()
  if (!/^@[({]/.test(code)) return { ok: true, type: 'System.String', problems: [] }
  const bound = bind(code, options)
  if (bound.kind === 'invalid') return { ok: false, problems: bound.diagnostics.map(problemOf) }
  const problems = checkAllowList(bound.program).map(problemOf)
  if (problems.some(({ severity }) => severity === 'error')) return { ok: false, problems }
  return { ok: true, type: reflectionName(bound.program.resultType), problems }
}
