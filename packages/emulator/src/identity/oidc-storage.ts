import { ApimKitError } from '@apim-kit/core'
import type { Adapter, AdapterPayload } from 'oidc-provider'

/** What oidc-provider keeps between requests, in memory; today only the ids of assertions that must not be used twice. */
export function memoryStorage(model: string): Adapter {
  const entries = new Map<string, AdapterPayload>()
  return {
    ...withoutStorage(model),
    upsert: async (id, payload) => void entries.set(id, payload),
    find: async (id) => entries.get(id),
    destroy: async (id) => void entries.delete(id),
  }
}

/** A storage that only finds, and refuses by name what no grant of today asks of it. */
export function lookup(model: string, find: Adapter['find']): Adapter {
  return { ...withoutStorage(model), find }
}

function withoutStorage(model: string): Adapter {
  const refuse = (operation: string) => () =>
    Promise.reject(new ApimKitError('not-supported', `The identity provider cannot ${operation} of ${model} yet.`))
  return {
    upsert: refuse('upsert'),
    find: refuse('find'),
    findByUserCode: refuse('findByUserCode'),
    findByUid: refuse('findByUid'),
    consume: refuse('consume'),
    destroy: refuse('destroy'),
    revokeByGrantId: refuse('revokeByGrantId'),
  }
}
