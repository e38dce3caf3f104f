import { kindOf, kinds, type Kind } from '@apim-kit/core'
import type { ResourceStore, StoredResource } from '../store.js'

/** The resource that a tie of that name ties; undefined for kinds that tie nothing, and where it is not there. */
export function linkedBy(kind: Kind, names: readonly string[], store: ResourceStore): StoredResource | undefined {
  const target = kind.links === undefined ? undefined : kindOf(kind.links)
  return target === undefined ? undefined : store.get(target, names.slice(-1))
}

/** The ties to a resource, which go with it. */
export function linksTo({ kind, names }: StoredResource, store: ResourceStore): StoredResource[] {
  const name = names.at(-1)?.toLowerCase()
  return Object.values<Kind>(kinds)
    .filter(({ links }) => links === kind.kind)
    .flatMap((link) => store.all(link))
    .filter((link) => link.names.at(-1)?.toLowerCase() === name)
}
