import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Documents that begin with another element than a document does. */
export const root = {
  id: 'policy/root',
  severity: 'error',
  title: 'The root element is not the one that belongs here',
  why: 'A policy document is a policies element with four sections, a fragment a fragment element, the document of a GraphQL resolver one data source. Another root is refused on save.',
  bad: '<inbound><base /></inbound>',
  at: '<inbound>',
  good: `<policies>
  <inbound><base /></inbound>
  <backend><base /></backend>
  <outbound><base /></outbound>
  <on-error><base /></on-error>
</policies>`,
  source: sources.shape,
} as const satisfies RuleDescription
