import { pathOf, secretsOf, type Resource, type SecretReference } from '@apim-kit/core'

/** A secret as a template has it: a parameter. */
export interface TemplateSecret {
  /** Of the parameter. */
  readonly name: string
  /** Where the value comes from, for people. */
  readonly description: string
  readonly reference: SecretReference
  /** The Key Vault secret that it is, if it is one. */
  readonly keyVault: KeyVaultSecret | undefined
}

/** A secret of a Key Vault. */
export interface KeyVaultSecret {
  readonly vaultUrl: string
  readonly name: string
  readonly version: string | undefined
}

/** What {@link describeSecrets} found. */
export interface DescribedSecrets {
  readonly secrets: readonly TemplateSecret[]
  /** The parameter of a secret; the text itself where it is none and only remembered like one. */
  readonly textOf: (reference: SecretReference) => { readonly secret: string } | string
}

/** Gives every secret of some resources a parameter, named after the place where it is met first. Reads no secret. */
export async function describeSecrets(resources: readonly Resource[]): Promise<DescribedSecrets> {
  const secrets = new Map<SecretReference, TemplateSecret>()
  const texts = new Map<SecretReference, string>()
  const names = new Set<string>()
  for (const resource of resources)
    for (const { path, reference } of secretsOf(resource.properties)) {
      if (secrets.has(reference) || texts.has(reference)) continue
      if (reference.noun === 'content') texts.set(reference, await reference.resolve(nowhere))
      else secrets.set(reference, await describe(resource, path, reference, names))
    }
  return {
    secrets: [...secrets.values()],
    textOf: (reference) => texts.get(reference) ?? { secret: secrets.get(reference)?.name ?? '' },
  }
}

async function describe(
  resource: Resource,
  path: string,
  reference: SecretReference,
  names: Set<string>,
): Promise<TemplateSecret> {
  const wanted = parameterName(`${pathOf(resource)}/${path.split('.').at(-1) ?? ''}`)
  let name = wanted
  for (let count = 2; names.has(name.toLowerCase()); count++) name = `${wanted}${count}`
  names.add(name.toLowerCase())
  return { name, description: reference.description, reference, keyVault: await keyVaultSecretOf(reference) }
}

/** `/namedValues/client-secret/value` becomes `namedValuesClientSecretValue`. */
function parameterName(path: string): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  const name = words.map((word, index) => (index === 0 ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`))
  return name.join('').replace(/^(?=\d)/, 'p')
}

const nowhere = { keyVault: async () => '', environment: () => '' }

/** A reference says where it reads when it is asked to; nothing is read here. */
async function keyVaultSecretOf(reference: SecretReference): Promise<KeyVaultSecret | undefined> {
  let asked: KeyVaultSecret | undefined
  await reference.resolve({
    ...nowhere,
    keyVault: async (vaultUrl, name, version) => {
      asked = { vaultUrl, name, version }
      return ''
    },
  })
  return asked
}
