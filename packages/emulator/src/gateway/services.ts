import type { Clock } from '../clock.js'
import type { CredentialManager } from '../credentials/credential-manager.js'
import type { DeploymentInfo } from '../expression/index.js'
import type { Outbound } from '../outbound.js'
import type { Backend } from './backends.js'
import type { SigningKeys } from './signing-keys.js'
import type { ValueCache } from './value-cache.js'

/** What policies use beside the request: one set for a gateway, shared by all its requests. */
export interface GatewayServices {
  readonly clock: Clock
  /** A backend resource by its name; throws by name where it cannot be used. */
  readonly backend: (backendId: string) => Backend
  readonly credentials: Pick<CredentialManager, 'authorize'>
  readonly outbound: Outbound
  readonly cache: ValueCache
  readonly signingKeys: SigningKeys
  readonly deployment: DeploymentInfo
}
