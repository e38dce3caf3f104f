import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Properties and policies that change nothing beside others. */
export const noEffect = {
  id: 'policy/no-effect',
  severity: 'warning',
  title: 'A property, or a policy, changes nothing',
  why: 'The service takes it and does not look at it: identity, for example, is read with identity-type jwt only, and require-scheme with the header Authorization only. Mostly the other half of what was meant is missing.',
  bad: `<get-authorization-context provider-id="github" authorization-id="octocat" context-variable-name="auth" identity="@(context.Request.Headers.GetValueOrDefault("X-Token", ""))" />`,
  at: '<get-authorization-context',
  good: `<get-authorization-context provider-id="github" authorization-id="octocat" context-variable-name="auth" identity-type="jwt" identity="@(context.Request.Headers.GetValueOrDefault("X-Token", ""))" />`,
  source: sources.documentation,
} as const satisfies RuleDescription
