import { ApimKitError, expectText } from '@apim-kit/core'
import { expressionFaults } from './expression-faults.js'
import type { PlacedExpression } from './expression-places.js'
import { Expression, expressionFault, lineFeeds, type ExpressionFault } from './value.js'

/**
 * An expression that somebody wrote in TypeScript, by `expr`, `expression` or a handle of a variable. It brings its own checker, which
 * the document asks that it is put into. So the parser, the binder and the types of .NET come into a bundle with the
 * expressions that need them, and not with every document: those that this package writes itself are plain.
 */
export class WrittenExpression extends Expression {
  override faultsAt(place: PlacedExpression): readonly ExpressionFault[] {
    return expressionFaults(place)
  }
}

/**
 * An expression from given source. The document that it is put into checks it, as C# and for its place.
 *
 * @param source - C# with its marks: `@(context.RequestId)` or `@{ …; return x; }`; white space around it is dropped
 * @throws ApimKitError `invalid-expression` where the source does not begin with a mark, or ends before or after its bracket does
 */
export function expression(source: string): Expression {
  expectText('expression', source, "expression('@(context.RequestId)')")
  const trimmed = lineFeeds(source).trim()
  const fault = expressionFault(trimmed)
  if (fault !== undefined) throw new ApimKitError('invalid-expression', fault)
  return new WrittenExpression(trimmed)
}
