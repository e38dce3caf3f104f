import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { observed, type Habits } from './habits.js'
import type { Interpose, Request, Response } from './messages.js'
import { address, ArmService, base } from './service.js'
import type { Store } from './store.js'
import type { Json } from './types.js'

/*
 * Azure Resource Manager with one API Management service, written from the specification and from what was observed, without
 * a line of this project's own emulator: what passes here and there does not rest on the habits of either.
 */

/** A running stub. */
export interface ArmStub {
  readonly url: string
  readonly address: { readonly subscriptionId: string; readonly resourceGroup: string; readonly service: string }
  readonly store: Store
  readonly requests: Request[]
  interpose: Interpose | undefined
  close(): Promise<void>
}

/** Starts the stub with one service and nothing in it but what every service has. */
export async function startArmStub(habits: Partial<Habits> = {}): Promise<ArmStub> {
  const requests: Request[] = []
  const service = new ArmService({ ...observed, ...habits })
  const server = createServer((incoming, outgoing) => {
    // A stub that fails shall end the test at once, so not with what is asked for again.
    answer(incoming, outgoing).catch((error: unknown) => outgoing.writeHead(400).end(String(error)))
  })
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const request = await read(incoming)
    requests.push(request)
    const send = (): Response => service.answer(request, `${stub.url}${request.prefix}`)
    const response = stub.interpose === undefined ? send() : await stub.interpose(request, send)
    if (response === 'hang up') return void incoming.socket.destroy()
    request.status = response.status
    write(response, incoming, outgoing)
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stub: ArmStub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    address,
    store: service.store,
    requests,
    interpose: undefined,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return stub
}

/** The requests that changed something. */
export function writesOf(stub: ArmStub): string[] {
  const changing = stub.requests.filter(
    ({ method, status }) => ['PUT', 'PATCH', 'DELETE'].includes(method) && status < 300,
  )
  return changing.map(({ method, path }) => `${method} ${path}`)
}

async function read(incoming: IncomingMessage): Promise<Request> {
  const url = new URL(incoming.url ?? '/', 'http://stub')
  const body = await text(incoming)
  const [prefix = '', path = ''] = decodeURIComponent(url.pathname).split(base)
  return {
    method: incoming.method ?? '',
    prefix,
    path: path.slice(1),
    query: url.searchParams,
    headers: incoming.headers,
    body: body === '' ? {} : (JSON.parse(body) as Json),
    text: body,
    status: 0,
  }
}

function write({ status, headers, body, cut }: Response, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const whole = Buffer.from((typeof body === 'string' ? body : JSON.stringify(body)) ?? '')
  outgoing.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': whole.length,
    'cache-control': 'no-cache',
    ...headers,
  })
  if (cut === true) outgoing.write(whole.subarray(0, whole.length / 2), () => incoming.socket.destroy())
  else outgoing.end(whole)
}
