import type { RuleDescription } from './rule.js'

/** Sections that inherit nothing. */
export const missingBase = {
  id: 'policy/missing-base',
  severity: 'warning',
  title: 'A section has no base',
  why: 'Without base a section runs nothing of the broader scopes: the checks of tokens, the limits and the logging that everybody relies on are off for this API. Where that is meant, a comment should say so. At global scope there is nothing to inherit; a backend that has another policy has no room for base.',
  bad: `<policies>
  <inbound />
  <backend><base /></backend>
  <outbound><base /></outbound>
  <on-error><base /></on-error>
</policies>`,
  at: '<inbound />',
  good: `<policies>
  <inbound><base /></inbound>
  <backend><base /></backend>
  <outbound><base /></outbound>
  <on-error><base /></on-error>
</policies>`,
  source: 'The documentation of base; a built-in definition of Azure Policy audits the same.',
} as const satisfies RuleDescription
