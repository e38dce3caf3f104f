import { randomUUID } from 'node:crypto'
import type { Scope } from '@apim-kit/policy-dsl'
import type { Readable } from 'node:stream'
import {
  MessageBody,
  type ApiInfo,
  type ClrValue,
  type DeploymentInfo,
  type ExpressionContext,
  type LastErrorInfo,
  type OperationInfo,
  type ProductInfo,
  type RequestMessage,
  type ResponseMessage,
  type SubscriptionInfo,
} from '../expression/index.js'
import type { Backend } from './backends.js'
import { readAll } from './bodies.js'
import { notSupported } from './not-supported.js'
import type { GatewayServices } from './services.js'
import type { KeyHolder } from './subscription-keys.js'
import { urlOf, type Target } from './target.js'
import type { TraceMessage, TraceStep } from './trace.js'

/** The one who waits for the answer. */
export interface Caller {
  /** Calls the listener when the caller goes away before the answer is out; at once when it has gone. Gives what ends that. */
  onGone(listener: () => void): () => void
}

/**
 * One request on its way through the gateway: what expressions see as `context`, and what policies work on. One is made for
 * every request, so that two requests share nothing.
 *
 * Bodies arrive as streams and stay so until a policy reads them; then they become the `body` of their message.
 */
export class RequestContext implements ExpressionContext {
  readonly requestId = randomUUID()
  readonly timestamp: number
  readonly tracing = false
  readonly variables = new Map<string, ClrValue>()
  /** The product in whose context the request runs. */
  product: ProductInfo | null = null
  /** The subscription whose key the caller sent. */
  holder: KeyHolder | undefined
  readonly workspace = null
  readonly graphQL = null
  /** The backend resource that a policy chose, and that policy's scope; undefined while the target is a plain address. */
  chosenBackend: { readonly backend: Backend; readonly scope: Scope } | undefined
  response: ResponseMessage | null = null
  lastError: LastErrorInfo | null = null
  api: ApiInfo | null = null
  operation: OperationInfo | null = null
  /** Values of the operation's parameters, still percent-encoded. */
  encodedParameters: ReadonlyMap<string, string> = new Map()
  /** The query parameters that the operation's template names, in lower case. */
  templateQuery: ReadonlySet<string> = new Set()
  /** The caller's body, while nobody has read it. */
  requestStream: Readable | undefined
  /** The backend's body, while nobody has read it. */
  responseStream: Readable | undefined
  /** The policies that ran. */
  readonly steps: TraceStep[] = []
  readonly messages: TraceMessage[] = []
  /** The values of `Host` as the caller sent them; others, even equal ones, were set by a policy. */
  readonly callersHost: readonly string[] | undefined
  #target: Target

  constructor(
    readonly services: GatewayServices,
    readonly request: RequestMessage,
    readonly caller: Caller,
  ) {
    this.timestamp = services.clock.now()
    this.callersHost = request.headers.get('Host')
    this.#target = { base: null, path: request.originalUrl.path, queryString: request.originalUrl.queryString }
  }

  get deployment(): DeploymentInfo {
    return this.services.deployment
  }

  get subscription(): SubscriptionInfo | null {
    return this.holder?.info ?? null
  }

  /** Set for backend resources only. Their region is not known. */
  get backend(): ExpressionContext['backend'] {
    return this.chosenBackend === undefined
      ? null
      : { id: this.chosenBackend.backend.id, azureRegion: null, pool: false }
  }

  /** The one who has the subscription. There are none here: asking for one that should be there fails by name. */
  get user(): null {
    if (this.holder?.ownerId === undefined) return null
    throw notSupported(
      `context.User cannot be had: the subscription '${this.holder.info.id}' has an owner, and the emulator keeps no users.`,
    )
  }

  /** Where the request goes. */
  get target(): Target {
    return this.#target
  }

  set target(target: Target) {
    this.#target = target
    this.request.url = urlOf(target, this.request.originalUrl)
  }

  now(): number {
    return this.services.clock.now()
  }

  trace(message: string): void {
    this.messages.push({ source: 'context', severity: 'information', message, metadata: {} })
  }

  /** Reads the bodies that are there, so that expressions, which cannot wait, find them. */
  async readBodies(): Promise<void> {
    if (this.requestStream !== undefined) {
      const stream = this.requestStream
      this.requestStream = undefined
      this.request.body = bodyOf(await readAll(stream))
    }
    if (this.responseStream !== undefined) {
      const stream = this.responseStream
      this.responseStream = undefined
      const body = bodyOf(await readAll(stream))
      if (this.response !== null) this.response.body = body
    }
  }

  /** Lets go of the caller's body: a policy has put another one in its place. */
  dropRequestBody(): void {
    // Read to its end, not destroyed: its socket has to carry the answer.
    this.requestStream?.resume()
    this.requestStream = undefined
  }

  /** Lets go of the backend's body: a policy has put another one in its place. */
  dropResponseBody(): void {
    this.responseStream?.destroy()
    this.responseStream = undefined
  }
}

/** A message without a body has null in its place. */
function bodyOf(content: Uint8Array): MessageBody | null {
  return content.byteLength === 0 ? null : new MessageBody(content)
}
