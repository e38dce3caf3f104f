import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Texts in another form than the documentation has. */
export const form = {
  id: 'policy/form',
  severity: 'either',
  title: 'A text has not the form that its place takes',
  why: 'The schemas take any text there, but the documentation tells what it has to look like: an IP filter knows addresses and ranges and no CIDR notation, an origin of CORS has a scheme, a proxy is reached by http.',
  bad: `<ip-filter action="allow">
  <address>10.0.0.0/24</address>
</ip-filter>`,
  at: '<address>',
  good: `<ip-filter action="allow">
  <address-range from="10.0.0.0" to="10.0.0.255" />
</ip-filter>`,
  source: sources.documentation,
} as const satisfies RuleDescription
