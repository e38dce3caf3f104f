import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Attributes that an element does not take. */
export const unknownAttribute = {
  id: 'policy/unknown-attribute',
  severity: 'error',
  title: 'An element has an attribute that it does not take',
  why: 'The service refuses it. Mostly the name is misspelt.',
  bad: '<set-header name="X-Team" exists-action="delete" value="orders" />',
  at: 'value=',
  good: '<set-header name="X-Team" exists-action="delete" />',
  source: sources.documentation,
} as const satisfies RuleDescription
