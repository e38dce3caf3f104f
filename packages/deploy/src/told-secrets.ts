import { keyOf, namesOf, type Kind, type Resource } from '@apim-kit/core'
import type { Service } from './client.js'
import { limit } from './limit.js'
import { reveal, type RequestOptions } from './sdk.js'

/**
 * Secrets that the service tells whoever may ask, by the key of the resource and the path of the field. They need no
 * fingerprint: what is there is compared, whoever wrote it. Held while a plan is made, and nowhere else.
 */
export type Told = ReadonlyMap<string, Readonly<Record<string, unknown>>>

/** These requests count as writes with Azure Resource Manager, so fewer of them than of others are under way. */
const concurrentRequests = 8

/**
 * Asks for the secrets of resources, one request each.
 *
 * @throws ApimKitError `not-authorized` where the login may not ask
 */
export async function readTold(
  service: Service,
  asked: readonly { readonly kind: Kind; readonly resource: Resource }[],
  options: RequestOptions,
): Promise<Told> {
  const bounded = limit(concurrentRequests)
  const answers = asked.map(async ({ kind, resource }) => {
    const answer = await bounded(async () => reveal(service, kind, namesOf(resource), options))
    const fields = Object.entries(answer ?? {}).map(([name, value]) => [`properties.${name}`, value])
    return [keyOf(resource), Object.fromEntries(fields) as Record<string, unknown>] as const
  })
  return new Map(await Promise.all(answers))
}
