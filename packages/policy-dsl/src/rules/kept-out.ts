import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Policies that one source keeps out of another policy. */
export const keptOut = {
  id: 'policy/kept-out',
  severity: 'warning',
  title: 'A policy should not stand in this one',
  why: 'One source keeps it out, the others say nothing: newer pages of the documentation have no wait in a retry, for example.',
  bad: `<retry condition="@(!context.Variables.ContainsKey("rates"))" count="2" interval="1">
  <wait for="all">
    <cache-lookup-value key="rates" variable-name="rates" />
  </wait>
</retry>`,
  at: '<wait',
  good: `<retry condition="@(!context.Variables.ContainsKey("rates"))" count="2" interval="1">
  <cache-lookup-value key="rates" variable-name="rates" />
</retry>`,
  source: sources.documentation,
} as const satisfies RuleDescription
