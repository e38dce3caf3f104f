import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Elements that stand too often. */
export const atMost = {
  id: 'policy/at-most',
  severity: 'either',
  title: 'An element stands too often',
  why: 'The service takes so many at most.',
  bad: `<emit-metric name="calls">
  <dimension name="d0" value="0" />
  <dimension name="d1" value="1" />
  <dimension name="d2" value="2" />
  <dimension name="d3" value="3" />
  <dimension name="d4" value="4" />
  <dimension name="d5" value="5" />
  <dimension name="d6" value="6" />
  <dimension name="d7" value="7" />
  <dimension name="d8" value="8" />
  <dimension name="d9" value="9" />
  <dimension name="d10" value="10" />
</emit-metric>`,
  at: '<emit-metric',
  good: `<emit-metric name="calls">
  <dimension name="team" value="orders" />
</emit-metric>`,
  source: sources.documentation,
} as const satisfies RuleDescription
