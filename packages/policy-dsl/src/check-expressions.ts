import type { Problem } from '@apim-kit/core'
import type { Element } from './element.js'
import { rawOffset } from './entities.js'
import type { Diagnostic } from './expression/diagnostic.js'
import { parse } from './expression/parse.js'
import type { Position } from './expression/position.js'
import { Expression, namedValuesIn, type Value } from './value.js'
import { isValue } from './view.js'
import { walk, type Describe } from './walk.js'

/** The first syntax error of each expression, at its place in the text; those after it are as a rule its consequences. */
export function checkExpressions(root: Element, describe: Describe): Problem[] {
  const problems: Problem[] = []
  walk(root, describe, ({ element, path }) => {
    for (const { name, value } of element.attributes) problems.push(...syntaxProblems(value, `${path}/@${name}`))
    for (const node of element.children) if (isValue(node)) problems.push(...syntaxProblems(node, path))
  })
  return problems
}

function syntaxProblems(value: Value, path: string): Problem[] {
  if (!(value instanceof Expression)) return []
  const [diagnostic] = parse(value.source, { namedValues: true }).diagnostics
  if (diagnostic === undefined) return []
  // A named value is replaced as text before the code is compiled, and may hold any piece of code.
  const severity = namedValuesIn(value.source).length > 0 ? 'warning' : 'error'
  const problem: Problem = {
    rule: 'policy/expression',
    severity,
    message: `${diagnostic.code}: ${diagnostic.message}${value.position === undefined ? placeInside(diagnostic) : ''}`,
    path,
    ...positionInside(value, diagnostic.start),
  }
  return [problem]
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
