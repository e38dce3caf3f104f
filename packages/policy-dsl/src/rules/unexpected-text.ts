import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Text in elements that have none. */
export const unexpectedText = {
  id: 'policy/unexpected-text',
  severity: 'error',
  title: 'Text stands in an element that takes none',
  why: 'The service refuses it: the element cannot contain text. Mostly an element around the text was forgotten.',
  bad: '<set-status code="200" reason="OK">fine</set-status>',
  at: 'fine',
  good: '<set-status code="200" reason="OK" />',
  source: sources.observed,
} as const satisfies RuleDescription
