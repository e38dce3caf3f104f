import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Properties that exclude each other. */
export const atMostOneOf = {
  id: 'policy/at-most-one-of',
  severity: 'either',
  title: 'Properties exclude each other',
  why: 'They are different ways to say the same; the service takes one of them.',
  bad: '<authentication-certificate thumbprint="CA06F56B258B7A0D4F2B05470939478651151984" certificate-id="orders" />',
  at: '<authentication-certificate',
  good: '<authentication-certificate certificate-id="orders" />',
  source: sources.documentation,
} as const satisfies RuleDescription
