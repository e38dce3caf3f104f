import type { BoundExpression, BoundStatement, BoundSwitchSection } from '../bound.js'

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
      return !isConstant(statement.condition, true) || leaves(statement.body, 'break')
    case 'do': {
      const asks = completes(statement.body) || leaves(statement.body, 'continue')
      return (asks && !isConstant(statement.condition, true)) || leaves(statement.body, 'break')
    }
    case 'for':
      return (
        (statement.condition !== undefined && !isConstant(statement.condition, true)) || leaves(statement.body, 'break')
      )
    case 'switch':
      return (
        !coversAll(statement.sections) ||
        statement.sections.some((section) => section.statements.some((inner) => leaves(inner, 'break')))
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

/** Whether one of the sections runs whatever the value is: by `default`, by `case var x`, by both truth values. */
export function coversAll(sections: readonly BoundSwitchSection[]): boolean {
  if (sections.some((section) => section.isDefault || section.labels.some(always))) return true
  const known = sections.flatMap(({ labels }) =>
    labels.map(({ pattern, when }) => (pattern.kind === 'constant' && !when ? pattern.value.value : undefined)),
  )
  return known.includes(true) && known.includes(false)
}

/** Whether a label takes every value: `case var x` without a condition. */
const always = ({ pattern, when }: BoundSwitchSection['labels'][number]): boolean =>
  pattern.kind === 'var' && when === undefined

/** Whether a break in it leaves the loop or switch around it, or a continue goes on with the loop around it. */
function leaves(statement: BoundStatement, by: 'break' | 'continue'): boolean {
  const some = (list: readonly BoundStatement[]): boolean => list.some((inner) => leaves(inner, by))
  switch (statement.kind) {
    case 'break':
    case 'continue':
      return statement.kind === by
    case 'block':
      return some(statement.statements)
    case 'if':
      return leaves(statement.then, by) || (statement.otherwise !== undefined && leaves(statement.otherwise, by))
    case 'switch':
      return by === 'continue' && statement.sections.some((section) => some(section.statements))
    case 'try':
      return (
        leaves(statement.body, by) ||
        statement.catches.some((clause) => leaves(clause.body, by)) ||
        (statement.finally !== undefined && leaves(statement.finally, by))
      )
    case 'using':
      return leaves(statement.body, by)
    default:
      return false
  }
}
