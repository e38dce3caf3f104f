import type { BoundBinary, BoundExpression } from '../bound.js'
import type { Span } from '../position.js'
import type { Unary } from '../syntax.js'
import { operatorName } from '../types/signature.js'
import type { Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { COMPARISONS } from './built-in-operators.js'
import { convertImplicit } from './conversions.js'
import { use } from './members.js'
import type { BoundArgument } from './operand.js'
import { memberCandidate, resolveOverload } from './overloads.js'
import { baseOf, isValueType } from './relations.js'

type Operator = BoundBinary['operator']

/** A type without its `?`, and whether it had one. */
export interface Unlifted {
  readonly type: Type
  readonly nullable: boolean
}

export const unlift = (b: Binder, type: Type): Unlifted => {
  const element = b.table.nullableElement(type)
  return { type: element ?? type, nullable: element !== undefined }
}

const argument = (operand: BoundExpression): BoundArgument => ({
  operand,
  mode: 'value',
  name: undefined,
  nameSpan: undefined,
  start: operand.start,
  end: operand.end,
})

/** An operator that one of the operands' types declares, on values or lifted to nullable ones. */
export function userOperator(
  b: Binder,
  operator: Operator,
  left: BoundExpression,
  right: BoundExpression,
  span: Span,
): BoundExpression | undefined {
  const name = operatorName(operator, 2)
  const one = unlift(b, left.type)
  const two = unlift(b, right.type)
  const declared = name ? operatorsOf(b, [one.type, two.type], name) : []
  if (declared.length === 0) return undefined
  const direct = resolveOverload(b, declared, [argument(left), argument(right)], [])
  if (direct.kind === 'chosen')
    return operatorCall(
      b,
      direct.chosen.candidate,
      [left, right],
      direct.chosen.types,
      false,
      direct.chosen.returnType,
      span,
    )
  return liftedOperator(b, declared, operator, left, right, span)
}

function operatorsOf(b: Binder, types: readonly Type[], name: string): ReturnType<typeof memberCandidate>[] {
  const seen = new Set<Type>()
  const candidates: ReturnType<typeof memberCandidate>[] = []
  for (const start of types) {
    for (let type: Type | undefined = start; type; type = baseOf(b.table, type)) {
      if (type.kind !== 'named' || seen.has(type)) continue
      seen.add(type)
      for (const member of type.definition.members.get(name) ?? []) candidates.push(memberCandidate(b, member, type))
    }
  }
  return candidates
}

function liftedOperator(
  b: Binder,
  declared: readonly ReturnType<typeof memberCandidate>[],
  operator: Operator,
  left: BoundExpression,
  right: BoundExpression,
  span: Span,
): BoundExpression | undefined {
  const liftable = declared.filter((candidate) => candidate.parameters.every(({ type }) => isValueType(type)))
  const lifted = liftable.map((candidate) => ({
    ...candidate,
    parameters: candidate.parameters.map((parameter) => ({ ...parameter, type: b.table.nullable(parameter.type) })),
  }))
  const resolution = resolveOverload(b, lifted, [argument(left), argument(right)], [])
  if (resolution.kind !== 'chosen') return undefined
  const { candidate, types, returnType } = resolution.chosen
  const result = COMPARISONS.includes(operator) ? returnType : b.table.nullable(returnType)
  return operatorCall(b, candidate, [left, right], types, true, result, span)
}

function operatorCall(
  b: Binder,
  { member, container }: ReturnType<typeof memberCandidate>,
  operands: readonly BoundExpression[],
  types: readonly Type[],
  lifted: boolean,
  type: Type,
  span: Span,
): BoundExpression {
  if (member === undefined || container === undefined) return b.error(span)
  const args = operands.map((operand, index) => convertImplicit(b, operand, types[index] ?? operand.type))
  return {
    kind: 'call',
    member: use({ member, container }),
    receiver: undefined,
    arguments: args,
    order: undefined,
    lifted,
    type,
    start: span.start,
    end: span.end,
  }
}

/** The same before one operand. */
export function userUnary(
  b: Binder,
  operator: Unary['operator'],
  operand: BoundExpression,
  span: Span,
): BoundExpression | undefined {
  const name = operatorName(operator, 1)
  const declared = name ? operatorsOf(b, [unlift(b, operand.type).type], name) : []
  if (declared.length === 0) return undefined
  const resolution = resolveOverload(b, declared, [argument(operand)], [])
  if (resolution.kind !== 'chosen') return undefined
  const { candidate, types, returnType } = resolution.chosen
  return operatorCall(b, candidate, [operand], types, false, returnType, span)
}
