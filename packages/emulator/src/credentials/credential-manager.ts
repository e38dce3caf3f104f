import { ApimKitError } from '@apim-kit/core'
import type { Clock } from '../clock.js'
import type { Outbound } from '../outbound.js'
import { checkAccess, type Caller } from './access-policies.js'
import { CredentialError } from './credential-error.js'
import type { ConnectionProperties, ConnectionStatus, CredentialStore, ProviderProperties } from './credential-store.js'
import { ConnectionTokens, type ConnectionAddress } from './connection-tokens.js'
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
  /** Not there yet: throws `not-supported`. Without it nobody can sign in, so authorization-code connections stay in `Error`. */
  getLoginLink(providerId: string, authorizationId: string, postLoginRedirectUrl: string): never
}

/** What {@link createCredentialManager} needs. */
export interface CredentialManagerOptions {
  readonly store: CredentialStore
  readonly outbound: Outbound
  readonly clock: Clock
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
  const manager: Manager = { ...options, tokens }
  return {
    authorize: (request) => authorize(manager, request),
    connect: (providerId, authorizationId) => connect(manager, { providerId, authorizationId }),
    forget: (providerId, authorizationId) => tokens.forget(providerId, authorizationId),
    getLoginLink: (providerId, authorizationId) => {
      throw new ApimKitError(
        'not-supported',
        `The emulator cannot sign in to connection '${authorizationId}' of '${providerId}' yet; it does the client credentials grant only.`,
      )
    },
  }
}

interface Manager extends CredentialManagerOptions {
  readonly tokens: ConnectionTokens
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
  const exchange = (): Promise<TokenAnswer> => exchangeToken(manager, providerId, found)
  return tokens.get(address, { exchange, report })
}

async function exchangeToken(manager: Manager, providerId: string, found: FoundConnection): Promise<TokenAnswer> {
  const { provider, connection } = found
  if (connection.oauth2grantType.toLowerCase() !== 'clientcredentials')
    throw new CredentialError('Unauthenticated', 'This connection is not authenticated.')
  const parameters = {
    provider: provider.oauth2?.grantTypes?.clientCredentials ?? {},
    connection: connection.parameters ?? {},
  }
  return exchangeCredentials(() => clientCredentialsRequest(provider.identityProvider, parameters), {
    ...manager,
    providerId,
  })
}

function statusOf(error: unknown): ConnectionStatus {
  if (error === undefined) return { status: 'Connected' }
  if (error instanceof CredentialError) return { status: 'Error', error: { code: error.code, message: error.message } }
  throw new ApimKitError('internal', 'A connection got no token, and not for a reason of its identity provider.', {
    cause: error,
  })
}
