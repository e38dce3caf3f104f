import type { BoundExpression } from '../bound.js'

/** The parts of an expression in the order in which they are evaluated; not the body of a lambda. */
export function childrenOf(expression: BoundExpression): readonly BoundExpression[] {
  switch (expression.kind) {
    case 'constant':
    case 'default':
    case 'typeof':
    case 'local':
    case 'lambda':
      return []
    case 'field':
    case 'property':
      return expression.receiver ? [expression.receiver] : []
    case 'indexer':
      return [expression.receiver, ...expression.arguments]
    case 'element':
      return [expression.array, ...expression.indices]
    case 'anonymous-member':
    case 'tuple-item':
      return [expression.receiver]
    case 'call':
      return [...(expression.receiver ? [expression.receiver] : []), ...expression.arguments]
    case 'local-call':
      return expression.arguments
    case 'invoke':
      return [expression.delegate, ...expression.arguments]
    case 'new':
      return expression.arguments
    case 'new-anonymous':
      return expression.values
    case 'new-array':
      return [...(expression.sizes ?? []), ...(expression.items ?? [])]
    case 'new-tuple':
      return expression.items
    case 'convert':
      return [expression.operand]
    case 'unary':
    case 'is':
    case 'as':
    case 'is-pattern':
      return [expression.operand]
    case 'binary':
    case 'logical':
      return [expression.left, expression.right]
    case 'concat':
      return expression.parts
    case 'interpolation':
      return expression.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.value]))
    case 'conditional':
      return [expression.condition, expression.whenTrue, expression.whenFalse]
    case 'conditional-access':
      return [expression.receiver, expression.access]
    case 'coalesce':
      return [expression.left, expression.value, expression.right]
    case 'assign':
      return [...childrenOf(expression.target), expression.value]
    case 'compound':
      return [expression.target, expression.value]
    case 'sequence':
      return [...expression.effects, expression.result]
    case 'delegate':
      return expression.target.kind === 'member' && expression.target.receiver ? [expression.target.receiver] : []
    case 'throw':
      return [expression.value]
    case 'reference':
      return childrenOf(expression.target)
    case 'dereference':
      return [expression.cell]
  }
}
