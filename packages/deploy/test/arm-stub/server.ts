import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Answers } from './answers.js'
import { observed, type Habits } from './habits.js'
import { nameOf, Refusal, Store, type Kept } from './store.js'
import { typeAt, types, type Json, type ResourceType } from './types.js'

/*
 * Azure Resource Manager with one API Management service, written from the specification and from what was observed, without
 * a line of this project's own emulator: what passes here and there does not rest on the habits of either.
 */

/** A request that the stub has heard. */
export interface Request {
  readonly method: string
  /** What stands in the address before the subscription: whom a client was told to ask, where several ask one stub. */
  readonly prefix: string
  /** Below the service, without a slash in front. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: Json
  /** The body as it came. */
  readonly text: string
  /** How it was answered; 0 as long as it was not. */
  status: number
}

/** What is answered. */
export interface Response {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON, a text as it stands; undefined for an empty body. */
  readonly body?: unknown
  /** The connection ends in the middle of it. */
  readonly cut?: boolean
}

/** What a test may do to a request: send it on or not, answer in its place, or hang up. */
export type Interpose = (request: Request, send: () => Response) => Answer | Promise<Answer>

/** An answer, or none: the connection ends. */
export type Answer = Response | 'hang up'

export interface ArmStub {
  readonly url: string
  readonly address: { readonly subscriptionId: string; readonly resourceGroup: string; readonly service: string }
  readonly store: Store
  readonly requests: Request[]
  interpose: Interpose | undefined
  close(): Promise<void>
}

export const address = {
  subscriptionId: '00000000-0000-0000-0000-000000000000',
  resourceGroup: 'group',
  service: 'contoso',
} as const

const base = `/subscriptions/${address.subscriptionId}/resourceGroups/${address.resourceGroup}/providers/Microsoft.ApiManagement/service/${address.service}`

/** Starts the stub with one service and nothing in it but what every service has. */
export async function startArmStub(habits: Partial<Habits> = {}): Promise<ArmStub> {
  const requests: Request[] = []
  const service = new ArmService({ ...observed, ...habits })
  const server = createServer((incoming, outgoing) => {
    // A stub that fails shall end the test at once, so not with what is asked for again.
    answer(incoming, outgoing).catch((error: unknown) => outgoing.writeHead(400).end(String(error)))
  })
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? '/', 'http://stub')
    const body = await text(incoming)
    const [prefix = '', path = ''] = decodeURIComponent(url.pathname).split(base)
    const request: Request = {
      method: incoming.method ?? '',
      prefix,
      path: path.slice(1),
      query: url.searchParams,
      headers: incoming.headers,
      body: body === '' ? {} : (JSON.parse(body) as Json),
      text: body,
      status: 0,
    }
    requests.push(request)
    const send = (): Response => service.answer(request, `${stub.url}${prefix}`)
    const response = stub.interpose === undefined ? send() : await stub.interpose(request, send)
    if (response === 'hang up') return void incoming.socket.destroy()
    request.status = response.status
    const whole = Buffer.from((typeof response.body === 'string' ? response.body : JSON.stringify(response.body)) ?? '')
    outgoing.writeHead(response.status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': whole.length,
      'cache-control': 'no-cache',
      ...response.headers,
    })
    if (response.cut !== true) return void outgoing.end(whole)
    outgoing.write(whole.subarray(0, whole.length / 2), () => incoming.socket.destroy())
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

interface Operation {
  readonly path: string
  readonly status: 200 | 201
  polls: number
  readonly refusal?: Refusal
}

/** What a service answers to requests. */
class ArmService {
  readonly store: Store
  readonly #habits: Habits
  readonly #answers: Answers
  readonly #operations = new Map<string, Operation>()
  #count = 0

  constructor(habits: Habits) {
    this.store = new Store(address.service, habits)
    this.#habits = habits
    this.#answers = new Answers(base, habits)
  }

  answer(request: Request, url: string): Response {
    try {
      const { throttleEvery } = this.#habits
      if (throttleEvery > 0 && ++this.#count % throttleEvery === 0)
        return this.#refuse(new Refusal(429, 'TooManyRequests', 'Rate limit is exceeded.'), { 'retry-after-ms': '2' })
      const response = this.#route(request, url)
      return { ...response, headers: { ...this.#quota(), ...response.headers } }
    } catch (error) {
      if (error instanceof Refusal) return this.#refuse(error)
      throw error
    }
  }

  #quota(): Record<string, string> {
    const { remaining } = this.#habits
    if (remaining === undefined) return {}
    return Object.fromEntries(
      ['reads', 'writes', 'deletes'].map((what) => [
        `x-ms-ratelimit-remaining-subscription-${what}`,
        String(remaining),
      ]),
    )
  }

  #refuse(refusal: Refusal, headers: Record<string, string> = {}): Response {
    const { type, text: body } = this.#answers.error(refusal)
    return {
      status: refusal.status,
      headers: { 'content-type': type, ...headers },
      body: body === '' ? undefined : body,
    }
  }

  #route(request: Request, url: string): Response {
    const { method, path, query } = request
    if (query.get('api-version') === null)
      throw new Refusal(400, 'MissingApiVersionParameter', 'The api-version query parameter is required.')
    if (path === '') return { status: 200, body: this.#service() }
    if (query.has('asyncId')) return this.#poll(query.get('asyncId') ?? '')
    const segments = path.split('/')
    if (method === 'POST') return this.#act(segments.slice(0, -1).join('/'), segments.at(-1) ?? '')
    if (segments.length % 2 === 1) return this.#list(path, query, url)
    if (method === 'PUT') return this.#put(request, url)
    if (method === 'DELETE') return this.#delete(request, url)
    const kept = this.#found(path)
    return { status: 200, headers: this.#tag(kept), body: method === 'HEAD' ? undefined : this.#show(kept, query) }
  }

  #service(): unknown {
    return {
      id: base,
      name: address.service,
      type: 'Microsoft.ApiManagement/service',
      location: 'East US',
      sku: { name: 'Developer', capacity: 1 },
      identity: {
        type: 'SystemAssigned',
        principalId: '55555555-5555-5555-5555-555555555555',
        tenantId: '66666666-6666-6666-6666-666666666666',
      },
      properties: {
        gatewayUrl: `https://${address.service}.azure-api.net`,
        provisioningState: 'Succeeded',
        publisherEmail: 'a@example.com',
      },
    }
  }

  #found(path: string): Kept {
    const kept = this.store.get(path)
    if (kept === undefined) throw new Refusal(404, 'ResourceNotFound', `${path} not found.`)
    return kept
  }

  #show(kept: Kept, query: URLSearchParams): unknown {
    const links = typeAt(kept.path.toLowerCase())?.links
    const linked = links === undefined ? undefined : this.store.get(`${links}/${nameOf(kept.path)}`)
    return this.#answers.resource(kept, linked, query.get('format') ?? 'xml')
  }

  /** ETags stand in headers, never in lists. */
  #tag(kept: Kept): Record<string, string> {
    return this.#hasTag(typeAt(kept.path.toLowerCase())) ? { ETag: `"AAAAAAAA${kept.version.toString(36)}="` } : {}
  }

  #hasTag(type: ResourceType | undefined): boolean {
    const { entityTags } = this.#habits
    return entityTags === 'all' || (entityTags === 'observed' && type?.entityTag === true)
  }

  #list(path: string, query: URLSearchParams, url: string): Response {
    const collection = path
      .split('/')
      .filter((_segment, index) => index % 2 === 0)
      .join('/')
      .toLowerCase()
    if (!types.has(collection)) throw new Refusal(404, 'ResourceNotFound', `There is no collection ${path}.`)
    if (/^(?:products|groups|tags|caches)$/.test(collection)) this.#refuseLacking()
    const parent = path.split('/').slice(0, -1).join('/')
    if (parent !== '') this.#found(parent)
    const all = this.store.list(path)
    const ordered = this.#habits.listOrder === 'written' ? all : all.toReversed()
    const skip = Number(query.get('$skip') ?? 0)
    const page = ordered.slice(skip, skip + this.#habits.pageSize)
    const next = skip + page.length
    const more = next < ordered.length
    const last = { absent: {}, empty: { nextLink: '' }, null: { nextLink: null } }[this.#habits.lastPage]
    const link = `${this.#habits.nextLink === 'absolute' ? url : ''}${base}/${encodeURI(path)}?api-version=2024-05-01&%24skip=${next}`
    const value = { empty: [], null: null, absent: undefined }[this.#habits.emptyList]
    return {
      status: 200,
      body: {
        value: page.length > 0 ? page.map((kept) => this.#show(kept, query)) : value,
        count: ordered.length,
        ...(more ? { nextLink: link } : last),
      },
    }
  }

  #refuseLacking(): void {
    const { lacks } = this.#habits
    if (lacks === 'pricing tier')
      throw new Refusal(400, 'MethodNotAllowedInPricingTier', 'Method not allowed in Consumption pricing tier')
    if (lacks === 'method') throw new Refusal(405, 'MethodNotAllowed', 'There is no such list.')
    if (lacks === 'implementation') throw new Refusal(501, 'NotImplemented', 'There is no such list yet.')
  }

  #put(request: Request, url: string): Response {
    const { path, body } = request
    const type = typeAt(path.toLowerCase())
    const before = this.store.get(path)
    this.#demandTag(request, type, before)
    const created =
      type?.entityTag === false && type.links === undefined
        ? this.#habits.created.credentialManager
        : this.#habits.created.others
    const status = before === undefined ? created : 200
    const { longRunning } = this.#habits
    if (type?.longRunning !== true || longRunning === 'none') {
      const { kept } = this.store.put(path, (body['properties'] ?? {}) as Json)
      const { putAnswers } = this.#habits
      const shown = { resource: this.#show(kept, request.query), 'empty object': {}, nothing: undefined }[putAnswers]
      return { status, headers: this.#tag(kept), body: shown }
    }
    let refusal: Refusal | undefined
    try {
      this.store.put(path, (body['properties'] ?? {}) as Json)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refusal = error
    }
    return this.#later({ path, status, polls: 0, ...(refusal === undefined ? {} : { refusal }) }, url)
  }

  /** An answer that comes in two parts. */
  #later(operation: Operation, url: string): Response {
    const id = (++this.#count).toString(16).padStart(24, '0')
    this.#operations.set(id, operation)
    const at = (kind: string): string =>
      `${url}${base}/${encodeURI(operation.path)}?api-version=2024-05-01&asyncId=${kind}${id}&asyncCode=${operation.status}`
    const headers = { Location: at('location-'), 'Retry-After': '0' }
    if (this.#habits.longRunning !== 'operation') return { status: 202, headers }
    const kept = this.store.get(operation.path)
    const body = kept === undefined ? undefined : this.#show(kept, new URLSearchParams())
    return { status: 201, headers: { ...headers, 'Azure-AsyncOperation': at('operation-') }, body }
  }

  #poll(asked: string): Response {
    const [kind = '', id = ''] = asked.split('-')
    const operation = this.#operations.get(id)
    if (operation === undefined) throw new Refusal(404, 'OperationNotFound', 'There is no such operation.')
    const ended = operation.polls++ > 0
    const { refusal } = operation
    if (kind === 'operation') {
      const state = ended ? (refusal === undefined ? 'Succeeded' : 'Failed') : 'InProgress'
      const details = refusal?.details.map((detail) => ({ code: refusal.code, ...detail }))
      const error = state === 'Failed' ? { error: { code: refusal?.code, message: refusal?.message, details } } : {}
      return { status: 200, headers: { 'Retry-After': '0' }, body: { id, status: state, ...error } }
    }
    if (!ended) return { status: 202, headers: { 'Retry-After': '0' } }
    if (refusal !== undefined) throw refusal
    const kept = this.store.get(operation.path)
    if (kept === undefined) return { status: 200 }
    return { status: operation.status, headers: this.#tag(kept), body: this.#show(kept, new URLSearchParams()) }
  }

  #delete(request: Request, url: string): Response {
    const { path } = request
    const type = typeAt(path.toLowerCase())
    const before = this.store.get(path)
    if (before === undefined) {
      if (this.#habits.deleteMissing === 404) this.#found(path)
      return { status: 204 }
    }
    this.#demandTag(request, type, before)
    this.store.delete(path)
    if (type?.path === 'apis' && this.#habits.deletesLater)
      return { ...this.#later({ path, status: 200, polls: 0 }, url), status: 202 }
    return { status: 200 }
  }

  #demandTag({ headers }: Request, type: ResourceType | undefined, before: Kept | undefined): void {
    const given = headers['if-match']
    if (before === undefined) {
      if (given === undefined) return
      throw new Refusal(412, 'PreconditionFailed', 'The entity does not exist.')
    }
    if (headers['if-none-match'] === '*') throw new Refusal(412, 'PreconditionFailed', 'The entity exists.')
    const tag = this.#tag(before)['ETag']
    if (given === undefined && this.#habits.demandsIfMatch && type?.entityTag === true)
      throw new Refusal(412, 'PreconditionFailed', 'If-Match is required.')
    if (given !== undefined && given !== '*' && tag !== undefined && given !== tag)
      throw new Refusal(412, 'PreconditionFailed', 'The entity was changed meanwhile.')
  }

  #act(path: string, action: string): Response {
    const kept = this.#found(path)
    if (action === 'listSecrets') {
      const { primaryKey, secondaryKey } = { primaryKey: 'made', secondaryKey: 'made, too', ...kept.sent }
      return { status: 200, headers: this.#tag(kept), body: { primaryKey, secondaryKey } }
    }
    if (action === 'listValue')
      return { status: 200, headers: this.#tag(kept), body: { value: kept.sent['value'] ?? null } }
    if (action === 'getLoginLinks')
      return {
        status: 200,
        body: {
          loginLink: `https://authorization-manager.consent.azure-apim.net/redirect/apim/${address.service}/login?data=e30=`,
        },
      }
    throw new Refusal(404, 'ResourceNotFound', `There is no action ${action}.`)
  }
}
