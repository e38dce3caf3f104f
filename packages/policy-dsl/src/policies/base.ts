import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'

/**
 * The place where the same section of the next broader scope runs. Leaving it out cuts off all broader scopes for that section.
 * At global scope it does nothing.
 */
export const base = definePolicy('base', {
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  id: false,
  fragments: false,
  examples: [{ xml: '<base />' }],
})
