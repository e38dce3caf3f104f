import type { BoundExpression, NumericType, OperandType } from '../bound.js'
import type { Span } from '../position.js'
import type { Unary } from '../syntax.js'
import type { Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { promote, foldedConstant } from './built-in-operators.js'
import { foldUnary } from './constants.js'
import { convertExplicit, convertImplicit } from './conversions.js'
import { unlift, userUnary } from './declared-operators.js'
import { bindExpression, bindRvalue } from './expressions.js'
import type { Operand } from './operand.js'
import { isBool, isEnum, numericOf } from './relations.js'

/** An operator before one operand. */
export function bindUnary(b: Binder, syntax: Unary): Operand {
  const least = leastInteger(b, syntax)
  if (least) return least
  const bound = bindExpression(b, syntax.operand)
  if (bound.kind === 'method-group')
    return b.fail('CS0023', syntax, `Operator '${syntax.operator}' cannot be applied to operand of type 'method group'`)
  const operand = bindRvalue(b, bound)
  if (operand.type.kind === 'error') return operand
  return unaryOperation(b, syntax.operator, operand, syntax)
}

/** `-2147483648` is an int although `2147483648` is a uint; the same for the least long. */
function leastInteger(b: Binder, { operator, operand, start, end }: Unary): BoundExpression | undefined {
  if (operator !== '-' || operand.kind !== 'literal') return undefined
  const { int, long } = b.table.special
  if (operand.type === 'uint' && operand.value === 2147483648) return b.constant(-2147483648, int, { start, end })
  if (operand.type === 'ulong' && operand.value === 2n ** 63n) return b.constant(-(2n ** 63n), long, { start, end })
  return undefined
}

function unaryOperation(b: Binder, operator: Unary['operator'], operand: BoundExpression, span: Span): BoundExpression {
  const declared = userUnary(b, operator, operand, span)
  if (declared) return declared
  const own = unlift(b, operand.type)
  const type = unaryType(operator, own.type)
  if (operand.type.kind === 'null')
    return b.fail('CS8310', span, `Operator '${operator}' cannot be applied to operand '<null>'`)
  if (type === undefined) {
    return b.fail(
      'CS0023',
      span,
      `Operator '${operator}' cannot be applied to operand of type '${b.show(operand.type)}'`,
    )
  }
  const element = isEnum(own.type) ? own.type : b.table.special[type as 'int']
  const target = b.table.special[type as 'int']
  const wanted = own.nullable ? b.table.nullable(target) : target
  const converted = isEnum(own.type)
    ? convertExplicit(b, operand, wanted, operand)
    : convertImplicit(b, operand, wanted)
  const result = own.nullable ? b.table.nullable(element) : element
  if (converted.kind === 'constant' && !own.nullable) {
    const folded = foldedConstant(
      b,
      foldUnary(operator, converted.value, type, b.checked !== 'unchecked'),
      result,
      span,
    )
    if (folded) return folded
  }
  const checked = b.checked === 'checked'
  return {
    kind: 'unary',
    operator,
    operand: converted,
    operandType: type as OperandType,
    checked,
    lifted: own.nullable,
    type: result,
    start: span.start,
    end: span.end,
  }
}

/** What the operator works on; undefined when it does not. */
function unaryType(operator: Unary['operator'], type: Type): NumericType | 'bool' | undefined {
  if (operator === '!') return isBool(type) ? 'bool' : undefined
  if (isEnum(type)) return operator === '~' ? 'int' : undefined
  const numeric = numericOf(type)
  if (numeric === undefined) return undefined
  const isReal = ['float', 'double', 'decimal'].includes(numeric)
  if (operator === '~') return isReal ? undefined : promote(numeric, numeric)
  if (isReal) return numeric
  if (operator === '-' && numeric === 'uint') return 'long'
  return operator === '-' && numeric === 'ulong' ? undefined : promote(numeric, numeric)
}
