import type { Span } from './position.js'
import type { ExpressionSyntax } from './syntax.js'

/** Twice as deep as what people wrote and machines generated, and a fraction of what fits on the stack. */
const MAX_LEVELS = 1000

/**
 * Where a tree is deeper than its readers can follow; undefined where it is not. A chain of calls nests as deep as it is long, and
 * the parser reads it in a loop, so that only the tree shows it. Operators in a row are a chain that every reader follows in a loop:
 * they count as one level.
 */
export function tooDeepAt(root: ExpressionSyntax): Span | undefined {
  // Every level takes a character at least, so most trees need no look.
  if (root.end - root.start <= MAX_LEVELS) return undefined
  const open: [part: object, level: number][] = [[root, 0]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [part, outer] = next
    const level = isNode(part) ? outer + 1 : outer
    if (level > MAX_LEVELS && isNode(part)) return part
    for (const [name, child] of Object.entries(part)) {
      if (typeof child === 'object' && child !== null) open.push([child, isInChain(part, name) ? outer : level])
    }
  }
  return undefined
}

const isNode = (part: object): part is Span & { readonly kind: string } => 'kind' in part && 'start' in part

const isInChain = (part: object, name: string): boolean => isNode(part) && part.kind === 'binary' && name === 'left'
