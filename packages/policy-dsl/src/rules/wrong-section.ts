import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Policies in sections that they are not for. */
export const wrongSection = {
  id: 'policy/wrong-section',
  severity: 'error',
  title: 'A policy stands in a section that it is not for',
  why: 'The service refuses it: policy section is not allowed in the specified scope.',
  bad: '<forward-request />',
  at: '<forward-request',
  good: '<set-backend-service base-url="https://orders.example.com" />',
  source: sources.observed,
} as const satisfies RuleDescription
