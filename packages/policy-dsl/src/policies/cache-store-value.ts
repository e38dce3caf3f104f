import { integer, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'
import { cachingType } from './caching-type.js'

/**
 * Stores a value in the cache. It may take a moment until `cache-lookup-value` sees it.
 *
 * @example
 * cacheStoreValue({ key: 'backend-token', value: expr`(string)context.Variables["token"]`, duration: 3000 })
 */
export const cacheStoreValue = definePolicy('cache-store-value', {
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The entry; what it held is replaced. */
    key: text({ required: true }),
    /** The value; that of an expression keeps its type. */
    value: text({ required: true, keepsType: true }),
    /** How long it stays, in seconds. */
    duration: integer({ required: true }),
    /** Which cache. Default: `prefer-external`. */
    cachingType,
  },
  examples: [
    { input: { key: 'k', value: 'v', duration: 60 }, xml: '<cache-store-value key="k" value="v" duration="60" />' },
  ],
})
