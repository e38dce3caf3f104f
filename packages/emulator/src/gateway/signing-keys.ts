import type { CompactVerifyResult, JSONWebKeySet, JWTPayload } from 'jose'
import type { Clock } from '../clock.js'
import type { Outbound } from '../outbound.js'
import { PolicyError } from './policy-error.js'

/** What a token's issuer publishes. */
interface Metadata {
  /** `iss` of its tokens; `{tenantid}` stands for the tenant where an endpoint serves many. */
  readonly issuer: string
  readonly keys: JSONWebKeySet['keys']
}

/** A token whose signature is right. Whether it is accepted is another question. */
export interface SignedToken {
  readonly header: Readonly<Record<string, unknown>>
  readonly payload: JWTPayload
  /** The issuers whose keys were looked at. */
  readonly issuers: readonly string[]
}

/** The addresses' metadata at one time. */
interface Fetched {
  readonly issuers: readonly string[]
  /** Rejects with an error of jose. */
  readonly verify: (token: string) => Promise<CompactVerifyResult>
  readonly at: number
  /** Tokens that were verified with these keys: a signature that was right once stays so. */
  readonly verified: Map<string, SignedToken>
}

const hour = 3_600_000
const fiveMinutes = 300_000

/** How many verified tokens are remembered for one set of keys. */
const limit = 1000

/** Asymmetric ones alone: nobody who only knows the public key can sign. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512']

/**
 * Verifies tokens with the keys that their issuers publish. Metadata and keys are kept for an hour and fetched again, at most
 * once in five minutes, when a token names an unknown key or the last attempt failed (documentation of validate-jwt).
 */
export class SigningKeys {
  readonly #outbound: Outbound
  readonly #clock: Clock
  readonly #fetched = new Map<string, Promise<Fetched>>()

  constructor(outbound: Outbound, clock: Clock) {
    this.#outbound = outbound
    this.#clock = clock
  }

  /**
   * Verifies a token's signature.
   *
   * @param addresses the issuers' OpenID configurations; a token of any of them is fine
   * @throws PolicyError 401 with the reason of validate-jwt's table
   */
  async verify(token: string, addresses: readonly string[]): Promise<SignedToken> {
    const fetched = await this.#metadata(addresses, hour)
    const known = fetched.verified.get(token)
    if (known !== undefined) return known
    try {
      return await verifyWith(fetched, token)
    } catch (error) {
      if (codeOf(error) !== noMatchingKey) throw refusal(error)
    }
    try {
      return await verifyWith(await this.#metadata(addresses, fiveMinutes), token)
    } catch (error) {
      throw refusal(error)
    }
  }

  /** The metadata, not older than this. Requests that come while it is fetched wait for the same fetch. */
  async #metadata(addresses: readonly string[], maximalAge: number): Promise<Fetched> {
    const key = addresses.join(' ')
    const present = this.#fetched.get(key)
    if (present !== undefined) {
      const { at } = await present.catch(() => ({ at: Number.NEGATIVE_INFINITY }))
      const age = this.#clock.now() - at
      // A clock that was moved back makes an age negative: nothing is known about that time.
      if (age >= 0 && age < maximalAge) return present
    }
    const current = this.#fetched.get(key)
    if (current !== undefined && current !== present) return current
    const fetching = this.#fetch(addresses)
    this.#fetched.set(key, fetching)
    return fetching
  }

  async #fetch(addresses: readonly string[]): Promise<Fetched> {
    const { compactVerify, createLocalJWKSet } = await import('jose')
    const at = this.#clock.now()
    const metadata = await Promise.all(addresses.map((address) => this.#fetchOne(address)))
    const keys = createLocalJWKSet({ keys: uniqueKeys(metadata.flatMap((each) => each.keys)) })
    return {
      issuers: metadata.map(({ issuer }) => issuer),
      verify: (token) => compactVerify(token, keys, { algorithms }),
      at,
      verified: new Map(),
    }
  }

  async #fetchOne(address: string): Promise<Metadata> {
    const configuration = await this.#json(address)
    const { issuer, jwks_uri: keysAddress } = configuration
    if (typeof issuer !== 'string' || typeof keysAddress !== 'string')
      throw unusable(address, 'it lacks issuer or jwks_uri')
    const { keys } = await this.#json(keysAddress)
    if (!Array.isArray(keys)) throw unusable(keysAddress, 'it lacks keys')
    return { issuer, keys: keys as JSONWebKeySet['keys'] }
  }

  async #json(url: string): Promise<Record<string, unknown>> {
    const { status, body } = await this.#outbound.send({
      method: 'GET',
      url,
      headers: [['Accept', 'application/json']],
    })
    if (status !== 200) throw unusable(url, `it answered ${status}`)
    const content: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    if (typeof content !== 'object' || content === null) throw unusable(url, 'it is no JSON object')
    return content as Record<string, unknown>
  }
}

async function verifyWith(fetched: Fetched, token: string): Promise<SignedToken> {
  const { payload, protectedHeader } = await fetched.verify(token)
  const verified: SignedToken = {
    header: protectedHeader,
    payload: JSON.parse(Buffer.from(payload).toString('utf8')) as JWTPayload,
    issuers: fetched.issuers,
  }
  if (fetched.verified.size >= limit) fetched.verified.clear()
  fetched.verified.set(token, verified)
  return verified
}

/** Entra publishes the same keys at both versions of its endpoint; two of one id would be no match. */
function uniqueKeys(keys: JSONWebKeySet['keys']): JSONWebKeySet['keys'] {
  return [...new Map(keys.map((key) => [key.kid ?? JSON.stringify(key), key])).values()]
}

const noMatchingKey = 'ERR_JWKS_NO_MATCHING_KEY'

/** The reasons of validate-jwt's table, by the code of jose's error. */
const refusals: Readonly<Record<string, readonly [reason: string, message: string]>> = {
  [noMatchingKey]: ['TokenSignatureKeyNotFound', 'The key that signed the JWT is not among the keys of its issuer.'],
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: ['TokenSignatureInvalid', 'The signature of the JWT is not valid.'],
}

const unreadable = ['JwtInvalid', 'The JWT cannot be read, or it is signed in a way that is not allowed.'] as const

function refusal(error: unknown): unknown {
  const code = codeOf(error)
  if (code === undefined && !(error instanceof SyntaxError)) return error
  const [reason, message] = refusals[code ?? ''] ?? unreadable
  return new PolicyError(`${message} Access denied.`, { status: 401, reason, cause: error })
}

/** The code of an error of jose. */
function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^ERR_J(WK|WS|WT|OSE)/.test(code) ? code : undefined
}

function unusable(url: string, why: string): PolicyError {
  return new PolicyError(`The OpenID configuration at ${url} cannot be used: ${why}.`)
}
