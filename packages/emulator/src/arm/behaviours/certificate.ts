import { parseSecretIdentifier } from '../../key-vault/secret-identifier.js'
import { invalid } from '../arm-error.js'
import type { Behaviour } from '../behaviour.js'

export const certificateBehaviour: Behaviour = {
  check: ({ properties }, { secrets }) => {
    const { data, keyVault } = properties as { data?: string; keyVault?: { secretIdentifier: string } }
    if (keyVault === undefined) return data === undefined ? [invalid('data', `'data' must not be empty.`)] : []
    const target = 'keyVault.secretIdentifier'
    const secret = parseSecretIdentifier(keyVault.secretIdentifier)
    if (secret !== undefined && secrets.get(secret.vault, secret.name, secret.version) !== undefined) return []
    return [
      invalid(
        target,
        `'${target}' has to be https://<vault>.vault.azure.net/secrets/<name>, of a secret that is there.`,
      ),
    ]
  },
  // A vault's secret is read whenever it is needed, so there is nothing to refresh.
  actions: { refreshSecret: () => undefined },
}
