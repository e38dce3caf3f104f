import { definePolicy } from '../define-policy.js'
import { semanticCacheLookup } from './semantic-cache-lookup.js'

/**
 * The form of `llm-semantic-cache-lookup` for Azure OpenAI; the documentation has given it up for that one.
 *
 * @example
 * azureOpenaiSemanticCacheLookup({
 *   scoreThreshold: 0.05, embeddingsBackendId: 'embeddings', embeddingsBackendAuth: 'system-assigned', ignoreSystemMessages: true,
 *   varyBy: expression('@(context.Subscription.Id)'),
 * })
 */
export const azureOpenaiSemanticCacheLookup = definePolicy('azure-openai-semantic-cache-lookup', {
  sections: ['inbound'],
  scopes: ['global', 'product', 'api', 'operation'],
  gateways: ['classic', 'v2', 'consumption', 'self-hosted'],
  once: 'section',
  pairedWith: { policy: 'azure-openai-semantic-cache-store', section: 'outbound' },
  ...semanticCacheLookup,
  examples: [
    {
      input: {
        scoreThreshold: 0.05,
        embeddingsBackendId: 'embeddings',
        embeddingsBackendAuth: 'system-assigned',
        ignoreSystemMessages: true,
        maxMessageCount: 10,
        varyBy: 'orders',
      },
      xml:
        '<azure-openai-semantic-cache-lookup score-threshold="0.05" embeddings-backend-id="embeddings" embeddings-backend-auth="system-assigned" ignore-system-messages="true" max-message-count="10">' +
        '<vary-by>orders</vary-by></azure-openai-semantic-cache-lookup>',
    },
  ],
})
