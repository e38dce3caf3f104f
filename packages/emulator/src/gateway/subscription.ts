import type { RequestMessage } from '../expression/index.js'
import type { CompiledApi } from './compiled-configuration.js'
import { PolicyError, type PlacedError } from './policy-error.js'

/**
 * The built-in check of the subscription key. Subscriptions are not among the emulator's resources yet, so no key is valid: an
 * API that requires one answers 401, with the message for a missing key or for a wrong one.
 */
export function checkSubscription(
  { subscriptionRequired, info }: CompiledApi,
  request: RequestMessage,
): PlacedError | undefined {
  if (!subscriptionRequired) return undefined
  const { header, query } = info.subscriptionKeyParameterNames
  const hasKey = request.headers.has(header) || hasQuery(request, query)
  const { scheme, host } = request.originalUrl
  const error = new PolicyError(hasKey ? invalidKey : missingKey, {
    status: 401,
    reason: hasKey ? 'SubscriptionKeyInvalid' : 'SubscriptionKeyNotFound',
    // As observed; RFC 9110, section 15.5.2 asks for one with every 401.
    headers: [
      [
        'WWW-Authenticate',
        `AzureApiManagementKey realm="${scheme}://${host}/${info.path}",name="${header}",type="header"`,
      ],
    ],
  })
  return { error, place: { source: 'authorization', scope: null, section: null, path: null, policyId: null } }
}

function hasQuery(request: RequestMessage, name: string): boolean {
  return [...request.originalUrl.query.keys()].some((key) => key.toLowerCase() === name.toLowerCase())
}

const missingKey =
  'Access denied due to missing subscription key. Make sure to include subscription key when making requests to this API.'

const invalidKey =
  'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.'
