import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Policies that one source knows. */
export const disputedPolicy = {
  id: 'policy/disputed-policy',
  severity: 'warning',
  title: 'A policy is known to one source only',
  why: 'The documentation, Microsoft’s schemas and the policy toolkit do not always agree. What one of them knows may work; the problem says which.',
  bad: `<cache-value key="rates" variable-name="rates" expires-after="60">
  <value>
    <set-variable name="rates" value="1.1" />
  </value>
</cache-value>`,
  at: '<cache-value',
  good: '<cache-lookup-value key="rates" variable-name="rates" />',
  source: sources.comparison,
} as const satisfies RuleDescription
