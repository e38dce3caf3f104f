import type { RuleDescription } from './rule.js'

/** Sections that stand more than once. */
export const sectionTwice = {
  id: 'policy/section-twice',
  severity: 'error',
  title: 'A section stands twice',
  why: 'Each section may stand once.',
  bad: `<policies>
  <inbound><base /></inbound>
  <inbound><base /></inbound>
  <backend><base /></backend>
  <outbound><base /></outbound>
  <on-error><base /></on-error>
</policies>`,
  at: '<inbound>',
  good: `<policies>
  <inbound><base /></inbound>
  <backend><base /></backend>
  <outbound><base /></outbound>
  <on-error><base /></on-error>
</policies>`,
  source: 'Microsoft’s schemas: each section at most once.',
} as const satisfies RuleDescription
