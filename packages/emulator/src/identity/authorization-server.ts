import { ApimKitError } from '@apim-kit/core'
import { timingSafeEqual } from 'node:crypto'
import type { Provider } from 'oidc-provider'
import type { Clock } from '../clock.js'
import { endpointPaths, issuers } from './addresses.js'
import type { Directory } from './directory.js'
import { inMemoryHttp, type InMemoryAnswer, type InMemoryHttp } from './in-memory-http.js'
import { loadOidcProvider, type OidcProviderModule } from './load-oidc-provider.js'
import { oidcConfiguration } from './oidc-configuration.js'
import { createSigningKey } from './signing-key.js'
import type { TokenForm } from './token-request.js'

/** The certified authorization server behind Entra's endpoints: it authenticates clients, handles grants and signs. */
export interface AuthorizationServer {
  /** Runs one token request. `endpoint` is the address that was asked: an assertion may be made out to it. */
  token(form: TokenForm, endpoint: string): Promise<TokenResult>
  /** The public signing keys: a JWK Set as JSON. */
  keys(): Promise<string>
}

/** What oidc-provider made of a token request. */
export type TokenResult = { readonly accessToken: string } | TokenFailure

/** Why it gave no token. */
export interface TokenFailure {
  /** A name of our refusals, or an OAuth error code of the library. */
  readonly error: string
  /** What the refusal is about, for example the resource. */
  readonly subject: string | undefined
  readonly appId: string | undefined
}

/** What the authorization server needs to know. */
export interface AuthorizationServerOptions {
  readonly directory: Directory
  readonly clock: Clock
  /** Seconds. */
  readonly accessTokenLifetime: number
}

/** Prepares the server; oidc-provider is loaded and the signing key is made when the first request comes. */
export function createAuthorizationServer(options: AuthorizationServerOptions): AuthorizationServer {
  let running: Promise<InMemoryHttp> | undefined
  const http = (): Promise<InMemoryHttp> => (running ??= start(options))
  return {
    token: async ({ parameters, authorization }, endpoint) => {
      const headers = {
        'Content-Type': 'application/x-www-form-urlencoded',
        [endpointHeader]: endpoint,
        ...(authorization === null ? {} : { Authorization: authorization }),
      }
      const send = await http()
      return readResult(await send('/token', { method: 'POST', headers, body: parameters.toString() }))
    },
    keys: async () => {
      const send = await http()
      return (await send('/jwks', { method: 'GET' })).text
    },
  }
}

async function start(options: AuthorizationServerOptions): Promise<InMemoryHttp> {
  const [library, signingKey] = await Promise.all([loadOidcProvider(), createSigningKey()])
  const { directory } = options
  const provider = new library.Provider(
    issuers[2](directory.tenantId),
    oidcConfiguration({ ...options, library, signingKey }),
  )
  takeEverySecret(provider, directory)
  takeEndpointsAsAudience(library, provider, directory)
  tellFailures(provider)
  return inMemoryHttp(provider.callback())
}

/** Carries the address that the client had asked into the in-memory request. */
const endpointHeader = 'x-token-endpoint'

/** An application in Entra may have several secrets, a client of the library has one. */
function takeEverySecret(provider: Provider, directory: Directory): void {
  provider.Client.prototype.compareClientSecret = function compareClientSecret(actual) {
    const client = directory.findApplication(this.clientId)
    const secrets = client === undefined ? [] : [...client.clientSecrets, client.ownSecret]
    return secrets.some((secret) => equal(Buffer.from(secret), Buffer.from(actual)))
  }
}

const equal = (one: Uint8Array, other: Uint8Array): boolean =>
  one.byteLength === other.byteLength && timingSafeEqual(one, other)

/** Entra takes an assertion made out to its token endpoints or to the issuer; here also to the address that was asked. */
function takeEndpointsAsAudience({ Provider }: OidcProviderModule, provider: Provider, { tenantId }: Directory): void {
  const endpoints = Object.values(endpointPaths).map(
    ({ token }) => `https://login.microsoftonline.com/${tenantId}/${token}`,
  )
  const audiences = [...endpoints, issuers[1](tenantId), issuers[2](tenantId)]
  provider.OIDCContext.prototype.clientJwtAuthExpectedAudience = () => {
    const asked = Provider.ctx?.get(endpointHeader)
    return new Set(asked === undefined ? audiences : [...audiences, asked])
  }
}

/** The library keeps the reason of a failure from the client; Entra's errors name it. */
function tellFailures(provider: Provider): void {
  provider.on('grant.error', (ctx, { error, error_description }) => {
    const failure: TokenFailure = { error, subject: error_description, appId: ctx.oidc.client?.clientId }
    ctx.body = failure
  })
}

function readResult({ status, text }: InMemoryAnswer): TokenResult {
  const body = JSON.parse(text) as { access_token: string } & TokenFailure
  if (status === 200) return { accessToken: body.access_token }
  if (status < 500) return { error: body.error, subject: body.subject, appId: body.appId }
  throw new ApimKitError('internal', `The identity provider failed with status ${status} on a token request.`)
}
