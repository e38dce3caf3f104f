import { flag } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'
import { child } from '../shape.js'

/**
 * Runs the policies of the first branch whose condition is true.
 *
 * @example
 * choose({
 *   when: [{ condition: expr`context.Response.StatusCode == 401`, policies: [returnResponse({ setStatus: { code: 502 } })] }],
 *   otherwise: [],
 * })
 */
export const choose = definePolicy('choose', {
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  ends: { lastBranch: 'otherwise' },
  children: {
    /** The branches, tried in this order. */
    when: child(
      {
        attributes: {
          /** A boolean, as a rule an expression. */
          condition: flag({ required: true, later: true }),
        },
        policies: 'any',
      },
      { required: true, many: true },
    ),
    /** Runs when no condition is true. Default: nothing. */
    otherwise: child({ policies: 'any' }),
  },
  examples: [
    {
      input: { when: [{ condition: true, policies: [] }], otherwise: [] },
      xml: '<choose><when condition="true" /><otherwise /></choose>',
    },
  ],
})
