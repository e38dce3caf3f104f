import { nodeCrypto } from '../node-modules.js'
import { cryptographicException } from '../values/exceptions.js'

/*
 * RSASSA-PSS of a hash that was computed before (RFC 8017, section 9.1), with a salt as long as the hash: Node signs whole data only.
 */

const trailer = 0xbc

/** The block that is signed. */
export function encodePss(hash: Uint8Array, algorithm: string, modulusBits: number): Uint8Array {
  const length = Math.ceil((modulusBits - 1) / 8)
  if (length < 2 * hash.length + 2) throw cryptographicException('The key is too short for this hash algorithm.')
  const salt = nodeCrypto().randomBytes(hash.length)
  const digest = saltedHash(hash, salt, algorithm)
  const data = Buffer.alloc(length - hash.length - 1)
  data[data.length - salt.length - 1] = 1
  data.set(salt, data.length - salt.length)
  const masked = xor(data, mask(digest, data.length, algorithm))
  masked[0] = (masked[0] ?? 0) & (0xff >> (8 * length - (modulusBits - 1)))
  return Buffer.concat([Buffer.alloc(Math.ceil(modulusBits / 8) - length), masked, digest, Buffer.from([trailer])])
}

/** Whether a block is one of the hash. */
export function fitsPss(block: Uint8Array, hash: Uint8Array, algorithm: string, modulusBits: number): boolean {
  const length = Math.ceil((modulusBits - 1) / 8)
  const encoded = block.subarray(block.length - length)
  if (encoded.at(-1) !== trailer || length < 2 * hash.length + 2) return false
  const digest = encoded.subarray(length - hash.length - 1, length - 1)
  const data = xor(encoded.subarray(0, length - hash.length - 1), mask(digest, length - hash.length - 1, algorithm))
  data[0] = (data[0] ?? 0) & (0xff >> (8 * length - (modulusBits - 1)))
  const start = data.findIndex((byte) => byte !== 0)
  return data[start] === 1 && saltedHash(hash, data.subarray(start + 1), algorithm).equals(digest)
}

function saltedHash(hash: Uint8Array, salt: Uint8Array, algorithm: string): Buffer {
  return nodeCrypto().createHash(algorithm).update(Buffer.alloc(8)).update(hash).update(salt).digest()
}

/** MGF1. */
function mask(seed: Uint8Array, length: number, algorithm: string): Buffer {
  const parts: Buffer[] = []
  for (let made = 0, counter = 0; made < length; counter++) {
    const number = Buffer.alloc(4)
    number.writeUInt32BE(counter)
    const part = nodeCrypto().createHash(algorithm).update(seed).update(number).digest()
    parts.push(part)
    made += part.length
  }
  return Buffer.concat(parts).subarray(0, length)
}

const xor = (one: Uint8Array, two: Uint8Array): Uint8Array => one.map((byte, index) => byte ^ (two[index] ?? 0))
