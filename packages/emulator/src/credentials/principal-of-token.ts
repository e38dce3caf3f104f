import type { JSONWebKeySet, JWTPayload } from 'jose'
import type { Clock } from '../clock.js'
import { issuers } from '../identity/addresses.js'
import type { Outbound } from '../outbound.js'
import { CredentialError } from './credential-error.js'
import type { Principal } from './credential-store.js'

/** The principal that a token speaks for. */
export interface TokenPrincipal extends Principal {
  /** The application that got the token: `appid` (v1) or `azp` (v2). */
  readonly appId: string | undefined
  /** Object ids of the groups in the token. */
  readonly groups: readonly string[]
}

/** The audience that the token of identity type `jwt` must have. */
const audience = 'https://azure-api.net/authorization-manager'

/** Reads an identity token, with the keys of the tenant that issued it. Rejects with `CredentialError`; the texts are ours. */
export async function principalOfToken(
  token: string,
  { outbound, clock }: { readonly outbound: Outbound; readonly clock: Clock },
): Promise<TokenPrincipal> {
  const jose = await import('jose')
  try {
    const tenantId = tenantOf(jose.decodeJwt(token))
    const keys = jose.createLocalJWKSet(await signingKeys(tenantId, outbound))
    const { payload } = await jose.jwtVerify(token, keys, {
      audience,
      issuer: [issuers[1](tenantId), issuers[2](tenantId)],
      algorithms: ['RS256'],
      currentDate: new Date(clock.now()),
      requiredClaims: ['exp', 'oid'],
    })
    return principalOf(payload, tenantId)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CredentialError('Unauthorized', `The identity is no valid token for ${audience}: ${why}`, { cause })
  }
}

function tenantOf({ tid }: JWTPayload): string {
  // It becomes part of an address, before anything about the token is proven.
  if (typeof tid === 'string' && /^[0-9a-fA-F-]{36}$/.test(tid)) return tid
  throw new TypeError('its claim tid is not the id of a tenant.')
}

async function signingKeys(tenantId: string, outbound: Outbound): Promise<JSONWebKeySet> {
  const url = `https://login.microsoftonline.com/${tenantId}/discovery/v2.0/keys`
  const { status, body } = await outbound.send({ method: 'GET', url, headers: [], signal: AbortSignal.timeout(30_000) })
  if (status !== 200) throw new Error(`the keys of tenant ${tenantId} cannot be read, status ${status}.`)
  return JSON.parse(Buffer.from(body).toString('utf8')) as JSONWebKeySet
}

function principalOf(payload: JWTPayload, tenantId: string): TokenPrincipal {
  const { oid, appid, azp, groups } = payload
  const appId = [appid, azp].find((id) => typeof id === 'string')
  return {
    tenantId,
    objectId: String(oid),
    appId,
    groups: Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [],
  }
}
