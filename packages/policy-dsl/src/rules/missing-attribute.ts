import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Attributes that an element needs. */
export const missingAttribute = {
  id: 'policy/missing-attribute',
  severity: 'either',
  title: 'An attribute is missing',
  why: 'The policy needs it. Where only one source asks for it, it is a warning that says so.',
  bad: '<set-variable name="team" />',
  at: '<set-variable',
  good: '<set-variable name="team" value="orders" />',
  source: sources.documentation,
} as const satisfies RuleDescription
