import { accessPolicy, connection, credentialProvider, service, stack, type Stack } from '@apim-kit/core'
import { fromValue } from '@apim-kit/deploy'

/** How large the stack is: as large as a platform team's for a few thousand tenants. */
export const providers = 100
export const connectionsEach = 100
export const resources = providers + 2 * providers * connectionsEach

export const tenantId = '11111111-1111-1111-1111-111111111111'
export const clientId = '44444444-4444-4444-4444-444444444444'
export const clientSecret = 'bench-secret'

/** 100 credential providers, 100 connections each with a secret of its own, and an access policy for every connection. */
export function largeStack(): Stack {
  const all = Array.from({ length: providers }, (_, index) =>
    credentialProvider.aad(`provider-${index}`, { clientCredentials: { resourceUri: 'api://backend', tenantId } }),
  )
  const connections = all.flatMap((provider) =>
    Array.from({ length: connectionsEach }, (_, index) =>
      connection(`connection-${index}`, { provider, clientId, clientSecret: fromValue(clientSecret) }),
    ),
  )
  const policies = connections.map((each) =>
    accessPolicy('managed-identity', { connection: each, principal: service.managedIdentity }),
  )
  return stack({ name: 'large', resources: [...all, ...connections, ...policies] })
}
