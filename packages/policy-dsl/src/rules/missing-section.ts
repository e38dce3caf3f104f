import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Sections that are left out. */
export const missingSection = {
  id: 'policy/missing-section',
  severity: 'warning',
  title: 'A section is missing',
  why: 'The schemas let a section be left out, but what that means is not documented; it is not said to be the same as a section with nothing but base. on-error is left alone: new documents have none.',
  bad: `<policies>
  <inbound><base /></inbound>
  <backend><base /></backend>
  <on-error><base /></on-error>
</policies>`,
  at: '<policies>',
  good: `<policies>
  <inbound><base /></inbound>
  <backend><base /></backend>
  <outbound><base /></outbound>
  <on-error><base /></on-error>
</policies>`,
  source: sources.shape,
} as const satisfies RuleDescription
