import { armId, keyOf, type Stack } from '@apim-kit/core'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Service } from './client.js'
import { connectionsOf, waitingConnections } from './connections.js'
import { observe } from './observe.js'
import type { RequestOptions } from './sdk.js'

/** How long to wait for people. */
export interface SignInOptions extends RequestOptions {
  /** Seconds until it is given up. Default: 600. */
  readonly timeout?: number | undefined
  /** Seconds between two looks. Default: 5. */
  readonly interval?: number | undefined
  /** Hears at every look of the connections that still wait, by ARM id. */
  readonly onWaiting?: ((ids: readonly string[]) => void) | undefined
}

/** Looks again and again until nobody has to sign in any more, or the time is over. */
export async function waitForSignIn(service: Service, stack: Stack, options: SignInOptions): Promise<void> {
  const { timeout = 600, interval = 5, signal, onWaiting } = options
  const { connections, withParents } = connectionsOf(stack.resources)
  const end = performance.now() + timeout * 1000
  for (;;) {
    const observed = await observe(service, withParents, { signal })
    const waiting = waitingConnections(connections, (connection) => observed.get(keyOf(connection)))
    if (waiting.length === 0) return
    onWaiting?.(waiting.map((connection) => armId(service.address, connection)))
    const left = end - performance.now()
    if (left <= 0) return
    await sleep(Math.min(interval * 1000, left), undefined, signal === undefined ? {} : { signal })
  }
}
