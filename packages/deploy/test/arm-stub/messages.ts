import type { IncomingHttpHeaders } from 'node:http'
import type { Json } from './types.js'

/** A request that the stub has heard. */
export interface Request {
  readonly method: string
  /** What stands in the address before the subscription: whom a client was told to ask, where several ask one stub. */
  readonly prefix: string
  /** Below the service, without a slash in front. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
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
