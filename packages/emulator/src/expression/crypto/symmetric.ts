import { nodeCrypto } from '../node-modules.js'
import { argumentException, argumentNull, cryptographicException } from '../values/exceptions.js'

/** The modes of `CipherMode` that Node has, by number. */
const modes: Readonly<Record<number, string>> = { 1: 'cbc', 2: 'ecb', 4: 'cfb' }

/** `PaddingMode`, by number. */
const padding = { none: 1, pkcs7: 2, zeros: 3 } as const

/** `SymmetricAlgorithm`: AES, as every name that the gateway accepts means it. */
export class SymmetricAlgorithm {
  static readonly clrName = 'System.Security.Cryptography.Aes'
  mode = 1
  padding: number = padding.pkcs7
  #key: Uint8Array = nodeCrypto().randomBytes(32)
  #iv: Uint8Array = nodeCrypto().randomBytes(16)

  get key(): Uint8Array {
    return this.#key
  }

  set key(key: Uint8Array | null) {
    if (key === null) throw argumentNull('value')
    if (![16, 24, 32].includes(key.length))
      throw cryptographicException('Specified key is not a valid size for this algorithm.')
    this.#key = Uint8Array.from(key)
  }

  get iv(): Uint8Array {
    return this.#iv
  }

  set iv(iv: Uint8Array | null) {
    if (iv === null) throw argumentNull('value')
    if (iv.length !== 16)
      throw cryptographicException(
        'Specified initialization vector (IV) does not match the block size for this algorithm.',
      )
    this.#iv = Uint8Array.from(iv)
  }

  encrypt(data: Uint8Array): Uint8Array {
    const cipher = nodeCrypto().createCipheriv(this.#name, this.#key, this.mode === 2 ? null : this.#iv)
    cipher.setAutoPadding(this.padding === padding.pkcs7)
    return this.#finish(this.padding === padding.zeros ? padded(data) : data, cipher)
  }

  decrypt(data: Uint8Array): Uint8Array {
    if (data.length % 16 !== 0) throw cryptographicException('The input data is not a complete block.')
    const decipher = nodeCrypto().createDecipheriv(this.#name, this.#key, this.mode === 2 ? null : this.#iv)
    decipher.setAutoPadding(this.padding === padding.pkcs7)
    return this.#finish(data, decipher)
  }

  get #name(): string {
    const mode = modes[this.mode]
    if (mode === undefined) throw cryptographicException('Specified cipher mode is not valid for this algorithm.')
    return `aes-${this.#key.length * 8}-${mode}`
  }

  #finish(data: Uint8Array, cipher: { update(data: Uint8Array): Buffer; final(): Buffer }): Uint8Array {
    try {
      return new Uint8Array(Buffer.concat([cipher.update(data), cipher.final()]))
    } catch {
      throw cryptographicException('Padding is invalid and cannot be removed.')
    }
  }
}

function padded(data: Uint8Array): Uint8Array {
  const result = new Uint8Array(Math.ceil(data.length / 16) * 16)
  result.set(data)
  return result
}

/** The algorithm of a .NET name. */
export function algorithmNamed(name: string | null): SymmetricAlgorithm {
  if (name === null) throw argumentNull('algName')
  if (!/^(?:System\.Security\.Cryptography\.)?(?:Aes|Rijndael)(?:Managed|CryptoServiceProvider)?$/i.test(name)) {
    throw argumentException(`The symmetric algorithm '${name}' is not supported; use "Aes".`)
  }
  return new SymmetricAlgorithm()
}

type Algorithm = string | SymmetricAlgorithm | null

function prepared(algorithm: Algorithm, key?: Uint8Array | null, iv?: Uint8Array | null): SymmetricAlgorithm {
  const result = algorithm instanceof SymmetricAlgorithm ? algorithm : algorithmNamed(algorithm)
  if (key !== undefined) result.key = key
  if (iv !== undefined) result.iv = iv
  return result
}

function required(input: Uint8Array | null): Uint8Array {
  if (input === null) throw argumentNull('input')
  return input
}

/** `bytes.Encrypt(algorithm, key, iv)`. */
export function encrypt(
  input: Uint8Array | null,
  algorithm: Algorithm,
  key?: Uint8Array | null,
  iv?: Uint8Array | null,
): Uint8Array {
  return prepared(algorithm, key, iv).encrypt(required(input))
}

/** `bytes.Decrypt(algorithm, key, iv)`. */
export function decrypt(
  input: Uint8Array | null,
  algorithm: Algorithm,
  key?: Uint8Array | null,
  iv?: Uint8Array | null,
): Uint8Array {
  return prepared(algorithm, key, iv).decrypt(required(input))
}
