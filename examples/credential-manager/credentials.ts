import { accessPolicy, connection, credentialProvider, service, type Resource } from '@apim-kit/core'
import { fromKeyVault } from '@apim-kit/deploy'
import type { Settings } from './settings.js'

/** Credential manager's three resources. */
export interface Credentials {
  /** Where tokens come from: Microsoft Entra ID, by the client credentials grant. */
  readonly provider: Resource<'credentialProvider'>
  /** With whose credentials. */
  readonly client: Resource<'connection'>
  /** Who may use them: the service's own identity, which only the portal would allow by itself. */
  readonly mayUse: Resource<'accessPolicy'>
}

export function createCredentials({ tenantId, resourceUri, clientId, keyVaultUrl }: Settings): Credentials {
  const provider = credentialProvider.aad('credential-provider', {
    displayName: 'Credential Provider',
    clientCredentials: { resourceUri, tenantId },
  })
  const client = connection('client-connection', {
    provider,
    clientId,
    clientSecret: fromKeyVault(keyVaultUrl, 'client-secret'),
  })
  const mayUse = accessPolicy('client-connection-access-policy-apim-managed-identity', {
    connection: client,
    principal: service.managedIdentity,
  })
  return { provider, client, mayUse }
}
