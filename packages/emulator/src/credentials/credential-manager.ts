import type { Clock } from '../clock.js'
import type { Outbound } from '../outbound.js'
import type { ConnectionStatus, CredentialStore } from './credential-store.js'

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
  /** To be called after a provider (without `authorizationId`) or a connection was changed or deleted: drops the tokens. */
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
