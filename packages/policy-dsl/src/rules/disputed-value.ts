import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Values that one source knows. */
export const disputedValue = {
  id: 'policy/disputed-value',
  severity: 'warning',
  title: 'A value is known to one source only',
  why: 'The documentation, Microsoft’s schemas and the policy toolkit do not always agree. What one of them knows may work; the problem says which.',
  bad: '<llm-token-limit counter-key="orders" token-quota="1000" token-quota-period="Indefinite" estimate-prompt-tokens="false" />',
  at: 'Indefinite',
  good: '<llm-token-limit counter-key="orders" token-quota="1000" token-quota-period="Yearly" estimate-prompt-tokens="false" />',
  source: sources.comparison,
} as const satisfies RuleDescription
