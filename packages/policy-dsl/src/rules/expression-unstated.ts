import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Expressions of which no source says that they may stand there. */
export const expressionUnstated = {
  id: 'policy/expression-unstated',
  severity: 'warning',
  title: 'The documentation does not say that an expression may stand here',
  why: 'A number, a flag or one of a few words stands there as a rule. That an expression works too is said by no source: the service may refuse it on save.',
  bad: `<set-body template="@(context.Api.Id)">{ "id": 7 }</set-body>`,
  at: '@(context.Api.Id)',
  good: `<set-body template="liquid">{ "id": 7 }</set-body>`,
  source: sources.documentation,
} as const satisfies RuleDescription
