import { flag, number, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'
import { dimensionRules, metricDimension } from './metric-dimension.js'

/**
 * Sends a custom metric to Application Insights: one sample for each run.
 *
 * @example
 * emitMetric({ name: 'orders', value: 1, namespace: 'shop', dimension: [{ name: 'API ID' }, { name: 'Team', value: 'web' }] })
 */
export const emitMetric = definePolicy('emit-metric', {
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The metric's name. */
    name: text({ required: true, expressions: false, expressionIsText: true }),
    /** The value of the sample. Default: 1. */
    value: number({ default: 1 }),
    /** The namespace of the metric. Default: `API Management`. */
    namespace: text({ default: 'API Management', expressions: false, expressionIsText: true }),
    /** Undocumented. */
    defaultDimensions: flag({ expressions: false, onlyIn: "Microsoft's schemas" }),
  },
  children: {
    /** What the metric can be split by. */
    dimension: metricDimension,
  },
  rules: dimensionRules,
  examples: [
    {
      input: {
        name: 'orders',
        value: 0.5,
        namespace: 'shop',
        dimension: [{ name: 'API ID' }, { name: 'Team', value: 'web' }],
      },
      xml: '<emit-metric name="orders" value="0.5" namespace="shop"><dimension name="API ID" /><dimension name="Team" value="web" /></emit-metric>',
    },
  ],
})
