import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { form } from '../rules.js'

/**
 * Sends requests to the backend through an HTTP proxy. A `send-request` needs one of its own, inside.
 *
 * @example
 * proxy({ url: 'http://proxy.example.com:8080' })
 */
export const proxy = definePolicy('proxy', {
  sections: ['inbound'],
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The proxy, as `http://host:port`; the way to it is never HTTPS. */
    url: text({ required: true }),
    /** The user, for Basic and NTLM. */
    username: text(),
    /** The password, best a named value that a key vault holds. */
    password: text({ credential: 'password' }),
  },
  rules: [
    form('url', {
      pattern: /^http:\/\//i,
      expected: 'an address that begins with http://',
      severity: 'warning',
      because: 'the way to the proxy is never HTTPS',
    }),
  ],
  examples: [
    {
      input: { url: 'http://proxy.example.com:8080', username: 'gateway', password: 'from a named value' },
      xml: '<proxy url="http://proxy.example.com:8080" username="gateway" password="from a named value" />',
    },
  ],
})
