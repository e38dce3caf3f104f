import type { BoundExpression, BoundStatement } from '../bound.js'

/** Whether the end of a list can be reached: C# specification, "End points and reachability". */
export function completesList(statements: readonly BoundStatement[]): boolean {
  let reachable = true
  for (const statement of statements) {
    // Something may jump to a label.
    if (statement.kind === 'label') reachable = true
    else if (reachable) reachable = completes(statement)
  }
  return reachable
}

const isConstant = (condition: BoundExpression | undefined, value: boolean): boolean =>
  condition?.kind === 'constant' && condition.value === value

/** Whether the statement after this one can be reached. */
export function completes(statement: BoundStatement): boolean {
  switch (statement.kind) {
    case 'block':
      return completesList(statement.statements)
    case 'if':
      return completesIf(statement)
    case 'while':
    case 'do':
      return !isConstant(statement.condition, true) || breaks(statement.body)
    case 'for':
      return (statement.condition !== undefined && !isConstant(statement.condition, true)) || breaks(statement.body)
    case 'switch':
      return (
        !statement.sections.some((section) => section.isDefault) ||
        statement.sections.some((section) => section.statements.some(breaks))
      )
    case 'try': {
      const body = completes(statement.body) || statement.catches.some((clause) => completes(clause.body))
      return body && (statement.finally === undefined || completes(statement.finally))
    }
    case 'using':
      return completes(statement.body)
    case 'evaluate':
      return statement.expression.kind !== 'throw'
    case 'return':
    case 'throw-statement':
    case 'break':
    case 'continue':
    case 'goto':
    case 'goto-case':
      return false
    case 'foreach':
    case 'label':
      return true
    case 'yield':
      return statement.value !== undefined
  }
}

function completesIf(statement: BoundStatement & { kind: 'if' }): boolean {
  if (isConstant(statement.condition, true)) return completes(statement.then)
  const otherwise = statement.otherwise === undefined || completes(statement.otherwise)
  return isConstant(statement.condition, false) ? otherwise : completes(statement.then) || otherwise
}

/** Whether a break in it leaves the loop or switch around it. */
function breaks(statement: BoundStatement): boolean {
  switch (statement.kind) {
    case 'break':
      return true
    case 'block':
      return statement.statements.some(breaks)
    case 'if':
      return breaks(statement.then) || (statement.otherwise !== undefined && breaks(statement.otherwise))
    case 'try':
      return (
        breaks(statement.body) ||
        statement.catches.some((clause) => breaks(clause.body)) ||
        (statement.finally !== undefined && breaks(statement.finally))
      )
    case 'using':
      return breaks(statement.body)
    default:
      return false
  }
}
