import type { RuleDescription } from './rule.js'

/** Policies that some gateways do not run. */
export const wrongGateway = {
  id: 'policy/wrong-gateway',
  severity: 'either',
  title: 'A policy does not run on the gateway',
  why: 'Not every gateway runs every policy: get-authorization-context does not run on a self-hosted gateway, and Consumption has no cache of its own. A value that does not work there is a warning. Which gateway it is follows from the tier, or is told.',
  bad: '<get-authorization-context provider-id="github" authorization-id="octocat" context-variable-name="auth" />',
  at: '<get-authorization-context',
  good: '<set-variable name="auth" value="none" />',
  source: 'The gateways in the head of each policy’s page.',
  asks: { tier: 'self-hosted' },
} as const satisfies RuleDescription
