import { parsed, syntaxFault, type FoundExpression } from './check-expressions.js'
import { checkAllowList } from './expression/allow-list.js'
import type { Diagnostic } from './expression/diagnostic.js'
import type { PlacedExpression } from './expression-places.js'
import { bindingOf } from './rules/binding.js'
import { resultFault } from './rules/expression-result.js'
import type { ExpressionFault } from './value.js'

/**
 * All that is wrong with an expression where it stands, as the rules of `check` have it: C#, the type that the place takes, the
 * service's list of types and members.
 */
export function expressionFaults(placed: PlacedExpression): ExpressionFault[] {
  const found = parsed(placed)
  const syntax = syntaxFault(found)
  if (syntax === undefined) return meaningFaults(found)
  const { diagnostic, severity, unless } = syntax
  return [{ ...compilerFault(diagnostic), severity, message: codeAndMessage(diagnostic) + unless }]
}

function meaningFaults(found: FoundExpression): ExpressionFault[] {
  const any = bindingOf(found)?.any
  // Only the gateway knows the code: a named value stands for a piece of it.
  if (any === undefined) return []
  if (any.kind === 'invalid') return any.diagnostics.map(compilerFault)
  const result = resultFault(found)
  const refused = checkAllowList(any.program).map((diagnostic) => ({
    ...compilerFault(diagnostic),
    rule: 'policy/expression-allow-list',
    severity: diagnostic.severity,
  }))
  return [...(result === undefined ? [] : [{ rule: 'policy/expression-result', ...result }]), ...refused]
}

const compilerFault = (diagnostic: Diagnostic): ExpressionFault => ({
  rule: 'policy/expression',
  severity: 'error',
  message: codeAndMessage(diagnostic),
  start: diagnostic.start,
})

const codeAndMessage = ({ code, message }: Diagnostic): string => `${code}: ${message}`
