import { randomBytes } from 'node:crypto'
import { issuers } from './addresses.js'
import type { Directory, Registration } from './directory.js'

/** One app-only access token to be issued. */
export interface TokenSubject {
  readonly client: Registration
  readonly resource: Registration
  /** The name under which the resource was asked for. */
  readonly audience: string
  readonly credential: 'secret' | 'assertion'
  /** Seconds since 1970-01-01 UTC. */
  readonly issuedAt: number
  /** Seconds. */
  readonly lifetime: number
}

/** The claims of an access token. The resource decides on the version, as in Entra, not the endpoint that was asked. */
export function tokenClaims(subject: TokenSubject, directory: Directory): Record<string, unknown> {
  const version = subject.resource.requestedAccessTokenVersion ?? 1
  const { tenantId } = directory
  const { client, resource, issuedAt, lifetime } = subject
  const roles = directory.rolesOf(client, resource)
  return {
    iss: issuers[version](tenantId),
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + lifetime,
    ...versionClaims[version](subject, tenantId),
    oid: client.objectId,
    sub: client.objectId,
    tid: tenantId,
    ...(roles.length === 0 ? {} : { roles }),
    uti: randomBytes(16).toString('base64url'),
  }
}

/** How the client proved who it is: `appidacr` and `azpacr`. */
const authenticationClass = { secret: '1', assertion: '2' } as const

const versionClaims = {
  1: ({ client, audience, credential }: TokenSubject, tenantId: string) => ({
    aud: audience,
    appid: client.appId,
    appidacr: authenticationClass[credential],
    idp: issuers[1](tenantId),
    ver: '1.0',
  }),
  2: ({ client, resource, credential }: TokenSubject) => ({
    aud: resource.appId,
    azp: client.appId,
    azpacr: authenticationClass[credential],
    ver: '2.0',
  }),
} as const
