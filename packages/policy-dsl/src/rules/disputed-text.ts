import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Text that one source lets stand. */
export const disputedText = {
  id: 'policy/disputed-text',
  severity: 'warning',
  title: 'Text is known to one source only',
  why: 'The documentation, Microsoft’s schemas and the policy toolkit do not always agree. What one of them knows may work; the problem says which.',
  bad: `<trace source="orders">
  <message>lost</message>
  twice
</trace>`,
  at: 'twice',
  good: `<trace source="orders">
  <message>lost twice</message>
</trace>`,
  source: sources.comparison,
} as const satisfies RuleDescription
