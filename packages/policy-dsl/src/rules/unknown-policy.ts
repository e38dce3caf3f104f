import type { RuleDescription } from './rule.js'

/** Elements that are no policies. */
export const unknownPolicy = {
  id: 'policy/unknown-policy',
  severity: 'error',
  title: 'An element is no policy',
  why: 'The service refuses a document with an element that it does not know. A policy that is newer than this package can be carried with rawPolicy(…).',
  bad: '<set-heder name="X-Team" exists-action="delete" />',
  at: '<set-heder',
  good: '<set-header name="X-Team" exists-action="delete" />',
  source: 'The policy reference, and Microsoft’s schemas.',
} as const satisfies RuleDescription
