import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Policies in policies that hold only some others. */
export const wrongParent = {
  id: 'policy/wrong-parent',
  severity: 'error',
  title: 'A policy stands in a policy that holds only some others',
  why: 'wait, for example, holds send-request, cache-lookup-value and choose only.',
  bad: `<wait for="all">
  <set-method>GET</set-method>
</wait>`,
  at: '<set-method>',
  good: `<wait for="all">
  <cache-lookup-value key="rates" variable-name="rates" />
</wait>`,
  source: sources.documentation,
} as const satisfies RuleDescription
