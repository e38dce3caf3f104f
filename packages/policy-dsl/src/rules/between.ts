import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Numbers out of their range. */
export const between = {
  id: 'policy/between',
  severity: 'either',
  title: 'A number is out of its range',
  why: 'The service takes only numbers of the range.',
  bad: '<rate-limit calls="5" renewal-period="3600" />',
  at: '<rate-limit',
  good: '<rate-limit calls="5" renewal-period="300" />',
  source: sources.documentation,
} as const satisfies RuleDescription
