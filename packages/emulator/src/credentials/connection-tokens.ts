import type { Clock } from '../clock.js'
import type { TokenAnswer } from './exchange.js'

/** Names a connection; compared without case, as ARM compares names. */
export interface ConnectionAddress {
  readonly providerId: string
  readonly authorizationId: string
}

/** How to get a token and whom to tell how it went. */
export interface TokenSource {
  readonly exchange: () => Promise<TokenAnswer>
  /** Called when the connection becomes connected (`error` undefined) and for every exchange that fails. */
  readonly report: (error: unknown) => void
}

interface Entry {
  token?: { readonly answer: TokenAnswer; readonly usableUntil: number }
  pending?: Promise<TokenAnswer>
  connected?: true
}

/** Milliseconds before its end that a token is no longer used. */
const margin = 3 * 60 * 1000

/**
 * The tokens of all connections. Several calls at once for one connection share one exchange; an exchange that a change of its
 * connection overtook leaves no trace.
 */
export class ConnectionTokens {
  readonly #clock: Clock
  readonly #entries = new Map<string, Entry>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The token of a connection: the kept one, or a new one. Rejects as the exchange does. */
  get(address: ConnectionAddress, source: TokenSource): Promise<TokenAnswer> {
    const entry = this.#entry(keyOf(address))
    if (entry.token !== undefined && this.#clock.now() < entry.token.usableUntil)
      return Promise.resolve(entry.token.answer)
    entry.pending ??= this.#renew(keyOf(address), entry, source).finally(() => delete entry.pending)
    return entry.pending
  }

  /** Drops the tokens of one connection, or of all connections of a provider. */
  forget(providerId: string, authorizationId?: string): void {
    const key = keyOf({ providerId, authorizationId: authorizationId ?? '' })
    if (authorizationId !== undefined) this.#entries.delete(key)
    else for (const other of this.#entries.keys()) if (other.startsWith(key)) this.#entries.delete(other)
  }

  #entry(key: string): Entry {
    const entry = this.#entries.get(key) ?? {}
    this.#entries.set(key, entry)
    return entry
  }

  async #renew(key: string, entry: Entry, { exchange, report }: TokenSource): Promise<TokenAnswer> {
    // Read before the exchange, so that we never think a token younger than it is.
    const asked = this.#clock.now()
    try {
      const answer = await exchange()
      this.#settle(key, entry, () => {
        if (entry.connected === undefined) report(undefined)
        entry.connected = true
        entry.token = { answer, usableUntil: usableUntil(answer, asked) }
      })
      return answer
    } catch (error) {
      this.#settle(key, entry, () => {
        delete entry.connected
        report(error)
      })
      throw error
    }
  }

  #settle(key: string, entry: Entry, write: () => void): void {
    if (this.#entries.get(key) !== entry) return
    write()
    // Reporting writes the connection's status, and whoever watches the connections may call `forget` for that.
    this.#entries.set(key, entry)
  }
}

/**
 * A token is used until 3 minutes before its end; one that lives no longer than that, until its end. One whose answer does not
 * say is never renewed.
 */
function usableUntil({ expiresIn }: TokenAnswer, asked: number): number {
  if (expiresIn === undefined) return Infinity
  const lifetime = expiresIn * 1000
  return asked + (lifetime > margin ? lifetime - margin : lifetime)
}

/** A line break cannot stand in the name of a resource's address. */
export const keyOf = ({ providerId, authorizationId }: ConnectionAddress): string =>
  `${providerId}\n${authorizationId}`.toLowerCase()
