import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Expressions of which no source says that they may stand there. */
export const expressionUnstated = {
  id: 'policy/expression-unstated',
  severity: 'warning',
  title: 'The documentation does not say that an expression may stand here',
  why: 'It may work; no source says so.',
  bad: `<validate-jwt header-name="Authorization">
  <openid-config url="@(context.Api.Path)" />
  <audiences><audience>api://orders</audience></audiences>
</validate-jwt>`,
  at: '@(context.Api.Path)',
  good: `<validate-jwt header-name="Authorization">
  <openid-config url="https://id.example.com/.well-known/openid-configuration" />
  <audiences><audience>api://orders</audience></audiences>
</validate-jwt>`,
  source: sources.documentation,
} as const satisfies RuleDescription
