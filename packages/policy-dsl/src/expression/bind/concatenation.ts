import type { BoundBinary, BoundExpression } from '../bound.js'
import type { Span } from '../position.js'
import type { Binder } from './binder.js'
import { isString, isVoid } from './relations.js'

type Operator = BoundBinary['operator']

/** `+` with a string on one side. */
export function concatenation(
  b: Binder,
  operator: Operator,
  left: BoundExpression,
  right: BoundExpression,
  span: Span,
): BoundExpression | undefined {
  if (operator !== '+' || (!isString(left.type) && !isString(right.type)) || isVoid(left.type) || isVoid(right.type))
    return undefined
  return concat(b, left, right, span)
}

/** `+` of a bare null and what has no `+` of its own: null can be a string, and a string takes everything. */
export function nullConcatenation(
  b: Binder,
  operator: Operator,
  left: BoundExpression,
  right: BoundExpression,
  span: Span,
): BoundExpression | undefined {
  if (operator !== '+' || isVoid(left.type) || isVoid(right.type)) return undefined
  const [isNullLeft, isNullRight] = [left.type.kind === 'null', right.type.kind === 'null']
  if (!isNullLeft && !isNullRight) return undefined
  if (!isNullLeft || !isNullRight) return concat(b, left, right, span)
  return b.fail('CS0034', span, `Operator '+' is ambiguous on operands of type '<null>' and '<null>'`)
}

function concat(b: Binder, left: BoundExpression, right: BoundExpression, span: Span): BoundExpression {
  const type = b.table.special.string
  if (left.kind === 'constant' && right.kind === 'constant' && isText(left) && isText(right)) {
    return b.constant(`${left.value ?? ''}${right.value ?? ''}`, type, span)
  }
  const parts = [
    ...(left.kind === 'concat' ? left.parts : [left]),
    ...(right.kind === 'concat' ? right.parts : [right]),
  ]
  return { kind: 'concat', parts, type, start: span.start, end: span.end }
}

/** What folds without a conversion: a text, or a null that counts as none. */
function isText(
  constant: BoundExpression & { kind: 'constant' },
): constant is BoundExpression & { kind: 'constant'; value: string | null } {
  return (
    (isString(constant.type) || constant.type.kind === 'null') &&
    (constant.value === null || typeof constant.value === 'string')
  )
}
