import { integer, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'
import { needs } from '../rules.js'
import { setVariable } from './set-variable.js'

/**
 * Lets so many requests at a time run the policies inside; others get 429 at once. Around `forward-request` it covers the whole
 * call of the backend.
 *
 * @example
 * limitConcurrency({ key: 'orders-backend', maxCount: 3, policies: [forwardRequest({ timeout: 120 })] })
 */
export const limitConcurrency = definePolicy('limit-concurrency', {
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** Requests of one key are counted together, in whatever policy. */
    key: text({ required: true }),
    /** How many may be inside. */
    maxCount: integer({ required: true, expressions: false }),
  },
  policies: 'any',
  rules: [needs('policies', { severity: 'warning', because: 'nothing is limited' })],
  examples: [
    {
      get input() {
        return { key: 'orders', maxCount: 3, policies: [setVariable({ name: 'a', value: 'b' })] }
      },
      xml: '<limit-concurrency key="orders" max-count="3"><set-variable name="a" value="b" /></limit-concurrency>',
    },
  ],
})
