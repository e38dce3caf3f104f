import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { tokenMetric } from './token-metric.js'

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
  ...tokenMetric,
  examples: [
    {
      input: { namespace: 'orders', dimension: [{ name: 'API ID' }, { name: 'Team', value: 'shop' }] },
      xml: '<llm-emit-token-metric namespace="orders"><dimension name="API ID" /><dimension name="Team" value="shop" /></llm-emit-token-metric>',
    },
  ],
})
