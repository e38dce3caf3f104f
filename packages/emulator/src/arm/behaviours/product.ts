import { kinds } from '@apim-kit/core'
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
  // The service lets its administrators see every new product.
  saved: ({ names }, before, { store }) => {
    if (before === undefined) store.put(kinds.productGroup, [...names, 'administrators'], {})
  },
}
