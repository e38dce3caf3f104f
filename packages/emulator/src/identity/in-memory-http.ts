import * as http from 'node:http'
import { Duplex } from 'node:stream'

/** An answer, read to its end. */
export interface InMemoryAnswer {
  readonly status: number
  readonly text: string
}

/** Sends one request to a Node request listener without a port. */
export type InMemoryHttp = (
  path: string,
  init: { readonly method: string; readonly headers?: http.OutgoingHttpHeaders; readonly body?: string },
) => Promise<InMemoryAnswer>

/**
 * Speaks HTTP with a Node request listener over a pair of streams: Node's server and client on both ends, no socket between.
 * It lets a Koa application answer inside another server without a port of its own.
 */
export function inMemoryHttp(
  listener: (request: http.IncomingMessage, response: http.ServerResponse) => unknown,
): InMemoryHttp {
  const server = http.createServer((incoming, outgoing) => void listener(incoming, outgoing))
  return (path, { method, headers = {}, body }) =>
    new Promise((resolve, reject) => {
      const createConnection = (): Duplex => {
        const [client, served] = streamPair()
        // Node documents that a server takes any duplex stream as a connection this way.
        server.emit('connection', served)
        return client
      }
      const request = http.request({ createConnection, path, method, headers }, (message) => {
        const chunks: Uint8Array[] = []
        message.on('data', (chunk: Uint8Array) => chunks.push(chunk))
        message.on('error', reject)
        message.on('end', () =>
          resolve({ status: message.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        )
      })
      request.on('error', reject)
      request.end(body)
    })
}

/** `stream.duplexPair` of Node 20.17, which the oldest Node that we support does not have. */
function streamPair(): [Duplex, Duplex] {
  const one = new End()
  const other = new End()
  one.peer = other
  other.peer = one
  return [one, other]
}

class End extends Duplex {
  peer: End | undefined
  #written: (() => void) | undefined
  #ended = false

  override _read(): void {
    const written = this.#written
    this.#written = undefined
    written?.()
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, written: () => void): void {
    const { peer } = this
    if (chunk.byteLength === 0 || peer === undefined || peer.destroyed) written()
    else {
      // The write is done when the other side asks for more: back pressure.
      peer.#written = written
      peer.push(chunk)
    }
  }

  override _final(finished: () => void): void {
    this.#endPeer()
    finished()
  }

  override _destroy(error: Error | null, destroyed: (error: Error | null) => void): void {
    this.#endPeer()
    destroyed(error)
  }

  #endPeer(): void {
    if (!this.#ended) this.peer?.push(null)
    this.#ended = true
  }
}
