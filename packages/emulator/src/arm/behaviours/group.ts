import { kinds } from '@apim-kit/core'
import type { ResourceStore } from '../../store.js'
import { invalid } from '../arm-error.js'
import type { Behaviour } from '../behaviour.js'

export const groupBehaviour: Behaviour = {
  patch: true,
  checkDelete: ({ properties }) =>
    properties['builtIn'] === true ? [invalid('id', 'System entities cannot be deleted.')] : [],
}

/** The groups that every service has. */
export function addBuiltInGroups(store: ResourceStore): void {
  for (const name of kinds.group.builtIn) {
    const displayName = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
    store.put(kinds.group, [name], { displayName, type: 'system', builtIn: true })
  }
}
