import { flag, integer, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway } from '../places.js'
import { child } from '../shape.js'

/**
 * Lets a request through only with a header, and with one of the listed values if there are any.
 *
 * @example
 * checkHeader({
 *   name: 'X-Client', failedCheckHttpcode: 403, failedCheckErrorMessage: 'unknown client', ignoreCase: true,
 *   value: ['web', 'mobile'],
 * })
 */
export const checkHeader = definePolicy('check-header', {
  sections: ['inbound'],
  scopes: ['global', 'product', 'api', 'operation'],
  gateways: everyGateway,
  attributes: {
    /** The header to look at. */
    name: text({ required: true }),
    /** The status of a refusal. */
    failedCheckHttpcode: integer({ required: true }),
    /** The message of a refusal. */
    failedCheckErrorMessage: text({ required: true, requiredOnlyBy: 'the documentation' }),
    /** Whether values are compared without regard to case. */
    ignoreCase: flag({ required: true, requiredOnlyBy: 'the documentation' }),
  },
  children: {
    /** Accepted values; one match is enough. Without one the header only has to be there. */
    value: child({ text: text({ required: true }) }, { many: true }),
  },
  examples: [
    {
      input: {
        name: 'X-Client',
        failedCheckHttpcode: 403,
        failedCheckErrorMessage: 'unknown client',
        ignoreCase: true,
        value: ['web', 'mobile'],
      },
      xml:
        '<check-header name="X-Client" failed-check-httpcode="403" failed-check-error-message="unknown client" ignore-case="true">' +
        '<value>web</value><value>mobile</value></check-header>',
    },
  ],
})
