import { ApimKitError } from '@apim-kit/core'
import type { Clock } from '../clock.js'
import type { Outbound } from '../outbound.js'
import { checkAccess, type Caller } from './access-policies.js'
import { CredentialError } from './credential-error.js'
import type { ConnectionProperties, ConnectionStatus, CredentialStore, ProviderProperties } from './credential-store.js'
import { refreshRequest } from './authorization-code.js'
import { ConnectionTokens, keyOf, type ConnectionAddress } from './connection-tokens.js'
import { SignIns } from './sign-in.js'
import { exchangeCredentials, type TokenAnswer } from './exchange.js'
import { principalOfToken } from './principal-of-token.js'
import { clientCredentialsRequest } from './token-endpoints.js'

/** What `get-authorization-context` asks for; the policy's attributes, evaluated. */
export interface AuthorizationRequest {
  readonly providerId: string
  readonly authorizationId: string
  /** Whose right to the connection is checked. Default: `managed`, the system-assigned identity of the service. */
  readonly identityType?: 'managed' | 'jwt'
  /** A Microsoft Entra token, without `Bearer`; read only when `identityType` is `jwt`. */
  readonly identity?: string | undefined
}

/** What a policy expression sees as `Authorization`. */
export interface Authorization {
  readonly accessToken: string
  /** Every field of the token endpoint's answer (RFC 6749, section 5.1), not the claims inside the token. */
  readonly claims: Readonly<Record<string, unknown>>
}

/** Gets tokens for connections, keeps them, and decides who may have them. */
export interface CredentialManager {
  /** The current token of a connection. Rejects with `CredentialError` for whatever hinders it. */
  authorize(request: AuthorizationRequest): Promise<Authorization>
  /**
   * To be called after a connection was written: forgets its token, exchanges its credentials and stores and returns its status.
   * Never rejects for what the identity provider says: that is status `Error`.
   */
  connect(providerId: string, authorizationId: string): Promise<ConnectionStatus>
  /**
   * To be called after a provider (without `authorizationId`) or a connection was changed or deleted: drops the tokens. A status
   * that the credential manager itself writes need not be told, and does no harm when it is.
   */
  forget(providerId: string, authorizationId?: string): void
  /**
   * Where a person signs in for a connection of the authorization code grant.
   *
   * @throws ApimKitError `not-supported` for identity providers whose endpoints the emulator does not know
   */
  getLoginLink(
    providerId: string,
    authorizationId: string,
    postLoginRedirectUrl: string,
  ): { readonly loginLink: string }
  /** The identity provider's address behind a login link. Throws `invalid-input` for a link that is not good. */
  beginSignIn(data: string): string
  /** Takes what the identity provider sent back, connects the connection, and says where the person goes next. */
  finishSignIn(answer: SignInAnswer): Promise<string>
}

/** What an identity provider adds to the redirect address (RFC 6749, sections 4.1.2 and 4.1.2.1). */
export interface SignInAnswer {
  readonly state: string
  readonly code?: string | undefined
  readonly error?: string | undefined
  readonly description?: string | undefined
}

/** What {@link createCredentialManager} needs. */
export interface CredentialManagerOptions {
  readonly store: CredentialStore
  readonly outbound: Outbound
  readonly clock: Clock
  /** The service's name. */
  readonly service: string
  /** Where people's browsers reach the emulator; read when a link is asked for. */
  readonly managementUrl: () => string
}

/**
 * Makes the credential manager of one service.
 *
 * @example
 * const credentials = createCredentialManager({ store, outbound, clock })
 * const { accessToken } = await credentials.authorize({ providerId: 'credential-provider', authorizationId: 'client-connection' })
 */
export function createCredentialManager(options: CredentialManagerOptions): CredentialManager {
  const tokens = new ConnectionTokens(options.clock)
  const signIns = new SignIns(options.clock, options.service, options.managementUrl)
  const manager: Manager = { ...options, tokens, signIns, refreshTokens: new Map() }
  return {
    authorize: (request) => authorize(manager, request),
    connect: (providerId, authorizationId) => connect(manager, { providerId, authorizationId }),
    forget: (providerId, authorizationId) => {
      tokens.forget(providerId, authorizationId)
      forgetRefreshTokens(manager, providerId, authorizationId)
    },
    getLoginLink: (providerId, authorizationId, postLoginRedirectUrl) => {
      const address = { providerId, authorizationId }
      const { provider } = findConnection(manager.store, address)
      return { loginLink: signIns.link(address, provider, postLoginRedirectUrl) }
    },
    beginSignIn: (data) => signIns.authorizationUrl(data),
    finishSignIn: (answer) => finishSignIn(manager, answer),
  }
}

interface Manager extends CredentialManagerOptions {
  readonly tokens: ConnectionTokens
  readonly signIns: SignIns
  /** Of connections that somebody signed in to; as long as the emulator lives. */
  readonly refreshTokens: Map<string, string>
}

/** The code is exchanged at once, so that the connection is connected when the person sees the next page. */
async function finishSignIn(manager: Manager, { state, code, error, description }: SignInAnswer): Promise<string> {
  const { address, postLoginRedirectUrl, request } = manager.signIns.finish(state)
  const { providerId, authorizationId } = address
  findConnection(manager.store, address)
  const exchange = async (): Promise<TokenAnswer> => {
    if (code === undefined)
      throw new CredentialError(error ?? 'NoCode', description ?? 'The identity provider sent no code.')
    return exchangeCredentials(() => request(code), { ...manager, providerId, flow: 'authorization code' })
  }
  manager.tokens.forget(providerId, authorizationId)
  const report = (failure: unknown): void =>
    manager.store.setConnectionStatus(providerId, authorizationId, statusOf(failure))
  try {
    keepRefreshToken(manager, address, await manager.tokens.get(address, { exchange, report }))
  } catch (failure) {
    // The connection's status says what is wrong; the person goes on all the same, as the application expects.
    statusOf(failure)
  }
  return postLoginRedirectUrl
}

function keepRefreshToken({ refreshTokens }: Manager, address: ConnectionAddress, { claims }: TokenAnswer): void {
  const { refresh_token: token } = claims
  if (typeof token === 'string') refreshTokens.set(keyOf(address), token)
}

function forgetRefreshTokens({ refreshTokens }: Manager, providerId: string, authorizationId?: string): void {
  const key = keyOf({ providerId, authorizationId: authorizationId ?? '' })
  for (const other of refreshTokens.keys())
    if (authorizationId === undefined ? other.startsWith(key) : other === key) refreshTokens.delete(other)
}

async function authorize(manager: Manager, request: AuthorizationRequest): Promise<Authorization> {
  const { store } = manager
  const connection = findConnection(store, request)
  const caller = await callerOf(manager, request)
  checkAccess(caller, store.listAccessPolicies(request.providerId, request.authorizationId), request)
  const { accessToken, claims } = await currentToken(manager, request, connection)
  return { accessToken, claims }
}

async function connect(manager: Manager, address: ConnectionAddress): Promise<ConnectionStatus> {
  manager.tokens.forget(address.providerId, address.authorizationId)
  // Whether the service keeps a person's consent when a connection is written again is not known; here it is lost.
  forgetRefreshTokens(manager, address.providerId, address.authorizationId)
  try {
    await currentToken(manager, address, findConnection(manager.store, address))
    return { status: 'Connected' }
  } catch (error) {
    return statusOf(error)
  }
}

/** A connection with its provider. */
interface FoundConnection {
  readonly provider: ProviderProperties
  readonly connection: ConnectionProperties
}

// The codes and texts for what is missing are ours: no source shows the service's.
function findConnection(store: CredentialStore, { providerId, authorizationId }: ConnectionAddress): FoundConnection {
  const provider = store.getProvider(providerId)
  if (provider === undefined) throw new CredentialError('NotFound', `There is no credential provider '${providerId}'.`)
  const connection = store.getConnection(providerId, authorizationId)
  if (connection !== undefined) return { provider, connection }
  throw new CredentialError(
    'NotFound',
    `There is no connection '${authorizationId}' of credential provider '${providerId}'.`,
  )
}

async function callerOf(
  manager: Manager,
  { identityType = 'managed', identity }: AuthorizationRequest,
): Promise<Caller> {
  if (identityType === 'managed') {
    const principal = manager.store.getManagedIdentity()
    if (principal !== undefined) return principal
    throw new CredentialError('Unauthorized', 'The service has no system-assigned managed identity.')
  }
  if (identity !== undefined && identity !== '') return principalOfToken(identity, manager)
  throw new CredentialError('Unauthorized', 'identity-type is jwt, but identity holds no token.')
}

/**
 * A connection that failed is tried again at every call: nobody can repair it here, and whether the service waits for a new save
 * is not known.
 */
async function currentToken(
  manager: Manager,
  address: ConnectionAddress,
  found: FoundConnection,
): Promise<TokenAnswer> {
  const { store, tokens } = manager
  const { providerId, authorizationId } = address
  const report = (error: unknown): void => store.setConnectionStatus(providerId, authorizationId, statusOf(error))
  const exchange = (): Promise<TokenAnswer> => exchangeToken(manager, address, found)
  return tokens.get(address, { exchange, report })
}

async function exchangeToken(
  manager: Manager,
  address: ConnectionAddress,
  found: FoundConnection,
): Promise<TokenAnswer> {
  const { providerId } = address
  const { provider, connection } = found
  if (connection.oauth2grantType.toLowerCase() !== 'clientcredentials') return refresh(manager, address, provider)
  const parameters = {
    provider: provider.oauth2?.grantTypes?.clientCredentials ?? {},
    connection: connection.parameters ?? {},
  }
  return exchangeCredentials(() => clientCredentialsRequest(provider.identityProvider, parameters), {
    ...manager,
    providerId,
  })
}

/** Without a refresh token somebody has to sign in (again). */
async function refresh(
  manager: Manager,
  address: ConnectionAddress,
  { oauth2 }: ProviderProperties,
): Promise<TokenAnswer> {
  const token = manager.refreshTokens.get(keyOf(address))
  if (token === undefined) throw new CredentialError('Unauthenticated', 'This connection is not authenticated.')
  const context = { ...manager, providerId: address.providerId, flow: 'authorization code' } as const
  const answer = await exchangeCredentials(
    () => refreshRequest(oauth2?.grantTypes?.authorizationCode ?? {}, token),
    context,
  )
  keepRefreshToken(manager, address, answer)
  return answer
}

function statusOf(error: unknown): ConnectionStatus {
  if (error === undefined) return { status: 'Connected' }
  if (error instanceof CredentialError) return { status: 'Error', error: { code: error.code, message: error.message } }
  throw new ApimKitError('internal', 'A connection got no token, and not for a reason of its identity provider.', {
    cause: error,
  })
}
