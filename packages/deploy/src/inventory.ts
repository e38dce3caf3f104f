import { childrenOf, keyOf, namesOf, serviceKind, type Kind, type Resource } from '@apim-kit/core'
import { needsAnother } from './deletion-order.js'
import { ownershipMark } from './fingerprints.js'
import type { Service } from './client.js'
import { limit } from './limit.js'
import { list, listRevisions, type Item, type RequestOptions } from './sdk.js'
import { marksOf, type State } from './state.js'

/** A resource that the service has, declared or not. */
export interface Found {
  readonly kind: Kind
  /** Address, names and parents; its properties are in `item`. */
  readonly resource: Resource
  readonly item: Item
}

const concurrentReads = 16

/** What the service has, collection by collection; each is listed once, when it is first asked for. */
export class Inventory {
  readonly #service: Service
  readonly #options: RequestOptions
  readonly #limit = limit(concurrentReads)
  readonly #collections = new Map<string, Promise<readonly Found[]>>()

  constructor(service: Service, options: RequestOptions) {
    this.#service = service
    this.#options = options
  }

  /** Everything directly below a resource; undefined for the service itself. */
  async below(parent: Found | undefined): Promise<Found[]> {
    const kinds = childrenOf(parent?.kind ?? serviceKind)
    const collections = kinds.map(async (kind) => this.#collection(kind, parent))
    return (await Promise.all([...collections, this.#revisions(parent)])).flat()
  }

  /** Revisions stand beside what they are revisions of, and go with it as if they stood below. */
  async #revisions(base: Found | undefined): Promise<readonly Found[]> {
    const { kind, resource } = base ?? {}
    if (kind?.sdk.revisions === undefined || resource === undefined || needsAnother({ kind, resource })) return []
    const key = `${keyOf(resource)};`
    const known = this.#collections.get(key) ?? this.#limit(async () => this.#listRevisions(kind, resource))
    this.#collections.set(key, known)
    return known
  }

  async #listRevisions(kind: Kind, base: Resource): Promise<Found[]> {
    const names = await listRevisions(this.#service, kind, namesOf(base), this.#options)
    return names.map((name) => {
      const item = { name, properties: {} }
      return { kind, item, resource: observedResource(kind, item, base.parent) }
    })
  }

  async #collection(kind: Kind, parent: Found | undefined): Promise<readonly Found[]> {
    const key = `${parent === undefined ? '' : keyOf(parent.resource)}/${kind.segment}`
    const known = this.#collections.get(key) ?? this.#limit(async () => this.#list(kind, parent))
    this.#collections.set(key, known)
    return known
  }

  async #list(kind: Kind, parent: Found | undefined): Promise<Found[]> {
    const found: Found[] = []
    const parents = parent === undefined ? [] : namesOf(parent.resource)
    for await (const page of list(this.#service, kind, parents, this.#options))
      for (const item of page) found.push({ kind, item, resource: observedResource(kind, item, parent?.resource) })
    return found
  }
}

/** What a stack created, and what became of it. */
export interface Owned {
  /** What the service still has of it; parents before their children. */
  readonly found: readonly Found[]
  /** Marks of what somebody else deleted. */
  readonly gone: ReadonlySet<string>
}

/**
 * Finds what a stack created by the marks that it left. A mark does not say what it stands for, so the service's resources are
 * gone through, level by level, until every mark is found: a stack whose resources are all declared costs no request here.
 *
 * @param declared - keys of resources whose marks need not be looked for
 */
export async function findOwned(inventory: Inventory, state: State, declared: ReadonlySet<string>): Promise<Owned> {
  const open = new Set(marksOf(state))
  for (const key of declared) open.delete(ownershipMark(state.key, key))
  const found: Found[] = []
  let level: Found[] = open.size === 0 ? [] : await inventory.below(undefined)
  while (level.length > 0 && open.size > 0) {
    for (const each of level) if (open.delete(ownershipMark(state.key, keyOf(each.resource)))) found.push(each)
    if (open.size === 0) break
    level = (await Promise.all(level.map(async (each) => inventory.below(each)))).flat()
  }
  return { found, gone: open }
}

/** An address in the form of a declared resource, which is what every request needs. */
function observedResource(kind: Kind, item: Item, parent: Resource | undefined): Resource {
  return Object.freeze({ kind: kind.kind, name: item.name, parent, properties: {}, children: [] })
}
