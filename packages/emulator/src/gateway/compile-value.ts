import { ApimKitError, type Problem } from '@apim-kit/core'
import {
  attributeOf,
  Expression,
  fillNamedValues,
  Literal,
  namedValuesIn,
  parseLiteral,
  type Element,
  type Value,
  type ValuePlace,
} from '@apim-kit/policy-dsl'
import { compileExpression, DotNetException, type CompiledExpression, type ResultType } from '../expression/index.js'
import { PolicyError } from './policy-error.js'
import type { RequestContext } from './request-context.js'

/** What compiling the values of a policy finds out, and needs to know. */
export interface ValueCompiler {
  /** The text of a named value; undefined when there is none. */
  readonly namedValue: (displayName: string) => string | undefined
  /** Takes what is wrong with a value. */
  readonly report: (problem: Omit<Problem, 'path'>) => void
  /** Is told of every expression. */
  readonly onExpression: (source: string) => void
  /** The path of an error in a value of this element, asked when it happens. */
  readonly pathOf: (element: Element) => string | undefined
}

type Evaluate = (context: RequestContext) => unknown

/**
 * Compiles one value of a policy: named values are replaced in its text, then it is an expression, compiled once, or a literal,
 * read once. What is wrong is reported; the value then fails when it is used.
 */
export function compileValue(value: Value, place: ValuePlace, compiler: ValueCompiler): Evaluate {
  // In a Liquid template double braces belong to Liquid.
  const filled = isLiquid(place) ? value : filledIn(value, compiler)
  return filled instanceof Expression
    ? expressionValue(filled, value, place, compiler)
    : literalValue(filled, place, compiler)
}

function isLiquid({ field, element }: ValuePlace): boolean {
  const template = attributeOf(element, 'template')
  return 'template' in field.options && template instanceof Literal && template.text.trim() === 'liquid'
}

function filledIn(value: Value, { namedValue, report }: ValueCompiler): Value {
  const names = namedValuesIn(value instanceof Expression ? value.source : value.text)
  for (const name of new Set(names)) {
    if (namedValue(name) === undefined) {
      report({
        rule: 'policy/unknown-named-value',
        severity: 'error',
        message: `Cannot find a property '${name}'`,
        ...value.position,
      })
    }
  }
  return names.length === 0 ? value : fillNamedValues(value, namedValue)
}

function literalValue(literal: Literal, { field, property, element }: ValuePlace, { report }: ValueCompiler): Evaluate {
  const parsed = parseLiteral(field, literal)
  if (parsed !== undefined) return () => parsed
  const message = `${element.name}: ${property} is '${literal.text}', which is no ${describe(field)}`
  report({ rule: 'policy/invalid-value', severity: 'error', message, ...literal.position })
  return failing(message)
}

function describe({ type, values }: ValuePlace['field']): string {
  if (values !== undefined) return `one of ${values.join(', ')}`
  if (type === 'integer') return 'whole number'
  return type === 'flag' ? 'boolean' : type === 'number' ? 'number' : 'text that is allowed here'
}

function expressionValue(
  expression: Expression,
  original: Value,
  place: ValuePlace,
  compiler: ValueCompiler,
): Evaluate {
  const { field, element, property } = place
  const keepsType = 'keepsType' in field.options && Boolean(field.options['keepsType'])
  const resultType = resultTypes[field.type] ?? 'object'
  compiler.onExpression(expression.source)
  try {
    const compiled = compileExpression(expression.source, { resultType })
    return guarded(evaluator(compiled, resultType, keepsType), place, compiler)
  } catch (error) {
    if (!(error instanceof ApimKitError)) throw error
    for (const problem of error.problems) compiler.report({ ...problem, ...documentPosition(problem, original) })
    if (error.problems.length === 0) {
      compiler.report({
        rule: 'emulator/not-supported',
        severity: 'error',
        message: error.message,
        ...original.position,
      })
    }
    return failing(`${element.name}: the expression of ${property} does not compile`)
  }
}

/** What a place wants of its expression, by the type of its field. */
const resultTypes: Readonly<Record<string, ResultType>> = { flag: 'bool', integer: 'int' }

function evaluator(compiled: CompiledExpression, resultType: ResultType, keepsType: boolean): Evaluate {
  if (keepsType) return (context) => compiled.evaluate(context)
  if (resultType === 'bool') return (context) => compiled.evaluateBoolean(context)
  if (resultType === 'int') return (context) => compiled.evaluateInteger(context)
  return (context) => compiled.evaluateText(context)
}

/** Turns an exception of an expression, or a value that the field does not take, into the documented errors. */
function guarded(evaluate: Evaluate, { field, element, property }: ValuePlace, compiler: ValueCompiler): Evaluate {
  const allowed = field.values
  return (context) => {
    const value = evaluated(evaluate, context, element, compiler)
    if (allowed === undefined || allowed.includes(String(value))) return value
    throw new PolicyError(`${element.name}: ${property} is '${String(value)}', which is no ${describe(field)}.`, {
      reason: 'ExpressionValueValidationFailure',
      ...pathDetail(element, compiler),
    })
  }
}

function evaluated(evaluate: Evaluate, context: RequestContext, element: Element, compiler: ValueCompiler): unknown {
  try {
    return evaluate(context)
  } catch (error) {
    if (!(error instanceof DotNetException)) throw error
    throw new PolicyError(`Expression evaluation failed. ${error.message}`, {
      reason: 'ExpressionValueEvaluationFailure',
      ...pathDetail(element, compiler),
      cause: error,
    })
  }
}

function pathDetail(element: Element, { pathOf }: ValueCompiler): { readonly path?: string } {
  const path = pathOf(element)
  return path === undefined ? {} : { path }
}

/** Places in an expression count from its start; in a document, from where it stands. */
function documentPosition({ line, column }: Problem, { position }: Value): Partial<Pick<Problem, 'line' | 'column'>> {
  if (position === undefined || line === undefined || column === undefined) return { ...position }
  return { line: position.line + line - 1, column: line === 1 ? position.column + column - 1 : column }
}

/** The document is refused when it is saved; when it was saved before, for instance with a named value that is gone, it fails. */
function failing(message: string): Evaluate {
  return () => {
    throw new PolicyError(`${message}.`)
  }
}
