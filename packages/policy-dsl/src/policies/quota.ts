import { integer, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway } from '../places.js'
import { atLeastOneOf } from '../rules.js'
import { child } from '../shape.js'

const allowance = {
  /** How many calls. */
  calls: integer({ expressions: false }),
  /** How many kilobytes. */
  bandwidth: integer({ expressions: false }),
} as const

const partAttributes = {
  /** Its name; the id counts where both are given. */
  name: text(),
  /** Its id. */
  id: text(),
  ...allowance,
  /** One table of the documentation requires it, and its own statement has no such attribute. */
  renewalPeriod: integer({ expressions: false, onlyIn: 'the documentation' }),
} as const

const partRules = [atLeastOneOf(['calls', 'bandwidth']), atLeastOneOf(['id', 'name'])] as const

/**
 * Gives each subscription an allowance of calls, of kilobytes or of both, for a period or for ever. Without a subscription key it
 * does nothing. Above it callers get 403.
 *
 * @example
 * quota({ calls: 10000, bandwidth: 40000, renewalPeriod: 3600 })
 */
export const quota = definePolicy('quota', {
  sections: ['inbound'],
  scopes: ['product'],
  gateways: everyGateway,
  once: 'document',
  attributes: {
    ...allowance,
    /** The period in seconds, counted from the subscription's start; 0 is for ever. */
    renewalPeriod: integer({ required: true, expressions: false, requiredOnlyBy: 'the documentation' }),
  },
  children: {
    /** An allowance for one API of the product. */
    api: child(
      {
        attributes: partAttributes,
        children: {
          /** An allowance for one operation of the API. */
          operation: child({ attributes: partAttributes, rules: partRules }, { many: true }),
        },
        rules: partRules,
      },
      { many: true },
    ),
  },
  rules: [atLeastOneOf(['calls', 'bandwidth'])],
  examples: [
    {
      input: {
        calls: 10000,
        bandwidth: 40000,
        renewalPeriod: 3600,
        api: { name: 'orders', calls: 5000, operation: { id: 'list', calls: 50 } },
      },
      xml:
        '<quota calls="10000" bandwidth="40000" renewal-period="3600">' +
        '<api name="orders" calls="5000"><operation id="list" calls="50" /></api></quota>',
    },
  ],
})
