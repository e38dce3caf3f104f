import { flag, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'

/**
 * Undocumented, known to Microsoft's schemas only: uses a token that a token store holds. Use `get-authorization-context` instead.
 *
 * @example
 * authenticationTokenStore({ tokenId: 'orders' })
 */
export const authenticationTokenStore = definePolicy('authentication-token-store', {
  onlyIn: "Microsoft's schemas",
  sections: ['inbound'],
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The token in the store. */
    tokenId: text(),
    /** A user-assigned identity, by its client id. */
    clientId: text(),
    /** The variable that receives the token. */
    outputTokenVariableName: text({ variable: 'set', expressions: false }),
    /** `true` goes on without a token. */
    ignoreError: flag({ expressionsUnstated: true }),
  },
  examples: [{ input: { tokenId: 'orders' }, xml: '<authentication-token-store token-id="orders" />' }],
})
