import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { tokenMetric } from './token-metric.js'

/**
 * The form of `llm-emit-token-metric` for Azure OpenAI; the documentation has given it up for that one.
 *
 * @example
 * azureOpenaiEmitTokenMetric({ namespace: 'orders', dimension: [{ name: 'API ID' }, { name: 'Team', value: 'shop' }] })
 */
export const azureOpenaiEmitTokenMetric = definePolicy('azure-openai-emit-token-metric', {
  sections: ['inbound'],
  scopes: everyScope,
  gateways: everyGateway,
  ...tokenMetric,
  examples: [
    {
      input: { namespace: 'orders', dimension: [{ name: 'API ID' }, { name: 'Team', value: 'shop' }] },
      xml: '<azure-openai-emit-token-metric namespace="orders"><dimension name="API ID" /><dimension name="Team" value="shop" /></azure-openai-emit-token-metric>',
    },
  ],
})
