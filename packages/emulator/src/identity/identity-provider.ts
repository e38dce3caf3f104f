import { ApimKitError } from '@apim-kit/core'
import type { Clock } from '../clock.js'
import type { Application } from './applications.js'
import { createDirectory } from './directory.js'
import { createAuthorizationServer } from './authorization-server.js'
import type { Endpoint, Entra, Place } from './endpoint.js'
import { endpointPaths, findEndpoint, isEntraHost, isTenantless, type EndpointName } from './addresses.js'
import { openIdConfiguration } from './metadata.js'
import { refuse } from './refusals.js'
import { answerToken } from './token-endpoint.js'

/** Options of {@link createIdentityProvider}. */
export interface IdentityProviderOptions {
  /** The one tenant, a GUID. */
  readonly tenantId: string
  readonly applications: readonly Application[]
  readonly clock: Clock
  /** Seconds that an access token is valid. Default: 3599. */
  readonly accessTokenLifetime?: number
}

/** Names a token that a test wants to have. */
export interface TokenRequest {
  /** The application that asks. */
  readonly appId: string
  /** Application ID URI or application id of the resource. */
  readonly resource: string
}

/**
 * An identity provider in the shape of Microsoft Entra ID. `fetch` answers these paths and 404 for all others:
 * `/{tenant}/oauth2[/v2.0]/token`, `/{tenant}/discovery[/v2.0]/keys`, `/{tenant}[/v2.0]/.well-known/openid-configuration`.
 */
export interface IdentityProvider {
  fetch(request: Request): Promise<Response>
  /** An access token for tests, got through the token endpoint. Rejects with Entra's error as an `ApimKitError`. */
  issueToken(request: TokenRequest): Promise<string>
}

/**
 * Makes the identity provider of one tenant. Throws `invalid-input` for applications that contradict each other and a lifetime
 * that is none.
 *
 * @example
 * const identity = createIdentityProvider({
 *   tenantId,
 *   clock: createClock(),
 *   applications: [
 *     { appId: backendId, identifierUris: ['api://backend'], appRoles: ['Sample.Read'] },
 *     { appId: clientId, clientSecrets: [secret], appRoleAssignments: [{ resource: 'api://backend', roles: ['Sample.Read'] }] },
 *   ],
 * })
 */
export function createIdentityProvider(options: IdentityProviderOptions): IdentityProvider {
  const { tenantId, applications, clock, accessTokenLifetime = 3599 } = options
  if (!Number.isSafeInteger(accessTokenLifetime) || accessTokenLifetime <= 0)
    throw new ApimKitError(
      'invalid-input',
      `accessTokenLifetime is ${accessTokenLifetime}; write whole seconds above 0.`,
    )
  const directory = createDirectory(tenantId, applications)
  const server = createAuthorizationServer({ directory, clock, accessTokenLifetime })
  const entra = { directory, server, clock, accessTokenLifetime }
  return {
    fetch: (request) => answer(entra, request),
    issueToken: (wanted) => issueToken(entra, wanted),
  }
}

/** What answers below the tenant, by the name of its path. */
const endpoints = {
  token: { method: 'POST', answer: answerToken },
  keys: { method: 'GET', answer: answerKeys },
  metadata: { method: 'GET', answer: async (_entra, _request, place) => Response.json(openIdConfiguration(place)) },
} as const satisfies Record<EndpointName, { readonly method: string; readonly answer: Endpoint }>

async function answerKeys({ server }: Entra): Promise<Response> {
  return new Response(await server.keys(), { headers: { 'Content-Type': 'application/json; charset=utf-8' } })
}

async function answer(entra: Entra, request: Request): Promise<Response> {
  const { pathname, origin, hostname } = new URL(request.url)
  const [, tenant = '', path = ''] = /^\/([^/]+)\/(.+)$/.exec(pathname) ?? []
  const found = findEndpoint(path)
  const endpoint = found === undefined ? undefined : endpoints[found.name]
  if (found === undefined || endpoint?.method !== request.method) return new Response(null, { status: 404 })
  const place = { version: found.version, tenant, authority: isEntraHost(hostname) ? `https://${hostname}` : origin }
  return checkTenant(entra, found.name, place) ?? endpoint.answer(entra, request, place)
}

/** The tenant's id, or for what belongs to no tenant (keys, metadata) `common` and its like. */
function checkTenant(
  { directory, clock }: Entra,
  name: EndpointName,
  { tenant, authority }: Place,
): Response | undefined {
  const { tenantId } = directory
  const place = { now: clock.now(), authority }
  if (tenant.toLowerCase() === tenantId.toLowerCase()) return undefined
  if (!isTenantless(tenant)) return refuse('unknownTenant', { tenantId, subject: tenant }, place)
  return name === 'token' ? refuse('tenantNotNamed', { tenantId }, place) : undefined
}

async function issueToken(entra: Entra, { appId, resource }: TokenRequest): Promise<string> {
  const { tenantId } = entra.directory
  const client_secret = entra.directory.findApplication(appId)?.ownSecret ?? ''
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: appId, client_secret, resource })
  const url = `https://login.microsoftonline.com/${tenantId}/${endpointPaths[1].token}`
  const response = await answer(entra, new Request(url, { method: 'POST', body }))
  const text = (await response.json()) as { access_token?: string; error_description?: string }
  if (text.access_token !== undefined) return text.access_token
  throw new ApimKitError('request-failed', `No token of '${appId}' for '${resource}': ${text.error_description}`)
}
