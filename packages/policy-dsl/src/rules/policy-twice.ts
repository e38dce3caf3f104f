import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Policies that stand more often than the documentation has them. */
export const policyTwice = {
  id: 'policy/policy-twice',
  severity: 'warning',
  title: 'A policy that the documentation has once stands more than once',
  why: 'The documentation says: only once in a section, or in a document. Policies in branches are not counted, since one of each may run all the same.',
  bad: `<rate-limit calls="5" renewal-period="60" />
<rate-limit calls="100" renewal-period="300" />`,
  at: '<rate-limit calls="100"',
  good: '<rate-limit calls="5" renewal-period="60" />',
  source: sources.documentation,
} as const satisfies RuleDescription
