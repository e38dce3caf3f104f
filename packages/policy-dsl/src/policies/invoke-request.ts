import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'
import { child } from '../shape.js'

/**
 * Undocumented, known to Microsoft's schemas only: calls an address. Use `send-request` instead.
 *
 * @example
 * invokeRequest({ url: 'https://example.com/check' })
 */
export const invokeRequest = definePolicy('invoke-request', {
  onlyIn: "Microsoft's schemas",
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The address. */
    url: text({ required: true }),
  },
  children: {
    /** Undocumented. */
    value: child({ text: text() }, { many: true }),
  },
  examples: [
    { input: { url: 'https://example.com/check' }, xml: '<invoke-request url="https://example.com/check" />' },
  ],
})
