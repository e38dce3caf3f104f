/** One request that the management plane has answered. Neither bodies nor queries are kept. */
export interface JournalEntry {
  readonly method: string
  readonly path: string
  readonly status: number
}

/** Older entries are dropped, so that an emulator may run for days. */
const limit = 10_000

/**
 * What was asked of the management plane, for tests that prove what a deployment did.
 *
 * @example
 * emulator.requests.clear()
 * await apply(stack)
 * emulator.requests.writes // []
 */
export class RequestJournal {
  #entries: JournalEntry[] = []

  /** All requests, oldest first; the last ten thousand. */
  get entries(): readonly JournalEntry[] {
    return this.#entries
  }

  /** GET and HEAD. */
  get reads(): readonly JournalEntry[] {
    return this.#entries.filter(isRead)
  }

  /** PUT, PATCH, DELETE, and POST, although some actions only read. */
  get writes(): readonly JournalEntry[] {
    return this.#entries.filter((entry) => !isRead(entry))
  }

  /** Forgets everything so far. */
  clear(): void {
    this.#entries = []
  }

  /** @internal */
  add(entry: JournalEntry): void {
    if (this.#entries.length >= limit) this.#entries.shift()
    this.#entries.push(entry)
  }
}

function isRead({ method }: JournalEntry): boolean {
  return method === 'GET' || method === 'HEAD'
}
