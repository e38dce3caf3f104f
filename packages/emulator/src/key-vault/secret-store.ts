import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.js'

/** One version of a secret, value in clear. Times are milliseconds since 1970. */
export interface SecretVersion {
  /** 32 hexadecimal digits. */
  readonly version: string
  readonly value: string
  readonly contentType?: string | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
  readonly created: number
}

/** A secret as a state file holds it. */
export interface SecretRow {
  readonly vault: string
  readonly name: string
  /** Oldest first. */
  readonly versions: readonly SecretVersion[]
}

/** The secrets of all vaults, in memory. A vault is there once something is asked of it; names compare without case, as Azure's do. */
export class SecretStore {
  readonly #clock: Clock
  readonly #secrets = new Map<string, SecretRow>()
  readonly #listeners = new Set<() => void>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** One version of a secret; the newest where no version is named. Undefined where there is none. */
  get(vault: string, name: string, version?: string): SecretVersion | undefined {
    const versions = this.versions(vault, name)
    return version === undefined
      ? versions.at(-1)
      : versions.find((candidate) => candidate.version === version.toLowerCase())
  }

  /** All versions of a secret, oldest first; empty where there is no such secret. */
  versions(vault: string, name: string): readonly SecretVersion[] {
    return this.#secrets.get(key(vault, name))?.versions ?? []
  }

  /** The secrets of one vault, in the order of creation. */
  list(vault: string): SecretRow[] {
    return this.rows().filter((row) => row.vault.toLowerCase() === vault.toLowerCase())
  }

  /** Adds a version. */
  set(vault: string, name: string, secret: Pick<SecretVersion, 'value' | 'contentType' | 'tags'>): SecretVersion {
    const added = { ...secret, version: randomBytes(16).toString('hex'), created: this.#clock.now() }
    const known = this.#secrets.get(key(vault, name)) ?? { vault, name, versions: [] }
    this.#secrets.set(key(vault, name), { ...known, versions: [...known.versions, added] })
    this.#announce()
    return added
  }

  /** Adds a version where the newest holds another value, so that a start with the same seeds changes nothing. */
  seed(vault: string, name: string, value: string): void {
    if (this.get(vault, name)?.value !== value) this.set(vault, name, { value })
  }

  /** Removes a secret with all its versions. Returns what was removed. */
  delete(vault: string, name: string): SecretRow | undefined {
    const row = this.#secrets.get(key(vault, name))
    if (this.#secrets.delete(key(vault, name))) this.#announce()
    return row
  }

  /** Calls the listener after every change. Returns the function that ends this. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Everything, values in clear. */
  rows(): SecretRow[] {
    return [...this.#secrets.values()]
  }

  /** Takes back what {@link rows} gave, without announcing it. */
  restore(rows: readonly SecretRow[]): void {
    for (const row of rows) this.#secrets.set(key(row.vault, row.name), row)
  }

  #announce(): void {
    for (const listener of this.#listeners) listener()
  }
}

function key(vault: string, name: string): string {
  return `${vault}/${name}`.toLowerCase()
}
