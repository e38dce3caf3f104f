import { oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'
import { child } from '../shape.js'

/**
 * Adds an entry to the request's trace, to Application Insights and to resource logs.
 *
 * @example
 * trace({ source: 'orders', severity: 'information', message: expr`"order " + context.Request.MatchedParameters["id"]` })
 */
export const trace = definePolicy('trace', {
  // The page leaves out on-error; the article on error handling and Microsoft's own snippets have it there.
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** Tells the reader where the entry comes from. */
    source: text({ required: true, expressions: false, expressionIsText: true }),
    /** The lowest level of logging at which the entry appears. Default: `verbose`. */
    severity: oneOf(['verbose', 'information', 'error'], { default: 'verbose', expressions: false }),
  },
  children: {
    /** The text to log. */
    message: child(
      { text: text() },
      { required: true, requiredOnlyBy: 'the documentation', repeatedOnlyBy: "Microsoft's schemas" },
    ),
    /** Custom properties of the entry in Application Insights; an empty value is an error at run time. */
    metadata: child(
      {
        attributes: {
          /** The property's name. */
          name: text({ required: true }),
          /** Its value. */
          value: text({ required: true }),
        },
      },
      { many: true },
    ),
  },
  order: 'any',
  // Microsoft's schema and snippets also have the message as bare text.
  bareTextOnlyIn: "Microsoft's schemas",
  examples: [
    {
      input: { source: 'orders', severity: 'error', message: 'lost', metadata: [{ name: 'order', value: '7' }] },
      xml: '<trace source="orders" severity="error"><message>lost</message><metadata name="order" value="7" /></trace>',
    },
  ],
})
