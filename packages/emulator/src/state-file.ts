import { ApimKitError } from '@apim-kit/core'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { SecretRow } from './key-vault/secret-store.js'
import type { StoredRow } from './store.js'

/** What outlives an emulator: its resources and its vaults, **secrets in clear**. */
export interface State {
  readonly format: typeof format
  readonly resources: readonly StoredRow[]
  readonly secrets: readonly SecretRow[]
}

/** Grows when an older program could not read the file any more. */
const format = 1

/**
 * A JSON file that holds the state. It contains secrets in clear, so only its owner may read it (mode 0600), and it belongs
 * into no repository. A write replaces the whole file at once: a killed process leaves the last complete state.
 */
export class StateFile {
  readonly #path: string
  readonly #content: () => Omit<State, 'format'>
  #writing: Promise<void> | undefined
  #dirty = false
  #failure: ApimKitError | undefined

  /** @throws ApimKitError `invalid-input` where the folder is none that can be written to */
  constructor(path: string, content: () => Omit<State, 'format'>) {
    this.#path = resolve(path)
    this.#content = content
    try {
      accessSync(dirname(this.#path), constants.W_OK)
    } catch (cause) {
      throw unwritable(this.#path, cause)
    }
  }

  /** Writes soon; changes that come together are written once. A failed write is reported by {@link flush}. */
  save(): void {
    this.#dirty = true
    this.#writing ??= this.#writeAll()
  }

  /** Waits until everything is on the disk. Rejects with `ApimKitError` `invalid-input` where the last write failed. */
  async flush(): Promise<void> {
    await this.#writing
    if (this.#failure !== undefined) throw this.#failure
  }

  async #writeAll(): Promise<void> {
    // A turn later, so that the changes of one request are one write.
    await Promise.resolve()
    while (this.#dirty) {
      this.#dirty = false
      // One after the other: each holds what has changed meanwhile.
      this.#failure = await this.#write(JSON.stringify({ format, ...this.#content() })).then(
        () => undefined,
        (cause: unknown) => unwritable(this.#path, cause),
      )
    }
    this.#writing = undefined
  }

  async #write(text: string): Promise<void> {
    const draft = `${this.#path}.${process.pid}.tmp`
    const file = await open(draft, 'w', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, this.#path)
  }
}

function unwritable(path: string, cause: unknown): ApimKitError {
  const message = `the state file ${path} cannot be written: ${reasonOf(cause)}; name a file in a folder that exists and may be written`
  return new ApimKitError('invalid-input', message, { cause })
}

/**
 * Reads a state file; undefined where there is none yet.
 *
 * @throws ApimKitError `invalid-input` where it is no state file. The message never holds what stands in the file.
 */
export function readState(path: string): State | undefined {
  const file = resolve(path)
  if (!existsSync(file)) return undefined
  const state = parse(file)
  if (isState(state)) return state
  throw new ApimKitError(
    'invalid-input',
    `${file} is no state file of format ${format}; name another file, or delete this one to begin anew`,
  )
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch (cause) {
    // A SyntaxError quotes the text around the fault, which may be a secret: neither its message nor itself goes on.
    const why = cause instanceof SyntaxError ? 'it is no JSON' : reasonOf(cause)
    throw new ApimKitError('invalid-input', `the state file ${file} cannot be read: ${why}`)
  }
}

function isState(value: unknown): value is State {
  return (
    typeof value === 'object' &&
    value !== null &&
    Reflect.get(value, 'format') === format &&
    Array.isArray(Reflect.get(value, 'resources')) &&
    Array.isArray(Reflect.get(value, 'secrets'))
  )
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
