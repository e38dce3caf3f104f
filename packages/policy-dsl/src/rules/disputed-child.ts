import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Elements that one source knows in their policy. */
export const disputedChild = {
  id: 'policy/disputed-child',
  severity: 'warning',
  title: 'An element is known to one source only',
  why: 'The documentation, Microsoft’s schemas and the policy toolkit do not always agree. What one of them knows may work; the problem says which.',
  bad: `<send-one-way-request mode="new">
  <set-url>https://audit.example.com</set-url>
  <set-method>POST</set-method>
  <authentication-basic username="orders" password="{{audit-password}}" />
</send-one-way-request>`,
  at: '<authentication-basic',
  good: `<send-one-way-request mode="new">
  <set-url>https://audit.example.com</set-url>
  <set-method>POST</set-method>
  <authentication-managed-identity resource="https://audit.example.com" />
</send-one-way-request>`,
  source: sources.comparison,
} as const satisfies RuleDescription
