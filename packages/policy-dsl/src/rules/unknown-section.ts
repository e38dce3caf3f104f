import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Elements beside the four sections. */
export const unknownSection = {
  id: 'policy/unknown-section',
  severity: 'error',
  title: 'An element stands where only sections may',
  why: 'In policies there are inbound, backend, outbound and on-error, and nothing else.',
  bad: `<policies>
  <inbound><base /></inbound>
  <inbond><base /></inbond>
  <backend><base /></backend>
  <outbound><base /></outbound>
  <on-error><base /></on-error>
</policies>`,
  at: '<inbond>',
  good: `<policies>
  <inbound><base /></inbound>
  <backend><base /></backend>
  <outbound><base /></outbound>
  <on-error><base /></on-error>
</policies>`,
  source: sources.shape,
} as const satisfies RuleDescription
