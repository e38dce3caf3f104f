import { flag, integer, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyScope } from '../places.js'
import { between } from '../rules.js'
import { callsLeftAttributes } from './calls-left.js'

/**
 * Limits how many calls may be made in a short time for each key. Above it callers get 429. Not on the Consumption tier.
 *
 * @example
 * rateLimitByKey({
 *   calls: 10, renewalPeriod: 60, counterKey: expression('@(context.Request.IpAddress)'),
 *   incrementCondition: expression('@(context.Response.StatusCode == 200)'),
 * })
 */
export const rateLimitByKey = definePolicy('rate-limit-by-key', {
  sections: ['inbound'],
  scopes: everyScope,
  gateways: ['classic', 'v2', 'self-hosted', 'workspace'],
  attributes: {
    /** How many calls in each period. */
    calls: integer({ required: true }),
    /** The period in seconds, at most 300. */
    renewalPeriod: integer({ required: true }),
    /** Whose calls are counted; equal keys share one counter wherever the policy stands. */
    counterKey: text({ required: true }),
    /** Whether this call counts. An expression is evaluated at the end of outbound, so it may look at the response. Default: it does. */
    incrementCondition: flag({ later: true }),
    /** By how much the counter grows. An expression is evaluated at the end of outbound. Default: 1. */
    incrementCount: integer({ default: 1, later: true }),
    /** Undocumented; the policy toolkit has it too: counts when the response is there. */
    incrementAfterResponse: flag({ expressions: false, onlyIn: "Microsoft's schemas" }),
    /** Undocumented. */
    flexibleRetryWindow: flag({ expressions: false, onlyIn: "Microsoft's schemas" }),
    ...callsLeftAttributes,
  },
  rules: [between('renewalPeriod', { min: 0, max: 300, severity: 'warning', because: "Microsoft's schemas take any" })],
  examples: [
    {
      input: { calls: 10, renewalPeriod: 60, counterKey: 'orders', incrementCondition: true, incrementCount: 1 },
      xml: '<rate-limit-by-key calls="10" renewal-period="60" counter-key="orders" increment-condition="true" increment-count="1" />',
    },
  ],
})
