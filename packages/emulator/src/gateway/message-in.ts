import type { Section } from '@apim-kit/policy-dsl'
import { HeaderCollection, ResponseMessage, type RequestMessage } from '../expression/index.js'
import type { RequestContext } from './request-context.js'

/** The message that a policy changes: the request in inbound and backend, the response in outbound and on-error. */
export function messageIn(section: Section, context: RequestContext): RequestMessage | ResponseMessage {
  return section === 'inbound' || section === 'backend' ? context.request : ensureResponse(context)
}

/** The response; an empty one where none exists yet. */
export function ensureResponse(context: RequestContext): ResponseMessage {
  context.response ??= emptyResponse()
  return context.response
}

/** `200 OK` without a body: what the documentation of return-response calls the default response. */
export function emptyResponse(): ResponseMessage {
  return new ResponseMessage({ statusCode: 200, statusReason: 'OK', headers: new HeaderCollection() })
}
