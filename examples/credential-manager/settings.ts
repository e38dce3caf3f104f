/** What differs between one deployment of this example and the next. */
export interface Settings {
  /** The Microsoft Entra tenant of the app registrations. */
  readonly tenantId: string
  /** Application ID URI of the backend's app registration: what tokens are asked for. */
  readonly resourceUri: string
  /** Client id of the app registration that calls the backend. */
  readonly clientId: string
  /** The Key Vault with the secret `client-secret` of that app registration. */
  readonly keyVaultUrl: string
}

/** The app registrations and the Key Vault that `emulator.ts` sets up. */
export const emulatorSettings: Settings = {
  tenantId: '11111111-1111-1111-1111-111111111111',
  resourceUri: 'api://protected-backend',
  clientId: '22222222-2222-2222-2222-222222222222',
  keyVaultUrl: 'https://credential-manager.vault.azure.net',
}

const variables = {
  tenantId: 'AZURE_TENANT_ID',
  resourceUri: 'BACKEND_RESOURCE_URI',
  clientId: 'CLIENT_ID',
  keyVaultUrl: 'KEY_VAULT_URL',
} as const satisfies Record<keyof Settings, string>

/**
 * The settings from the environment. Where none of the variables is set, the emulator's: nothing in Azure fits those, so a
 * forgotten variable cannot deploy to a real service by accident.
 */
export function settingsFrom(environment: NodeJS.ProcessEnv): Settings {
  const missing = Object.values(variables).filter((name) => environment[name] === undefined)
  if (missing.length === Object.values(variables).length) return emulatorSettings
  if (missing.length > 0) throw new Error(`set ${missing.join(', ')} too; see the README of this example`)
  const read = (name: keyof Settings): string => environment[variables[name]] ?? ''
  return {
    tenantId: read('tenantId'),
    resourceUri: read('resourceUri'),
    clientId: read('clientId'),
    keyVaultUrl: read('keyVaultUrl'),
  }
}
