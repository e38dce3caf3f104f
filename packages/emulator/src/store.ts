import { kindOf, type Kind } from '@apim-kit/core'

/** Properties in the form of the wire, secrets in clear. */
export type Properties = Readonly<Record<string, unknown>>

/** One resource as the emulator keeps it: more than any answer shows, since its secrets are here. */
export interface StoredResource {
  readonly kind: Kind
  /** Its parents' names and its own, outermost first, with the case that they were created with. */
  readonly names: readonly string[]
  readonly properties: Properties
  /** Grows with every write of any resource; entity tags are made of it. */
  readonly version: number
}

/** What happened to one resource. A cascade announces every resource that it removes, children before parents. */
export interface StoreChange {
  readonly action: 'put' | 'delete'
  readonly resource: StoredResource
  /** What stood there before a `put`; undefined where nothing did. */
  readonly before?: StoredResource | undefined
}

/** A stored resource as a state file holds it. */
export interface StoredRow {
  readonly kind: string
  readonly names: readonly string[]
  readonly properties: Properties
  readonly version: number
}

/**
 * The resources of one service, in memory. Ids compare without case, as ARM compares them; lists keep the order of creation.
 * The store trusts its callers: rules, defaults and redaction are the routes' business.
 */
export class ResourceStore {
  readonly #collections = new Map<string, Map<string, StoredResource>>()
  readonly #listeners = new Set<(change: StoreChange) => void>()
  #version = 0

  /** The resource of that kind and those names; undefined where there is none. */
  get(kind: Kind, names: readonly string[]): StoredResource | undefined {
    return this.#collections.get(collectionKey(kind, names.slice(0, -1)))?.get(key(names.at(-1)))
  }

  /** The resources of one kind below one parent, in the order of creation. */
  list(kind: Kind, parents: readonly string[]): StoredResource[] {
    return [...(this.#collections.get(collectionKey(kind, parents))?.values() ?? [])]
  }

  /** Every resource of one kind, whatever its parent. */
  all(kind: Kind): StoredResource[] {
    return [...this.#everything()].filter((resource) => resource.kind.kind === kind.kind)
  }

  /** Creates a resource or replaces its properties; the names of what is there already keep their case. */
  put(kind: Kind, names: readonly string[], properties: Properties): StoredResource {
    const before = this.get(kind, names)
    const parent = this.#parentNames(kind, names)
    const resource: StoredResource = {
      kind,
      names: before?.names ?? [...parent, ...names.slice(-1)],
      properties,
      version: ++this.#version,
    }
    this.#insert(resource)
    this.#announce({ action: 'put', resource, before })
    return resource
  }

  /** Removes a resource and everything below it. Returns whether it was there. */
  delete(kind: Kind, names: readonly string[]): boolean {
    const resource = this.get(kind, names)
    if (resource === undefined) return false
    const below = `${resourceKey(kind, names)}/`
    const removed = [...this.#everything()].filter((other) => resourceKey(other.kind, other.names).startsWith(below))
    for (const each of [...removed.toReversed(), resource]) this.#remove(each)
    return true
  }

  /**
   * Gives a resource another name, and what is below it another parent.
   *
   * @param moves - which of the resources below go along. Default: all
   */
  rename(
    kind: Kind,
    names: readonly string[],
    to: string,
    moves: (below: StoredResource) => boolean = () => true,
  ): void {
    const resource = this.get(kind, names)
    if (resource === undefined) return
    const below = `${resourceKey(kind, names)}/`
    const moved = [...this.#everything()].filter(
      (other) => resourceKey(other.kind, other.names).startsWith(below) && moves(other),
    )
    for (const each of [...moved.toReversed(), resource]) this.#remove(each)
    for (const each of [resource, ...moved]) {
      const renamed = [...each.names.slice(0, names.length - 1), to, ...each.names.slice(names.length)]
      this.put(each.kind, renamed, each.properties)
    }
  }

  /** Calls the listener after every change. Returns the function that ends this. */
  onChange(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Everything, secrets in clear: what {@link restore} takes. Parents stand before their children. */
  rows(): StoredRow[] {
    return [...this.#everything()]
      .toSorted((a, b) => a.names.length - b.names.length)
      .map(({ kind, ...rest }) => ({ kind: kind.kind, ...rest }))
  }

  /** Takes back what {@link rows} gave, without announcing it. Rows of an unknown kind are handed back. */
  restore(rows: readonly StoredRow[]): StoredRow[] {
    return rows.filter((row) => {
      const kind = kindOf(row.kind)
      if (kind === undefined) return true
      this.#insert({ ...row, kind })
      this.#version = Math.max(this.#version, row.version)
      return false
    })
  }

  #parentNames(kind: Kind, names: readonly string[]): readonly string[] {
    const given = names.slice(0, -1)
    return kind.parent === undefined || given.length === 0 ? given : (this.get(kind.parent, given)?.names ?? given)
  }

  #insert(resource: StoredResource): void {
    const collection = collectionKey(resource.kind, resource.names.slice(0, -1))
    const siblings = this.#collections.get(collection) ?? new Map<string, StoredResource>()
    this.#collections.set(collection, siblings.set(key(resource.names.at(-1)), resource))
  }

  #remove(resource: StoredResource): void {
    this.#collections.get(collectionKey(resource.kind, resource.names.slice(0, -1)))?.delete(key(resource.names.at(-1)))
    this.#announce({ action: 'delete', resource })
  }

  #announce(change: StoreChange): void {
    for (const listener of this.#listeners) listener(change)
  }

  *#everything(): Iterable<StoredResource> {
    for (const collection of this.#collections.values()) yield* collection.values()
  }
}

/** A resource's address below its service, as ids show it: `/apis/orders/operations/get`. */
export function resourcePath({ kind, names }: Pick<StoredResource, 'kind' | 'names'>): string {
  return kindsDownTo(kind)
    .map((each, depth) => `/${each.segment}/${names[depth] ?? ''}`)
    .join('')
}

/** From the kind below the service to the kind itself; the service has no name in these addresses. */
function kindsDownTo(kind: Kind): Kind[] {
  return kind.parent === undefined ? [] : [...kindsDownTo(kind.parent), kind]
}

/** Names may not hold a slash, so a key is the address without case. */
function resourceKey(kind: Kind, names: readonly string[]): string {
  return resourcePath({ kind, names }).toLowerCase()
}

function collectionKey(kind: Kind, parents: readonly string[]): string {
  return `${resourceKey(kind.parent ?? kind, parents)}/${kind.segment.toLowerCase()}`
}

function key(name: string | undefined): string {
  return name?.toLowerCase() ?? ''
}
