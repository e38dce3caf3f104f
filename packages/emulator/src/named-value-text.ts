import type { SecretStore } from './key-vault/secret-store.js'
import { parseSecretIdentifier } from './key-vault/secret-identifier.js'
import type { StoredResource } from './store.js'

/** What policies get for a named value; undefined where its Key Vault secret is gone. */
export function namedValueText(resource: StoredResource, secrets: SecretStore): string | undefined {
  const { value, keyVault } = resource.properties as { value?: string; keyVault?: object }
  return keyVault === undefined ? value : keyVaultText(resource, secrets)
}

/**
 * The secret that a resource's Key Vault reference names; undefined where it is gone. The service reads a vault again within four
 * hours; here a new version counts at once.
 */
export function keyVaultText({ properties }: StoredResource, secrets: SecretStore): string | undefined {
  const { keyVault } = properties as { keyVault?: { secretIdentifier: string } }
  if (keyVault === undefined) return undefined
  const secret = parseSecretIdentifier(keyVault.secretIdentifier)
  return secret === undefined ? undefined : secrets.get(secret.vault, secret.name, secret.version)?.value
}
