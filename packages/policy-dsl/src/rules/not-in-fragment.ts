import type { RuleDescription } from './rule.js'

/** Policies that fragments do not take. */
export const notInFragment = {
  id: 'policy/not-in-fragment',
  severity: 'either',
  title: 'A policy may not stand in a fragment',
  why: 'base and include-fragment may not stand in a fragment. Where only one source keeps a policy out, it is a warning.',
  bad: `<fragment>
  <base />
</fragment>`,
  at: '<base />',
  good: `<fragment>
  <set-header name="X-Team" exists-action="delete" />
</fragment>`,
  source: 'The documentation of policy fragments.',
} as const satisfies RuleDescription
