import { definePolicy } from '../define-policy.js'
import { everyScope } from '../places.js'
import { tokenLimitAttributes, tokenLimitRules } from './token-limit.js'

/**
 * Limits the tokens of a language model for each key: by the minute, by a longer period, or both. Not on the Consumption tier.
 *
 * @example
 * llmTokenLimit({
 *   counterKey: expression('@(context.Subscription.Id)'), tokensPerMinute: 5000, estimatePromptTokens: false,
 *   remainingTokensVariableName: 'remaining-tokens',
 * })
 */
export const llmTokenLimit = definePolicy('llm-token-limit', {
  sections: ['inbound'],
  scopes: everyScope,
  gateways: ['classic', 'v2', 'self-hosted', 'workspace'],
  attributes: tokenLimitAttributes,
  rules: tokenLimitRules,
  examples: [
    {
      input: {
        counterKey: 'orders',
        tokensPerMinute: 5000,
        estimatePromptTokens: false,
        remainingTokensVariableName: 'remaining-tokens',
      },
      xml: '<llm-token-limit counter-key="orders" tokens-per-minute="5000" estimate-prompt-tokens="false" remaining-tokens-variable-name="remaining-tokens" />',
    },
    {
      input: { counterKey: 'orders', tokenQuota: 100000, tokenQuotaPeriod: 'Monthly', estimatePromptTokens: true },
      xml: '<llm-token-limit counter-key="orders" token-quota="100000" token-quota-period="Monthly" estimate-prompt-tokens="true" />',
    },
  ],
})
