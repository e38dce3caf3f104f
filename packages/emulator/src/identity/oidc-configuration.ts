import type { Adapter, ClientMetadata, Configuration, JWK, KoaContextWithOIDC, ResourceServer } from 'oidc-provider'
import type { Clock } from '../clock.js'
import type { Directory, Registration } from './directory.js'
import type { OidcProviderModule } from './load-oidc-provider.js'
import { lookup, memoryStorage } from './oidc-storage.js'
import type { RefusalName } from './refusals.js'
import { tokenClaims } from './token-claims.js'
import { fromIndicator } from './token-request.js'

/** What the configuration is made of. */
export interface ConfigurationOptions {
  readonly directory: Directory
  readonly clock: Clock
  /** Seconds. */
  readonly accessTokenLifetime: number
  readonly library: OidcProviderModule
  readonly signingKey: JWK
}

/** Tells oidc-provider about the tenant: its clients, its resources and what its tokens say. */
export function oidcConfiguration(options: ConfigurationOptions): Configuration {
  const { signingKey, accessTokenLifetime } = options
  const entra = createHooks(options)
  return {
    adapter: (model) => (model === 'Client' ? lookup(model, entra.findClient) : memoryStorage(model)),
    jwks: { keys: [signingKey] },
    ttl: { ClientCredentials: accessTokenLifetime },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: ['RS256', 'PS256'] },
    // The library reads the system's time, so here every time passes; `checkAssertion` holds it against the emulator's clock.
    clockTolerance: 10_000 * 365 * 24 * 3600,
    assertJwtClientAuthClaimsAndHeader: (_ctx, claims, header, client) =>
      entra.checkAssertion(client.clientId, claims, header),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_ctx, indicator, client): ResourceServer => {
          const audience = fromIndicator(indicator)
          entra.checkResource(client.clientId, audience)
          return { scope: '', audience, accessTokenFormat: 'jwt' }
        },
      },
    },
    formats: {
      customizers: {
        jwt: (ctx, _token, parts) => {
          parts.header = { typ: 'JWT' }
          parts.payload = entra.claimsOf(ctx)
        },
      },
    },
  }
}

/** The decisions that are Entra's and not the protocol's. A refusal leaves as an error that is named like its row. */
function createHooks({ directory, clock, accessTokenLifetime, library }: ConfigurationOptions) {
  const refuse = (name: RefusalName, subject?: string): Error =>
    new library.errors.CustomOIDCProviderError(name, subject)
  const seconds = (): number => Math.floor(clock.now() / 1000)
  const clientOf = (appId: string): Registration => {
    const client = directory.findApplication(appId)
    if (client === undefined) throw refuse('unknownApplication', appId)
    return client
  }
  const resourceOf = (name: string): Registration => {
    const resource = directory.findResource(name)
    if (resource === undefined) throw refuse('unknownResource', name)
    return resource
  }
  const findClient: Adapter['find'] = async (appId) =>
    metadataOf(appId, clientOf(appId), credentialOf(library.Provider.ctx))
  return {
    findClient,
    checkAssertion: (appId: string, claims: Claims, header: Claims): void => {
      if (!clientOf(appId).certificates.some((certificate) => certificate.isNamedBy(header)))
        throw refuse('invalidAssertion')
      if (!isInTime(claims, seconds())) throw refuse('assertionNotInTime')
    },
    checkResource: (appId: string, name: string): void => {
      const resource = resourceOf(name)
      const unassigned = directory.rolesOf(clientOf(appId), resource).length === 0
      if (resource.appRoleAssignmentRequired && unassigned) throw refuse('notAssigned', resource.appId)
    },
    claimsOf: (ctx: KoaContextWithOIDC): Record<string, unknown> => {
      const { client, params } = ctx.oidc
      if (client === undefined) throw new TypeError('a token is signed for an authenticated client')
      const audience = fromIndicator(String(params?.['resource']))
      const subject = {
        client: clientOf(client.clientId),
        resource: resourceOf(audience),
        audience,
        credential: credentialOf(ctx),
        issuedAt: seconds(),
        lifetime: accessTokenLifetime,
      }
      return tokenClaims(subject, directory)
    },
  }
}

type Claims = Readonly<Record<string, unknown>>

type Credential = 'secret' | 'assertion'

const credentialOf = (ctx: KoaContextWithOIDC | undefined): Credential =>
  ctx?.oidc.params?.['client_assertion'] === undefined ? 'secret' : 'assertion'

/** The library knows one authentication method per client; an application in Entra may use any, so the request decides. */
function metadataOf(appId: string, client: Registration, credential: Credential): ClientMetadata {
  const method = credential === 'assertion' ? 'private_key_jwt' : 'client_secret_post'
  const keys = client.certificates.flatMap((certificate) => certificate.keys)
  return {
    client_id: appId,
    client_secret: client.ownSecret,
    token_endpoint_auth_method: method,
    jwks: { keys },
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
  }
}

/** Seconds that the clocks of a client and of Entra may differ; .NET's token validation takes the same. */
const clockSkew = 300

function isInTime(claims: Claims, now: number): boolean {
  const { nbf, exp } = claims
  const begun = nbf === undefined || (typeof nbf === 'number' && nbf <= now + clockSkew)
  return begun && typeof exp === 'number' && exp > now - clockSkew
}
