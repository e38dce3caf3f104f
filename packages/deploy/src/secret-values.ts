import { ApimKitError, type Problem, type SecretReference, type SecretResolution } from '@apim-kit/core'
import { isLoginError, statusOf } from './errors.js'
import { limit } from './limit.js'

/** A place of a stack where a secret stands. */
export interface SecretUse {
  /** The resource, for people: `connection client`. */
  readonly title: string
  /** `properties.parameters.clientSecret`. */
  readonly path: string
  readonly reference: SecretReference
}

/** The values of secrets. Held by a plan where nothing prints it, and nowhere else. */
export type SecretValues = ReadonlyMap<SecretReference, string>

const concurrentReads = 8

/**
 * Finds the value of every secret; each reference is read once, and each Key Vault secret is, however many references name it.
 *
 * @throws ApimKitError `secret-unresolved`, with a problem for every place whose secret cannot be found
 */
export async function resolveSecrets(uses: readonly SecretUse[], resolution: SecretResolution): Promise<SecretValues> {
  const values = new Map<SecretReference, string>()
  const reasons = new Map<SecretReference, string>()
  const bounded = limit(concurrentReads)
  const shared = { ...resolution, keyVault: readOnce(resolution.keyVault) }
  const resolve = async (reference: SecretReference): Promise<void> => {
    try {
      const value = await reference.resolve(shared)
      if (value === '') reasons.set(reference, 'it is empty')
      else values.set(reference, value)
    } catch (error) {
      reasons.set(reference, reasonOf(error))
    }
  }
  const distinct = [...new Set(uses.map((use) => use.reference))]
  await Promise.all(distinct.map(async (reference) => bounded(async () => resolve(reference))))
  if (reasons.size > 0)
    throw ApimKitError.of(
      'secret-unresolved',
      'nothing was sent, because secrets are missing:',
      problems(uses, reasons),
    )
  return values
}

/** The values of those secrets that can be found; the others are left out. */
export async function findSecrets(
  references: Iterable<SecretReference>,
  resolution: SecretResolution,
): Promise<SecretValues> {
  const bounded = limit(concurrentReads)
  const shared = { ...resolution, keyVault: readOnce(resolution.keyVault) }
  const find = async (reference: SecretReference): Promise<[SecretReference, string][]> =>
    reference.resolve(shared).then(
      (value) => [[reference, value]],
      () => [],
    )
  const found = [...new Set(references)].map(async (reference) => bounded(async () => find(reference)))
  return new Map((await Promise.all(found)).flat())
}

function problems(uses: readonly SecretUse[], reasons: ReadonlyMap<SecretReference, string>): Problem[] {
  return uses.flatMap(({ title, path, reference }) => {
    const reason = reasons.get(reference)
    if (reason === undefined) return []
    const message = `${reference.description} gives no value: ${reason}`
    return [{ rule: 'deploy/secret-unresolved', severity: 'error', path: `${title}: ${path}`, message }]
  })
}

function readOnce(read: SecretResolution['keyVault']): SecretResolution['keyVault'] {
  const reads = new Map<string, Promise<string>>()
  return async (vaultUrl, name, version) => {
    const key = [vaultUrl, name, version ?? ''].join('\n')
    const value = reads.get(key) ?? read(vaultUrl, name, version)
    reads.set(key, value)
    return value
  }
}

function reasonOf(error: unknown): string {
  if (isLoginError(error)) return 'there is no Azure login to read it with; run "az login"'
  const status = statusOf(error)
  if (status === 404) return 'there is no such secret'
  if (status === 401 || status === 403)
    return `the login may not read it (${status}); give it the role "Key Vault Secrets User" on the vault`
  if (status !== undefined) return `the vault answered ${status}`
  if (!(error instanceof Error)) return 'it could not be read'
  const { name, message } = error
  return name === 'RestError' ? 'the vault does not answer; check its name and the network' : message
}
