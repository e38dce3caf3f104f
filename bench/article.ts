import {
  accessPolicy,
  api,
  connection,
  credentialProvider,
  operation,
  service,
  stack,
  type Stack,
} from '@apim-kit/core'
import { fromValue } from '@apim-kit/deploy'
import type { EmulatorOptions } from '@apim-kit/emulator'
import { base, getAuthorizationContext, policies, type PolicyDocument } from '@apim-kit/policy-dsl'

const clientId = '44444444-4444-4444-4444-444444444444'
const resourceUri = 'api://backend'
const secret = 'known-to-the-benchmark'

/** An emulator that knows the two applications of the article. */
export const emulatorOptions: EmulatorOptions = {
  applications: [
    { appId: '55555555-5555-5555-5555-555555555555', identifierUris: [resourceUri], appRoles: ['Sample.Read'] },
    {
      appId: clientId,
      clientSecrets: [secret],
      appRoleAssignments: [{ resource: resourceUri, roles: ['Sample.Read'] }],
    },
  ],
}

/** The document of the article: a token of credential manager on the request. */
export function articleDocument(): PolicyDocument {
  const provider = credentialProvider.aad('credential-provider', { clientCredentials: { resourceUri } })
  const client = connection('client-connection', { provider, clientId, clientSecret: fromValue(secret) })
  return policies({
    inbound: [base(), getAuthorizationContext({ connection: client, variable: 'auth-context' }).setBearerHeader()],
  })
}

/** A stack with one operation that has the article's policy and forwards to a backend. */
export function articleStack(serviceUrl: string, tenantId: string): Stack {
  const provider = credentialProvider.aad('credential-provider', { clientCredentials: { resourceUri, tenantId } })
  const client = connection('client-connection', { provider, clientId, clientSecret: fromValue(secret) })
  const mayUse = accessPolicy('managed-identity', { connection: client, principal: service.managedIdentity })
  const unprotected = api('unprotected', { path: 'unprotected', serviceUrl, subscriptionRequired: false })
  const call = operation('credential-manager', {
    api: unprotected,
    method: 'GET',
    urlTemplate: '/credential-manager',
    policy: articleDocument(),
  })
  return stack({ name: 'bench', resources: [provider, client, mayUse, unprotected, call] })
}
