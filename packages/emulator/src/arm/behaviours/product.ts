import { kinds, serviceId } from '@apim-kit/core'
import { resourcePath, type StoredResource } from '../../store.js'
import type { ArmContext } from '../arm-context.js'
import { invalid } from '../arm-error.js'
import type { Behaviour } from '../behaviour.js'

export const productBehaviour: Behaviour = {
  patch: true,
  check: ({ properties }) => {
    if (properties['subscriptionRequired'] !== false) return []
    return ['approvalRequired', 'subscriptionsLimit']
      .filter((name) => properties[name] !== undefined && properties[name] !== false)
      .map((name) => invalid(name, `'${name}' may only be given for a product that requires subscriptions.`))
  },
  checkDelete: (product, arm, query) => {
    const count = subscriptionsTo(product, arm).length
    if (count === 0 || query.get('deletesubscriptions')?.toLowerCase() === 'true') return []
    return [invalid('id', 'The product has subscriptions; delete them first, or with deleteSubscriptions=true.')]
  },
  goesAlong: subscriptionsTo,
  // The service lets its administrators see every new product.
  saved: ({ names }, before, { store }) => {
    if (before === undefined) store.put(kinds.productGroup, [...names, 'administrators'], {})
  },
}

function subscriptionsTo(product: StoredResource, { store, service }: ArmContext): StoredResource[] {
  const id = `${serviceId(service.address)}${resourcePath(product)}`.toLowerCase()
  return store.list(kinds.subscription, []).filter(({ properties }) => String(properties['scope']).toLowerCase() === id)
}
