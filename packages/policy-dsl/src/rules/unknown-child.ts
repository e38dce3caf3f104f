import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Elements that a policy does not take. */
export const unknownChild = {
  id: 'policy/unknown-child',
  severity: 'error',
  title: 'An element stands in a policy that does not take it',
  why: 'The service refuses it: invalid child element.',
  bad: `<set-header name="X-Team" exists-action="override">
  <value>orders</value>
  <vale>invoices</vale>
</set-header>`,
  at: '<vale>',
  good: `<set-header name="X-Team" exists-action="override">
  <value>orders</value>
  <value>invoices</value>
</set-header>`,
  source: sources.observed,
} as const satisfies RuleDescription
