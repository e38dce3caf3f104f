import type { RuleDescription } from './rule.js'

/** Comments of apim-kit that keep nothing quiet, since they are misspelt. */
export const unknownSuppression = {
  id: 'policy/unknown-suppression',
  severity: 'warning',
  title: 'A comment of apim-kit names no rule, or a rule that there is not',
  why: 'A comment that keeps a problem quiet has one of two forms: apim-kit-disable-next for the element after it and what stands in it, apim-kit-disable-file for the whole document. Then follow the ids of rules, parted by commas, and the reason.',
  bad: `<!-- apim-kit-disable-next policy/mising-base this API inherits nothing -->
<set-method>GET</set-method>`,
  at: '<!-- apim-kit',
  good: `<!-- apim-kit-disable-next policy/request-without-timeout this service is allowed to be slow -->
<send-request mode="new" response-variable-name="report">
  <set-url>https://reports.example.com</set-url>
  <set-method>GET</set-method>
</send-request>`,
  source: 'apim-kit.',
} as const satisfies RuleDescription
