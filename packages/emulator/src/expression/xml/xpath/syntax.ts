/** A location path, a call, an operator: XPath 1.0. */
export type XPath =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly XPath[] }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly left: XPath; readonly right: XPath }
  | { readonly kind: 'negate'; readonly operand: XPath }
  | { readonly kind: 'filter'; readonly operand: XPath; readonly predicates: readonly XPath[] }
  | PathExpression

/** `start` is the root for `/a`, the context for `a`, or what stands before `[…]` and `/…`. */
export interface PathExpression {
  readonly kind: 'path'
  readonly start: 'root' | 'context' | XPath
  readonly steps: readonly Step[]
}

export interface Step {
  readonly axis: Axis
  readonly test: NodeTest
  readonly predicates: readonly XPath[]
}

export type NodeTest =
  | { readonly kind: 'name'; readonly prefix: string; readonly name: string }
  | { readonly kind: 'type'; readonly type: 'node' | 'text' | 'comment' | 'processing-instruction' }

export const axes = [
  'ancestor',
  'ancestor-or-self',
  'attribute',
  'child',
  'descendant',
  'descendant-or-self',
  'following',
  'following-sibling',
  'parent',
  'preceding',
  'preceding-sibling',
  'self',
] as const
export type Axis = (typeof axes)[number]

/** From the loosest to the tightest. */
export const operators = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div', 'mod'],
  ['|'],
] as const
export type Operator = (typeof operators)[number][number]
