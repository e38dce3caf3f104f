import { endpointPaths, issuers, isTenantless } from './addresses.js'
import type { Place } from './endpoint.js'

/**
 * The OpenID configuration of a tenant. Endpoints lie where the metadata was asked for, so that it serves a client on the loopback
 * address as well as a policy that knows the real host. The issuer is always Entra's.
 */
export function openIdConfiguration({ version, tenant, authority }: Place) {
  const at = (path: string): string => `${authority}/${tenant}/${path}`
  return {
    token_endpoint: at(endpointPaths[version].token),
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: at(endpointPaths[version].keys),
    grant_types_supported: ['client_credentials'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: [],
    // Entra prints the placeholder itself for the addresses that belong to no tenant.
    issuer: issuers[version](isTenantless(tenant) ? '{tenantid}' : tenant),
  }
}
