import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Values that are none of those allowed. */
export const wrongValue = {
  id: 'policy/wrong-value',
  severity: 'error',
  title: 'A value is of the wrong type, or none of those that are allowed',
  why: 'The service refuses it: invalid according to its datatype. A named value may stand for any value.',
  bad: '<set-query-parameter name="debug" exists-action="remove" />',
  at: 'remove',
  good: '<set-query-parameter name="debug" exists-action="delete" />',
  source: sources.documentation,
} as const satisfies RuleDescription
