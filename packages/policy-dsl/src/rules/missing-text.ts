import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Elements that say nothing without text. */
export const missingText = {
  id: 'policy/missing-text',
  severity: 'error',
  title: 'An element has no text',
  why: 'The element says nothing without it.',
  bad: '<set-method></set-method>',
  at: '<set-method>',
  good: '<set-method>POST</set-method>',
  source: sources.documentation,
} as const satisfies RuleDescription
