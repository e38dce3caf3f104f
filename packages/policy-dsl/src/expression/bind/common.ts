import type { Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { implicitConversion, implicitType } from './conversions.js'
import { isValue, type Operand } from './operand.js'
import { tupleType } from './tuples.js'

function typesOf(b: Binder, operands: readonly Operand[]): readonly Type[] {
  const own = operands.map((operand) =>
    operand.kind === 'tuple-literal' ? tupleType(b, operand) : isValue(operand) ? operand.type : undefined,
  )
  return [...new Set(own)].filter((type) => type !== undefined && type.kind !== 'null')
}

/** The one type among those of the operands that all these types convert to: what a value could become does not count. */
export function commonType(b: Binder, operands: readonly Operand[]): Type | undefined {
  const types = typesOf(b, operands)
  return types.find((type) => types.every((other) => implicitType(b, other, type)))
}

/** The type of one of two branches that the other converts to; where both do, the one that the other's type converts to. */
export function branchType(b: Binder, operands: readonly Operand[]): Type | undefined {
  const types = typesOf(b, operands)
  const fitting = types.filter((type) => operands.every((operand) => implicitConversion(b, operand, type)))
  return fitting.find((type) => types.every((other) => implicitType(b, other, type))) ?? fitting[0]
}
