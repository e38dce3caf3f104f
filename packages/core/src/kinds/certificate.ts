import { group, secret, text } from '../fields.js'
import { defineKind, identifier } from '../kind.js'
import { createResource, throwIfInvalid } from '../create-resource.js'
import type { Resource } from '../resource.js'
import type { SecretReference } from '../secrets.js'
import { choiceProblems, misplacedProblems } from './choice.js'
import { keyVaultFields, type KeyVaultSecret } from './key-vault-secret.js'
import { serviceKind } from './service.js'

/** A client certificate, which the gateway shows to backends. */
export const certificateKind = defineKind({
  kind: 'certificate',
  title: 'certificate',
  parent: serviceKind,
  segment: 'certificates',
  name: { ...identifier, max: 80, words: '1 to 80 characters, none of * # & + : < > ? / \\ %' },
  fields: {
    /** The PFX file, base64-encoded; not for a Key Vault reference. */
    data: secret(),
    /** The password of the PFX file. */
    password: secret(),
    /** Where the service reads the certificate itself, with its own identity. */
    keyVault: group(keyVaultFields),
    subject: text({ computed: true }),
    thumbprint: text({ computed: true }),
    /** When it ends. */
    expirationDate: text({ computed: true }),
  },
  sdk: { group: 'certificate', list: 'listByService', put: 'createOrUpdate', delete: 'delete' },
  protocol: { entityTag: true, longRunning: false, created: 201 },
})

/** What {@link certificate} takes: a Key Vault reference that the service itself resolves, or a PFX file. */
export type CertificateInput =
  | {
      /** A certificate in a Key Vault that the service reads by itself, at intervals. */
      readonly keyVault: KeyVaultSecret
      readonly data?: never
      readonly password?: never
    }
  | {
      /** The PFX file, base64-encoded. */
      readonly data: SecretReference
      /** Its password. */
      readonly password?: SecretReference
      readonly keyVault?: never
    }

/**
 * Declares a client certificate.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * certificate('client', { keyVault: { secretIdentifier: 'https://shop.vault.azure.net/secrets/client-certificate' } })
 * certificate('client', { data: fromKeyVault('shop', 'client-pfx'), password: fromEnvironment('PFX_PASSWORD') })
 */
export function certificate(name: string, input: CertificateInput): Resource<'certificate'> {
  const resource = createResource(certificateKind, name, undefined, input)
  const { keyVault } = input
  throwIfInvalid(resource, [
    ...choiceProblems(input, ['keyVault', 'data']),
    ...(keyVault === undefined ? [] : misplacedProblems(input, ['password'], 'goes with data; a Key Vault needs none')),
  ])
  return resource
}
