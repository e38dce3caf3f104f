import type { SecretStore } from './key-vault/secret-store.js'
import { parseSecretIdentifier } from './key-vault/secret-identifier.js'
import type { StoredResource } from './store.js'

/**
 * What policies get for a named value; undefined where its Key Vault secret is gone. The service reads a vault again within four
 * hours; here a new version counts at once.
 */
export function namedValueText({ properties }: StoredResource, secrets: SecretStore): string | undefined {
  const { value, keyVault } = properties as { value?: string; keyVault?: { secretIdentifier: string } }
  if (keyVault === undefined) return value
  const secret = parseSecretIdentifier(keyVault.secretIdentifier)
  return secret === undefined ? undefined : secrets.get(secret.vault, secret.name, secret.version)?.value
}
