import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Elements of which a policy takes one. */
export const childTwice = {
  id: 'policy/child-twice',
  severity: 'either',
  title: 'An element stands more than once in a policy that takes one',
  why: 'The service refuses it. Where only one source takes several, it is a warning that says so.',
  bad: `<choose>
  <when condition="@(context.Request.Method == "PUT")" />
  <otherwise />
  <otherwise />
</choose>`,
  at: '<otherwise />',
  good: `<choose>
  <when condition="@(context.Request.Method == "PUT")" />
  <otherwise />
</choose>`,
  source: sources.documentation,
} as const satisfies RuleDescription
