import type { BoundExpression } from '../bound.js'
import type { Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { implicitConversion } from './conversions.js'
import { isValue, type Operand } from './operand.js'

/** The one type among those of the operands that all of them convert to. */
export function commonType(b: Binder, operands: readonly Operand[]): Type | undefined {
  const values = operands.filter((operand): operand is BoundExpression => isValue(operand))
  const types = [...new Set(values.map((value) => value.type))].filter((type) => type.kind !== 'null')
  return types.find((type) => operands.every((operand) => implicitConversion(b, operand, type) !== undefined))
}
