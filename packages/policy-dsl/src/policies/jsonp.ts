import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'

/**
 * Wraps a JSON response in a call of the function that the caller names in a query parameter.
 *
 * @example
 * jsonp({ callbackParameterName: 'cb' })
 */
export const jsonp = definePolicy('jsonp', {
  sections: ['outbound'],
  scopes: everyScope,
  gateways: everyGateway,
  once: 'section',
  attributes: {
    /** The query parameter that names the function. */
    callbackParameterName: text({ required: true }),
  },
  examples: [{ input: { callbackParameterName: 'cb' }, xml: '<jsonp callback-parameter-name="cb" />' }],
})
