import { createServer, request as send, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { ServiceAddress } from '@apim-kit/core'
import { afterEach } from 'vitest'
import { connect, type Service } from '../src/client.js'

/** A request that a stub has heard. */
export interface Heard {
  readonly method: string
  /** Below the service, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
  /** The address as it stands in the request, and the body as it came. */
  readonly target: string
  readonly text: string
}

/** What a stub answers. `hang up` ends the connection without an answer. */
export type Answer =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  | 'hang up'

/** A server that records and answers as a test says: for the shapes of requests, and for faults. */
export interface Stub {
  readonly url: string
  readonly heard: Heard[]
  close(): Promise<void>
}

export const address: ServiceAddress = {
  subscriptionId: '00000000-0000-0000-0000-000000000000',
  resourceGroup: 'group',
  service: 'contoso',
}

const open: Stub[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (stub) => stub.close()))
})

/** Starts a stub that lives until the test ends. */
export async function startStub(answer: (heard: Heard) => Answer | Promise<Answer>): Promise<Stub> {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://stub')
      const body = await text(request)
      const one: Heard = {
        target: request.url ?? '/',
        text: body,
        method: request.method ?? '',
        path: decodeURIComponent(url.pathname).replace(/^.*\/service\/[^/]+/, ''),
        query: url.searchParams,
        headers: request.headers,
        body: body === '' ? undefined : (JSON.parse(body) as unknown),
      }
      heard.push(one)
      // A test that fails in here shall not wait for an answer.
      const given = await Promise.resolve(one)
        .then(answer)
        .catch((error: unknown): Answer => ({
          status: 400,
          body: { error: { code: 'TestFailed', message: String(error) } },
        }))
      if (given === 'hang up') return request.socket.destroy()
      response.writeHead(given.status ?? 200, { 'content-type': 'application/json', ...given.headers })
      return response.end(given.body === undefined ? '' : JSON.stringify(given.body))
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stub: Stub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  open.push(stub)
  return stub
}

/** The real client of a stub. */
export function clientOf(stub: { readonly url: string }): Service {
  return connect({ address, endpoint: stub.url, local: true }, undefined)
}

/** Sends what a stub has heard on to another server, `Host` included, and gives its answer. */
export async function forward(heard: Heard, to: string): Promise<Answer> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = send(`${to}${heard.target}`, { method: heard.method, headers: heard.headers }, resolve)
    sent.on('error', reject)
    sent.end(heard.text)
  })
  const body = await text(answer)
  const kept = ['content-type', 'etag', 'location', 'retry-after', 'www-authenticate']
  const headers = kept.flatMap((name) => {
    const value = answer.headers[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  return {
    status: answer.statusCode ?? 500,
    headers: Object.fromEntries(headers),
    ...(body === '' ? {} : { body: JSON.parse(body) as unknown }),
  }
}
