import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { HeaderCollection, MessageUrl, RequestMessage } from '../expression/index.js'
import type { HeaderField } from '../outbound.js'
import { wireFields } from './headers.js'
import type { RequestContext } from './request-context.js'

/** The request as policies see it; its body stays in the stream. */
export function readRequest(message: IncomingMessage): RequestMessage {
  const { method = 'GET', rawHeaders } = message
  return new RequestMessage({
    method,
    url: requestUrl(message),
    headers: new HeaderCollection(pairs(rawHeaders)),
    ipAddress: addressOf(message),
  })
}

/** Whether the request says that a body follows (RFC 9112, section 6.3). */
export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length']
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
}

function* pairs(raw: readonly string[]): Generator<HeaderField> {
  for (let at = 0; at + 1 < raw.length; at += 2) yield [raw[at] ?? '', raw[at + 1] ?? '']
}

/**
 * The address that the caller used. The listener itself speaks plain HTTP; a `Host` without a port is a public name that the
 * emulator's own requests came by, and those mean https.
 */
function requestUrl({ headers, url = '/' }: IncomingMessage): MessageUrl {
  const [, name = 'localhost', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(headers.host ?? '') ?? []
  const { path, query } = targetParts(url)
  return port === undefined
    ? new MessageUrl('https', name, 443, path, query)
    : new MessageUrl('http', name, Number(port), path, query)
}

/** A request target in its usual form is cut as it stands; whatever could name another path is read as a URL first. */
function targetParts(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf('?')
  const path = mark < 0 ? target : target.slice(0, mark)
  const query = mark < 0 ? '' : target.slice(mark)
  // Dot segments would leave the API's path, and the backend's, after the operation has been matched.
  if (path.startsWith('/') && !/\/\.|%2e|[\\#]/i.test(path)) return { path, query: query === '?' ? '' : query }
  const url = new URL(path.startsWith('/') ? `http://gateway${target}` : target, 'http://gateway')
  return { path: url.pathname, query: url.search }
}

function addressOf({ socket }: IncomingMessage): string {
  return (socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '')
}

/** Fields that node or the length of the body decide. */
const ownFields = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding'])

/** Answers with `context.response`; a body that nobody has read streams through. */
export function writeResponse(target: ServerResponse, context: RequestContext): void {
  const { response, request } = context
  if (response === null) {
    target.destroy()
    return
  }
  const { statusCode, statusReason, headers } = response
  const bodiless = request.originalMethod === 'HEAD' || statusCode === 204 || statusCode === 304
  const stream = context.responseStream
  const content = stream === undefined ? response.body?.remaining : undefined
  const length = stream === undefined ? String(content?.byteLength ?? 0) : headers.get('Content-Length')?.[0]
  const fields: string[] = []
  for (const [name, value] of wireFields(headers)) if (!ownFields.has(name.toLowerCase())) fields.push(name, value)
  if (length !== undefined && statusCode !== 204) fields.push('Content-Length', length)
  target.writeHead(statusCode, phraseOf(statusReason), fields)
  if (bodiless) {
    // There is nothing in it; read to its end, its connection can be used again.
    stream?.resume()
    target.end()
  } else if (stream === undefined) {
    target.end(content)
  } else {
    sendStream(stream, target)
  }
}

/** A reason phrase that HTTP can carry. */
function phraseOf(reason: string | null): string | undefined {
  const phrase = reason?.replace(/[^\t\u0020-\u007e\u0080-\u00ff]/g, '')
  return phrase === '' ? undefined : phrase
}

/**
 * Ends the answer's connection when the backend's breaks, and the backend's when the caller goes away. `stream.pipeline` does
 * the same, with an abort signal and an exception for every request, which cost a tenth of a request's time.
 */
function sendStream(stream: Readable, target: ServerResponse): void {
  stream.once('error', () => target.destroy())
  target.once('close', () => stream.destroy())
  stream.pipe(target)
}
