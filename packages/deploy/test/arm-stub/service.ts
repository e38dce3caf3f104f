import { Answers } from './answers.js'
import type { Habits } from './habits.js'
import type { Request, Response } from './messages.js'
import { nameOf, Refusal, Store, type Kept } from './store.js'
import { typeAt, types, type Json, type ResourceType } from './types.js'

/** Where the one service is. */
export const address = {
  subscriptionId: '00000000-0000-0000-0000-000000000000',
  resourceGroup: 'group',
  service: 'contoso',
} as const

/** Its ARM id. */
export const base = `/subscriptions/${address.subscriptionId}/resourceGroups/${address.resourceGroup}/providers/Microsoft.ApiManagement/service/${address.service}`

interface Operation {
  readonly path: string
  readonly status: 200 | 201
  polls: number
  readonly refusal?: Refusal
}

/** What a service answers to requests. */
export class ArmService {
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
