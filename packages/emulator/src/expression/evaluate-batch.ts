import { ApimKitError } from '@apim-kit/core/errors'
import { type CompileOptions, compileExpression } from './evaluate.js'
import { contextFromJson } from './context/context-json.js'
import { typeName } from './types.js'
import { DotNetException } from './values/exception.js'

/** One entry of a batch. */
export interface BatchEntry {
  readonly id: string
  readonly expression: string
  /** In the form of `context.json`; instead of the batch's own. */
  readonly context?: unknown
}

/** What an expression gave, as the command line prints it; null has no type. */
export type EvaluationResult =
  | { readonly ok: true; readonly type: string | null; readonly text: string }
  | { readonly ok: false; readonly error: EvaluationError }

/** `code` is a C# code, an exception's type name without namespace, a code of apim-kit, or `InternalError` where the emulator itself is at fault. */
export interface EvaluationError {
  readonly code: string
  readonly message: string
  readonly line?: number
  readonly column?: number
}

/**
 * Compiles and runs one expression; whatever goes wrong is data.
 *
 * @param context in the form of `context.json`. Default: a GET without anything.
 */
export function evaluateExpression(
  expression: string,
  context: unknown = {},
  options: CompileOptions = {},
): EvaluationResult {
  try {
    // A value that is no expression is text, as in a policy.
    if (!/^\s*@[({]/.test(expression)) return { ok: true, type: 'System.String', text: expression }
    const compiled = compileExpression(expression, options)
    const environment = contextFromJson(context)
    const value = compiled.evaluate(environment)
    return { ok: true, type: value === null ? null : typeName(value), text: compiled.textOf(value, environment) }
  } catch (error) {
    return { ok: false, error: errorOf(error) }
  }
}

/** Runs a batch; one entry's failure does not stop the others. */
export function evaluateBatch(
  entries: readonly BatchEntry[],
  context: unknown = {},
  options: CompileOptions = {},
): ({ readonly id: string } & EvaluationResult)[] {
  return entries.map((entry) => ({
    id: entry.id,
    ...evaluateExpression(entry.expression, entry.context ?? context, options),
  }))
}

function errorOf(error: unknown): EvaluationError {
  if (error instanceof DotNetException) return { code: error.shortName, message: error.message }
  // A fault of the emulator's own: one entry's must not end a batch.
  if (!(error instanceof ApimKitError))
    return { code: 'InternalError', message: `The emulator failed: ${String(error)}` }
  const [first] = error.problems
  if (first === undefined) return { code: error.code, message: error.message }
  const place = first.line === undefined || first.column === undefined ? {} : { line: first.line, column: first.column }
  return { code: first.rule, message: first.message, ...place }
}
