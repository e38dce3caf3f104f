import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Properties that others make necessary. */
export const needs = {
  id: 'policy/needs',
  severity: 'either',
  title: 'A property is missing that others make necessary',
  why: 'identity-type jwt needs identity, for example: without it there is no token whose rights could be looked at, and every call fails.',
  bad: '<get-authorization-context provider-id="github" authorization-id="octocat" context-variable-name="auth" identity-type="jwt" />',
  at: '<get-authorization-context',
  good: '<get-authorization-context provider-id="github" authorization-id="octocat" context-variable-name="auth" identity-type="jwt" identity="@(context.Request.Headers.GetValueOrDefault("X-Token", ""))" />',
  source: sources.documentation,
} as const satisfies RuleDescription
