import { oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { child } from '../shape.js'
import { daprAttributes, daprRules } from './dapr.js'

/**
 * Triggers an output binding through the Dapr sidecar of a self-hosted gateway.
 *
 * @example
 * invokeDaprBinding({ name: 'orders-queue', operation: 'create', metadata: { item: { key: 'source', text: 'api' } }, data: 'order 7' })
 */
export const invokeDaprBinding = definePolicy('invoke-dapr-binding', {
  sections: ['inbound', 'outbound', 'on-error'],
  scopes: ['global', 'product', 'api', 'operation'],
  gateways: ['self-hosted'],
  attributes: {
    /** The binding, as Dapr knows it. */
    name: text({ required: true }),
    /** What it is to do. Microsoft's schemas give `create` as the default, the documentation none. */
    operation: text({ expressions: false }),
    ...daprAttributes,
    /** The type of the content. */
    contentType: oneOf(['application/json'], { expressionsUnstated: true, onlyIn: 'the documentation' }),
  },
  children: {
    /** What the binding wants to know beside the data. */
    metadata: child({
      children: {
        /** One entry. */
        item: child(
          {
            attributes: {
              /** Its name. */
              key: text({ required: true }),
            },
            /** Its value. */
            text: text(),
          },
          { many: true },
        ),
      },
    }),
    /** The message. */
    data: child({ text: text({ template: 'liquid' }), markup: 'content' }),
  },
  // Microsoft's schemas let text stand between the children.
  bareTextOnlyIn: "Microsoft's schemas",
  rules: daprRules,
  examples: [
    {
      input: {
        name: 'orders-queue',
        operation: 'create',
        ignoreError: false,
        metadata: { item: { key: 'source', text: 'api' } },
        data: 'order 7',
      },
      xml:
        '<invoke-dapr-binding name="orders-queue" operation="create" ignore-error="false">' +
        '<metadata><item key="source">api</item></metadata><data>order 7</data></invoke-dapr-binding>',
    },
  ],
})
