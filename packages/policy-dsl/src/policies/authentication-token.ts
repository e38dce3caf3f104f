import { flag, oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'

/**
 * Undocumented, known to Microsoft's schemas only: gets a token for a resource. Use `authentication-managed-identity` instead.
 *
 * @example
 * authenticationToken({ tokenType: 'managed-service-identity', resourceUrl: 'https://storage.azure.com/' })
 */
export const authenticationToken = definePolicy('authentication-token', {
  onlyIn: "Microsoft's schemas",
  sections: ['inbound'],
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** Who gives the token. Default: `managed-service-identity`. */
    tokenType: oneOf(['managed-service-identity', 'token-service'], {
      default: 'managed-service-identity',
      expressionsUnstated: true,
    }),
    /** The address of the token service. */
    tokenServiceUrl: text(),
    /** What the token is for. */
    resourceUrl: text(),
    /** `true` goes on without a token. */
    ignoreError: flag({ expressionsUnstated: true }),
  },
  examples: [
    {
      input: { tokenType: 'managed-service-identity', resourceUrl: 'https://storage.azure.com/' },
      xml: '<authentication-token token-type="managed-service-identity" resource-url="https://storage.azure.com/" />',
    },
  ],
})
