import { text, type Fields } from '../fields.js'
import type { InputOf } from '../input.js'

/** Where the service reads a secret itself, with its own identity, at intervals. */
export const keyVaultFields = {
  /** `https://vault.vault.azure.net/secrets/name`; without a version the newest is taken. */
  secretIdentifier: text({ required: true }),
  /** Client id of a user-assigned identity. Default: the system-assigned one. */
  identityClientId: text({ caseInsensitive: true }),
} as const satisfies Fields

/** A secret in a Key Vault that the service reads by itself. */
export type KeyVaultSecret = InputOf<typeof keyVaultFields>
