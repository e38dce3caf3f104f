import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'

/**
 * Changes the method of the request; in `send-request`, sets the method of that one.
 *
 * @example
 * setMethod('POST')
 */
export const setMethod = definePolicy('set-method', {
  sections: ['inbound', 'on-error'],
  scopes: everyScope,
  gateways: everyGateway,
  /** An HTTP method such as `GET`. */
  text: text({ required: true, min: 1 }),
  examples: [{ input: 'POST', xml: '<set-method>POST</set-method>' }],
})
