import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Elements that a policy needs. */
export const missingChild = {
  id: 'policy/missing-child',
  severity: 'either',
  title: 'An element is missing in a policy',
  why: 'The policy needs it. Where only one source asks for it, it is a warning that says so.',
  bad: `<choose>
  <otherwise>
    <set-method>POST</set-method>
  </otherwise>
</choose>`,
  at: '<choose>',
  good: `<choose>
  <when condition="@(context.Request.Method == "PUT")">
    <set-method>POST</set-method>
  </when>
</choose>`,
  source: sources.documentation,
} as const satisfies RuleDescription
