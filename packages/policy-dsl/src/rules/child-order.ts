import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Elements out of the order of their policy’s statement. */
export const childOrder = {
  id: 'policy/child-order',
  severity: 'either',
  title: 'Elements of a policy stand in another order than its statement has',
  why: 'The service refuses most of them: invalid child element. Where the schemas take any order, it is a warning.',
  bad: `<return-response>
  <set-body>late</set-body>
  <set-status code="503" reason="Unavailable" />
</return-response>`,
  at: '<set-status',
  good: `<return-response>
  <set-status code="503" reason="Unavailable" />
  <set-body>late</set-body>
</return-response>`,
  source: sources.observed,
} as const satisfies RuleDescription
