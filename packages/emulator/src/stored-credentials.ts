import { kinds } from '@apim-kit/core'
import type {
  AccessPolicyProperties,
  ConnectionProperties,
  CredentialStore,
  Principal,
  ProviderProperties,
} from './credentials/credential-store.js'
import type { ResourceStore, StoredResource } from './store.js'

/** The stored resources as the credential manager reads them, and the one place that it writes to: a connection's status. */
export function storedCredentials(
  store: ResourceStore,
  identity: { readonly principalId: string; readonly tenantId: string },
): CredentialStore {
  const managedIdentity: Principal = { objectId: identity.principalId, tenantId: identity.tenantId }
  return {
    getProvider: (providerId) => read<ProviderProperties>(store.get(kinds.credentialProvider, [providerId])),
    getConnection: (...names) => read<ConnectionProperties>(store.get(kinds.connection, names)),
    listAccessPolicies: (...names) =>
      store.list(kinds.accessPolicy, names).flatMap((resource) => read<AccessPolicyProperties>(resource) ?? []),
    setConnectionStatus: (providerId, authorizationId, status) => {
      const connection = store.get(kinds.connection, [providerId, authorizationId])
      if (connection === undefined) return
      const { status: _status, error: _error, ...given } = connection.properties
      store.put(kinds.connection, connection.names, { ...given, ...status })
    },
    getManagedIdentity: () => managedIdentity,
  }
}

/** Properties were checked against the kind when they were stored. */
function read<T>(resource: StoredResource | undefined): T | undefined {
  return resource?.properties as T | undefined
}
