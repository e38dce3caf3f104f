import type { BoundExpression, BoundTarget } from '../bound.js'
import type { Span } from '../position.js'
import type { Expression } from '../syntax.js'
import type { Binder } from './binder.js'
import { markCaptured } from './calls.js'
import { bindValue } from './expressions.js'
import { Local } from './scope.js'
import { asTarget } from './targets.js'

/** `return ref x`: the place itself leaves the function, so it has to outlive it. */
export function bindReturnedPlace(b: Binder, syntax: Expression | undefined, statement: Span): BoundExpression {
  const { returns, byReference } = b.function
  if (syntax?.kind !== 'ref')
    return b.fail('CS8150', statement, 'By-value returns may only be used in methods that return by value')
  if (!byReference || returns.kind !== 'type')
    return b.fail('CS8149', statement, 'By-reference returns may only be used in methods that return by reference')
  const target = asTarget(b, bindValue(b, syntax.operand), 'ref')
  if (target === undefined || !outlives(b, target)) return b.error(syntax)
  if (target.type !== returns.type)
    return b.fail(
      'CS8151',
      syntax.operand,
      `The return expression must be of type '${b.show(returns.type)}' because this method returns by reference`,
    )
  if (target.kind === 'local') markCaptured(target.local)
  return { kind: 'reference', mode: 'ref', target, type: target.type, start: syntax.start, end: syntax.end }
}

/** Locals end with their function; of parameters only those that are places of the caller do not. */
function outlives(b: Binder, target: BoundTarget): boolean {
  if (target.kind !== 'local' || !(target.local instanceof Local)) return true
  const { name, parameter, byReference } = target.local
  if (byReference) return true
  if (parameter)
    b.report(
      'CS8166',
      target,
      `Cannot return a parameter by reference '${name}' because it is not a ref or out parameter`,
    )
  else b.report('CS8168', target, `Cannot return local '${name}' by reference because it is not a ref local`)
  return false
}
