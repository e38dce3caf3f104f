import { flag, integer, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyScope } from '../places.js'
import { atLeastOneOf, between } from '../rules.js'

/**
 * Gives each key an allowance of calls, of kilobytes or of both, for a period or for ever. Above it callers get 403. Not on the
 * Consumption tier.
 *
 * @example
 * quotaByKey({ calls: 1000, renewalPeriod: 3600, counterKey: expression('@(context.Request.IpAddress)') })
 */
export const quotaByKey = definePolicy('quota-by-key', {
  sections: ['inbound'],
  scopes: everyScope,
  gateways: ['classic', 'v2', 'self-hosted', 'workspace'],
  attributes: {
    /** How many calls. */
    calls: integer({ expressions: false }),
    /** How many kilobytes. */
    bandwidth: integer({ expressions: false }),
    /** The period in seconds, at least 300; 0 is for ever. */
    renewalPeriod: integer({ required: true, expressions: false, requiredOnlyBy: 'the documentation' }),
    /** Whether this call counts; it may look at the response. Default: it does. */
    incrementCondition: flag({ later: true }),
    /** By how much the counter grows. Default: 1. */
    incrementCount: integer({ default: 1, later: true }),
    /** Whose calls are counted; equal keys share one counter wherever the policy stands. */
    counterKey: text({ required: true }),
    /** From when on periods are counted, as `yyyy-MM-ddTHH:mm:ssZ`. Default: `0001-01-01T00:00:00Z`. */
    firstPeriodStart: text({ default: '0001-01-01T00:00:00Z', expressions: false }),
  },
  rules: [
    atLeastOneOf(['calls', 'bandwidth']),
    between('renewalPeriod', { min: 300, or: [0], severity: 'warning', because: "Microsoft's schemas take any" }),
  ],
  examples: [
    {
      input: { calls: 1000, bandwidth: 40000, renewalPeriod: 3600, incrementCondition: true, counterKey: 'orders' },
      xml: '<quota-by-key calls="1000" bandwidth="40000" renewal-period="3600" increment-condition="true" counter-key="orders" />',
    },
  ],
})
