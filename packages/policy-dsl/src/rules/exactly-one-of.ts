import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Different ways to say the same, of which one is needed. */
export const exactlyOneOf = {
  id: 'policy/exactly-one-of',
  severity: 'either',
  title: 'Of several properties exactly one is needed',
  why: 'They are different ways to say the same, and the policy needs one of them.',
  bad: `<validate-jwt>
  <openid-config url="https://id.example.com/.well-known/openid-configuration" />
  <audiences><audience>api://orders</audience></audiences>
</validate-jwt>`,
  at: '<validate-jwt>',
  good: `<validate-jwt header-name="Authorization">
  <openid-config url="https://id.example.com/.well-known/openid-configuration" />
  <audiences><audience>api://orders</audience></audiences>
</validate-jwt>`,
  source: sources.documentation,
} as const satisfies RuleDescription
