import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Policies at scopes that they are not for. */
export const wrongScope = {
  id: 'policy/wrong-scope',
  severity: 'either',
  title: 'A policy stands at a scope that it is not for',
  why: 'The service refuses it: policy is not allowed in the specified scope. An attribute that was seen to be refused, though no source says so, is a warning.',
  bad: '<get-authorization-context provider-id="github" authorization-id="octocat" context-variable-name="auth" />',
  at: '<get-authorization-context',
  good: '<set-variable name="auth" value="none" />',
  source: sources.observed,
  asks: { scope: 'workspace' },
} as const satisfies RuleDescription
