import { fillOutputs, secretsOf, type Kind, type Resource, type SecretField } from '@apim-kit/core'
import type { Service } from './client.js'
import { kindFor } from './observe.js'
import type { Change } from './result.js'
import type { Item } from './sdk.js'
import type { ServiceOutputs } from './service-outputs.js'

/** A change and what carrying it out needs. */
export interface Step {
  readonly change: Change
  readonly resource: Resource
  readonly kind: Kind
  /** What is wanted, outputs filled in; secrets and documents stand as what they are. */
  readonly desired: Readonly<Record<string, unknown>>
  readonly secrets: readonly SecretField[]
  /** What the service has; undefined where it is not there. */
  readonly observed: Item | undefined
  /** The key of another resource that stands in its way: one whose place it takes. */
  readonly rival?: string
}

/** A declared resource, ready to be compared. */
export type Wanted = Pick<Step, 'resource' | 'kind' | 'desired' | 'secrets'>

/** Fills in what only the service knows. */
export function want(service: Service, resource: Resource, outputs: ServiceOutputs): Wanted {
  const kind = kindFor(resource)
  const desired = fillOutputs(resource, outputs, service.address)
  return { resource, kind, desired, secrets: secretsOf(desired) }
}
