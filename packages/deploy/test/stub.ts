import { createServer, type IncomingMessage } from 'node:http'
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
}

/** What a stub answers. `hang up` ends the connection without an answer. */
export type Answer = { status?: number; headers?: Record<string, string>; body?: unknown } | 'hang up'

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
        method: request.method ?? '',
        path: decodeURIComponent(url.pathname).replace(/^.*\/service\/[^/]+/, ''),
        query: url.searchParams,
        headers: request.headers,
        body: body === '' ? undefined : (JSON.parse(body) as unknown),
      }
      heard.push(one)
      const given = await answer(one)
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
