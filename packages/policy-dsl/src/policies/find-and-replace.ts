import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'

/**
 * Replaces a text in the body with another: in the request's in inbound and backend, in the response's in outbound and on-error.
 *
 * @example
 * findAndReplace({ from: 'http://internal', to: 'https://api.example.com' })
 */
export const findAndReplace = definePolicy('find-and-replace', {
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The text to look for; no pattern. */
    from: text({ required: true }),
    /** What comes in its place; empty takes it away. */
    to: text({ required: true }),
  },
  examples: [
    {
      input: { from: 'http://internal', to: 'https://api.example.com' },
      xml: '<find-and-replace from="http://internal" to="https://api.example.com" />',
    },
  ],
})
