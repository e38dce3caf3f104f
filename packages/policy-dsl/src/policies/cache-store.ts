import { flag, integer, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'

/**
 * Keeps the response of a GET request for `cache-lookup` in inbound, which says in which cache and by what.
 *
 * @example
 * cacheStore({ duration: 3600 })
 */
export const cacheStore = definePolicy('cache-store', {
  sections: ['outbound'],
  scopes: everyScope,
  gateways: everyGateway,
  once: 'section',
  pairedWith: { policy: 'cache-lookup', section: 'inbound' },
  attributes: {
    /** How long it stays, in seconds. */
    duration: integer({ required: true }),
    /** `true` keeps responses of any status. Default: those with 200 only. */
    cacheResponse: flag({ default: false }),
    /** Undocumented, from former times: old samples have `cache-on`. */
    cachingMode: text({ onlyIn: "Microsoft's schemas" }),
  },
  examples: [
    { input: { duration: 3600, cacheResponse: true }, xml: '<cache-store duration="3600" cache-response="true" />' },
  ],
})
