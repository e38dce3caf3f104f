import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyScope, everySection } from '../places.js'
import { atMostOneOf } from '../rules.js'

/**
 * Sends a message to an event hub; what is above 200 KB of it is cut off.
 *
 * @example
 * logToEventhub({ loggerId: 'audit', partitionId: '0', text: expression('@(context.RequestId.ToString())') })
 */
export const logToEventhub = definePolicy('log-to-eventhub', {
  sections: everySection,
  // Workspaces are on a translated page only.
  scopes: everyScope,
  gateways: ['classic', 'v2', 'consumption', 'self-hosted'],
  attributes: {
    /** The logger of the service that knows the event hub, by id. */
    loggerId: text({ required: true, expressions: false, refersTo: 'logger' }),
    /** The partition, by its index. */
    partitionId: text({ expressions: false }),
    /** A value that selects the partition. */
    partitionKey: text(),
  },
  /** The message. */
  text: text(),
  rules: [atMostOneOf(['partitionId', 'partitionKey'])],
  examples: [
    {
      input: { loggerId: 'audit', partitionId: '0', text: 'order 7' },
      xml: '<log-to-eventhub logger-id="audit" partition-id="0">order 7</log-to-eventhub>',
    },
  ],
})
