import type { Problem } from '@apim-kit/core'
import type { Element } from './element.js'
import { rawOffset } from './entities.js'
import type { Diagnostic } from './expression/diagnostic.js'
import { parse, type ParseResult } from './expression/parse.js'
import type { Position } from './expression/position.js'
import type { Field } from './fields.js'
import { attributeName } from './shape.js'
import { Expression, namedValuesIn, type Value } from './value.js'
import { isValue } from './view.js'
import { walk, type Describe, type Visited } from './walk.js'

/** An expression in a document, parsed with its named values left open. */
export interface FoundExpression {
  readonly value: Expression
  readonly parsed: ParseResult
  /** The element that it stands in. */
  readonly visited: Visited
  /** The element's path, with the attribute where it stands in one. */
  readonly path: string
  /** What is known about its place; undefined where nothing is. */
  readonly field: Field | undefined
}

/** The first syntax error of each expression, at its place in the text; those after it are as a rule its consequences. */
export function checkExpressions(root: Element, describe: Describe): Problem[] {
  const problems: Problem[] = []
  walk(root, describe, (visited) => problems.push(...expressionsOf(visited).flatMap(syntaxProblems)))
  return problems
}

/** The expressions in the attributes and in the text of one element. */
export function expressionsOf(visited: Visited): FoundExpression[] {
  const { element, path, shape } = visited
  const fieldOf = (name: string): Field | undefined =>
    Object.entries(shape?.attributes ?? {}).find(([property, field]) => attributeName(property, field) === name)?.[1]
  return [
    ...element.attributes.flatMap(({ name, value }) => found(visited, value, `${path}/@${name}`, () => fieldOf(name))),
    ...element.children.filter(isValue).flatMap((value) => found(visited, value, path, () => shape?.text)),
  ]
}

function found(visited: Visited, value: Value, path: string, field: () => Field | undefined): FoundExpression[] {
  if (!(value instanceof Expression)) return []
  return [{ value, parsed: parse(value.source, { namedValues: true }), visited, path, field: field() }]
}

/** The first syntax error of an expression, as far as named values do not explain it. */
export function syntaxProblems({ value, parsed, path }: FoundExpression): Problem[] {
  const [diagnostic] = parsed.diagnostics
  if (diagnostic === undefined) return []
  const named = namedValuesIn(value.source)
  if (named.length > 0 && parsesWithNames(value.source)) return []
  const message = expressionMessage(value, diagnostic)
  return [
    {
      rule: 'policy/expression',
      // A named value is replaced as text before the code is compiled, and may hold any piece of code.
      severity: named.length > 0 ? 'warning' : 'error',
      message: named.length > 0 ? `${message} (unless {{${named[0]}}} holds what is missing)` : message,
      path,
      ...positionInside(value, diagnostic.start),
    },
  ]
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
