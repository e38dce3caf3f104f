import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'
import { cachingType } from './caching-type.js'

/**
 * Reads a value from the cache into a context variable. Without a hit and without `defaultValue` the variable is not made.
 *
 * @example
 * cacheLookupValue({ key: 'backend-token', variableName: 'token' })
 */
export const cacheLookupValue = definePolicy('cache-lookup-value', {
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The entry. */
    key: text({ required: true }),
    /** The variable that receives the value. */
    variableName: text({ variable: 'set', holds: 'any', required: true, expressions: false }),
    /** What the variable gets without a hit. Default: it is not made. */
    defaultValue: text({ keepsType: true }),
    /** Which cache. Default: `prefer-external`. */
    cachingType,
  },
  examples: [{ input: { key: 'k', variableName: 'v' }, xml: '<cache-lookup-value key="k" variable-name="v" />' }],
})
