import { cacheStoreValue } from '@apim-kit/policy-dsl'
import { handle } from '../behaviour.js'
import { asClrValue } from '../clr-value.js'
import { refuseExternalCache } from '../refusals.js'

/** The service stores in the background; here the value is there at once, which a policy for the service has to bear too. */
export const runCacheStoreValue = handle(
  cacheStoreValue,
  ({ key, value, duration }, { services }) => services.cache.set(key, asClrValue(value), duration),
  refuseExternalCache,
)
