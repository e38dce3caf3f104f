import { kinds } from '@apim-kit/core'
import { namedValuesIn } from '@apim-kit/policy-dsl'
import { parseSecretIdentifier } from '../../key-vault/secret-identifier.js'
import { namedValueText } from '../../named-value-text.js'
import { resourcePath, type ResourceStore, type StoredResource } from '../../store.js'
import type { ArmContext } from '../arm-context.js'
import { ArmError, invalid, type ErrorDetail } from '../arm-error.js'
import type { Behaviour, Draft } from '../behaviour.js'

export const namedValueBehaviour: Behaviour = {
  patch: true,
  // What comes from a vault is secret, whatever the client says.
  fill: ({ properties }) => (properties['keyVault'] === undefined ? properties : { ...properties, secret: true }),
  check: (draft, arm) => [...sourceDetails(draft, arm), ...nameTaken(draft, arm.store)],
  checkDelete: (resource, { store }) =>
    documentsNaming(displayNameOf(resource), store).map((document) =>
      invalid('namedValue', `'${displayNameOf(resource)}' is used by ${resourcePath(document)} and cannot be deleted.`),
    ),
  saved: (resource, before, { store }) => {
    if (before !== undefined) rename(displayNameOf(before), displayNameOf(resource), store)
  },
  actions: {
    listValue: (resource, _body, { secrets }) => {
      const value = namedValueText(resource, secrets)
      if (value === undefined)
        throw new ArmError(404, 'ResourceNotFound', 'The Key Vault secret of this named value is not there any more.')
      return { value }
    },
    // A vault's secret is read whenever it is needed, so there is nothing to refresh.
    refreshSecret: () => undefined,
  },
}

function sourceDetails({ properties }: Draft, { secrets }: ArmContext): ErrorDetail[] {
  const { value, keyVault } = properties as { value?: string; keyVault?: { secretIdentifier: string } }
  if (keyVault === undefined) return value === undefined ? [invalid('value', `'value' must not be empty.`)] : []
  const target = 'keyVault.secretIdentifier'
  const secret = parseSecretIdentifier(keyVault.secretIdentifier)
  if (secret === undefined)
    return [invalid(target, `'${target}' has to be https://<vault>.vault.azure.net/secrets/<name>[/<version>].`)]
  const { vault, name, version } = secret
  if (secrets.get(vault, name, version) !== undefined) return []
  return [invalid(target, `Secret '${name}' was not found in the vault '${vault}'; set it there first.`)]
}

function nameTaken({ kind, names, properties, before }: Draft, store: ResourceStore): ErrorDetail[] {
  const taken = store
    .list(kind, names.slice(0, -1))
    .some((other) => other !== before && displayNameOf(other) === properties['displayName'])
  return taken ? [invalid('displayName', 'Another named value has this display name.')] : []
}

function displayNameOf({ properties }: Pick<StoredResource, 'properties'>): string {
  return String(properties['displayName'])
}

function documentsNaming(displayName: string, store: ResourceStore): StoredResource[] {
  return Object.values(kinds)
    .filter((kind) => kind.policyScope !== undefined)
    .flatMap((kind) => store.all(kind))
    .filter(({ properties }) => namedValuesIn(String(properties['value'])).includes(displayName))
}

/** The service changes the documents that use a named value when its display name changes. */
function rename(from: string, to: string, store: ResourceStore): void {
  if (from === to) return
  for (const { kind, names, properties } of documentsNaming(from, store))
    store.put(kind, names, { ...properties, value: String(properties['value']).replaceAll(`{{${from}}}`, `{{${to}}}`) })
}
