import { expr } from '../expression/expr.js'
import type { NamedValue } from '../value.js'
import { csharpOf, expectRequest, tokenPolicies, type TokenPolicies, type TokenRequest } from './token-policies.js'

/** What {@link tokenByClientSecret} needs. */
export interface ClientSecretRequest extends TokenRequest {
  /** The client's secret. A named value, for a document is no place for one. */
  readonly clientSecret: NamedValue
}

/**
 * Calls a backend with a token that the policy gets by itself, by the client credentials grant with a secret: the way where
 * credential manager cannot be used. The token is cached; a backend that answers 401 or 403 drops it from the cache.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * const token = tokenByClientSecret({
 *   tokenEndpoint: text`https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`, clientId, clientSecret, scope,
 * })
 * policies({ inbound: [base(), token.inbound], outbound: [base(), token.outbound] })
 */
export function tokenByClientSecret(request: ClientSecretRequest): TokenPolicies {
  expectRequest('tokenByClientSecret', request, ['tokenEndpoint', 'clientId', 'clientSecret', 'scope'])
  const { clientId, clientSecret, scope } = request
  const body = expr`"grant_type=client_credentials"
  + "&client_id=" + Uri.EscapeDataString(${csharpOf(clientId)})
  + "&client_secret=" + Uri.EscapeDataString(${csharpOf(clientSecret)})
  + "&scope=" + Uri.EscapeDataString(${csharpOf(scope)})`
  return tokenPolicies(request, 'token-by-client-secret', body)
}
