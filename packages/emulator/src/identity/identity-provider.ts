import type { Clock } from '../clock.js'
import type { Application } from './applications.js'

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
  close(): void
}
