import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { RequestContext } from './request-context.js'

/** What happened to one request, for developers and tests. It holds no header values, bodies, variables or tokens. */
export interface RequestTrace {
  /** `context.RequestId`. */
  readonly requestId: string
  readonly method: string
  /** The path alone: a query may hold keys. */
  readonly path: string
  /** ARM name of the API; undefined when none matched. */
  readonly api?: string | undefined
  /** ARM name of the operation; undefined when none matched. */
  readonly operation?: string | undefined
  /** The policies that ran, in the order in which they began. */
  readonly steps: readonly TraceStep[]
  /** What `trace` policies and `context.Trace(...)` wrote. */
  readonly messages: readonly TraceMessage[]
  /** Status of the answer. */
  readonly status?: number | undefined
}

/** One policy that ran. */
export interface TraceStep {
  readonly section: string
  readonly scope: string
  /** Where it stands in its section, for example `choose/when[2]/set-header`. */
  readonly path: string
}

/** One message that a policy wrote. */
export interface TraceMessage {
  /** The `source` of a `trace` policy; `context` for `context.Trace`. */
  readonly source: string
  readonly severity: 'verbose' | 'information' | 'error'
  readonly message: string
  readonly metadata: Readonly<Record<string, string>>
}

/** How many finished requests are kept. */
const limit = 100

/** Keeps the traces of the last requests. Of a finished request only what a trace tells is kept. */
export class TraceLog {
  readonly #traces: RequestTrace[] = []

  add({ requestId, request, api, operation, steps, messages, response }: RequestContext): void {
    this.#push({
      requestId,
      method: request.originalMethod,
      path: request.originalUrl.path,
      api: api?.id,
      operation: operation?.id,
      steps,
      messages,
      status: response?.statusCode,
    })
  }

  /** A request that met a mistake of the gateway itself: the caller gets no details, so they have to be here. */
  addFault({ method = '', url = '' }: IncomingMessage, fault: unknown): void {
    const message = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)
    this.#push({
      requestId: randomUUID(),
      method,
      path: url.split('?', 1)[0] ?? '',
      steps: [],
      messages: [{ source: 'gateway', severity: 'error', message, metadata: {} }],
      status: 500,
    })
  }

  #push(trace: RequestTrace): void {
    this.#traces.push(trace)
    if (this.#traces.length > limit) this.#traces.shift()
  }

  /** Oldest first. */
  list(): readonly RequestTrace[] {
    return [...this.#traces]
  }
}
