import type { RuleDescription } from './rule.js'

/** Comments of apim-kit whose problem is gone. */
export const unusedSuppression = {
  id: 'policy/unused-suppression',
  severity: 'warning',
  title: 'A comment keeps a problem quiet that is not there',
  why: 'It would hide the next problem of this kind. Nothing is said about rules that need a scope, a tier or declared names, where these are not told.',
  bad: `<!-- apim-kit-disable-next policy/wrong-value it worked before -->
<set-method>GET</set-method>`,
  at: '<!-- apim-kit',
  good: '<set-method>GET</set-method>',
  source: 'apim-kit.',
} as const satisfies RuleDescription
