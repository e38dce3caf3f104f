import { randomBytes } from 'node:crypto'
import type { StoredResource } from '../../store.js'
import type { ArmContext } from '../arm-context.js'
import type { Behaviour } from '../behaviour.js'

/** A key as the service makes it: 32 hexadecimal digits. */
const newKey = (): string => randomBytes(16).toString('hex')

export const subscriptionBehaviour: Behaviour = {
  patch: true,
  // Keys that a request leaves out stay as they are; a new subscription gets some.
  fill: ({ properties, before }) => ({
    state: 'active',
    allowTracing: false,
    primaryKey: before?.properties['primaryKey'] ?? newKey(),
    secondaryKey: before?.properties['secondaryKey'] ?? newKey(),
    ...properties,
  }),
  actions: {
    listSecrets: ({ properties: { primaryKey, secondaryKey } }) => ({ primaryKey, secondaryKey }),
    regeneratePrimaryKey: (resource, _body, arm) => replaceKey(resource, 'primaryKey', arm),
    regenerateSecondaryKey: (resource, _body, arm) => replaceKey(resource, 'secondaryKey', arm),
  },
}

function replaceKey({ kind, names, properties }: StoredResource, key: string, { store }: ArmContext): null {
  store.put(kind, names, { ...properties, [key]: newKey() })
  return null
}
