import { flag, oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { atMostOneOf } from '../rules.js'

/**
 * Gets a Microsoft Entra token with the service's managed identity and sends it to the backend: `Authorization: Bearer …`. The
 * token is kept until it expires.
 *
 * @example
 * authenticationManagedIdentity({ resource: 'https://storage.azure.com/' })
 */
export const authenticationManagedIdentity = definePolicy('authentication-managed-identity', {
  sections: ['inbound', 'outbound'],
  sectionsOnlyIn: { outbound: 'the policy toolkit' },
  // The policy's page leaves out workspaces; the overview of workspaces says that the policy works there.
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** What the token is for: an application id, or a URI such as `https://management.azure.com/`. */
    resource: text({ required: true, requiredOnlyBy: 'the documentation' }),
    /** A user-assigned identity, by its client id. Default: the system-assigned one. */
    clientId: text({ expressions: false }),
    /** The variable that receives the token, without `Bearer`. */
    outputTokenVariableName: text({ variable: 'set', holds: 'string', expressions: false }),
    /** `true` goes on without a token, `false` is an error. Default: `false`. */
    ignoreError: flag({ default: false, expressionsUnstated: true }),
    /** Self-hosted gateway: `WorkloadIdentity` is the identity of its workload, in place of the service's. */
    authenticationProvider: oneOf(['WorkloadIdentity'], { expressionsUnstated: true, onlyIn: 'the documentation' }),
  },
  rules: [atMostOneOf(['authenticationProvider', 'clientId'])],
  examples: [
    {
      input: { resource: 'https://storage.azure.com/', outputTokenVariableName: 'storage-token' },
      xml: '<authentication-managed-identity resource="https://storage.azure.com/" output-token-variable-name="storage-token" />',
    },
  ],
})
