import { flag, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'

/**
 * Turns the public path and query into those that the backend expects.
 *
 * @example
 * rewriteUri({ template: '/v2/orders/{id}' })
 */
export const rewriteUri = definePolicy('rewrite-uri', {
  sections: ['inbound'],
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The path, with a query if wanted; `{id}` takes a parameter of the operation's template. An expression has to be the whole of it. */
    template: text({ required: true }),
    /** Whether query parameters that the operation's template does not name are carried over. Default: `true`; the schemas say `false`, the samples behave as `true`. */
    copyUnmatchedParams: flag({ default: true }),
  },
  examples: [{ input: { template: '/orders/{id}' }, xml: '<rewrite-uri template="/orders/{id}" />' }],
})
