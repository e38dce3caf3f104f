import { nodeCrypto } from '../node-modules.js'
import {
  argumentException,
  argumentNull,
  argumentOutOfRange,
  cryptographicException,
  nullReference,
} from '../values/exceptions.js'
import { type CipherClass, cipherClasses, cipherNamed, isWeakKey } from './ciphers.js'
import { padded, paddingModes, withoutPadding } from './padding.js'

export type CipherMode = 'cbc' | 'ecb' | 'ofb' | 'cfb' | 'cts'

/** `CipherMode`, by number. */
const modes: Readonly<Record<number, CipherMode>> = { 1: 'cbc', 2: 'ecb', 3: 'ofb', 4: 'cfb', 5: 'cts' }

const keySize = 'Specified key is not a valid size for this algorithm.'
const vectorSize = 'Specified initialization vector (IV) does not match the block size for this algorithm.'
const cipherMode = 'Specified cipher mode is not valid for this algorithm.'

/** `SymmetricAlgorithm`: one of its classes with a key, a vector and the way they are used. */
export class SymmetricAlgorithm {
  mode = 1
  padding: number = paddingModes.pkcs7
  feedbackBits: number
  #keyBits: number
  #key: Uint8Array | undefined
  #iv: Uint8Array | undefined

  constructor(readonly kind: CipherClass = cipherClasses.AesCryptoServiceProvider) {
    this.feedbackBits = kind.feedbackBits
    this.#keyBits = kind.keyBits.maximum
  }

  get clrTypeName(): string {
    return `System.Security.Cryptography.${this.kind.name}`
  }

  /** A key is made when one is needed and none was given. */
  get key(): Uint8Array {
    this.#key ??= new Uint8Array(nodeCrypto().randomBytes(this.#keyBits / 8))
    return this.#key
  }

  set key(key: Uint8Array | null) {
    if (key === null) throw argumentNull('value')
    this.checkKey(key)
    this.#key = Uint8Array.from(key)
    this.#keyBits = key.length * 8
  }

  /** @throws DotNetException CryptographicException */
  checkKey(key: Uint8Array): void {
    if (!this.takesKey(key.length * 8)) throw cryptographicException(keySize)
    if (isWeakKey(this.kind.cipher, key)) {
      const name = this.kind.cipher === 'des' ? 'DES' : 'TripleDES'
      throw cryptographicException(`Specified key is a known weak key for '${name}' and cannot be used.`)
    }
  }

  takesKey(bits: number): boolean {
    const { minimum, maximum, skip } = this.kind.keyBits
    return bits >= minimum && bits <= maximum && (skip === 0 || (bits - minimum) % skip === 0)
  }

  get keyBits(): number {
    return this.#keyBits
  }

  set keyBits(bits: number) {
    if (!this.takesKey(bits)) throw cryptographicException(keySize)
    this.#keyBits = bits
    this.#key = undefined
  }

  get iv(): Uint8Array {
    this.#iv ??= new Uint8Array(nodeCrypto().randomBytes(this.blockBytes))
    return this.#iv
  }

  set iv(iv: Uint8Array | null) {
    if (iv === null) throw argumentNull('value')
    if (iv.length !== this.blockBytes) throw cryptographicException(vectorSize)
    this.#iv = Uint8Array.from(iv)
  }

  get blockBytes(): number {
    return this.kind.blockBits / 8
  }

  renew(part: 'key' | 'iv'): void {
    if (part === 'key') this.#key = undefined
    else this.#iv = undefined
  }

  /** One direction with a key and a vector, by default its own. @throws DotNetException CryptographicException */
  transform(encrypts: boolean, key?: Uint8Array | null, iv?: Uint8Array | null): Transform {
    if (key === null) throw argumentNull('key')
    if (key !== undefined) this.checkGiven(key, iv)
    const mode = modes[this.mode]
    if (mode === undefined || !this.kind.modes.some((own) => own === mode)) throw cryptographicException(cipherMode)
    return new Transform(this, encrypts, mode, key ?? this.key, iv ?? this.iv)
  }

  /** What is handed to a managed class is an argument, and said to be one. */
  checkGiven(key: Uint8Array, iv: Uint8Array | null | undefined): void {
    const managed = this.kind.name === 'AesManaged'
    if (managed && !this.takesKey(key.length * 8)) throw argumentException(keySize, 'key')
    this.checkKey(key)
    if (!iv || this.mode === 2 || iv.length === this.blockBytes) return
    throw managed ? argumentException(vectorSize, 'iv') : cryptographicException(vectorSize)
  }
}

/** `ICryptoTransform`: one direction of a symmetric algorithm. */
export class Transform {
  static readonly clrName = 'System.Security.Cryptography.ICryptoTransform'
  readonly block: number
  readonly #padding: number
  readonly #feedback: number
  /** What was handed over and is not yet given back: the last block may be padding. */
  #held = new Uint8Array()
  #run: { update(data: Uint8Array): Buffer } | undefined

  constructor(
    self: SymmetricAlgorithm,
    readonly encrypts: boolean,
    readonly mode: CipherMode,
    readonly key: Uint8Array,
    readonly iv: Uint8Array,
  ) {
    this.block = self.blockBytes
    this.#padding = self.padding
    this.#feedback = self.feedbackBits
    this.cipher = self.kind.cipher
    this.#managed = self.kind.name.endsWith('Managed')
  }

  readonly cipher: CipherClass['cipher']
  readonly #managed: boolean

  /** The blocks of the middle. @throws DotNetException */
  blocks(data: Uint8Array): Uint8Array {
    if (data.length === 0 || data.length % this.block !== 0) throw argumentException('Value was invalid.')
    if (this.encrypts) return this.#update(data)
    const all = joined(this.#held, data)
    const last = this.#padding === paddingModes.none || this.#padding === paddingModes.zeros ? 0 : this.block
    this.#held = all.slice(all.length - last)
    return this.#update(all.subarray(0, all.length - last))
  }

  /** The rest, with what fills it up; the next data begin anew. @throws DotNetException CryptographicException */
  finish(data: Uint8Array): Uint8Array {
    const all = joined(this.#held, data)
    const ready = this.encrypts ? padded(all, this.#padding, this.block) : all
    if (ready.length % this.block !== 0) {
      throw cryptographicException(
        this.#managed ? 'Length of the data to decrypt is invalid.' : 'The input data is not a complete block.',
      )
    }
    const result = this.#update(ready)
    this.#run = undefined
    this.#held = new Uint8Array()
    return new Uint8Array(this.encrypts ? result : withoutPadding(result, this.#padding, this.block))
  }

  #update(data: Uint8Array): Uint8Array {
    this.#run ??= this.#start()
    return new Uint8Array(this.#run.update(data))
  }

  #start(): { update(data: Uint8Array): Buffer } {
    const { createCipheriv, createDecipheriv } = nodeCrypto()
    const make = this.encrypts ? createCipheriv : createDecipheriv
    const run = make(this.#name, nodeKey(this.cipher, this.key), this.mode === 'ecb' ? null : this.iv)
    run.setAutoPadding(false)
    return run
  }

  /** Node's name. Feedback of one byte is a mode of its own there. */
  get #name(): string {
    const mode = this.mode === 'cfb' && this.#feedback === 8 ? 'cfb8' : this.mode
    if (this.cipher === 'aes') return `aes-${this.key.length * 8}-${mode}`
    return mode === 'ecb' ? 'des-ede3' : `des-ede3-${mode}`
  }
}

/** DES is TripleDES with one key three times; a key of two parts has the first one again. */
function nodeKey(cipher: CipherClass['cipher'], key: Uint8Array): Uint8Array {
  if (cipher === 'des') return joined(joined(key, key), key)
  return cipher === 'tripledes' && key.length === 16 ? joined(key, key.subarray(0, 8)) : key
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second
  const result = new Uint8Array(first.length + second.length)
  result.set(first)
  result.set(second, first.length)
  return result
}

/** `SymmetricAlgorithm.Create(name)`: null for a name that .NET does not know. */
export function algorithmNamed(name: string | null): SymmetricAlgorithm | null {
  if (name === null) throw argumentNull('name')
  const kind = cipherNamed(name)
  return kind === undefined ? null : new SymmetricAlgorithm(kind)
}

type Algorithm = string | SymmetricAlgorithm | null

function run(
  encrypts: boolean,
  input: Uint8Array | null,
  algorithm: Algorithm,
  key?: Uint8Array | null,
  iv?: Uint8Array | null,
): Uint8Array {
  if (input === null) throw argumentNull('input')
  const known = typeof algorithm === 'string' ? algorithmNamed(algorithm) : algorithm
  if (known === null) throw nullReference()
  return known.transform(encrypts, key, iv).finish(input)
}

/** `bytes.Encrypt(algorithm, key, iv)`. */
export function encrypt(
  input: Uint8Array | null,
  algorithm: Algorithm,
  key?: Uint8Array | null,
  iv?: Uint8Array | null,
): Uint8Array {
  return run(true, input, algorithm, key, iv)
}

/** `bytes.Decrypt(algorithm, key, iv)`. */
export function decrypt(
  input: Uint8Array | null,
  algorithm: Algorithm,
  key?: Uint8Array | null,
  iv?: Uint8Array | null,
): Uint8Array {
  return run(false, input, algorithm, key, iv)
}

/** The part of an array that a call names. @throws DotNetException by the rules of the cryptographic classes */
export function inputPart(bytes: Uint8Array | null, offset: number, count: number, name: string): Uint8Array {
  if (bytes === null) throw argumentNull(name)
  if (offset < 0)
    throw argumentOutOfRange(name === 'buffer' ? 'offset' : 'inputOffset', 'Non-negative number required.')
  if (count < 0 || count > bytes.length) throw argumentException('Value was invalid.')
  if (bytes.length - count < offset) {
    throw argumentException(
      'Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.',
    )
  }
  return bytes.subarray(offset, offset + count)
}
