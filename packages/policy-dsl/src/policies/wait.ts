import { oneOf } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'
import { needs } from '../rules.js'
import { sendRequest } from './send-request.js'

/**
 * Runs the policies inside at the same time, and goes on when all, or any of them, are done. Inside of a `choose` there may be any.
 *
 * @example
 * wait({ for: 'all', policies: [sendRequest({ … }), sendRequest({ … })] })
 */
export const wait = definePolicy('wait', {
  sections: everySection,
  sectionsOnlyIn: { 'on-error': 'the policy toolkit' },
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** `all` waits for every policy; `any` for the first, and ends the others. Default: `all`. */
    for: oneOf(['all', 'any'], { default: 'all' }),
  },
  policies: 'any',
  sideBySide: true,
  only: {
    'send-request': true,
    'cache-lookup-value': true,
    choose: true,
    'forward-request': "Microsoft's schemas",
    'cache-store-value': "Microsoft's schemas",
    'authentication-managed-identity': "Microsoft's schemas",
    'authentication-token': "Microsoft's schemas",
  },
  rules: [needs('policies', {})],
  examples: [
    {
      get input() {
        const call = { responseVariableName: 'a', timeout: 5, setUrl: 'https://example.com', setMethod: 'GET' } as const
        return { for: 'any', policies: [sendRequest(call)] }
      },
      xml:
        '<wait for="any"><send-request response-variable-name="a" timeout="5">' +
        '<set-url>https://example.com</set-url><set-method>GET</set-method></send-request></wait>',
    },
  ],
})
