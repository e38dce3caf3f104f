import type { Clock } from '../clock.js'
import type { ClrValue } from '../expression/index.js'

/** How many entries are kept; the oldest go first. */
const limit = 10_000

/** The internal cache of the gateway, `cache-*-value`. It lives on the emulator's clock and dies with the gateway. */
export class ValueCache {
  readonly #entries = new Map<string, { readonly value: ClrValue; readonly expires: number }>()
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The value, which may be null; undefined when there is none any more. */
  get(key: string): ClrValue | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    if (this.#clock.now() < entry.expires) return entry.value
    this.#entries.delete(key)
    return undefined
  }

  /** Stores a value for so many seconds; it replaces what is there. A duration of zero or less stores nothing. */
  set(key: string, value: ClrValue, seconds: number): void {
    this.#entries.delete(key)
    if (seconds <= 0) return
    this.#entries.set(key, { value, expires: this.#clock.now() + seconds * 1000 })
    const [oldest] = this.#entries.keys()
    if (this.#entries.size > limit && oldest !== undefined) this.#entries.delete(oldest)
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }
}
