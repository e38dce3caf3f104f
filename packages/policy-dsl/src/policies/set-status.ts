import { integer, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'

/**
 * Sets the status code and the reason phrase of the response.
 *
 * @example
 * setStatus({ code: 401, reason: 'Unauthorized' })
 */
export const setStatus = definePolicy('set-status', {
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The HTTP status code. */
    code: integer({ required: true, requiredOnlyBy: 'the documentation' }),
    /** The phrase beside it. The documentation's table requires it; its schema and published policies leave it out. */
    reason: text(),
  },
  examples: [{ input: { code: 401, reason: 'Unauthorized' }, xml: '<set-status code="401" reason="Unauthorized" />' }],
})
