import { keyOf, type Stack } from '@apim-kit/core'
import type { Service } from './client.js'
import { ownershipMark } from './fingerprints.js'
import { observe, withAncestors } from './observe.js'
import { toChange, toPlan } from './changes.js'
import { want } from './step.js'
import type { Plan } from './result.js'
import type { RequestOptions } from './sdk.js'
import { readOutputs } from './service-outputs.js'
import { readState } from './state-store.js'
import { isCreated } from './state.js'

/**
 * Compares what the stack created with what the service has now. What the last apply wrote is not kept, only what it created
 * and which secrets it sent; so "as last applied" means: as the stack says, for everything that an apply created. What the
 * stack declares and no apply has created yet is pending and not drift, nor is what it merely took over.
 * Secrets are left out: the service does not give them back.
 */
export async function findDrift(service: Service, stack: Stack, options: RequestOptions): Promise<Plan> {
  const outputs = await readOutputs(service, options)
  const state = (await readState(service, stack.name, options))?.state
  const own =
    state === undefined
      ? []
      : stack.resources.filter((resource) => isCreated(state, ownershipMark(state.key, keyOf(resource))))
  const observed = await observe(service, withAncestors(own), options)
  const unknown = new Map<string, string>()
  const changes = own.map((resource) => {
    const wanted = want(service, resource, outputs)
    return { change: toChange(service, wanted, observed.get(keyOf(resource)), unknown) }
  })
  return toPlan(service, changes)
}
