import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Expressions where none may stand. */
export const expressionNotAllowed = {
  id: 'policy/expression-not-allowed',
  severity: 'either',
  title: 'An expression stands where none may',
  why: 'The service takes the text as it stands, or refuses it. A named value may stand there. Where the text is only a label, such as the source of a trace, it is a warning.',
  bad: '<set-variable name="@(context.Api.Id)" value="1" />',
  at: '@(context.Api.Id)',
  good: '<set-variable name="api" value="@(context.Api.Id)" />',
  source: sources.documentation,
} as const satisfies RuleDescription
