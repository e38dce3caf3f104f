import { definePolicy } from '../define-policy.js'
import { semanticCacheLookup } from './semantic-cache-lookup.js'

/**
 * Answers a prompt from the cache where one close enough in meaning was answered before. Needs an external cache with RediSearch, and `llm-semantic-cache-store` in outbound.
 *
 * @example
 * llmSemanticCacheLookup({
 *   scoreThreshold: 0.05, embeddingsBackendId: 'embeddings', embeddingsBackendAuth: 'system-assigned', ignoreSystemMessages: true,
 *   varyBy: expression('@(context.Subscription.Id)'),
 * })
 */
export const llmSemanticCacheLookup = definePolicy('llm-semantic-cache-lookup', {
  sections: ['inbound'],
  scopes: ['global', 'product', 'api', 'operation'],
  gateways: ['classic', 'v2', 'consumption', 'self-hosted'],
  once: 'section',
  pairedWith: { policy: 'llm-semantic-cache-store', section: 'outbound' },
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
        '<llm-semantic-cache-lookup score-threshold="0.05" embeddings-backend-id="embeddings" embeddings-backend-auth="system-assigned" ignore-system-messages="true" max-message-count="10">' +
        '<vary-by>orders</vary-by></llm-semantic-cache-lookup>',
    },
  ],
})
