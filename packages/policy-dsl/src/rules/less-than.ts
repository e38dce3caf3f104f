import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Numbers that have to be smaller than another one. */
export const lessThan = {
  id: 'policy/less-than',
  severity: 'either',
  title: 'A number is not smaller than the one that it has to be smaller than',
  why: 'An entry of the cache that is to be computed again before it is gone, for example, has to be refreshed before it expires.',
  bad: `<!-- apim-kit-disable-next policy/disputed-policy the service knows it -->
<cache-value key="rates" variable-name="rates" expires-after="60" refresh-after="300">
  <value>
    <set-variable name="rates" value="1.1" />
  </value>
</cache-value>`,
  at: '<cache-value',
  good: `<!-- apim-kit-disable-next policy/disputed-policy the service knows it -->
<cache-value key="rates" variable-name="rates" expires-after="300" refresh-after="60">
  <value>
    <set-variable name="rates" value="1.1" />
  </value>
</cache-value>`,
  source: sources.documentation,
} as const satisfies RuleDescription
