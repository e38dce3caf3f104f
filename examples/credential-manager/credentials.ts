import { accessPolicy, certificate, connection, credentialProvider, service, type Resource } from '@apim-kit/core'
import { fromKeyVault } from '@apim-kit/deploy'
import type { Settings } from './settings.js'

/** Credential manager's three resources, and the certificate of those who cannot use it. */
export interface Credentials {
  /** Where tokens come from: Microsoft Entra ID, by the client credentials grant. */
  readonly provider: Resource<'credentialProvider'>
  /** With whose credentials. */
  readonly client: Resource<'connection'>
  /** Who may use them: the service's own identity, which only the portal would allow by itself. */
  readonly mayUse: Resource<'accessPolicy'>
  /** What client assertions are signed with; the service reads it from the Key Vault with its own identity. */
  readonly clientCertificate: Resource<'certificate'>
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
  const clientCertificate = certificate('client-certificate', {
    keyVault: { secretIdentifier: `${keyVaultUrl}/secrets/client-certificate` },
  })
  return { provider, client, mayUse, clientCertificate }
}
