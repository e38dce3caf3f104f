import { printExpression } from './print/expressions.js'
import { printBlock } from './print/statements.js'
import type { ExpressionSyntax } from './syntax.js'

/**
 * Prints a syntax tree as C#, in one layout: `@( )` on one line, `@{ }` with a statement a line. Parsing the text again gives the same
 * tree. Comments are not in the tree, and so not in the text.
 *
 * @example print(parse('@( 1+2 )').syntax) // '@(1 + 2)'
 */
export function print(syntax: ExpressionSyntax): string {
  return syntax.kind === 'single' ? `@(${printExpression(syntax.expression)})` : `@${printBlock(syntax.block, '')}`
}
