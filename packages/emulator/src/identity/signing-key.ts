import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { JWK } from 'oidc-provider'

/** A new RSA key as the certified library wants it. Made off the main thread; takes 50 to 150 ms. */
export async function createSigningKey(): Promise<JWK> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  // As long as Entra's key ids, which are SHA-1 thumbprints.
  const kid = randomBytes(20).toString('base64url')
  return { ...privateKey.export({ format: 'jwk' }), kty: 'RSA', kid, alg: 'RS256', use: 'sig' }
}
