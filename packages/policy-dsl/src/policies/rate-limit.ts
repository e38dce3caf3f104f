import { integer, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway } from '../places.js'
import { atLeastOneOf, between } from '../rules.js'
import { child } from '../shape.js'
import { callsLeftAttributes } from './calls-left.js'

const rate = {
  /** How many calls in each period. */
  calls: integer({ required: true, expressions: false, requiredOnlyBy: 'the documentation' }),
  /** The period in seconds, at most 300. */
  renewalPeriod: integer({ required: true, expressions: false, requiredOnlyBy: 'the documentation' }),
} as const

const partAttributes = {
  /** Its name; the id counts where both are given. */
  name: text(),
  /** Its id. */
  id: text(),
  ...rate,
  /** Only the policy itself has it in the documentation. */
  retryAfterHeaderName: text({ expressions: false, onlyIn: "Microsoft's schemas" }),
  /** Only the policy itself has it in the documentation. */
  retryAfterVariableName: text({ variable: 'set', expressions: false, onlyIn: "Microsoft's schemas" }),
  /** Only the policy itself has it in the documentation. */
  remainingCallsHeaderName: text({ expressions: false, onlyIn: "Microsoft's schemas" }),
  /** Only the policy itself has it in the documentation. */
  remainingCallsVariableName: text({ variable: 'set', expressions: false, onlyIn: "Microsoft's schemas" }),
  /** Only the policy itself has it in the documentation. */
  totalCallsHeaderName: text({ expressions: false, onlyIn: "Microsoft's schemas" }),
} as const

const shortPeriod = between('renewalPeriod', {
  min: 0,
  max: 300,
  severity: 'warning',
  because: "Microsoft's schemas take any",
})

const operation = { attributes: partAttributes, rules: [atLeastOneOf(['id', 'name']), shortPeriod] } as const

/**
 * Limits how many calls each subscription may make in a short time. Without a subscription key it does nothing. Above it callers
 * get 429.
 *
 * @example
 * rateLimit({ calls: 20, renewalPeriod: 90, remainingCallsVariableName: 'calls-left' })
 */
export const rateLimit = definePolicy('rate-limit', {
  sections: ['inbound'],
  scopes: ['product', 'api', 'operation'],
  gateways: everyGateway,
  once: 'document',
  attributes: { ...rate, ...callsLeftAttributes },
  children: {
    /** A limit for one API of the product. */
    api: child(
      {
        attributes: partAttributes,
        children: {
          /** A limit for one operation of the API. */
          operation: child(operation, { many: true }),
        },
        rules: [atLeastOneOf(['id', 'name']), shortPeriod],
      },
      { many: true },
    ),
    /** In the documentation it stands in an `api` only. */
    operation: child(operation, { many: true, onlyIn: "Microsoft's schemas" }),
  },
  rules: [shortPeriod],
  examples: [
    {
      input: {
        calls: 20,
        renewalPeriod: 90,
        remainingCallsVariableName: 'calls-left',
        api: { name: 'orders', calls: 10, renewalPeriod: 60, operation: { id: 'list', calls: 5, renewalPeriod: 60 } },
      },
      xml:
        '<rate-limit calls="20" renewal-period="90" remaining-calls-variable-name="calls-left">' +
        '<api name="orders" calls="10" renewal-period="60"><operation id="list" calls="5" renewal-period="60" /></api></rate-limit>',
    },
  ],
})
