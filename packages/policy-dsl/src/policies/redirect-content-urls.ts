import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'

/**
 * Rewrites links in the body: in outbound those to the backend point at the gateway, in inbound the other way round. Headers such
 * as `Location` stay as they are.
 *
 * @example
 * redirectContentUrls()
 */
export const redirectContentUrls = definePolicy('redirect-content-urls', {
  sections: ['inbound', 'outbound'],
  scopes: everyScope,
  gateways: everyGateway,
  once: 'section',
  examples: [{ xml: '<redirect-content-urls />' }],
})
