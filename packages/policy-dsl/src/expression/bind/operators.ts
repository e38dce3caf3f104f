import type { BoundBinary, BoundExpression } from '../bound.js'
import type { Span } from '../position.js'
import type { Binary, Expression } from '../syntax.js'
import type { Binder } from './binder.js'
import { numericOperation, boolOperation, enumOperation, equality, isAmbiguous } from './built-in-operators.js'
import { bindCoalesce } from './coalesce.js'
import { concatenation, nullConcatenation } from './concatenation.js'
import { userOperator } from './declared-operators.js'
import { delegateOperand, delegateOperation } from './delegate-operators.js'
import { bindExpression, bindRvalue } from './expressions.js'
import { isValue, type Operand } from './operand.js'
import { isBool } from './relations.js'

type Operator = BoundBinary['operator']

/** An operator between two operands. A long chain leans to the left, so that side is walked in a loop. */
export function bindBinary(b: Binder, syntax: Binary): Operand {
  const spine: Binary[] = []
  let leftmost: Expression = syntax
  while (leftmost.kind === 'binary' && leftmost.operator !== '??') {
    spine.push(leftmost)
    leftmost = leftmost.left
  }
  let left: Operand = leftmost.kind === 'binary' ? bindCoalesce(b, leftmost) : bindExpression(b, leftmost)
  for (const node of spine.reverse()) left = bindOperator(b, node, left)
  return left
}

function bindOperator(b: Binder, syntax: Binary, left: Operand): Operand {
  const right = bindExpression(b, syntax.right)
  const first = isValue(right) ? delegateOperand(b, left, right.type) : left
  const second = isValue(first) ? delegateOperand(b, right, first.type) : right
  if (isFunction(first) || isFunction(second)) return inapplicable(b, syntax, first, second)
  const one = bindRvalue(b, first)
  const two = bindRvalue(b, second)
  if (syntax.operator === '&&' || syntax.operator === '||') return bindLogical(b, syntax.operator, one, two, syntax)
  // `??` went its own way.
  return binaryOperation(b, syntax.operator as Operator, one, two, syntax)
}

/** Whether an operand is a function only by a conversion. */
export const isFunction = ({ kind }: Operand): boolean => kind === 'method-group' || kind === 'unbound-lambda'

/** Says that these operands do not have the operator. */
export function inapplicable(b: Binder, syntax: Binary, left: Operand, right: Operand): BoundExpression {
  const shown = [left, right].map((operand) => shownOperand(b, operand))
  if (shown.includes(undefined)) return b.error(syntax)
  const message = `Operator '${syntax.operator}' cannot be applied to operands of type '${shown[0]}' and '${shown[1]}'`
  return b.fail('CS0019', syntax, message)
}

/** How an operand is called in a message; undefined for what has been reported as wrong. */
function shownOperand(b: Binder, operand: Operand): string | undefined {
  if (operand.kind === 'method-group') return 'method group'
  if (operand.kind === 'unbound-lambda') return 'lambda expression'
  const { type } = bindRvalue(b, operand)
  return type.kind === 'error' ? undefined : b.show(type)
}

/** Applies an operator to two values, also for `+=`; `written` is what it is called in a message. */
export function binaryOperation(
  b: Binder,
  operator: Operator,
  left: BoundExpression,
  right: BoundExpression,
  span: Span,
  written: string = operator,
): BoundExpression {
  if (left.type.kind === 'error' || right.type.kind === 'error') return b.error(span)
  // An operator that a type declares comes first: `XNamespace + string` is a name, not a text.
  const found =
    userOperator(b, operator, left, right, span) ??
    concatenation(b, operator, left, right, span) ??
    numericOperation(b, operator, left, right, span) ??
    boolOperation(b, operator, left, right, span) ??
    enumOperation(b, operator, left, right, span) ??
    delegateOperation(b, operator, left, right, span) ??
    nullConcatenation(b, operator, left, right, span) ??
    equality(b, operator, left, right, span)
  if (found) return found
  const types = `operands of type '${b.show(left.type)}' and '${b.show(right.type)}'`
  return isAmbiguous(b, operator, left, right)
    ? b.fail('CS0034', span, `Operator '${written}' is ambiguous on ${types}`)
    : b.fail('CS0019', span, `Operator '${written}' cannot be applied to ${types}`)
}

function bindLogical(
  b: Binder,
  operator: '&&' | '||',
  left: BoundExpression,
  right: BoundExpression,
  span: Span,
): BoundExpression {
  if (left.type.kind === 'error' || right.type.kind === 'error') return b.error(span)
  const { bool } = b.table.special
  if (!isBool(left.type) || !isBool(right.type)) {
    const message = `Operator '${operator}' cannot be applied to operands of type '${b.show(left.type)}' and '${b.show(right.type)}'`
    return b.fail('CS0019', span, message)
  }
  if (left.kind === 'constant' && right.kind === 'constant') {
    const value =
      operator === '&&' ? left.value === true && right.value === true : left.value === true || right.value === true
    return b.constant(value, bool, span)
  }
  return { kind: 'logical', operator, left, right, type: bool, start: span.start, end: span.end }
}
