import { flag, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'
import { cachingType } from './caching-type.js'

/**
 * Removes a value from the cache; a key that is not there is no error.
 *
 * @example
 * cacheRemoveValue({ key: 'backend-token' })
 */
export const cacheRemoveValue = definePolicy('cache-remove-value', {
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The entry. */
    key: text({ required: true }),
    /** Which cache. Default: `prefer-external`. */
    cachingType,
    /** `true` fails the request when the removal fails. Default: `false`. */
    failOnCacheRemovalError: flag({ default: false, onlyIn: 'the documentation' }),
  },
  examples: [{ input: { key: 'k' }, xml: '<cache-remove-value key="k" />' }],
})
