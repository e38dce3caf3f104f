import type { BoundExpression } from '@apim-kit/policy-dsl/expression'
import type { ClrValue } from '../values/value.js'
import { constantValue } from './constants.js'

/*
 * What can be read without a call. Most operands are a local or a constant, and calling a closure takes longer than what it does:
 * the commonest nodes read such operands themselves.
 */

/** The slot of a local that lives in it and in no cell. */
export function plainSlot(node: BoundExpression): number | undefined {
  return node.kind === 'local' && !node.local.captured ? node.slot : undefined
}

/** The value of a constant; undefined: the node is none. */
export function constantOf(node: BoundExpression | undefined): ClrValue | undefined {
  return node?.kind === 'constant' ? constantValue(node) : undefined
}
