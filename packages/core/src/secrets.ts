const brand = Symbol.for('apim-kit.secret')

/** What a {@link SecretReference} may use to find its value. The deployer passes it; a reference reads what it needs. */
export interface SecretResolution {
  /** Reads a secret from an Azure Key Vault with the deployment's own login. */
  readonly keyVault: (vaultUrl: string, name: string, version: string | undefined) => Promise<string>
  /** Reads an environment variable; undefined where it is not set. */
  readonly environment: (name: string) => string | undefined
}

/**
 * A secret as a stack holds it: where to find the value, never the value. Resolved when a plan or an apply needs it; whatever
 * prints, logs or serialises it gets `[secret …]`.
 */
export class SecretReference {
  readonly #resolve: (resolution: SecretResolution) => Promise<string>
  /** Where the value comes from, for people: `Key Vault secret client-secret of https://…`. Holds nothing secret. */
  readonly description: string
  /** What it is, for people. `content` is not secret; it is kept apart because the service never gives it back either. */
  readonly noun: 'secret' | 'content'

  constructor(
    description: string,
    resolve: (resolution: SecretResolution) => Promise<string>,
    noun: SecretReference['noun'] = 'secret',
  ) {
    this.description = description
    this.noun = noun
    this.#resolve = resolve
    Object.defineProperty(this, brand, { value: true })
    Object.freeze(this)
  }

  /** The value itself. Rejects where it cannot be found; the reason never holds the value. */
  resolve(resolution: SecretResolution): Promise<string> {
    return this.#resolve(resolution)
  }

  toString(): string {
    return `[${this.noun} ${this.description}]`
  }

  toJSON(): string {
    return this.toString()
  }

  /** What Node's `console.log` and `util.inspect` print. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }

  /** Answers also for a reference made by a second copy of this package. */
  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value
  }
}
