import { flag, oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { atMost } from '../rules.js'
import { metricDimension } from './metric-dimension.js'

/**
 * Counts the tokens of a language model as custom metrics in Application Insights.
 *
 * @example
 * llmEmitTokenMetric({ namespace: 'orders', dimension: [{ name: 'API ID' }, { name: 'Team', value: 'shop' }] })
 */
export const llmEmitTokenMetric = definePolicy('llm-emit-token-metric', {
  sections: ['inbound'],
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The namespace of the metric. Default: `API Management`. */
    namespace: text({ default: 'API Management', expressions: false }),
    /** Undocumented. */
    name: text({ onlyIn: "Microsoft's schemas" }),
    /** Undocumented. */
    valueType: oneOf(['all', 'total-tokens', 'prompt-tokens', 'completion-tokens'], {
      expressions: false,
      onlyIn: "Microsoft's schemas",
    }),
    /** Undocumented. */
    ignorePrompt: flag({ expressions: false, onlyIn: "Microsoft's schemas" }),
  },
  children: {
    /** What the metric can be split by. */
    dimension: metricDimension,
  },
  rules: [atMost('dimension', 10)],
  examples: [
    {
      input: { namespace: 'orders', dimension: [{ name: 'API ID' }, { name: 'Team', value: 'shop' }] },
      xml: '<llm-emit-token-metric namespace="orders"><dimension name="API ID" /><dimension name="Team" value="shop" /></llm-emit-token-metric>',
    },
  ],
})
