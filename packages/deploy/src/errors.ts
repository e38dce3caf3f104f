import { ApimKitError } from '@apim-kit/core'
import { describeService, type Target } from './target.js'

/** Why a request failed, in the service's words: the body of its answer, without anything of the request. */
export interface ServiceError {
  /** The service's own code, such as `ValidationError`; one of apim-kit's codes where no answer came. */
  readonly code: string
  /** All that the service says, the single faults included. */
  readonly message: string
  /** HTTP status; absent where no answer came. */
  readonly status?: number
  /** The single faults, where the service names several. */
  readonly details?: readonly ServiceErrorDetail[]
  /** A policy document: 1-based place of the first fault that has one. */
  readonly line?: number
  readonly column?: number
}

/** One fault behind a {@link ServiceError}. */
export interface ServiceErrorDetail {
  readonly code?: string
  readonly message: string
  /** The field that it is about. */
  readonly target?: string
}

/** The HTTP status behind an error of the SDK; undefined where no answer came. */
export function statusOf(error: unknown): number | undefined {
  const status = property(error, 'statusCode')
  return typeof status === 'number' ? status : undefined
}

/** A resource is not as it was when the plan was made; writing would undo what somebody else did. */
export class ConcurrentChange extends Error {
  override readonly name = 'ConcurrentChange'
}

/** Reads what the service said. Nothing of the request is taken over: its body may hold secrets. */
export function toServiceError(error: unknown, target: Target): ServiceError {
  if (error instanceof ConcurrentChange) return { code: 'concurrent-change', status: 412, message: error.message }
  const known = withoutAnswer(error, target)
  if (known !== undefined) return { code: known.code, message: known.message }
  const status = statusOf(error)
  const body = answeredError(error)
  const details = detailsOf(property(body, 'details'))
  const message =
    text(property(body, 'message')) ?? (status === undefined ? text(property(error, 'message')) : undefined)
  return {
    code: text(property(body, 'code')) ?? text(property(error, 'code')) ?? 'Error',
    message:
      sentences([message ?? '', ...details.map((detail) => detail.message)]) ||
      `the service answered ${status ?? 'something unreadable'} and said nothing more`,
    ...(status === undefined ? {} : { status }),
    ...(details.length === 0 ? {} : { details }),
    ...placeIn([...details.map((detail) => detail.message), message ?? '']),
  }
}

/**
 * The error for a request that had to work, such as a read of a plan.
 *
 * @param asked - what was asked for, as a verb: `read named value x`
 */
export function asApimKitError(error: unknown, target: Target, asked: string): ApimKitError {
  const known = withoutAnswer(error, target)
  if (known !== undefined) return known
  const { status, code, message } = toServiceError(error, target)
  if (status === 401) return notSignedIn(target, `401 ${code}: ${message}`)
  if (status === 403) return forbidden(target, asked, `403 ${code}: ${message}`)
  return new ApimKitError(
    'request-failed',
    `could not ${asked}: ${status === undefined ? '' : `${status} `}${code}: ${message}`,
  )
}

/** Errors that came to be without an answer of the service: by the network, by the login, by apim-kit itself. */
function withoutAnswer(error: unknown, target: Target): ApimKitError | undefined {
  if (error instanceof ApimKitError) return error
  const name = text(property(error, 'name')) ?? ''
  const code = text(property(error, 'code')) ?? ''
  if (isLoginError(error)) return notSignedIn(target, text(property(error, 'message'))?.split('\n')[0] ?? name)
  if (statusOf(error) !== undefined) return undefined
  if (name === 'AbortError') return unreachable(target.endpoint, 'no answer in time')
  return name === 'RestError' ? unreachable(target.endpoint, code === '' ? undefined : code) : undefined
}

/** The error for an endpoint that does not answer. It holds no cause: the SDK's error carries the request with its body. */
export function unreachable(endpoint: string, why = 'no answer'): ApimKitError {
  return new ApimKitError(
    'service-unreachable',
    `${endpoint} does not answer (${why}); check the endpoint (--endpoint, APIM_KIT_ENDPOINT) and the network`,
  )
}

/** Whether there was no login to be had, or it was refused. */
export function isLoginError(error: unknown): boolean {
  return loginErrors.has(text(property(error, 'name')) ?? '')
}

/** The errors of `@azure/identity`, by name. */
const loginErrors = new Set([
  'AggregateAuthenticationError',
  'AuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
])

function notSignedIn({ endpoint }: Target, why: string): ApimKitError {
  return new ApimKitError(
    'not-authorized',
    `${endpoint} accepts no login (${why}); run "az login", or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET`,
  )
}

function forbidden(target: Target, asked: string, why: string): ApimKitError {
  return new ApimKitError(
    'not-authorized',
    `the login may not ${asked} (${why}); give it the role "API Management Service Contributor" on ${describeService(target)}`,
  )
}

/**
 * What the answer's body says went wrong. Resource Manager writes `error`; what stands before it, or a service that answers
 * past it, writes `code` and `message` at the top, or a page for people.
 */
function answeredError(error: unknown): unknown {
  const body = property(property(error, 'response'), 'bodyAsText')
  if (typeof body !== 'string') return undefined
  try {
    const parsed = JSON.parse(body) as unknown
    return property(parsed, 'error') ?? parsed
  } catch {
    return { message: firstWords(body) }
  }
}

/** Enough of a page to see whose it is. */
function firstWords(page: string): string {
  const words = page.replace(/<(style|script)\b.*?<\/\1>|<[^>]*>/gis, ' ').split(/\s+/)
  const sentence = words.filter((word) => word !== '').join(' ')
  return sentence.length > 300 ? `${sentence.slice(0, 300)} …` : sentence
}

function detailsOf(details: unknown): ServiceErrorDetail[] {
  if (!Array.isArray(details)) return []
  return details.flatMap((detail: unknown) => {
    const [code, message, target] = ['code', 'message', 'target'].map((name) => text(property(detail, name)))
    if (message === undefined) return []
    return [{ message, ...(code === undefined ? {} : { code }), ...(target === undefined ? {} : { target }) }]
  })
}

/** Texts in a row; one that another repeats is left out. */
function sentences(texts: readonly string[]): string {
  const said = texts.filter((text, index) =>
    texts.every(
      (other, position) => position === index || !other.includes(text) || (other === text && index < position),
    ),
  )
  return said.join(' ')
}

/** The service writes places into its sentences: `… on line 4, column 10: …`. */
function placeIn(messages: readonly string[]): Pick<ServiceError, 'line' | 'column'> {
  const match = messages
    .map((message) => /\bline (\d+), (?:column|position) (\d+)/i.exec(message))
    .find((found) => found !== null)
  return match === undefined || match === null ? {} : { line: Number(match[1]), column: Number(match[2]) }
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
