import type { Span } from './position.js'
import type { ExpressionSyntax } from './syntax.js'
import type * as syntax from './syntax.js'

/** A node of the syntax tree that has a kind of its own. */
export type SyntaxNode = syntax.Expression | syntax.Statement | ExpressionSyntax | (Span & { readonly kind: 'other' })

/** Every node of a syntax tree, in no promised order; for looking things up, not for giving them a meaning. */
export function syntaxNodes(root: ExpressionSyntax): SyntaxNode[] {
  const nodes: SyntaxNode[] = []
  const open: unknown[] = [root]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next !== 'object' || next === null) continue
    if (isNode(next)) nodes.push(next)
    // Holes in a tree, positions and decimals have no nodes in them; looking costs less than knowing them.
    for (const part of Object.values(next)) if (typeof part === 'object') open.push(part)
  }
  return nodes
}

const isNode = (part: object): part is SyntaxNode => 'kind' in part && 'start' in part
