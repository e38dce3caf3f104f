import type { BoundExpression, BoundTarget } from '../bound.js'
import type { Binder } from './binder.js'
import { parameterTypes } from './members.js'
import { Local } from './scope.js'

/** The same expression as something to write to; reports when it is none. */
export function asTarget(
  b: Binder,
  expression: BoundExpression,
  how: 'assign' | 'ref' | 'out',
): BoundTarget | undefined {
  if (expression.type.kind === 'error') return undefined
  switch (expression.kind) {
    case 'local':
      return isWritable(b, expression) ? expression : undefined
    case 'element':
    case 'dereference':
      return expression
    case 'field':
    case 'property':
    case 'indexer':
      return asMember(b, expression, how)
    case 'anonymous-member': {
      const name = `${b.show(expression.receiver.type)}.${expression.name}`
      b.report('CS0200', expression, `Property or indexer '${name}' cannot be assigned to -- it is read only`)
      return undefined
    }
    default:
      reportNoTarget(b, expression, how)
      return undefined
  }
}

function isWritable(b: Binder, expression: BoundExpression & { kind: 'local' }): boolean {
  const { local } = expression
  if (!(local instanceof Local) || local.readOnly === undefined) return true
  b.report('CS1656', expression, `Cannot assign to '${local.name}' because it is a '${local.readOnly}'`)
  return false
}

function asMember(
  b: Binder,
  expression: BoundExpression & { kind: 'field' | 'property' | 'indexer' },
  how: 'assign' | 'ref' | 'out',
): BoundTarget | undefined {
  const { member, container } = expression.member
  if (how !== 'assign' && expression.kind !== 'field') {
    b.report('CS0206', expression, 'A property or indexer may not be passed as an out or ref parameter')
    return undefined
  }
  if (member.canWrite) return expression
  if (expression.kind === 'field')
    b.report(
      'CS0198',
      expression,
      'A static readonly field cannot be assigned to (except in a static constructor or a variable initializer)',
    )
  else {
    const types = parameterTypes(b, { member, container })
      .map((type) => b.show(type))
      .join(', ')
    const name = expression.kind === 'indexer' ? `this[${types}]` : member.name
    b.report(
      'CS0200',
      expression,
      `Property or indexer '${b.show(container)}.${name}' cannot be assigned to -- it is read only`,
    )
  }
  return undefined
}

function reportNoTarget(b: Binder, expression: BoundExpression, how: 'assign' | 'ref' | 'out'): void {
  if (how === 'assign')
    b.report('CS0131', expression, 'The left-hand side of an assignment must be a variable, property or indexer')
  else b.report('CS1510', expression, 'A ref or out value must be an assignable variable')
}
