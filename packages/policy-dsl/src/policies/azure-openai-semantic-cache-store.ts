import { integer } from '../fields.js'
import { definePolicy } from '../define-policy.js'

/**
 * The form of `llm-semantic-cache-store` for Azure OpenAI; the documentation has given it up for that one.
 *
 * @example
 * azureOpenaiSemanticCacheStore({ duration: 600 })
 */
export const azureOpenaiSemanticCacheStore = definePolicy('azure-openai-semantic-cache-store', {
  sections: ['outbound'],
  scopes: ['global', 'product', 'api', 'operation'],
  gateways: ['classic', 'v2', 'consumption', 'self-hosted'],
  once: 'section',
  pairedWith: { policy: 'azure-openai-semantic-cache-lookup', section: 'inbound' },
  attributes: {
    /** How long it stays, in seconds. */
    duration: integer({ required: true }),
  },
  examples: [{ input: { duration: 600 }, xml: '<azure-openai-semantic-cache-store duration="600" />' }],
})
