import type { Readable } from 'node:stream'
import { HeaderCollection, MessageBody, ResponseMessage } from '../expression/index.js'
import type { HeaderField } from '../outbound.js'
import { withBackendHeaders, withBackendQuery } from './backends.js'
import { exchange } from './exchange.js'
import { wireFields } from './headers.js'
import { PolicyError } from './policy-error.js'
import type { RequestContext } from './request-context.js'

/**
 * Sends the request to the backend and makes its answer `context.response`. Bodies that nobody has read stream through.
 *
 * @throws PolicyError `Timeout`, `BackendConnectionFailure` or `ClientConnectionFailure`
 */
export async function forward(context: RequestContext, milliseconds: number): Promise<ResponseMessage> {
  const { request, services } = context
  if (context.target.base === null) {
    throw new PolicyError(
      "There is no backend to forward to: set the API's serviceUrl, or set-backend-service with a base-url or backend-id before.",
    )
  }
  const backend = context.chosenBackend?.backend
  const fields = forwardedHeaders(context)
  const headers = backend === undefined ? fields : withBackendHeaders(fields, backend)
  const url = (backend === undefined ? request.url : withBackendQuery(request.url, backend)).toString()
  const body = takeBody(context)
  const answer = await exchange(
    (signal) => services.outbound.open({ method: request.method, url, headers, body, signal }),
    { milliseconds, caller: context.caller },
  )
  context.dropResponseBody()
  context.responseStream = answer.body
  context.response = new ResponseMessage({
    statusCode: answer.status,
    statusReason: answer.reason,
    headers: new HeaderCollection(answer.headers),
  })
  return context.response
}

/** The headers as the policies left them; `Host` is the backend's unless a policy set it. */
function forwardedHeaders(context: RequestContext): HeaderField[] {
  const { headers } = context.request
  const hostIsCallers = headers.get('Host') === context.callersHost
  const fields = wireFields(headers).filter(([name]) => {
    const key = name.toLowerCase()
    return key !== 'x-forwarded-for' && !(hostIsCallers && key === 'host')
  })
  // As in the service's traces: the caller's address, behind those of the proxies before.
  fields.push(['X-Forwarded-For', [...(headers.get('X-Forwarded-For') ?? []), context.request.ipAddress].join(', ')])
  return fields
}

/** The body to send: the caller's stream, or what policies made of it. A stream can be sent once; reading it later fails. */
function takeBody(context: RequestContext): Uint8Array | Readable | undefined {
  const stream = context.requestStream
  if (stream === undefined) return context.request.body?.remaining
  context.requestStream = undefined
  context.request.body = consumedBody()
  return stream
}

function consumedBody(): MessageBody {
  const body = new MessageBody('')
  body.read()
  return body
}
