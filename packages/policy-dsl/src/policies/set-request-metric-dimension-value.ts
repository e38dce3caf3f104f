import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'

/**
 * Undocumented, known to Microsoft's schemas only: gives a dimension of the request's metrics a value. See `emit-metric`.
 *
 * @example
 * setRequestMetricDimensionValue({ name: 'Team', value: 'shop' })
 */
export const setRequestMetricDimensionValue = definePolicy('set-request-metric-dimension-value', {
  onlyIn: "Microsoft's schemas",
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The dimension. */
    name: text({ required: true }),
    /** Its value. */
    value: text({ required: true }),
  },
  examples: [
    { input: { name: 'Team', value: 'shop' }, xml: '<set-request-metric-dimension-value name="Team" value="shop" />' },
  ],
})
