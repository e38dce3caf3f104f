import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'

/**
 * Sends a user name and a password to the backend: the header `Authorization: Basic …` replaces what the caller sent there.
 *
 * @example
 * authenticationBasic({ username: 'orders', password: namedValueReference('orders-password') })
 */
export const authenticationBasic = definePolicy('authentication-basic', {
  sections: ['inbound'],
  scopes: everyScope,
  gateways: everyGateway,
  once: 'section',
  attributes: {
    /** The user. */
    username: text({ required: true }),
    /** The password, best a named value that a key vault holds. */
    password: text({ required: true, credential: 'password' }),
  },
  examples: [
    {
      input: { username: 'orders', password: 'from a named value' },
      xml: '<authentication-basic username="orders" password="from a named value" />',
    },
  ],
})
