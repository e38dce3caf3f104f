import { gatewayOf } from '../tiers.js'
import { Literal } from '../value.js'
import { attributeFor } from '../view.js'
import type { Visited } from '../walk.js'
import type { DocumentRule } from './rule.js'

/** Tokens that are fetched with every call, since the gateway keeps none. */
export const noTokenCache: DocumentRule = {
  id: 'policy/no-token-cache',
  severity: 'warning',
  title: 'The gateway keeps no tokens',
  why: 'Elsewhere a token of the credential manager is kept until shortly before it expires; Consumption keeps none, so every call waits for the credential manager. An external cache can hold the token. Nothing is said in a document that uses one.',
  bad: '<get-authorization-context provider-id="github" authorization-id="octocat" context-variable-name="auth" />',
  at: '<get-authorization-context',
  good: `<cache-lookup-value key="github-token" variable-name="token" caching-type="external" />
<choose>
  <when condition="@(!context.Variables.ContainsKey("token"))">
    <get-authorization-context provider-id="github" authorization-id="octocat" context-variable-name="auth" />
    <set-variable name="token" value="@(((Authorization)context.Variables["auth"]).AccessToken)" />
    <cache-store-value key="github-token" value="@((string)context.Variables["token"])" duration="300" caching-type="external" />
  </when>
</choose>`,
  source: 'The overview of the credential manager: tokens are cached in all tiers but Consumption.',
  asks: { tier: 'consumption' },
  *find({ elements, options }) {
    const gateway = gatewayOf(options)
    if (gateway === undefined) return
    const fetches = elements.filter(({ role, definition }) => {
      const description = role === 'policy' ? definition?.description : undefined
      // A gateway on which the policy does not run at all is another rule's business.
      return description?.keepsTokens?.includes(gateway) === false && description.gateways.includes(gateway)
    })
    if (fetches.length === 0 || elements.some(usesExternalCache)) return
    for (const subject of fetches)
      yield {
        subject,
        message: `${subject.element.name} fetches the token anew with every call on the ${gateway} gateway, which keeps none; put it into an external cache`,
      }
  },
}

function usesExternalCache({ element, shape }: Visited): boolean {
  const field = shape?.attributes?.cachingType
  const value = field === undefined ? undefined : attributeFor(element, 'cachingType', field)?.value
  return value instanceof Literal && value.text === 'external'
}
