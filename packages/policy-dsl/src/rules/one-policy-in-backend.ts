import type { RuleDescription } from './rule.js'
import { sources } from './sources.js'

/** Backends with several policies side by side. */
export const onePolicyInBackend = {
  id: 'policy/one-policy-in-backend',
  severity: 'either',
  title: 'There is more than one policy in backend',
  why: 'The section backend takes one policy: base, forward-request, or one that holds them, such as retry; the service refuses more. Beside an include-fragment it is a warning, since what stands in the fragment cannot be known.',
  bad: `<policies>
  <inbound><base /></inbound>
  <backend>
    <base />
    <forward-request />
  </backend>
  <outbound><base /></outbound>
  <on-error><base /></on-error>
</policies>`,
  at: '<forward-request />',
  good: `<policies>
  <inbound><base /></inbound>
  <backend>
    <retry condition="@(context.Response.StatusCode == 503)" count="2" interval="1">
      <forward-request buffer-request-body="true" />
    </retry>
  </backend>
  <outbound><base /></outbound>
  <on-error><base /></on-error>
</policies>`,
  source: sources.shape,
} as const satisfies RuleDescription
