import { integer, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'
import { lessThan } from '../rules.js'
import { child } from '../shape.js'
import { cachingType } from './caching-type.js'

/**
 * Undocumented, known to the policy toolkit only: reads a value from the cache into a variable, and where it is missing or due runs
 * policies that compute it.
 *
 * @example
 * cacheValue({ key: 'rates', variableName: 'rates', expiresAfter: 3600, value: [setVariable({ name: 'rates', value: '1.1' })] })
 */
export const cacheValue = definePolicy('cache-value', {
  onlyIn: 'the policy toolkit',
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The entry. */
    key: text({ required: true }),
    /** The variable that receives the value, and that the policies have to set. */
    variableName: text({ variable: 'set', holds: 'any', required: true }),
    /** After how many seconds it is gone. Default: 28800, as the toolkit's emulator has it. */
    expiresAfter: integer({ default: 28800, later: true }),
    /** After how many seconds it is computed again, though still there. Default: `expiresAfter`. */
    refreshAfter: integer({ later: true }),
    /** What the variable gets where there is no value and the policies set none. */
    defaultValue: text({ keepsType: true }),
    /** Which cache. Default: `prefer-external`. */
    cachingType,
  },
  children: {
    /** Policies that compute the value. */
    value: child({ policies: 'any' }, { required: true }),
  },
  rules: [
    lessThan('refreshAfter', 'expiresAfter', {
      severity: 'warning',
      because: 'else it is never computed again before it is gone',
    }),
  ],
  examples: [
    {
      input: { key: 'rates', variableName: 'rates', expiresAfter: 3600, refreshAfter: 1800, value: [] },
      xml: '<cache-value key="rates" variable-name="rates" expires-after="3600" refresh-after="1800"><value /></cache-value>',
    },
  ],
})
