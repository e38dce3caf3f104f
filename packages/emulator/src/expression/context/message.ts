import type { MessageBody } from './body.js'
import type { HeaderCollection } from './headers.js'
import type { MessageUrl } from './url.js'
import type { X509Certificate2 } from './certificate.js'

/** `context.Request`, and the request that send-request builds. The gateway changes it as policies run; expressions only read. */
export class RequestMessage {
  static readonly clrName = 'IRequest'

  method: string
  originalMethod: string
  url: MessageUrl
  originalUrl: MessageUrl
  ipAddress: string
  headers: HeaderCollection
  body: MessageBody | null
  matchedParameters: ReadonlyMap<string, string>
  certificate: X509Certificate2 | null

  constructor(fields: {
    readonly method: string
    readonly url: MessageUrl
    readonly originalUrl?: MessageUrl
    readonly headers: HeaderCollection
    readonly body?: MessageBody | null
    readonly ipAddress?: string
    readonly matchedParameters?: ReadonlyMap<string, string>
    readonly certificate?: X509Certificate2 | null
  }) {
    this.method = fields.method
    this.originalMethod = fields.method
    this.url = fields.url
    this.originalUrl = fields.originalUrl ?? fields.url
    this.headers = fields.headers
    this.body = fields.body ?? null
    this.ipAddress = fields.ipAddress ?? '127.0.0.1'
    this.matchedParameters = fields.matchedParameters ?? new Map()
    this.certificate = fields.certificate ?? null
  }
}

/** `context.Response`, and what send-request puts into its variable. */
export class ResponseMessage {
  static readonly clrName = 'IResponse'

  statusCode: number
  statusReason: string | null
  headers: HeaderCollection
  body: MessageBody | null

  constructor(fields: {
    readonly statusCode: number
    readonly statusReason?: string | null
    readonly headers: HeaderCollection
    readonly body?: MessageBody | null
  }) {
    this.statusCode = fields.statusCode
    this.statusReason = fields.statusReason ?? null
    this.headers = fields.headers
    this.body = fields.body ?? null
  }
}
