import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'

/**
 * Declares a context variable. A literal is always stored as text, also where it looks like a number or a boolean; an expression's
 * value keeps its type.
 *
 * @example
 * setVariable({ name: 'is-retry', value: expr`context.Request.Headers.ContainsKey("X-Retry")` })
 */
export const setVariable = definePolicy('set-variable', {
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The variable's name; setting a name again replaces its value. */
    name: text({ variable: 'set', holds: 'any', required: true, expressions: false }),
    /** A text, or an expression whose value keeps its .NET type. */
    value: text({ required: true, keepsType: true, credential: 'named' }),
  },
  examples: [{ input: { name: 'region', value: 'west' }, xml: '<set-variable name="region" value="west" />' }],
})
