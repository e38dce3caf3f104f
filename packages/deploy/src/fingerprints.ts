import { createHmac, randomBytes } from 'node:crypto'

/** Where a secret stands: the resource's address below its service, in lower case, and the field. */
export interface SecretPlace {
  readonly resource: string
  readonly path: string
}

/** A new key: 256 random bits. */
export function newKey(): string {
  return randomBytes(32).toString('base64url')
}

/** Characters of a {@link placeTag}: 48 bits, so that two of 10,000 places are mistaken once in a few million services. */
export const tagLength = 8
/** Characters of a {@link fingerprint}: 96 bits. */
export const fingerprintLength = 16
/** Characters of an {@link ownershipMark}: 96 bits. */
export const markLength = 16

/** Names a place without saying which. */
export function placeTag(key: string, place: SecretPlace): string {
  return mac(key, tagLength, 'place', place.resource, place.path)
}

/** Tells whether a value is the same as last time. Without the key it tells nothing, and it differs from place to place. */
export function fingerprint(key: string, place: SecretPlace, value: string): string {
  return mac(key, fingerprintLength, 'value', place.resource, place.path, value)
}

/** Says that the stack created a resource. */
export function ownershipMark(key: string, resource: string): string {
  return mac(key, markLength, 'created', resource)
}

/** Stands where a fingerprint was that counts no longer. No fingerprint is that, but once in 2^96. */
export const forgotten = '-'.repeat(fingerprintLength)

/** Tells whether fingerprints are the same, all of them, whatever their order. */
export function stateDigest(key: string, fingerprints: ReadonlyMap<string, string>): string {
  const entries = [...fingerprints].map(([tag, code]) => `${tag}${code}`)
  return mac(key, fingerprintLength, 'all', ...entries.toSorted())
}

/** HMAC-SHA-256 over parts that cannot run into each other: each goes in with its length. */
function mac(key: string, length: number, ...parts: readonly string[]): string {
  const hmac = createHmac('sha256', key)
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:${part}`)
  return hmac.digest('base64url').slice(0, length)
}
