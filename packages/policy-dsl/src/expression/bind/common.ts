import type { Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { implicitConversion } from './conversions.js'
import { isValue, type Operand } from './operand.js'
import { tupleType } from './tuples.js'

/** The one type among those of the operands that all of them convert to. */
export function commonType(b: Binder, operands: readonly Operand[]): Type | undefined {
  const own = operands.map((operand) =>
    operand.kind === 'tuple-literal' ? tupleType(b, operand) : isValue(operand) ? operand.type : undefined,
  )
  const types = [...new Set(own)].filter((type) => type !== undefined && type.kind !== 'null')
  return types.find((type) => operands.every((operand) => implicitConversion(b, operand, type) !== undefined))
}
