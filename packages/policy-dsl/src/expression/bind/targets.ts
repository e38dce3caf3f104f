import type { BoundExpression, BoundTarget, MemberUse } from '../bound.js'
import type { Binder } from './binder.js'
import { parameterTypes } from './members.js'
import { isValueType } from './relations.js'
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
  const { member } = expression.member
  if (how !== 'assign' && expression.kind !== 'field') {
    b.report('CS0206', expression, 'A property or indexer may not be passed as an out or ref parameter')
    return undefined
  }
  if (member.canWrite) return expression.kind === 'field' && !isFieldOfPlace(b, expression) ? undefined : expression
  if (expression.kind === 'field')
    b.report(
      'CS0198',
      expression,
      'A static readonly field cannot be assigned to (except in a static constructor or a variable initializer)',
    )
  else
    b.report(
      'CS0200',
      expression,
      `Property or indexer '${displayUse(b, expression)}' cannot be assigned to -- it is read only`,
    )
  return undefined
}

function displayUse(
  b: Binder,
  { kind, member: { member, container } }: BoundExpression & { member: MemberUse },
): string {
  const types = (): string =>
    parameterTypes(b, { member, container })
      .map((type) => b.show(type))
      .join(', ')
  const name = kind === 'indexer' ? `this[${types()}]` : kind === 'call' ? `${member.name}(${types()})` : member.name
  return `${b.show(container)}.${name}`
}

/** A field of a value is a place only where the value is one; what a property or method gives is a copy. */
function isFieldOfPlace(b: Binder, { receiver }: BoundExpression & { kind: 'field' }): boolean {
  if (receiver === undefined || !isValueType(receiver.type)) return true
  switch (receiver.kind) {
    case 'local': {
      const { local } = receiver
      if (!(local instanceof Local) || local.readOnly === undefined) return true
      b.report('CS1654', receiver, `Cannot modify members of '${local.name}' because it is a '${local.readOnly}'`)
      return false
    }
    case 'field':
      return isFieldOfPlace(b, receiver)
    case 'property':
    case 'indexer':
    case 'call':
      b.report(
        'CS1612',
        receiver,
        `Cannot modify the return value of '${displayUse(b, receiver)}' because it is not a variable`,
      )
      return false
    default:
      return true
  }
}

function reportNoTarget(b: Binder, expression: BoundExpression, how: 'assign' | 'ref' | 'out'): void {
  if (how === 'assign' && expression.kind === 'convert' && expression.conversion.kind === 'unbox')
    b.report('CS0445', expression, 'Cannot modify the result of an unboxing conversion')
  else if (how === 'assign')
    b.report('CS0131', expression, 'The left-hand side of an assignment must be a variable, property or indexer')
  else b.report('CS1510', expression, 'A ref or out value must be an assignable variable')
}
