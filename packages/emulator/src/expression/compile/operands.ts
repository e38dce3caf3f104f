import type { BoundExpression } from '@apim-kit/policy-dsl/expression'

/**
 * The slot of a local that lives in it and in no cell. Most operands are such a local or a constant, and calling a closure takes longer
 * than what it does: the commonest nodes read them themselves.
 */
export function plainSlot(node: BoundExpression): number | undefined {
  return node.kind === 'local' && !node.local.captured ? node.slot : undefined
}
