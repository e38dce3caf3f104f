import { nodeCrypto } from '../node-modules.js'
import { allocate, beforeLongWork, stop } from '../run.js'
import { argumentException, argumentNull, argumentOutOfRange, cryptographicException } from '../values/exceptions.js'
import { type HashAlgorithmName, hashName } from './hash.js'

/** More rounds than this would block the process for longer than an expression may run: they are made in one piece. */
const roundLimit = 2_000_000

const sizes: Readonly<Record<string, number>> = { MD5: 16, SHA1: 20, SHA256: 32, SHA384: 48, SHA512: 64 }

/** `Rfc2898DeriveBytes`: PBKDF2, whose bytes are handed out in order. */
export class DerivedBytes {
  static readonly clrName = 'System.Security.Cryptography.Rfc2898DeriveBytes'
  #taken = 0
  #salt: Uint8Array = new Uint8Array()
  #iterations = 1

  constructor(
    readonly password: string | Uint8Array,
    salt: Uint8Array | null,
    iterations: number,
    readonly hash: HashAlgorithmName,
  ) {
    hashName(hash.name ?? '')
    if (hash.name === 'MD5') throw cryptographicException("'MD5' is not a known hash algorithm.")
    this.#setSalt(salt, 'salt')
    this.#setIterations(iterations, 'iterations')
  }

  /** @param salt the salt, or the length of one to make. @throws DotNetException ArgumentNull, ArgumentOutOfRange or ArgumentException */
  static of(
    password: string | Uint8Array | null,
    salt: Uint8Array | number | null,
    iterations: number,
    hash: HashAlgorithmName,
  ): DerivedBytes {
    if (password === null) throw argumentNull('s', 'String reference not set to an instance of a String.')
    if (typeof salt !== 'number') return new DerivedBytes(password, salt, iterations, hash)
    if (salt < 0) throw argumentOutOfRange('saltSize', 'Non-negative number required.')
    allocate(salt)
    return new DerivedBytes(password, new Uint8Array(nodeCrypto().randomBytes(salt)), iterations, hash)
  }

  get salt(): Uint8Array {
    return this.#salt
  }

  set salt(salt: Uint8Array | null) {
    this.#setSalt(salt, 'value')
  }

  #setSalt(salt: Uint8Array | null, parameter: string): void {
    if (salt === null) throw argumentNull(parameter)
    if (salt.length < 8) throw argumentException('Salt is not at least eight bytes.', parameter)
    this.#salt = Uint8Array.from(salt)
    this.#taken = 0
  }

  get iterations(): number {
    return this.#iterations
  }

  set iterations(count: number) {
    this.#setIterations(count, 'value')
  }

  #setIterations(count: number, parameter: string): void {
    if (count <= 0) throw argumentOutOfRange(parameter, 'Positive number required.')
    this.#iterations = count
    this.#taken = 0
  }

  take(count: number): Uint8Array {
    if (count <= 0) throw argumentOutOfRange('cb', 'Positive number required.')
    const name = hashName(this.hash.name ?? '')
    const all = this.#taken + count
    if (this.#iterations * Math.ceil(all / (sizes[name] ?? 20)) > roundLimit)
      throw stop(
        'System.TimeoutException',
        `The expression was stopped: ${all} bytes of a key in ${this.#iterations} iterations take too long to derive.`,
      )
    allocate(count)
    beforeLongWork()
    const derived = nodeCrypto().pbkdf2Sync(this.password, this.#salt, this.#iterations, all, name)
    this.#taken = all
    return new Uint8Array(derived.subarray(all - count))
  }

  reset(): void {
    this.#taken = 0
  }
}
