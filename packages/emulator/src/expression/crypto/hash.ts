import type { KeyObject } from 'node:crypto'
import { nodeCrypto } from '../node-modules.js'
import { argumentNull, cryptographicException } from '../values/exceptions.js'

/** Node's name and the size in bits of each hash that .NET names. */
const hashes: Readonly<Record<string, number>> = { MD5: 128, SHA1: 160, SHA256: 256, SHA384: 384, SHA512: 512 }

/** The plain name in `SHA256Managed`, `System.Security.Cryptography.SHA-256` and the like. */
export function hashName(name: string): string {
  const plain = /(?:HMAC)?(MD5|SHA-?(?:1|256|384|512)|SHA)/i.exec(name)?.[1]?.toUpperCase().replace('-', '') ?? ''
  const known = plain === 'SHA' ? 'SHA1' : plain
  if (hashes[known] === undefined) throw cryptographicException(`'${name}' is not a known hash algorithm.`)
  return known
}

/** `HashAlgorithm`, and with a key `HMAC`. */
export class HashAlgorithm {
  /** The value that was computed last. */
  hash: Uint8Array | null = null

  constructor(
    /** `SHA256` and so on. */
    public name: string,
    public key: Uint8Array | null = null,
  ) {}

  static hmac(name: string, key: Uint8Array | null = nodeCrypto().randomBytes(64)): HashAlgorithm {
    if (key === null) throw argumentNull('key')
    return new HashAlgorithm(name, Uint8Array.from(key))
  }

  get bits(): number {
    return hashes[this.name] ?? 0
  }

  compute(data: Uint8Array | null): Uint8Array {
    if (data === null) throw argumentNull('buffer')
    const hash = this.key === null ? nodeCrypto().createHash(this.name) : nodeCrypto().createHmac(this.name, this.key)
    this.hash = new Uint8Array(hash.update(data).digest())
    return this.hash
  }

  /** Both kinds are one class here; the .NET type is the one that the name and the key say. */
  get clrTypeName(): string {
    return `System.Security.Cryptography.${this.key === null ? this.name : `HMAC${this.name}`}`
  }
}

/** `HashAlgorithmName`. */
export class HashAlgorithmName {
  static readonly clrName = 'System.Security.Cryptography.HashAlgorithmName'

  constructor(readonly name: string | null) {}
}

/** The private and public half of an RSA key. */
export interface RsaKeys {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject | null
}
