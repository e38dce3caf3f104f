import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Properties of which one is needed. */
export const atLeastOneOf = {
  id: 'policy/at-least-one-of',
  severity: 'either',
  title: 'Of several properties at least one is needed',
  why: 'Without any of them the policy does nothing.',
  bad: '<set-backend-service />',
  at: '<set-backend-service',
  good: '<set-backend-service backend-id="orders" />',
  source: sources.documentation,
} as const satisfies RuleDescription
