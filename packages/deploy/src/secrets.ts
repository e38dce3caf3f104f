import { ApimKitError, SecretReference } from '@apim-kit/core'

/**
 * A secret of an Azure Key Vault, read with the deployment's own login when a plan is made.
 *
 * @param vault - the vault's name, or its address (`https://shop.vault.azure.net`)
 * @param name - the secret's name in the vault
 * @param options.version - a version that stays the same. Default: the newest
 * @throws ApimKitError `invalid-input`
 * @example
 * connection('client', { provider, clientId, clientSecret: fromKeyVault('shop', 'client-secret') })
 */
export function fromKeyVault(
  vault: string,
  name: string,
  options: { readonly version?: string | undefined } = {},
): SecretReference {
  const vaultUrl = vaultAddress(vault)
  if (!/^[0-9A-Za-z-]{1,127}$/.test(name))
    throw invalid(`${JSON.stringify(name)} is no name of a Key Vault secret; 1 to 127 letters, digits and hyphens`)
  const { version } = options
  return new SecretReference(
    `Key Vault secret ${name}${version === undefined ? '' : ` version ${version}`} of ${vaultUrl}`,
    async ({ keyVault }) => keyVault(vaultUrl, name, version),
  )
}

/**
 * A secret of an environment variable, read when a plan is made.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * namedValue('client-secret', { value: fromEnvironment('CLIENT_SECRET') })
 */
export function fromEnvironment(name: string): SecretReference {
  if (typeof name !== 'string' || name === '') throw invalid('fromEnvironment needs the name of a variable')
  return new SecretReference(`environment variable ${name}`, async ({ environment }) => {
    const value = environment(name)
    if (value === undefined) throw new Error('it is not set')
    return value
  })
}

/**
 * A secret that the program already holds. Nothing prints it: not `console.log`, not `util.inspect`, not `JSON.stringify`.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * namedValue('client-secret', { value: fromValue(await askOnTerminal()) })
 */
export function fromValue(value: string): SecretReference {
  if (typeof value !== 'string' || value === '') throw invalid('fromValue needs a text that is not empty')
  return new SecretReference('given value', async () => value)
}

function vaultAddress(vault: string): string {
  if (/^[A-Za-z][0-9A-Za-z-]{1,22}[0-9A-Za-z]$/.test(vault)) return `https://${vault.toLowerCase()}.vault.azure.net`
  if (URL.canParse(vault) && new URL(vault).protocol === 'https:') return new URL(vault).origin
  throw invalid(
    `${JSON.stringify(vault)} is no Key Vault; write its name, or an address such as https://shop.vault.azure.net`,
  )
}

function invalid(message: string): ApimKitError {
  return new ApimKitError('invalid-input', message)
}
