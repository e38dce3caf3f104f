import { flag, group, list, text } from '../fields.js'
import { defineKind, identifier } from '../kind.js'
import type { Output } from '../outputs.js'
import { createResource, expectDeclaration, throwIfInvalid } from '../create-resource.js'
import type { Resource } from '../resource.js'
import { SecretReference } from '../secrets.js'
import { choiceProblems } from './choice.js'
import { keyVaultFields, type KeyVaultSecret } from './key-vault-secret.js'
import { serviceKind } from './service.js'

/** A named value: text that policies insert by `{{display-name}}`. */
export const namedValueKind = defineKind({
  kind: 'namedValue',
  title: 'named value',
  parent: serviceKind,
  segment: 'namedValues',
  name: identifier,
  referredBy: 'displayName',
  fields: {
    /** What policies write between the braces. Case-sensitive. */
    displayName: text({ required: true, min: 1, max: 256, pattern: /^[A-Za-z0-9-._]+$/ }),
    /** The text itself; not for a Key Vault reference. */
    value: text({ secret: 'allowed', min: 1, max: 4096, pattern: /\S/ }),
    /** Whether the service keeps the text encrypted and leaves it out of its answers. */
    secret: flag({ default: false }),
    /** Where the service reads the text itself, with its own identity. */
    keyVault: group(keyVaultFields),
    /** For filtering lists. */
    tags: list(text(), { default: [] }),
  },
  sdk: {
    group: 'namedValue',
    list: 'listByService',
    put: 'beginCreateOrUpdateAndWait',
    delete: 'delete',
    reveal: 'listValue',
  },
  protocol: { entityTag: true, longRunning: true, created: 201 },
})

/** What {@link namedValue} takes: a text, a secret, or a Key Vault reference that the service itself resolves. */
export type NamedValueInput = {
  /** What policies write between the braces. Default: the resource's name. */
  readonly displayName?: string
  readonly tags?: readonly string[]
} & (
  | {
      /** A plain text, or a secret that apim-kit resolves when it applies. */
      readonly value: string | Output | SecretReference
      readonly keyVault?: never
    }
  | {
      /** A secret in a Key Vault that the service reads by itself, at intervals. */
      readonly keyVault: KeyVaultSecret
      readonly value?: never
    }
)

/**
 * Declares a named value.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * namedValue('audience', { value: 'api://backend' })
 * namedValue('client-secret', { value: fromEnvironment('CLIENT_SECRET') })
 * namedValue('client-secret', { keyVault: { secretIdentifier: 'https://shop.vault.azure.net/secrets/client-secret' } })
 */
export function namedValue(name: string, input: NamedValueInput): Resource<'namedValue'> {
  expectDeclaration(namedValueKind, name, input)
  const secret = input.keyVault !== undefined || input.value instanceof SecretReference
  const resource = createResource(namedValueKind, name, undefined, { displayName: name, secret, ...input })
  throwIfInvalid(resource, choiceProblems(resource.properties, ['value', 'keyVault']), `named value ${name}`)
  return resource
}
