import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Attributes that one source knows. */
export const disputedAttribute = {
  id: 'policy/disputed-attribute',
  severity: 'warning',
  title: 'An attribute is known to one source only',
  why: 'The documentation, Microsoft’s schemas and the policy toolkit do not always agree. What one of them knows may work; the problem says which.',
  bad: '<mock-response status-code="200" enabled="false" />',
  at: 'enabled',
  good: '<mock-response status-code="200" />',
  source: sources.comparison,
} as const satisfies RuleDescription
