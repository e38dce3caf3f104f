import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Elements that say nothing without text. */
export const missingText = {
  id: 'policy/missing-text',
  severity: 'either',
  title: 'An element has no text',
  why: 'The element says nothing without it. Where Microsoft’s schemas take the empty text, it is a warning.',
  bad: '<set-method></set-method>',
  at: '<set-method>',
  good: '<set-method>POST</set-method>',
  source: sources.documentation,
} as const satisfies RuleDescription
