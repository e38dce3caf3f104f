import type { PolicyPlace, Problem } from '@apim-kit/core'
import type { RequestListener } from 'node:http'
import type { Clock } from './clock.js'
import type { CredentialManager } from './credentials/credential-manager.js'
import type { RequestTrace } from './gateway/trace.js'
import type { Outbound } from './outbound.js'

/** What the gateway is given: what it reads of the deployed resources, and the other parts of the emulator that it uses. */
export interface EmulatorContext {
  readonly service: ServiceInfo
  readonly configuration: GatewayConfiguration
  readonly credentials: CredentialManager
  readonly outbound: Outbound
  readonly clock: Clock
}

/** What the gateway knows of the service that it belongs to. */
export interface ServiceInfo {
  /** The service's name, `context.Deployment.ServiceName`. */
  readonly name: string
  /** The service's ARM id. */
  readonly id: string
  /** The region's display name: `East US`. */
  readonly location: string
  readonly tenantId: string
  /** The gateway's own address, without a slash at the end. Known once its listener is bound. */
  readonly gatewayUrl: string
}

/**
 * The deployed resources as the gateway needs them: the `properties` as stored, in ARM's own spelling. All calls are
 * synchronous because the store is memory. Ids are the ARM names; they compare without case, and the lookups here do so.
 */
export interface GatewayConfiguration {
  /** Every API, in the order of creation; revisions that are not current are not among them. */
  listApis(): readonly Deployed<ApiProperties>[]
  /** The revisions that are not current, each with its own operations and documents under its name: `orders;rev=2`. */
  listRevisions(): readonly Deployed<ApiProperties>[]
  /** The operations of one API, in the order of creation. */
  listOperations(apiId: string): readonly Deployed<OperationProperties>[]
  /** A backend, or a pool of backends. */
  getBackend(backendId: string): Deployed<BackendProperties> | undefined
  /** The document of a fragment. */
  getFragment(fragmentId: string): PolicyDocument | undefined
  /** The products that an API belongs to, in the order of creation. */
  listProducts(apiId: string): readonly Deployed<ProductProperties>[]
  /** Every subscription, keys in clear, in the order of creation. */
  listSubscriptions(): readonly Deployed<SubscriptionProperties>[]
  /** A version set; an API's `apiVersionSetId` ends with its name. */
  getVersionSet(versionSetId: string): Deployed<VersionSetProperties> | undefined
  /** Every certificate; a Key Vault reference is resolved. */
  listCertificates(): readonly StoredCertificate[]
  /** The document of one scope; undefined where there is none, and then the scope is passed over. */
  getPolicy(scope: PolicyAddress): PolicyDocument | undefined
  /** The text of a named value, by display name, with its case; a Key Vault reference is resolved. */
  getNamedValue(displayName: string): string | undefined
  /**
   * Calls the listener after any of the above has changed, so that what was compiled of it is made anew. Returns the function
   * that ends this. A change is never announced before it can be read here.
   */
  onChange(listener: (change: ConfigurationChange) => void): () => void
}

/** One stored resource. */
export interface Deployed<Properties> {
  /** Its name in ARM addresses, with the case that it was created with. */
  readonly id: string
  readonly properties: Properties
}

/** `properties` of an `apis` resource, what the service fills in included. */
export interface ApiProperties {
  readonly displayName: string
  /** What it speaks. Default: `http`. */
  readonly type?: string | null
  /** Empty for the API at the root. */
  readonly path: string
  readonly serviceUrl?: string | null
  readonly protocols: readonly string[]
  readonly subscriptionRequired: boolean
  readonly subscriptionKeyParameterNames: { readonly header: string; readonly query: string }
  readonly apiRevision: string
  readonly isCurrent: boolean
  /** ARM id of the version set; with it, `apiVersion` tells APIs of one path apart. */
  readonly apiVersionSetId?: string | null
  readonly apiVersion?: string | null
}

/** `properties` of a `backends` resource. */
export interface BackendProperties {
  readonly type: 'Single' | 'Pool'
  readonly url?: string | null
  readonly protocol?: string | null
  readonly proxy?: object | null
  readonly tls?: { readonly validateCertificateChain?: boolean; readonly validateCertificateName?: boolean } | null
  readonly circuitBreaker?: { readonly rules?: readonly object[] } | null
  readonly credentials?: BackendCredentials | null
  /** ARM ids of the backends of a pool, with their shares. */
  readonly pool?: {
    readonly services: readonly { readonly id: string; readonly weight?: number; readonly priority?: number }[]
  } | null
}

/** What a backend wants on every request; texts may hold named values. */
export interface BackendCredentials {
  readonly header?: Readonly<Record<string, readonly string[]>>
  readonly query?: Readonly<Record<string, readonly string[]>>
  readonly authorization?: { readonly scheme: string; readonly parameter: string } | null
  readonly certificate?: readonly string[]
  readonly certificateIds?: readonly string[]
}

/** `properties` of a `products` resource. */
export interface ProductProperties {
  readonly displayName: string
  readonly subscriptionRequired: boolean
  readonly approvalRequired?: boolean | null
  readonly subscriptionsLimit?: number | null
  readonly state: 'published' | 'notPublished'
}

/** `properties` of a `subscriptions` resource. */
export interface SubscriptionProperties {
  readonly displayName: string
  /** ARM id of a product or an API, or of the collection of all APIs. */
  readonly scope: string
  readonly state: string
  /** ARM id of the user who has it. */
  readonly ownerId?: string | null
  readonly primaryKey: string
  readonly secondaryKey: string
}

/** `properties` of an `apiVersionSets` resource. */
export interface VersionSetProperties {
  readonly versioningScheme: 'Segment' | 'Query' | 'Header'
  readonly versionQueryName?: string | null
  readonly versionHeaderName?: string | null
}

/** `properties` of an `apis/operations` resource. */
export interface OperationProperties {
  readonly displayName: string
  readonly method: string
  readonly urlTemplate: string
  readonly templateParameters?: readonly TemplateParameter[] | null
}

/** A parameter of an operation's URL template. */
export interface TemplateParameter {
  readonly name: string
  readonly type: string
  readonly required?: boolean | null
  readonly defaultValue?: string | null
}

/** Whose document is meant. */
export type PolicyAddress =
  | { readonly scope: 'global' }
  | { readonly scope: 'product'; readonly productId: string }
  | { readonly scope: 'api'; readonly apiId: string }
  | { readonly scope: 'operation'; readonly apiId: string; readonly operationId: string }

/** A document as it was saved; it was checked then, so it reads without errors. */
export interface PolicyDocument {
  readonly text: string
  readonly format: 'xml' | 'rawxml'
}

/** A certificate with its private key, as it was given to the service. */
export interface StoredCertificate {
  /** Its name in ARM addresses. */
  readonly id: string
  /** The PFX file, base64-encoded; undefined where its Key Vault secret is gone. */
  readonly data: string | undefined
  /** The password of the PFX file; a Key Vault's has none. */
  readonly password: string | undefined
}

/**
 * What was written or deleted. A named value and a fragment can be part of any document; an API stands for what is below it,
 * a product for its APIs.
 */
export type ConfigurationChange =
  | { readonly kind: 'fragment' | 'backend' | 'certificate' | 'product' | 'subscription' | 'versionSet' }
  | { readonly kind: 'namedValue' }
  | { readonly kind: 'api'; readonly apiId: string }
  | { readonly kind: 'policy'; readonly address: PolicyAddress }

/** What the gateway gives back. */
export interface Gateway {
  /** The handler of its listener. Never throws: whatever goes wrong is an answer. */
  readonly listener: RequestListener
  /**
   * The faults that break the save of a document: text that does not read, elements out of place, expressions that do not
   * compile, named values that are not there, and policies that this gateway knows but cannot run (rule
   * `emulator/not-supported`). Without an error among them the document will run.
   */
  check(document: PolicyDocument, place: PolicyPlace): readonly Problem[]
  /** The last hundred requests, oldest first. */
  readonly traces: readonly RequestTrace[]
  close(): void
}
