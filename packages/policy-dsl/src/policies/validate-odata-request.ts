import { integer, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway } from '../places.js'

/**
 * Checks that address, headers and parameters of a request to an OData API are as OData wants them.
 *
 * @example
 * validateOdataRequest({ errorVariableName: 'errors', minOdataVersion: '4.0', maxSize: 10240 })
 */
export const validateOdataRequest = definePolicy('validate-odata-request', {
  sections: ['inbound'],
  scopes: ['global', 'workspace', 'product', 'api'],
  gateways: everyGateway,
  once: 'section',
  attributes: {
    /** The variable that receives the faults; called `error-`, not `errors-`. */
    errorVariableName: text({ variable: 'set' }),
    /** The version of a request that names none. Default: `4.0`. */
    defaultOdataVersion: text({ default: '4.0' }),
    /** The lowest accepted version. */
    minOdataVersion: text(),
    /** The highest accepted version. */
    maxOdataVersion: text(),
    /** The largest request, in bytes. */
    maxSize: integer({ expressionsUnstated: true }),
  },
  examples: [
    {
      input: { errorVariableName: 'errors', defaultOdataVersion: '4.0', minOdataVersion: '4.0', maxSize: 10240 },
      xml: '<validate-odata-request error-variable-name="errors" default-odata-version="4.0" min-odata-version="4.0" max-size="10240" />',
    },
  ],
})
