import type { Problem, PolicyPlace } from '@apim-kit/core'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../clock.js'
import type { CredentialManager } from '../credentials/credential-manager.js'
import type { Outbound } from '../outbound.js'
import type { ConfigurationSource, PolicyText } from './configuration.js'
import type { RequestTrace } from './trace.js'

/** What {@link createGateway} needs. */
export interface GatewayOptions {
  readonly source: ConfigurationSource
  readonly credentials: Pick<CredentialManager, 'authorize'>
  /** Every request to a backend, of send-request or for signing keys goes out here. */
  readonly outbound: Outbound
  readonly clock: Clock
}

/** The part of API Management that answers the callers of APIs. */
export interface Gateway {
  /**
   * Answers one request; the listener of a `node:http` server. Never throws: whatever goes wrong is an answer.
   *
   * @example createServer(gateway.listener).listen(0, '127.0.0.1')
   */
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void
  /**
   * The faults that break a save of a document: text that cannot be read, unknown or misplaced elements, expressions that do not
   * compile, named values that do not exist, and policies that this gateway knows but cannot run (`emulator/not-supported`).
   * An empty list means that the document will run.
   */
  check(document: PolicyText, place: PolicyPlace): readonly Problem[]
  /** The last hundred requests, oldest first. */
  readonly traces: readonly RequestTrace[]
}
