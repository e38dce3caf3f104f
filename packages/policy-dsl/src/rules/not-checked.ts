import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Policies that were put into a document without their builder. */
export const notChecked = {
  id: 'policy/not-checked',
  severity: 'warning',
  title: 'An element is known, but not looked into',
  why: 'A document that was put together from elements which no builder made, and which were not read as a document either, knows their names only. Reading its text has it checked.',
  bad: '<set-method />',
  at: '<set-method',
  good: '<set-method>POST</set-method>',
  source: sources.shape,
  met: 'unread',
} as const satisfies RuleDescription
