import type { Expression } from '../syntax.js'
import type { Cursor } from './cursor.js'

/**
 * Skips what stands behind an expression, and says so of the expression.
 * @param count how much was wrong when the expression began
 */
export function refuseRest(cursor: Cursor, count: number, expression: Expression): void {
  const { start, end } = cursor.current
  const message = `Unexpected token '${cursor.source.slice(start, end)}'`
  const from = cursor.fullStart
  const place = beginsWithNothing(expression) ? { start: from, end: from } : expression
  if (isNothing(expression) || expression.kind === 'type-expression')
    cursor.diagnostics.report('CS1073', place, message)
  else cursor.reportAround(count, 'CS1073', place, message)
  while (!cursor.is('end')) cursor.next()
}

const isNothing = (expression: Expression): boolean =>
  expression.kind === 'missing' && expression.start === expression.end

/** An operator without its left operand begins where the code does. */
function beginsWithNothing(expression: Expression): boolean {
  switch (expression.kind) {
    case 'missing':
      return isNothing(expression)
    case 'binary':
      return beginsWithNothing(expression.left)
    case 'assignment':
    case 'member':
    case 'call':
    case 'element':
    case 'conditional-access':
      return beginsWithNothing(expression.target)
    case 'conditional':
      return beginsWithNothing(expression.condition)
    case 'is':
    case 'as':
      return beginsWithNothing(expression.operand)
    case 'increment':
      return !expression.prefix && beginsWithNothing(expression.operand)
    default:
      return false
  }
}
