import type { KeyObject } from 'node:crypto'
import { nodeCrypto } from '../node-modules.js'
import { DotNetException } from '../values/exception.js'
import { argumentNull, cryptographicException, nullReference } from '../values/exceptions.js'

/** Node's name, the size in bits, the block in bytes of each hash that .NET names, and the class that it makes of the name. */
const hashes: Readonly<Record<string, { readonly bits: number; readonly block: number; readonly made: string }>> = {
  MD5: { bits: 128, block: 64, made: 'MD5CryptoServiceProvider' },
  SHA1: { bits: 160, block: 64, made: 'SHA1CryptoServiceProvider' },
  SHA256: { bits: 256, block: 64, made: 'SHA256Managed' },
  SHA384: { bits: 384, block: 128, made: 'SHA384Managed' },
  SHA512: { bits: 512, block: 128, made: 'SHA512Managed' },
}

/** The plain name in `SHA256Managed`, `System.Security.Cryptography.SHA-256` and the like; undefined when there is none. */
function knownHash(name: string): string | undefined {
  const pattern =
    /^(?:system\.security\.cryptography\.)?(?:hmac)?(md5|sha-?(?:1|256|384|512)|sha)(?:managed|cryptoserviceprovider|cng)?$/i
  const plain = pattern.exec(name)?.[1]?.toUpperCase().replace('-', '')
  return plain === 'SHA' ? 'SHA1' : plain
}

/** The plain name of a hash. @throws DotNetException CryptographicException */
export function hashName(name: string): string {
  const known = knownHash(name)
  if (known === undefined) throw cryptographicException(`'${name}' is not a known hash algorithm.`)
  return known
}

/** A hash that takes in data, as Node has it. */
interface Running {
  update(data: Uint8Array): unknown
  digest(): Uint8Array
}

/** `HashAlgorithm`, and with a key `HMAC`. */
export class HashAlgorithm {
  #hash: Uint8Array | null = null
  /** What was handed over block by block. */
  #running: Running | undefined
  #disposed = false
  #key: Uint8Array | null

  constructor(
    /** `SHA256` and so on. */
    public name: string,
    key: Uint8Array | null = null,
    readonly made = hashes[name]?.made ?? '',
  ) {
    this.#key = key
  }

  static hmac(name: string, key?: Uint8Array | null): HashAlgorithm {
    const made = new HashAlgorithm(name, new Uint8Array())
    made.key = key === undefined ? new Uint8Array(nodeCrypto().randomBytes(made.block)) : key
    return made
  }

  /** What .NET makes of a name; null for one that it does not know. */
  static named(name: string | null): HashAlgorithm | null {
    if (name === null) throw argumentNull('name')
    const known = knownHash(name)
    if (known === undefined) return null
    const simple = /[^.]*$/.exec(name)?.[0] ?? ''
    if (/^hmac/i.test(simple)) return HashAlgorithm.hmac(known)
    return new HashAlgorithm(known, null, /(?:Managed|Provider)$/.test(simple) ? simple : undefined)
  }

  get key(): Uint8Array | null {
    return this.#key
  }

  /** A key longer than a block counts as its hash. */
  set key(key: Uint8Array | null) {
    if (key === null) throw nullReference()
    this.#key =
      key.length > this.block
        ? new Uint8Array(nodeCrypto().createHash(this.name).update(key).digest())
        : Uint8Array.from(key)
  }

  get bits(): number {
    return hashes[this.name]?.bits ?? 0
  }

  get block(): number {
    return hashes[this.name]?.block ?? 64
  }

  /** The value that was computed last. */
  get hash(): Uint8Array | null {
    this.#check()
    if (this.#running !== undefined) {
      throw new DotNetException(
        'System.Security.Cryptography.CryptographicUnexpectedOperationException',
        'Hash must be finalized before the hash value is retrieved.',
      )
    }
    return this.#hash && Uint8Array.from(this.#hash)
  }

  compute(data: Uint8Array | null): Uint8Array {
    this.#check()
    if (data === null) throw argumentNull('buffer')
    this.add(data)
    return this.finish()
  }

  /** Takes data in. */
  add(data: Uint8Array): void {
    this.#check()
    const { createHash, createHmac } = nodeCrypto()
    this.#running ??= this.#key === null ? createHash(this.name) : createHmac(this.name, this.#key)
    this.#running.update(data)
  }

  /** The hash of what was taken in. */
  finish(): Uint8Array {
    if (this.#running === undefined) this.add(new Uint8Array())
    const digest = this.#running?.digest() ?? new Uint8Array()
    this.#running = undefined
    this.#hash = new Uint8Array(digest)
    return Uint8Array.from(this.#hash)
  }

  initialize(): void {
    this.#running = undefined
  }

  dispose(): void {
    this.#disposed = true
  }

  #check(): void {
    if (!this.#disposed) return
    throw new DotNetException('System.ObjectDisposedException', 'Cannot access a disposed object.')
  }

  /** Both kinds are one class here; the .NET type is the one that was asked for, or that the name makes. */
  get clrTypeName(): string {
    return `System.Security.Cryptography.${this.#key === null ? this.made : `HMAC${this.name}`}`
  }
}

/** `HashAlgorithmName`. */
export class HashAlgorithmName {
  static readonly clrName = 'System.Security.Cryptography.HashAlgorithmName'

  constructor(readonly name: string | null) {}

  clrText(): string {
    return this.name ?? ''
  }
}

/** The private and public half of an RSA key. */
export interface RsaKeys {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject | null
}
