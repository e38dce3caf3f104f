import { ApimKitError } from '@apim-kit/core'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One address on which the emulator answers. */
export interface Listener {
  /** `http://127.0.0.1:8445`, without a slash at the end. */
  readonly url: string
  /** Stops to listen and ends every connection, those that are kept alive too. */
  close(): Promise<void>
}

/**
 * Listens on the loopback address, where no other machine can reach it.
 *
 * @param port - 0 takes a free one
 * @param option - what the caller names the port by, for the message
 * @throws ApimKitError `port-in-use`
 */
export async function listen(handler: RequestListener, port: number, option: string): Promise<Listener> {
  const server = createServer(handler)
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening')
  } catch (cause) {
    throw listenError(cause, port, option)
  }
  const { port: bound } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${bound}`, close: () => closed(server) }
}

async function closed(server: Server): Promise<void> {
  const done = new Promise<void>((resolve, reject) =>
    server.close((error) => (error === undefined ? resolve() : reject(error))),
  )
  server.closeAllConnections()
  await done
}

function isAddressInUse(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
}

function listenError(cause: unknown, port: number, option: string): ApimKitError {
  if (isAddressInUse(cause))
    return new ApimKitError(
      'port-in-use',
      `port ${port} of 127.0.0.1 is in use; stop what listens there, or give another ${option} (0 takes a free one)`,
      { cause },
    )
  const why = cause instanceof Error ? cause.message : String(cause)
  return new ApimKitError('invalid-input', `cannot listen on port ${port}: ${why}; give another ${option}`, { cause })
}
