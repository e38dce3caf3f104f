import { flag, oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { child } from '../shape.js'
import { cachingType } from './caching-type.js'

/**
 * Answers a GET request from the cache, where `cache-store` in outbound has put the response of an earlier one.
 *
 * @example
 * cacheLookup({ varyByDeveloper: false, varyByDeveloperGroups: false, varyByHeader: 'Accept', varyByQueryParameter: 'page' })
 */
export const cacheLookup = definePolicy('cache-lookup', {
  sections: ['inbound'],
  scopes: everyScope,
  gateways: everyGateway,
  once: 'section',
  pairedWith: { policy: 'cache-store', section: 'outbound' },
  fragments: { because: 'the newest documentation says so, the policy toolkit offers it there' },
  attributes: {
    /** One entry for each developer who owns a subscription. */
    varyByDeveloper: flag({ required: true }),
    /** One entry for each group of users. */
    varyByDeveloperGroups: flag({ required: true }),
    /** What caches behind the gateway may do. Default: `none`. */
    downstreamCachingType: oneOf(['none', 'private', 'public'], { default: 'none' }),
    /** Whether those caches have to ask again when an entry is old. Default: `true`. */
    mustRevalidate: flag({ default: true }),
    /** `true` uses the cache for requests with an `Authorization` header too; then vary by it. Default: `false`. */
    allowPrivateResponseCaching: flag({ default: false }),
    /** Which cache. Default: `prefer-external`. */
    cachingType,
  },
  children: {
    /** A header whose values have entries of their own. */
    varyByHeader: child({ text: text({ required: true }) }, { many: true }),
    /** Query parameters whose values have entries of their own; several with semicolons between them. */
    varyByQueryParameter: child({ text: text({ required: true }) }, { many: true }),
  },
  order: 'free',
  examples: [
    {
      input: {
        varyByDeveloper: false,
        varyByDeveloperGroups: false,
        downstreamCachingType: 'none',
        varyByHeader: ['Accept', 'Accept-Charset'],
        varyByQueryParameter: 'page;size',
      },
      xml:
        '<cache-lookup vary-by-developer="false" vary-by-developer-groups="false" downstream-caching-type="none">' +
        '<vary-by-header>Accept</vary-by-header><vary-by-header>Accept-Charset</vary-by-header>' +
        '<vary-by-query-parameter>page;size</vary-by-query-parameter></cache-lookup>',
    },
  ],
})
