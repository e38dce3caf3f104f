import type { BoundBinary, BoundExpression } from '../bound.js'
import type { Span } from '../position.js'
import type { Member, Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { convertImplicit, implicitConversion } from './conversions.js'
import { use } from './members.js'
import { isValue, type Operand } from './operand.js'
import { isDelegate } from './relations.js'

type Operator = BoundBinary['operator']

/** A lambda or a method group takes the type of the delegate that it is added to, taken from or compared with. */
export function delegateOperand(b: Binder, operand: Operand, other: Type): Operand {
  if (isValue(operand) || !isDelegate(other)) return operand
  return implicitConversion(b, operand, other)?.() ?? operand
}

/** `+`, `-`, `==` and `!=` of two delegates: C# specification, "Delegate combination", "Delegate removal", "Delegate equality operators". */
export function delegateOperation(
  b: Binder,
  operator: Operator,
  left: BoundExpression,
  right: BoundExpression,
  span: Span,
): BoundExpression | undefined {
  const type = isDelegate(left.type) ? left.type : right.type
  const isOwn = (operand: BoundExpression): boolean => operand.type === type || operand.type.kind === 'null'
  if (!isDelegate(type) || !isOwn(left) || !isOwn(right)) return undefined
  if (operator === '+') return callOf(b, 'System.Delegate', 'Combine', left, right, type, span)
  if (operator === '-') return callOf(b, 'System.Delegate', 'Remove', left, right, type, span)
  const bothDelegates = left.type.kind !== 'null' && right.type.kind !== 'null'
  if (!bothDelegates || (operator !== '==' && operator !== '!=')) return undefined
  const same = callOf(b, 'System.Object', 'Equals', left, right, b.table.special.bool, span)
  if (operator === '==' || same === undefined) return same
  return {
    kind: 'unary',
    operator: '!',
    operand: same,
    operandType: 'bool',
    checked: false,
    lifted: false,
    type: same.type,
    start: span.start,
    end: span.end,
  }
}

/** A call of a static method that takes the two as they are. */
function callOf(
  b: Binder,
  path: string,
  name: string,
  left: BoundExpression,
  right: BoundExpression,
  type: Type,
  { start, end }: Span,
): BoundExpression | undefined {
  const container = b.table.named(path)
  const isWanted = (candidate: Member): boolean => candidate.static && candidate.parameters.length === 2
  const member = container.definition.members.get(name)?.find(isWanted)
  if (member === undefined) return undefined
  const args = [left, right].map((operand, index) =>
    convertImplicit(b, operand, member.parameters[index]?.type ?? operand.type),
  )
  return {
    kind: 'call',
    member: use({ member, container }),
    receiver: undefined,
    arguments: args,
    order: undefined,
    lifted: false,
    type,
    start,
    end,
  }
}
