import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Texts that cannot be read as markup; the reader tells it. */
export const notWellFormed = {
  id: 'policy/not-well-formed',
  severity: 'error',
  title: 'The text is no document',
  why: 'A tag that is not closed, a quote that is missing, a lone & or <: the service refuses the text. What was read all the same is checked, so that everything is told in one pass.',
  bad: '<set-variable name="team" value="orders & invoices" />',
  at: '& invoices',
  good: '<set-variable name="team" value="orders &amp; invoices" />',
  source: sources.observed,
  loud: 'What stands in a text that cannot be read, comments included, is a guess.',
} as const satisfies RuleDescription
