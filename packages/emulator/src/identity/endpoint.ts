import type { Clock } from '../clock.js'
import type { EndpointVersion } from './addresses.js'
import type { Directory } from './directory.js'
import type { AuthorizationServer } from './authorization-server.js'

/** What all endpoints of the tenant share. */
export interface Entra {
  readonly directory: Directory
  readonly server: AuthorizationServer
  readonly clock: Clock
  /** Seconds. */
  readonly accessTokenLifetime: number
}

/** What the address of a request says. */
export interface Place {
  readonly version: EndpointVersion
  /** The tenant's segment of the path. */
  readonly tenant: string
  /** The origin that was asked, for example `https://login.microsoftonline.com`. */
  readonly authority: string
}

/** Answers the requests to one path. */
export type Endpoint = (entra: Entra, request: Request, place: Place) => Promise<Response>
