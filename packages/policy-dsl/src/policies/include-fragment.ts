import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'

/**
 * Puts the policies of a fragment here, as if they were written in its place. A fragment includes no other one.
 *
 * @example
 * includeFragment({ fragmentId: 'sign-in' })
 */
export const includeFragment = definePolicy('include-fragment', {
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  fragments: false,
  opaque: true,
  attributes: {
    /** The fragment, by name. */
    fragmentId: text({ required: true, expressions: false, refersTo: 'policyFragment' }),
  },
  examples: [{ input: { fragmentId: 'sign-in' }, xml: '<include-fragment fragment-id="sign-in" />' }],
})
