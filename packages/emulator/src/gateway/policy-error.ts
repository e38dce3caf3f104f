import type { LastErrorInfo } from '../expression/index.js'
import type { HeaderField } from '../outbound.js'

/** What goes wrong while a request is served, with the answer that the caller gets when no `on-error` makes another one. */
export interface PolicyErrorDetails {
  /** Status of the answer. Default: 500. */
  readonly status?: number
  /** `context.LastError.Reason`. Default: none, as where the documentation names none. */
  readonly reason?: string
  /**
   * The `message` in the answer's body. Default: `Internal server error` for a 500, else the error's own message: what went wrong
   * inside is for `on-error`, not for callers.
   */
  readonly answer?: string
  /** Headers of the answer. Default: none but its type. */
  readonly headers?: readonly HeaderField[]
  /** Where in the policy, when that is deeper than the policy itself: `choose[3]/when[2]`. */
  readonly path?: string
  readonly cause?: unknown
}

/** Where an error happened: the part of `context.LastError` that the pipeline knows and a policy does not. */
export type ErrorPlace = Pick<LastErrorInfo, 'source' | 'scope' | 'section' | 'path' | 'policyId'>

/** An error that policies raise and the pipeline turns into `context.LastError` and an answer. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError'
  readonly status: number
  readonly reason: string | null
  readonly answer: string
  readonly headers: readonly HeaderField[]
  readonly path: string | undefined

  constructor(message: string, details: PolicyErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined)
    this.status = details.status ?? 500
    this.reason = details.reason ?? null
    this.answer = details.answer ?? (this.status === 500 ? 'Internal server error' : message)
    this.headers = details.headers ?? []
    this.path = details.path
  }
}

/** A {@link PolicyError} together with the place where it happened. */
export interface PlacedError {
  readonly error: PolicyError
  readonly place: ErrorPlace
}

/** `context.LastError`. */
export function lastErrorOf({ error, place }: PlacedError): LastErrorInfo {
  return { ...place, path: error.path ?? place.path, reason: error.reason, message: error.message }
}

/** The body that the service gives an error by itself: `statusCode` and `message`, and an `activityId` to look a 500 up with. */
export function errorBody(error: PolicyError, requestId: string): string {
  const { status, answer } = error
  return JSON.stringify(
    status === 500
      ? { statusCode: status, message: answer, activityId: requestId }
      : { statusCode: status, message: answer },
  )
}
