import { invalid } from '../arm-error.js'
import type { Behaviour } from '../behaviour.js'
import { namedByDocuments } from './policy.js'

export const backendBehaviour: Behaviour = {
  patch: true,
  fill: ({ properties }) => (properties['type'] === 'Pool' ? properties : { protocol: 'http', ...properties }),
  check: ({ properties }) => {
    const { type, url, pool } = properties
    if (type === 'Pool') return pool === undefined ? [invalid('pool', `'pool' must not be empty.`)] : []
    return url === undefined ? [invalid('url', `'url' must not be empty.`)] : []
  },
  checkDelete: (resource, { store }) => namedByDocuments(resource, store),
}
