import type { PolicyPlace, Problem, ServiceAddress } from '@apim-kit/core'
import type { CredentialManager } from '../credentials/credential-manager.js'
import type { PolicyDocument } from '../emulator-context.js'
import type { SecretStore } from '../key-vault/secret-store.js'
import type { ResourceStore } from '../store.js'

/** What the management plane is made of and what it is told. */
export interface ArmContext {
  readonly store: ResourceStore
  readonly secrets: SecretStore
  readonly service: ServiceDescription
  readonly credentials: Pick<CredentialManager, 'connect' | 'getLoginLink'>
  /** The faults that break the save of a document. */
  readonly checkPolicy: (document: PolicyDocument, place: PolicyPlace) => readonly Problem[]
  /** Most items that one answer to a list holds. */
  readonly pageSize: number
  /** How long-running operations answer: at once, or with 202 and an address to poll. */
  readonly longRunning: 'immediate' | 'accepted'
}

/** The one service of an emulator. */
export interface ServiceDescription {
  readonly address: ServiceAddress
  /** The region's display name. */
  readonly location: string
  /** The pricing tier. */
  readonly sku: string
  /** The system-assigned identity. */
  readonly identity: { readonly principalId: string; readonly tenantId: string }
  /** Where the gateway listens; read for every answer, since the listener is bound after this was made. */
  readonly gatewayUrl: () => string
}
