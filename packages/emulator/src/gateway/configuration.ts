/**
 * What the gateway reads from the emulator's resources: data, in ARM's own spelling. ARM's side makes it, the gateway turns it
 * into routes and compiled policies, once for every version.
 */
export interface GatewayConfiguration {
  /** Name of the service: `context.Deployment.ServiceName`. */
  readonly serviceName: string
  /** Texts by display name, secrets in clear, Key Vault references resolved. */
  readonly namedValues: ReadonlyMap<string, string>
  /** The document of the global scope. Undefined: the service's own, which forwards requests. */
  readonly policy?: PolicyText | undefined
  /** Current revisions only. */
  readonly apis: readonly ApiConfiguration[]
}

/** An API with all that hangs below it. */
export interface ApiConfiguration {
  /** Its ARM name: `context.Api.Id`. */
  readonly name: string
  readonly properties: ApiProperties
  readonly policy?: PolicyText | undefined
  readonly operations: readonly OperationConfiguration[]
}

/** The part of an API's `properties` that the gateway uses. */
export interface ApiProperties {
  readonly displayName: string
  /** Without slashes around it; empty for the root. */
  readonly path: string
  readonly serviceUrl?: string | null | undefined
  /** Default: `https` alone. */
  readonly protocols?: readonly string[] | undefined
  /** Default: `true`, as in the service. */
  readonly subscriptionRequired?: boolean | undefined
  readonly subscriptionKeyParameterNames?:
    | { readonly header?: string | undefined; readonly query?: string | undefined }
    | null
    | undefined
  readonly apiRevision?: string | undefined
}

/** An operation of an API. */
export interface OperationConfiguration {
  /** Its ARM name: `context.Operation.Id`. */
  readonly name: string
  readonly properties: OperationProperties
  readonly policy?: PolicyText | undefined
}

/** The part of an operation's `properties` that the gateway uses. */
export interface OperationProperties {
  readonly displayName: string
  readonly method: string
  readonly urlTemplate: string
}

/** A policy document as it was saved. */
export interface PolicyText {
  readonly value: string
  readonly format: 'xml' | 'rawxml'
}

/** The emulator's resources, as the gateway sees them. */
export interface ConfigurationSource {
  /**
   * Differs after every write that changes what `read` gives. The gateway compares it at the start of every request, so a
   * change counts from the next request on.
   */
  readonly version: number
  /** The resources as they are now. Called when `version` has changed, not for every request. */
  read(): GatewayConfiguration
}
