import { ApimKitError } from '@apim-kit/core'
import * as http from 'node:http'
import * as https from 'node:https'
import { Readable } from 'node:stream'

/** A header field as it stands on the wire. A field that comes more than once is in the list more than once. */
export type HeaderField = readonly [name: string, value: string]

/** One HTTP request that leaves the emulator. */
export interface OutboundRequest {
  readonly method: string
  /** Absolute, `http:` or `https:`. */
  readonly url: string
  /**
   * Sent in this order and spelling. A `Host` field is kept, otherwise the URL's host is sent. `Content-Length` is set from
   * `body`; fields that belong to one connection (`Connection`, `Transfer-Encoding`, …) are left out.
   */
  readonly headers: readonly HeaderField[]
  /** Default: no body. A stream is sent as it comes, with the `Content-Length` given or else in chunks, and never twice. */
  readonly body?: Uint8Array | Readable | undefined
  /** Ends the request; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** The beginning of an answer, as it came: nothing decompressed, no redirect followed. */
export interface OutboundHead {
  readonly status: number
  /** The reason phrase, for example `Not Found`; may be empty. */
  readonly reason: string
  /** Without the fields that belong to one connection. */
  readonly headers: readonly HeaderField[]
}

/** A whole answer. */
export interface OutboundResponse extends OutboundHead {
  readonly body: Uint8Array
}

/** An answer whose body is still on its way. Who asked for it has to read it, or to destroy it. */
export interface OpenResponse extends OutboundHead {
  readonly body: Readable
}

/** The one way out of the emulator: policies and the credential manager send their requests here. */
export interface Outbound {
  /**
   * Sends one request and reads the whole answer; a status of 400 and above is an answer, not an error.
   * Rejects with `ApimKitError` `service-unreachable` when no answer comes, with the signal's reason when it was aborted.
   */
  send(request: OutboundRequest): Promise<OutboundResponse>
  /** The same, but gives the answer as soon as its headers are there. */
  open(request: OutboundRequest): Promise<OpenResponse>
  /** Closes the idle connections. */
  close(): void
}

/** Options of {@link createOutbound}. */
export interface OutboundOptions {
  /**
   * Host names that the emulator answers itself, with the base URL that does: `login.microsoftonline.com` or, with any first
   * label, `*.vault.azure.net`. Read anew for every request, so it may be filled after the listeners know their ports.
   * The answering side sees the original name in `Host`. Every other host is the real one.
   */
  readonly hosts: Readonly<Record<string, string>>
}

/**
 * Makes the way out.
 *
 * @example
 * const outbound = createOutbound({ hosts: { 'login.microsoftonline.com': 'http://127.0.0.1:4280' } })
 * await outbound.send({ method: 'GET', url: 'https://login.microsoftonline.com/common/discovery/keys', headers: [] })
 */
export function createOutbound({ hosts }: OutboundOptions): Outbound {
  const plain = new http.Agent({ keepAlive: true })
  const secure = new https.Agent({ keepAlive: true })
  const open = async (request: OutboundRequest): Promise<OpenResponse> => {
    const asked = absoluteUrl(request.url)
    const target = answeringUrl(hosts, asked)
    const agent = target.protocol === 'https:' ? secure : plain
    return exchange(request, target, asked.host, agent)
  }
  return {
    open,
    send: async (request) => readAnswer(request, await open(request)),
    close: () => {
      plain.destroy()
      secure.destroy()
    },
  }
}

function absoluteUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new ApimKitError(
    'invalid-input',
    `A request was to go to '${text.split('?', 1)[0]}'; write an absolute http or https URL.`,
  )
}

function answeringUrl(hosts: Readonly<Record<string, string>>, asked: URL): URL {
  const base = own(hosts, asked.hostname) ?? own(hosts, asked.hostname.replace(/^[^.]+/, '*'))
  if (base === undefined) return asked
  const target = new URL(base)
  // Assigned, not resolved: a path that begins with two slashes would name another host.
  target.pathname = asked.pathname
  target.search = asked.search
  return target
}

function own(hosts: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(hosts, name) ? hosts[name] : undefined
}

/**
 * Fields between two neighbours (RFC 9110, section 7.6.1, and what HTTP/1.1 proxies strip besides). The other side of the
 * gateway gets its own; `Expect` is among them because the body is here already.
 */
const connectionFields = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Their requests say that they have a body even when it is empty (RFC 9110, section 8.6). */
const bodyMethods = new Set(['POST', 'PUT', 'PATCH'])

/** RFC 9110, section 9.2.2. */
const idempotentMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])

/** What Node reports when a kept connection turns out to be closed. */
const closedWhileIdle = new Set(['ECONNRESET', 'EPIPE'])

function wireHeaders(request: OutboundRequest, host: string): string[] {
  const fields: string[] = []
  let hostField = host
  for (const [name, value] of request.headers) {
    const key = name.toLowerCase()
    if (key === 'host') hostField = value
    else if (key !== 'content-length' && !connectionFields.has(key)) fields.push(name, value)
  }
  const length = bodyLength(request)
  if (length !== undefined) fields.push('Content-Length', String(length))
  return ['Host', hostField, ...fields]
}

/** What `Content-Length` says; undefined where it is left out. Of a stream only who gave it can know the length. */
function bodyLength({ body, method, headers }: OutboundRequest): number | undefined {
  if (body === undefined) return bodyMethods.has(method) ? 0 : undefined
  if (body instanceof Uint8Array) return body.byteLength
  const given = headers.find(([name]) => name.toLowerCase() === 'content-length')
  return given === undefined ? undefined : Number(given[1])
}

async function exchange(request: OutboundRequest, target: URL, host: string, agent: http.Agent): Promise<OpenResponse> {
  const { signal, body } = request
  signal?.throwIfAborted()
  const options: http.RequestOptions = {
    agent,
    protocol: target.protocol,
    method: request.method,
    // The URL keeps the brackets of an IPv6 address, a socket does not want them.
    hostname: target.hostname.replace(/^\[|\]$/g, ''),
    port: target.port,
    path: target.pathname + target.search,
    headers: wireHeaders(request, host),
  }
  // A kept connection may close while the request is on its way. Only what may be done twice is sent again (RFC 9112, 9.3.1).
  const again = () => attempt({ ...options, agent: false }, request)
  const mayRepeat = idempotentMethods.has(request.method) && !(body instanceof Readable)
  try {
    const message = await attempt(options, request, mayRepeat ? again : undefined)
    return {
      status: message.statusCode ?? 0,
      reason: message.statusMessage ?? '',
      headers: answerHeaders(message.rawHeaders),
      body: message,
    }
  } catch (cause) {
    // A destroyed request says that its socket hung up; callers tell a timeout from a cancelled call by the signal's reason.
    signal?.throwIfAborted()
    throw unreachable(request, cause)
  }
}

function attempt(
  options: http.RequestOptions,
  { body, signal }: OutboundRequest,
  again?: () => Promise<http.IncomingMessage>,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    let answered = false
    const sent = (options.protocol === 'https:' ? https : http).request(options)
    // The same as `options.signal`, which takes the listeners of three streams for it.
    const abort = () => sent.destroy()
    signal?.addEventListener('abort', abort)
    sent.on('response', (message) => {
      answered = true
      message.once('close', () => signal?.removeEventListener('abort', abort))
      resolve(message)
    })
    sent.on('error', (error: NodeJS.ErrnoException) => {
      signal?.removeEventListener('abort', abort)
      const idleClosed = sent.reusedSocket && !answered && closedWhileIdle.has(error.code ?? '')
      const mayRepeat = idleClosed && signal?.aborted !== true
      if (mayRepeat && again !== undefined) resolve(again())
      else reject(error)
    })
    if (body instanceof Readable) sendStream(body, sent)
    else sent.end(body)
  })
}

/** `stream.pipeline` would destroy the body with the request, and with it the socket that its error has to be answered on. */
function sendStream(body: Readable, sent: http.ClientRequest): void {
  body.on('error', (error) => sent.destroy(error))
  body.pipe(sent)
}

function readAnswer(request: OutboundRequest, { body, ...head }: OpenResponse): Promise<OutboundResponse> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    body.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    body.on('error', (cause) =>
      reject(request.signal?.aborted === true ? abortReason(request.signal) : unreachable(request, cause)),
    )
    body.on('end', () => {
      const [only] = chunks
      resolve({ ...head, body: chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks) })
    })
  })
}

function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason
  return reason instanceof Error ? reason : new Error(String(reason))
}

function answerHeaders(raw: readonly string[]): HeaderField[] {
  const fields: HeaderField[] = []
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = '', value = ''] = [raw[at], raw[at + 1]]
    if (!connectionFields.has(name.toLowerCase())) fields.push([name, value])
  }
  return fields
}

function unreachable(request: OutboundRequest, cause: unknown): ApimKitError {
  const { protocol, host } = new URL(request.url)
  const why = cause instanceof Error ? cause.message : String(cause)
  return new ApimKitError('service-unreachable', `${request.method} ${protocol}//${host} got no answer: ${why}`, {
    cause,
  })
}
