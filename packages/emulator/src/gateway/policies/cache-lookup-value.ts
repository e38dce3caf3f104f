import { cacheLookupValue } from '@apim-kit/policy-dsl'
import { handle } from '../behaviour.js'
import { asClrValue } from '../clr-value.js'
import { refuseExternalCache } from '../refusals.js'

/** Without a hit and without a default the variable is not made: the caching guide tests for it with `ContainsKey`. */
export const runCacheLookupValue = handle(
  cacheLookupValue,
  ({ key, variableName, defaultValue }, { services, variables }) => {
    const value = services.cache.get(key)
    if (value !== undefined) variables.set(variableName, value)
    else if (defaultValue !== undefined) variables.set(variableName, asClrValue(defaultValue))
  },
  refuseExternalCache,
)
