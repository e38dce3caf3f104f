import { oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { atLeastOneOf, form } from '../rules.js'
import { child } from '../shape.js'

const single = (property: string) =>
  form(property, {
    pattern: /^[\da-f.:]+(?:%\w+)?$/i,
    expected: 'one IP address',
    severity: 'warning',
    because: 'CIDR notation is not documented; write an address-range',
  })

/**
 * Allows or forbids callers by their IP address, as the gateway sees it; a refused one gets 403.
 *
 * @example
 * ipFilter({ action: 'allow', address: '203.0.113.7', addressRange: { from: '198.51.100.0', to: '198.51.100.255' } })
 */
export const ipFilter = definePolicy('ip-filter', {
  sections: ['inbound'],
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** `allow`: only the listed callers pass; `forbid`: the listed callers do not. */
    action: oneOf(['allow', 'forbid'], { required: true, requiredOnlyBy: 'the documentation' }),
  },
  children: {
    /** Single addresses. */
    address: child({ text: text({ required: true }), rules: [single('text')] }, { many: true }),
    /** Ranges, both ends included; CIDR notation is not documented. */
    addressRange: child(
      {
        attributes: {
          /** The first address. */
          from: text({ required: true }),
          /** The last address. */
          to: text({ required: true }),
        },
        rules: [single('from'), single('to')],
      },
      { many: true },
    ),
  },
  order: 'any',
  rules: [atLeastOneOf(['address', 'addressRange'])],
  examples: [
    {
      input: { action: 'allow', address: '203.0.113.7', addressRange: { from: '198.51.100.0', to: '198.51.100.255' } },
      xml: '<ip-filter action="allow"><address>203.0.113.7</address><address-range from="198.51.100.0" to="198.51.100.255" /></ip-filter>',
    },
  ],
})
