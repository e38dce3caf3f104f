import { oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { form } from '../rules.js'
import { daprAttributes, daprRules } from './dapr.js'

/**
 * Publishes a message to a Pub/Sub topic through the Dapr sidecar of a self-hosted gateway.
 *
 * @example
 * publishToDapr({ pubsubName: 'orders', topic: 'new', text: expression('@(context.Request.Body.As<string>())') })
 */
export const publishToDapr = definePolicy('publish-to-dapr', {
  sections: ['inbound', 'outbound', 'on-error'],
  sectionsOnlyIn: { outbound: 'the policy toolkit', 'on-error': 'the policy toolkit' },
  scopes: ['global', 'product', 'api', 'operation'],
  gateways: ['self-hosted'],
  attributes: {
    /** The Pub/Sub component. */
    pubsubName: text(),
    /** The topic; without `pubsubName`, as `component/topic`. */
    topic: text({ required: true }),
    ...daprAttributes,
    /** The type of the content. */
    contentType: oneOf(['application/json'], { expressionsUnstated: true }),
  },
  /** The message: text, an expression, or a template by `liquid(…)`. */
  text: text({ template: 'liquid' }),
  markup: 'content',
  rules: [
    ...daprRules,
    form('topic', {
      without: 'pubsubName',
      pattern: /^[^/]+\/.+$/,
      expected: 'component/topic, since there is no @pubsub-name',
      severity: 'warning',
    }),
  ],
  examples: [
    {
      input: { pubsubName: 'orders', topic: 'new', ignoreError: false, timeout: 10, text: 'order 7' },
      xml: '<publish-to-dapr pubsub-name="orders" topic="new" ignore-error="false" timeout="10">order 7</publish-to-dapr>',
    },
  ],
})
