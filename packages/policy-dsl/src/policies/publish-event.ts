import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { listOf } from '../shape.js'

/**
 * In the answer of a GraphQL resolver: tells its result to the clients of subscriptions.
 *
 * @example
 * httpDataSource({ httpRequest: { … }, httpResponse: { publishEvent: { targets: [{ id: 'orderChanged' }] } } })
 */
export const publishEvent = definePolicy('publish-event', {
  resolver: 'part',
  sections: [],
  scopes: [],
  gateways: ['classic', 'v2', 'consumption'],
  children: {
    /** The subscriptions. One table of the documentation calls the elements `target`; its statement and the schemas do not. */
    targets: listOf(
      'graphql-subscription',
      {
        attributes: {
          /** A field of the schema's type `Subscription`. */
          id: text({ required: true }),
        },
      },
      { required: true },
    ),
  },
  examples: [
    {
      input: { targets: [{ id: 'orderChanged' }] },
      xml: '<publish-event><targets><graphql-subscription id="orderChanged" /></targets></publish-event>',
    },
  ],
})
