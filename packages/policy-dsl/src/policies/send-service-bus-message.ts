import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { atLeastOneOf, atMostOneOf } from '../rules.js'
import { child, listOf } from '../shape.js'

/**
 * Sends a message to a Service Bus queue or topic, signed in with a managed identity. In preview, on the classic tiers only.
 *
 * @example
 * sendServiceBusMessage({ namespace: 'shop.servicebus.windows.net', queueName: 'orders', payload: 'order 7' })
 */
export const sendServiceBusMessage = definePolicy('send-service-bus-message', {
  sections: ['inbound', 'outbound', 'on-error'],
  scopes: ['global', 'product', 'api', 'operation'],
  gateways: ['classic'],
  attributes: {
    /** The queue. */
    queueName: text(),
    /** The topic, in place of a queue. */
    topicName: text(),
    /** The host name of the namespace, in full. */
    namespace: text(),
    /** A user-assigned identity, by its client id. Default: the system-assigned one. */
    clientId: text(),
  },
  children: {
    /** What is sent beside the payload. */
    messageProperties: listOf('message-property', {
      attributes: {
        /** The property's name. */
        name: text({ required: true }),
      },
      /** Its value. */
      text: text(),
    }),
    /** The message. */
    payload: child({ text: text() }, { required: true }),
  },
  rules: [
    atLeastOneOf(['queueName', 'topicName']),
    atMostOneOf(['queueName', 'topicName'], {
      severity: 'warning',
      because: 'the policy toolkit refuses both; the page says nothing of it',
    }),
  ],
  examples: [
    {
      input: {
        queueName: 'orders',
        namespace: 'shop.servicebus.windows.net',
        messageProperties: [{ name: 'source', text: 'api' }],
        payload: 'order 7',
      },
      xml:
        '<send-service-bus-message queue-name="orders" namespace="shop.servicebus.windows.net">' +
        '<message-properties><message-property name="source">api</message-property></message-properties>' +
        '<payload>order 7</payload></send-service-bus-message>',
    },
  ],
})
