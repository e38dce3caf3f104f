import type { Stack } from '@apim-kit/core'
import type { ConnectionStatus, Deployment } from '@apim-kit/deploy'
import { InvalidArgumentError } from 'commander'
import { connectionTitle } from './connections.js'
import { line, type Terminal } from './terminal.js'

/** The time that people have to sign in unless the caller says otherwise, in seconds. */
const usualTime = 600

/** Says what people have to do, and waits until they have done it or the time is over. Ctrl-C ends the waiting. */
export async function waitForPeople(
  terminal: Terminal,
  deployment: Deployment,
  stack: Stack,
  connections: readonly ConnectionStatus[],
  wait: number | true,
): Promise<ConnectionStatus[]> {
  const timeout = wait === true ? usualTime : wait
  for (const connection of connections)
    if (connection.loginLink !== null)
      line(terminal.err, `open in a browser, and sign in for ${connectionTitle(connection)}: ${connection.loginLink}`)
  line(terminal.err, `waiting up to ${timeout} seconds for it; Ctrl-C ends the waiting and changes nothing`)
  let left = -1
  const onWaiting = (ids: readonly string[]): void => {
    if (ids.length !== left)
      line(terminal.err, `${ids.length} to sign in to: ${ids.map((id) => connectionTitle({ id })).join(', ')}`)
    left = ids.length
  }
  const stop = new AbortController()
  const interrupt = (): void => stop.abort()
  process.once('SIGINT', interrupt)
  try {
    return await deployment.waitForSignIn(stack, { timeout, interval: 3, onWaiting, signal: stop.signal })
  } catch (error) {
    if (!stop.signal.aborted) throw error
    return [...connections]
  } finally {
    process.off('SIGINT', interrupt)
  }
}

/** Reads the argument of `--wait`. */
export function seconds(text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError('write a number of seconds')
  return value
}
