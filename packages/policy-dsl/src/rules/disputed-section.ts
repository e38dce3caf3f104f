import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Policies in sections where one source knows them. */
export const disputedSection = {
  id: 'policy/disputed-section',
  severity: 'warning',
  title: 'A policy in this section is known to one source only',
  why: 'The documentation, Microsoft’s schemas and the policy toolkit do not always agree. What one of them knows may work; the problem says which.',
  bad: `<policies>
  <inbound><base /></inbound>
  <backend><base /></backend>
  <outbound>
    <base />
    <set-query-parameter name="debug" exists-action="delete" />
  </outbound>
  <on-error><base /></on-error>
</policies>`,
  at: '<set-query-parameter',
  good: `<policies>
  <inbound>
    <base />
    <set-query-parameter name="debug" exists-action="delete" />
  </inbound>
  <backend><base /></backend>
  <outbound><base /></outbound>
  <on-error><base /></on-error>
</policies>`,
  source: sources.comparison,
} as const satisfies RuleDescription
