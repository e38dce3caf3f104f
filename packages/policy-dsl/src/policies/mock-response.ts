import { flag, integer, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'

/**
 * Stops the pipeline and answers with an example of the operation, else with a sample made from its schema, else with no body.
 *
 * @example
 * mockResponse({ statusCode: 200, contentType: 'application/json' })
 */
export const mockResponse = definePolicy('mock-response', {
  sections: ['inbound', 'outbound', 'on-error'],
  scopes: everyScope,
  gateways: everyGateway,
  ends: true,
  attributes: {
    /** The status to answer with; it selects the example too. Default: 200. */
    statusCode: integer({ default: 200, expressions: false }),
    /** The type to answer with; it selects the example too. Default: the first one of the status. */
    contentType: text({ expressions: false }),
    /** Which example of several, counted from 0. Not on the policy's page; the toolkit has it too. */
    index: integer({ expressions: false, onlyIn: "Microsoft's schemas" }),
    /** Undocumented. */
    enabled: flag({ expressions: false, onlyIn: "Microsoft's schemas" }),
  },
  examples: [
    {
      input: { statusCode: 200, contentType: 'application/json' },
      xml: '<mock-response status-code="200" content-type="application/json" />',
    },
  ],
})
