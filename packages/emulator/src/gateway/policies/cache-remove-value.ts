import { cacheRemoveValue } from '@apim-kit/policy-dsl'
import { handle } from '../behaviour.js'
import { refuseExternalCache } from '../refusals.js'

/** The internal cache cannot fail, so that `fail-on-cache-removal-error` has nothing to do. */
export const runCacheRemoveValue = handle(
  cacheRemoveValue,
  ({ key }, { services }) => services.cache.delete(key),
  refuseExternalCache,
)
