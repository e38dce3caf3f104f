import type { Problem } from '@apim-kit/core'
import type { Element } from './element.js'
import { rawOffset } from './entities.js'
import type { Diagnostic } from './expression/diagnostic.js'
import { parse, type ParseResult } from './expression/parse.js'
import type { Position } from './expression/position.js'
import { placedExpressions, type PlacedExpression } from './expression-places.js'
import { namedValuesIn, type Expression } from './value.js'
import { walk, type Describe, type Visited } from './walk.js'

/** An expression in a document, parsed with its named values left open. */
export interface FoundExpression extends PlacedExpression {
  readonly parsed: ParseResult
}

/** The first syntax error of each expression, at its place in the text; those after it are as a rule its consequences. */
export function checkExpressions(root: Element, describe: Describe): Problem[] {
  const problems: Problem[] = []
  walk(root, describe, (visited) => problems.push(...expressionsOf(visited).flatMap(syntaxProblems)))
  return problems
}

/** The expressions in the attributes and in the text of one element. */
export const expressionsOf = (visited: Visited): FoundExpression[] => placedExpressions(visited).map(parsed)

/** An expression, parsed with its named values left open. */
export const parsed = (placed: PlacedExpression): FoundExpression => ({
  ...placed,
  parsed: parse(placed.value.source, { namedValues: true }),
})

/** The first syntax error of an expression, as far as named values do not explain it. */
export function syntaxProblems(found: FoundExpression): Problem[] {
  const fault = syntaxFault(found)
  if (fault === undefined) return []
  const { value, path } = found
  const { diagnostic, severity, unless } = fault
  const message = expressionMessage(value, diagnostic) + unless
  return [{ rule: 'policy/expression', severity, message, path, ...positionInside(value, diagnostic.start) }]
}

/** A syntax error; a warning where a named value may hold `unless`. */
export interface SyntaxFault {
  readonly diagnostic: Diagnostic
  readonly severity: 'error' | 'warning'
  readonly unless: string
}

/** The same as its parts. A named value is replaced as text before the code is compiled, and may hold any piece of code. */
export function syntaxFault({ value, parsed: { diagnostics } }: FoundExpression): SyntaxFault | undefined {
  const [diagnostic] = diagnostics
  if (diagnostic === undefined) return undefined
  const [named] = namedValuesIn(value.source)
  if (named === undefined) return { diagnostic, severity: 'error', unless: '' }
  if (parsesWithNames(value.source)) return undefined
  return { diagnostic, severity: 'warning', unless: ` (unless {{${named}}} holds what is missing)` }
}

/** Whether an expression is one as soon as names stand where its named values do. */
const parsesWithNames = (source: string): boolean =>
  parse(source.replace(/\{\{[\w.-]+\}\}/g, 'named')).diagnostics.length === 0

/** What is wrong with an expression, with the place where its document has none. */
export function expressionMessage(value: Expression, diagnostic: Diagnostic): string {
  return `${diagnostic.code}: ${diagnostic.message}${value.position === undefined ? placeInside(diagnostic) : ''}`
}

const placeInside = ({ line, column }: Diagnostic): string => ` (line ${line}, column ${column} of the expression)`

/** Where in the text the character stands that is at `offset` of an expression; undefined for an expression that was not read. */
export function positionInside({ source, raw, position }: Expression, offset: number): Position | undefined {
  if (position === undefined) return undefined
  const before = raw === undefined ? source.slice(0, offset) : raw.slice(0, rawOffset(raw, offset))
  const lines = before.split('\n')
  const last = lines.at(-1) ?? ''
  return lines.length === 1
    ? { line: position.line, column: position.column + last.length }
    : { line: position.line + lines.length - 1, column: last.length + 1 }
}
