import { ApimKitError } from '@apim-kit/core'
import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.js'
import { authorizationCodeGrant, type AuthorizationCodeGrant } from './authorization-code.js'
import type { ConnectionAddress } from './connection-tokens.js'
import type { ProviderProperties } from './credential-store.js'
import type { TokenEndpointRequest } from './token-endpoints.js'

/** How long a login link and a sign-in that has begun are good for; ours, the service's are not known. */
const lifetime = 15 * 60 * 1000

interface Session {
  readonly address: ConnectionAddress
  readonly grant: AuthorizationCodeGrant
  readonly postLoginRedirectUrl: string
  readonly until: number
}

/** Sign-ins of people, from the link to the code that comes back. */
export class SignIns {
  readonly #clock: Clock
  readonly #service: string
  readonly #managementUrl: () => string
  readonly #sessions = new Map<string, Session>()

  constructor(clock: Clock, service: string, managementUrl: () => string) {
    this.#clock = clock
    this.#service = service
    this.#managementUrl = managementUrl
  }

  /**
   * A link in the shape of the service's own, to this machine.
   *
   * @throws ApimKitError `not-supported` for an identity provider that people cannot sign in to here
   */
  link(address: ConnectionAddress, provider: ProviderProperties, postLoginRedirectUrl: string): string {
    const { providerId, authorizationId } = address
    const grant = authorizationCodeGrant(
      provider.identityProvider,
      provider.oauth2?.grantTypes?.authorizationCode ?? {},
    )
    const session = randomUUID()
    const until = this.#clock.now() + lifetime
    this.#sessions.set(session, { address, grant, postLoginRedirectUrl, until })
    const data = {
      LoginId: `${this.#service}_${providerId}_oauth2-code_token`,
      SessionId: session,
      LogConnectionId: authorizationId,
      LogConnectorId: providerId,
      LogEnvironmentId: this.#service,
    }
    const encoded = Buffer.from(JSON.stringify(data)).toString('base64')
    return `${this.redirectUri()}/login?data=${encodeURIComponent(encoded)}`
  }

  /** What has to be registered at the identity provider. */
  redirectUri(): string {
    return `${this.#managementUrl()}/redirect/apim/${this.#service}`
  }

  /** Where the link of that data leads. */
  authorizationUrl(data: string): string {
    const session = sessionOf(data)
    return this.#find(session).grant.authorizationUrl(session, this.redirectUri())
  }

  /** Ends the sign-in of that state: what to ask for, for whom, and where the person goes next. It works once. */
  finish(state: string): FinishedSignIn {
    const { address, grant, postLoginRedirectUrl } = this.#find(state)
    this.#sessions.delete(state)
    return { address, postLoginRedirectUrl, request: (code) => grant.codeRequest(code, this.redirectUri()) }
  }

  #find(id: string): Session {
    const session = this.#sessions.get(id)
    if (session !== undefined && this.#clock.now() < session.until) return session
    throw new ApimKitError('invalid-input', 'This link is not good any more; ask for a new one (apim-kit status).')
  }
}

/** A sign-in whose code has come. */
export interface FinishedSignIn {
  readonly address: ConnectionAddress
  readonly postLoginRedirectUrl: string
  readonly request: (code: string) => TokenEndpointRequest
}

function sessionOf(data: string): string {
  try {
    const { SessionId: session } = JSON.parse(Buffer.from(data, 'base64').toString()) as { SessionId?: unknown }
    return String(session)
  } catch {
    return ''
  }
}
