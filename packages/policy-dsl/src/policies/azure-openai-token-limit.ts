import { definePolicy } from '../define-policy.js'
import { everyScope } from '../places.js'
import { tokenLimitAttributes, tokenLimitRules } from './token-limit.js'

/**
 * The form of `llm-token-limit` for APIs imported from Azure OpenAI; the documentation has given it up for that one.
 *
 * @example
 * azureOpenaiTokenLimit({
 *   counterKey: expression('@(context.Subscription.Id)'), tokensPerMinute: 5000, estimatePromptTokens: false,
 *   remainingTokensVariableName: 'remaining-tokens',
 * })
 */
export const azureOpenaiTokenLimit = definePolicy('azure-openai-token-limit', {
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
      xml: '<azure-openai-token-limit counter-key="orders" tokens-per-minute="5000" estimate-prompt-tokens="false" remaining-tokens-variable-name="remaining-tokens" />',
    },
    {
      input: { counterKey: 'orders', tokenQuota: 100000, tokenQuotaPeriod: 'Monthly', estimatePromptTokens: true },
      xml: '<azure-openai-token-limit counter-key="orders" token-quota="100000" token-quota-period="Monthly" estimate-prompt-tokens="true" />',
    },
  ],
})
