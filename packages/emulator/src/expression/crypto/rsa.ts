import type { JsonWebKey, KeyObject } from 'node:crypto'
import { nodeCrypto } from '../node-modules.js'
import { beforeLongWork } from '../run.js'
import { argumentException, argumentNull, cryptographicException } from '../values/exceptions.js'
import { type HashAlgorithmName, hashName, type RsaKeys } from './hash.js'
import { encodePss, fitsPss } from './pss.js'

/** `RSASignaturePadding` and `RSAEncryptionPadding`: the scheme, and for OAEP its hash. */
export class RsaPadding {
  constructor(
    readonly clrTypeName: string,
    readonly scheme: 'pkcs1' | 'pss' | 'oaep',
    readonly hash = 'sha1',
  ) {}

  clrText(): string {
    if (this.scheme === 'oaep') return `Oaep${this.hash.toUpperCase()}`
    return this.scheme === 'pss' ? 'Pss' : 'Pkcs1'
  }

  equals(other: RsaPadding | null): boolean {
    return other !== null && this.clrText() === other.clrText() && this.clrTypeName === other.clrTypeName
  }
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
  #keys: RsaKeys | undefined
  #generatedBits: number

  constructor(
    keys?: RsaKeys,
    generatedBits = 2048,
    /** The .NET class: keys of certificates have the newer one. */
    readonly made: 'RSACng' | 'RSACryptoServiceProvider' = 'RSACng',
  ) {
    this.#keys = keys
    this.#generatedBits = generatedBits
  }

  get clrTypeName(): string {
    return `System.Security.Cryptography.${this.made}`
  }

  /** A key is made when the first operation needs one. */
  get keys(): RsaKeys {
    this.#keys ??= generateKeys(this.#generatedBits)
    return this.#keys
  }

  get bits(): number {
    return this.#keys?.publicKey.asymmetricKeyDetails?.modulusLength ?? this.#generatedBits
  }

  /** A key of another size is made when one is needed. */
  set bits(bits: number) {
    if (bits < 384 || bits > 16384 || bits % 8 !== 0)
      throw cryptographicException('Specified key is not a valid size for this algorithm.')
    if (bits === this.bits) return
    this.#generatedBits = bits
    this.#keys = undefined
  }

  get isPublic(): boolean {
    return this.#keys?.privateKey === null
  }

  get #private(): KeyObject {
    const { privateKey } = this.keys
    if (privateKey === null) throw cryptographicException('Key does not exist.')
    return privateKey
  }

  sign(data: Uint8Array | null, algorithm: HashAlgorithmName, padding: RsaPadding | null): Uint8Array {
    if (data === null) throw argumentNull('data')
    return new Uint8Array(
      nodeCrypto().sign(checkedHash(algorithm, padding), data, { key: this.#private, ...signing(padding) }),
    )
  }

  verify(
    data: Uint8Array | null,
    signature: Uint8Array | null,
    algorithm: HashAlgorithmName,
    padding: RsaPadding | null,
  ): boolean {
    if (data === null) throw argumentNull('data')
    if (signature === null) throw argumentNull('signature')
    return nodeCrypto().verify(
      checkedHash(algorithm, padding),
      data,
      { key: this.keys.publicKey, ...signing(padding) },
      signature,
    )
  }

  /** Signs a hash that was computed before: PKCS#1 wraps it with the name of its algorithm. */
  signHash(hash: Uint8Array | null, algorithm: HashAlgorithmName, padding: RsaPadding | null): Uint8Array {
    if (hash === null) throw argumentNull('hash')
    const name = checkedHash(algorithm, padding)
    if (nodeCrypto().createHash(name).digest().length !== hash.length) throw cryptographicException('Bad Hash.')
    if (padding?.scheme !== 'pss')
      return new Uint8Array(nodeCrypto().privateEncrypt(this.#private, digestInfo(hash, name)))
    const key = { key: this.#private, padding: nodeCrypto().constants.RSA_NO_PADDING }
    return new Uint8Array(nodeCrypto().privateEncrypt(key, encodePss(hash, name, this.bits)))
  }

  verifyHash(
    hash: Uint8Array | null,
    signature: Uint8Array | null,
    algorithm: HashAlgorithmName,
    padding: RsaPadding | null,
  ): boolean {
    if (hash === null) throw argumentNull('hash')
    if (signature === null) throw argumentNull('signature')
    const name = checkedHash(algorithm, padding)
    try {
      if (padding?.scheme !== 'pss')
        return nodeCrypto().publicDecrypt(this.keys.publicKey, signature).equals(digestInfo(hash, name))
      const key = { key: this.keys.publicKey, padding: nodeCrypto().constants.RSA_NO_PADDING }
      return fitsPss(nodeCrypto().publicDecrypt(key, signature), hash, name, this.bits)
    } catch {
      return false
    }
  }

  encrypt(data: Uint8Array | null, padding: RsaPadding | null): Uint8Array {
    if (data === null) throw argumentNull('data')
    if (padding === null) throw argumentNull('padding')
    return guarded(() => nodeCrypto().publicEncrypt({ key: this.keys.publicKey, ...encryption(padding) }, data))
  }

  decrypt(data: Uint8Array | null, padding: RsaPadding | null): Uint8Array {
    if (data === null) throw argumentNull('data')
    if (padding === null) throw argumentNull('padding')
    if (padding.scheme === 'oaep')
      return guarded(() => nodeCrypto().privateDecrypt({ key: this.#private, ...encryption(padding) }, data))
    const key = { key: this.#private, padding: nodeCrypto().constants.RSA_NO_PADDING }
    return guarded(() => withoutPkcs1(nodeCrypto().privateDecrypt(key, data)))
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

/** The order in which XML names the numbers. */
const written = ['Modulus', 'Exponent', 'P', 'Q', 'DP', 'DQ', 'InverseQ', 'D'] as const

/** `ToXmlString`. */
export function rsaToXml(self: Rsa, withPrivate: boolean): string {
  const { values } = self.export(withPrivate)
  const parts = written.slice(0, withPrivate ? undefined : 2)
  const content = parts.map((name) => `<${name}>${Buffer.from(values[name] ?? []).toString('base64')}</${name}>`)
  return `<RSAKeyValue>${content.join('')}</RSAKeyValue>`
}

/** `FromXmlString`. @throws DotNetException ArgumentNull or CryptographicException */
export function rsaFromXml(self: Rsa, text: string | null): void {
  if (text === null) throw argumentNull('xmlString')
  const parameters = new RsaParameters()
  for (const [, name = '', value = ''] of text.matchAll(/<(\w+)>\s*([\w+/=\s]*)<\//g))
    parameters.values[name] = new Uint8Array(Buffer.from(value, 'base64'))
  for (const name of ['Modulus', 'Exponent']) {
    if (parameters.values[name]) continue
    throw cryptographicException(`Input string does not contain a valid encoding of the 'RSA' '${name}' parameter.`)
  }
  self.import(parameters)
}

/** Node's name of a hash. @throws DotNetException ArgumentException for none */
function checkedHash({ name }: HashAlgorithmName, padding: RsaPadding | null): string {
  if (!name) throw argumentException('The hash algorithm name cannot be null or empty.', 'hashAlgorithm')
  if (padding === null) throw argumentNull('padding')
  return hashName(name)
}

function signing(padding: RsaPadding | null): { padding: number; saltLength?: number } {
  return padding?.scheme === 'pss'
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

/** Node no longer takes PKCS#1 v1.5 apart itself, as a server that tells right from wrong padding gives its key away. */
function withoutPkcs1(block: Buffer): Buffer {
  const end = block.indexOf(0, 2)
  if (block[0] !== 0 || block[1] !== 2 || end < 10) throw cryptographicException('The parameter is incorrect.')
  return block.subarray(end + 1)
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

function digestInfo(hash: Uint8Array, name: string): Buffer {
  return Buffer.concat([Buffer.from(prefixes[name] ?? '', 'hex'), hash])
}
