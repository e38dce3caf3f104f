import type { JsonWebKey, KeyObject } from 'node:crypto'
import { nodeCrypto } from '../node-modules.js'
import { beforeLongWork } from '../run.js'
import { argumentNull, cryptographicException } from '../values/exceptions.js'
import { type HashAlgorithmName, hashName, type RsaKeys } from './hash.js'

/** `RSASignaturePadding` and `RSAEncryptionPadding`: the scheme, and for OAEP its hash. */
export class RsaPadding {
  constructor(
    readonly clrTypeName: string,
    readonly scheme: 'pkcs1' | 'pss' | 'oaep',
    readonly hash = 'sha1',
  ) {}
}

/** `RSAParameters`: the numbers of a key, big-endian. */
export class RsaParameters {
  static readonly clrName = 'System.Security.Cryptography.RSAParameters'
  readonly values: Record<string, Uint8Array | null> = {}
}

/** The numbers of RSAParameters by their names in a JSON Web Key. */
const numbers = { Modulus: 'n', Exponent: 'e', D: 'd', P: 'p', Q: 'q', DP: 'dp', DQ: 'dq', InverseQ: 'qi' } as const

/** Longer keys take longer to make than an expression may run, and nothing can stop that work once it has begun. */
const longestKey = 4096

function generateKeys(modulusLength: number): RsaKeys {
  beforeLongWork()
  if (modulusLength < 384 || modulusLength > longestKey)
    throw cryptographicException('Specified key is not a valid size for this algorithm.')
  return nodeCrypto().generateKeyPairSync('rsa', { modulusLength })
}

/** `RSA`. A key without its private half verifies and encrypts. */
export class Rsa {
  static readonly clrName = 'System.Security.Cryptography.RSACng'
  #keys: RsaKeys | undefined

  constructor(
    keys?: RsaKeys,
    readonly generatedBits = 2048,
  ) {
    this.#keys = keys
  }

  /** A key is made when the first operation needs one. */
  get keys(): RsaKeys {
    this.#keys ??= generateKeys(this.generatedBits)
    return this.#keys
  }

  get bits(): number {
    return this.#keys?.publicKey.asymmetricKeyDetails?.modulusLength ?? this.generatedBits
  }

  get #private(): KeyObject {
    const { privateKey } = this.keys
    if (privateKey === null) throw cryptographicException('Key does not exist.')
    return privateKey
  }

  sign(data: Uint8Array | null, algorithm: HashAlgorithmName, padding: RsaPadding): Uint8Array {
    if (data === null) throw argumentNull('data')
    return new Uint8Array(
      nodeCrypto().sign(hashName(algorithm.name ?? ''), data, { key: this.#private, ...signing(padding) }),
    )
  }

  verify(
    data: Uint8Array | null,
    signature: Uint8Array | null,
    algorithm: HashAlgorithmName,
    padding: RsaPadding,
  ): boolean {
    if (data === null) throw argumentNull('data')
    if (signature === null) throw argumentNull('signature')
    return nodeCrypto().verify(
      hashName(algorithm.name ?? ''),
      data,
      { key: this.keys.publicKey, ...signing(padding) },
      signature,
    )
  }

  /** Signs a hash that was computed before: PKCS#1 wraps it with the name of its algorithm. */
  signHash(hash: Uint8Array | null, algorithm: HashAlgorithmName): Uint8Array {
    if (hash === null) throw argumentNull('hash')
    return new Uint8Array(nodeCrypto().privateEncrypt(this.#private, digestInfo(hash, algorithm)))
  }

  verifyHash(hash: Uint8Array | null, signature: Uint8Array | null, algorithm: HashAlgorithmName): boolean {
    if (hash === null || signature === null) throw argumentNull('hash')
    try {
      return nodeCrypto().publicDecrypt(this.keys.publicKey, signature).equals(digestInfo(hash, algorithm))
    } catch {
      return false
    }
  }

  encrypt(data: Uint8Array, padding: RsaPadding): Uint8Array {
    return guarded(() => nodeCrypto().publicEncrypt({ key: this.keys.publicKey, ...encryption(padding) }, data))
  }

  decrypt(data: Uint8Array, padding: RsaPadding): Uint8Array {
    return guarded(() => nodeCrypto().privateDecrypt({ key: this.#private, ...encryption(padding) }, data))
  }

  export(withPrivate: boolean): RsaParameters {
    const key = (withPrivate ? this.#private : this.keys.publicKey).export({ format: 'jwk' })
    const result = new RsaParameters()
    for (const [name, short] of Object.entries(numbers)) {
      const value = key[short]
      result.values[name] = typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64url')) : null
    }
    return result
  }

  import(parameters: RsaParameters): void {
    const key: JsonWebKey = { kty: 'RSA' }
    for (const [name, short] of Object.entries(numbers)) {
      const value = parameters.values[name]
      if (value) key[short] = Buffer.from(value).toString('base64url')
    }
    try {
      const privateKey = key.d === undefined ? null : nodeCrypto().createPrivateKey({ key, format: 'jwk' })
      this.#keys = {
        publicKey: nodeCrypto().createPublicKey({ key: { kty: 'RSA', n: key.n ?? '', e: key.e ?? '' }, format: 'jwk' }),
        privateKey,
      }
    } catch {
      throw cryptographicException('The specified RSA parameters are not valid.')
    }
  }
}

function signing(padding: RsaPadding): { padding: number; saltLength?: number } {
  return padding.scheme === 'pss'
    ? {
        padding: nodeCrypto().constants.RSA_PKCS1_PSS_PADDING,
        saltLength: nodeCrypto().constants.RSA_PSS_SALTLEN_DIGEST,
      }
    : { padding: nodeCrypto().constants.RSA_PKCS1_PADDING }
}

function encryption(padding: RsaPadding): { padding: number; oaepHash?: string } {
  return padding.scheme === 'oaep'
    ? { padding: nodeCrypto().constants.RSA_PKCS1_OAEP_PADDING, oaepHash: padding.hash }
    : { padding: nodeCrypto().constants.RSA_PKCS1_PADDING }
}

function guarded(run: () => Buffer): Uint8Array {
  try {
    return new Uint8Array(run())
  } catch {
    throw cryptographicException('The parameter is incorrect.')
  }
}

/** The DER prefixes that PKCS#1 v1.5 puts before a hash (RFC 8017, section 9.2). */
const prefixes: Readonly<Record<string, string>> = {
  MD5: '3020300c06082a864886f70d020505000410',
  SHA1: '3021300906052b0e03021a05000414',
  SHA256: '3031300d060960864801650304020105000420',
  SHA384: '3041300d060960864801650304020205000430',
  SHA512: '3051300d060960864801650304020305000440',
}

function digestInfo(hash: Uint8Array, algorithm: HashAlgorithmName): Buffer {
  return Buffer.concat([Buffer.from(prefixes[hashName(algorithm.name ?? '')] ?? '', 'hex'), hash])
}
