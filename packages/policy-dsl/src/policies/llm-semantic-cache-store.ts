import { flag, integer } from '../fields.js'
import { definePolicy } from '../define-policy.js'

/**
 * Keeps the answer of a language model for `llm-semantic-cache-lookup`.
 *
 * @example
 * llmSemanticCacheStore({ duration: 600 })
 */
export const llmSemanticCacheStore = definePolicy('llm-semantic-cache-store', {
  sections: ['outbound'],
  scopes: ['global', 'product', 'api', 'operation'],
  gateways: ['classic', 'v2', 'consumption', 'self-hosted'],
  once: 'section',
  pairedWith: { policy: 'llm-semantic-cache-lookup', section: 'inbound' },
  attributes: {
    /** How long it stays, in seconds. */
    duration: integer({ required: true }),
    /** `true` keeps answers of any status. Default: those with 200 only. */
    cacheResponse: flag({ default: false, onlyIn: 'the documentation' }),
  },
  examples: [{ input: { duration: 600 }, xml: '<llm-semantic-cache-store duration="600" />' }],
})
