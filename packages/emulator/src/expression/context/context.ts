import type { ClrValue } from '../values/value.js'
import type { X509Certificate2 } from './certificate.js'
import type { RequestMessage, ResponseMessage } from './message.js'
import type { MessageUrl } from './url.js'

/** `context.Api`. */
export interface ApiInfo {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly version: string | null
  readonly revision: string
  readonly isCurrentRevision: boolean
  readonly serviceUrl: MessageUrl | null
  readonly protocols: readonly string[]
  readonly subscriptionKeyParameterNames: { readonly header: string; readonly query: string }
}

/** `context.Operation`. */
export interface OperationInfo {
  readonly id: string
  readonly name: string
  readonly method: string
  readonly urlTemplate: string
}

/** A group of users. */
export interface GroupInfo {
  readonly id: string
  readonly name: string
}

/** `context.Product`. */
export interface ProductInfo {
  readonly id: string
  readonly name: string
  readonly subscriptionRequired: boolean
  readonly approvalRequired: boolean
  readonly published: boolean
  readonly subscriptionsLimit: number | null
  readonly groups: readonly GroupInfo[]
  readonly apis: readonly ApiInfo[]
}

/** `context.Subscription`. Times are milliseconds since 1970. */
export interface SubscriptionInfo {
  readonly id: string
  readonly name: string | null
  readonly key: string
  readonly primaryKey: string
  readonly secondaryKey: string
  readonly createdDate: number
  readonly startDate: number | null
  readonly endDate: number | null
}

/** `context.User`. */
export interface UserInfo {
  readonly id: string
  readonly firstName: string | null
  readonly lastName: string | null
  readonly email: string | null
  readonly note: string | null
  /** Milliseconds since 1970. */
  readonly registrationDate: number
  readonly groups: readonly GroupInfo[]
  readonly identities: readonly { readonly id: string; readonly provider: string }[]
}

/** `context.Deployment`. */
export interface DeploymentInfo {
  readonly region: string
  readonly serviceId: string
  readonly serviceName: string
  readonly gatewayId: string
  /** By certificate id, and by thumbprint where an id is wanted that way. */
  readonly certificates: ReadonlyMap<string, X509Certificate2>
}

/** `context.LastError`. */
export interface LastErrorInfo {
  readonly source: string
  readonly reason: string | null
  readonly message: string
  readonly scope: string | null
  readonly section: string | null
  readonly path: string | null
  readonly policyId: string | null
}

/**
 * Everything that an expression can see of a request on its way through the gateway: the object behind the name `context`.
 * The gateway makes one a request and changes it as policies run; expressions only read it.
 */
export interface ExpressionContext {
  /** A Guid in its `D` form. */
  readonly requestId: string
  /** When the request was received, in milliseconds since 1970. */
  readonly timestamp: number
  readonly tracing: boolean
  readonly request: RequestMessage
  /** Null before a response exists. */
  readonly response: ResponseMessage | null
  /** Null where no error happened yet. */
  readonly lastError: LastErrorInfo | null
  readonly api: ApiInfo | null
  readonly operation: OperationInfo | null
  readonly product: ProductInfo | null
  readonly subscription: SubscriptionInfo | null
  readonly user: UserInfo | null
  readonly deployment: DeploymentInfo
  readonly workspace: { readonly id: string; readonly name: string } | null
  readonly backend: { readonly id: string; readonly azureRegion: string | null; readonly pool: boolean } | null
  readonly graphQL: { readonly arguments: ClrValue; readonly parent: ClrValue } | null
  /**
   * The variables, each in the form that `evaluate` returns: strings and references as they are, value types `Boxed`.
   * set-variable stores what `evaluate` gave.
   */
  readonly variables: Map<string, ClrValue>
  /** The time that `DateTime.UtcNow` and `context.Elapsed` read, in milliseconds since 1970; tests move it. */
  now(): number
  /** Where given, `context.Elapsed` is this many milliseconds instead of `now() - timestamp`. */
  readonly elapsed?: number
  /** Receives `context.Trace(message)`. */
  trace?(message: string): void
}
