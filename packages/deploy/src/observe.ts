import {
  ApimKitError,
  keyOf,
  kindOf,
  namesOf,
  uniqueMarks,
  type Kind,
  type Resource,
  type UniqueMark,
} from '@apim-kit/core'
import type { Service } from './client.js'
import { limit, type Limit } from './limit.js'
import { get, list, type Item, type RequestOptions } from './sdk.js'

/** What the service has of some resources, by their keys. */
export type Observed = ReadonlyMap<string, Item>

/** Another resource that has what only one below its parent may have. */
export interface Rival {
  readonly kind: Kind
  readonly item: Item
  readonly key: string
  readonly mark: UniqueMark
}

/** What the service has of some resources, and what stands in the way of others. */
export interface Observation {
  readonly observed: Observed
  /** By the key of the resource in whose way it stands. None of them is asked for by its own name. */
  readonly rivals: ReadonlyMap<string, Rival>
  /** How many resources a collection has, by its key; for kinds of which the service allows so many and no more. */
  readonly sizes: ReadonlyMap<string, number>
}

/** At 20 ms an answer, ten thousand collections take some 15 seconds; ARM's quota of reads ends below what more would bring. */
const concurrentReads = 16

/**
 * Reads what the service has of some resources, with as few requests as there are collections: every collection of the
 * resources is listed once, page by page; what lists leave out (policy documents) is read one by one; below a parent that
 * is not there nothing is asked for.
 */
export async function observe(
  service: Service,
  resources: readonly Resource[],
  options: RequestOptions = {},
): Promise<Observed> {
  return (await observeWithRivals(service, resources, options, () => [])).observed
}

/**
 * Like {@link observe}; costs no request more.
 *
 * @param marksOf - what a resource wants to have that only one may have
 */
export async function observeWithRivals(
  service: Service,
  resources: readonly Resource[],
  options: RequestOptions,
  marksOf: (resource: Resource) => readonly UniqueMark[],
): Promise<Observation> {
  const observer = new Observer(service, byCollection(resources), options, marksOf)
  await observer.collect('')
  return { observed: observer.found, rivals: observer.rivals, sizes: observer.sizes }
}

/** Resources and those above them, which are needed to get at what stands below, whoever created them. */
export function withAncestors(resources: readonly Resource[]): Resource[] {
  const all = new Map<string, Resource>()
  for (const resource of resources)
    for (let each: Resource | undefined = resource; each !== undefined; each = each.parent) all.set(keyOf(each), each)
  return [...all.values()]
}

/** The key of the collection in which a resource stands: `/authorizationproviders`. */
export function collectionOf(resource: Resource): string {
  return keyOf(resource).replace(/\/[^/]+$/, '')
}

/** The kind of a resource. */
export function kindFor(resource: Resource): Kind {
  const kind = kindOf(resource.kind)
  if (kind === undefined) throw new ApimKitError('internal', `there is no kind ${resource.kind}`)
  return kind
}

/** Resources of one kind below one parent. */
interface Collection {
  readonly kind: Kind
  readonly parents: readonly string[]
  readonly resources: Resource[]
}

/** Collections by the key of their parent, then by kind. */
type Collections = ReadonlyMap<string, ReadonlyMap<string, Collection>>

function byCollection(resources: readonly Resource[]): Collections {
  const collections = new Map<string, Map<string, Collection>>()
  for (const resource of resources) {
    const parent = resource.parent === undefined ? '' : keyOf(resource.parent)
    const below = collections.get(parent) ?? new Map<string, Collection>()
    collections.set(parent, below)
    const collection = below.get(resource.kind) ?? {
      kind: kindFor(resource),
      parents: namesOf(resource).slice(0, -1),
      resources: [],
    }
    below.set(resource.kind, collection)
    collection.resources.push(resource)
  }
  return collections
}

class Observer {
  readonly found = new Map<string, Item>()
  readonly rivals = new Map<string, Rival>()
  readonly sizes = new Map<string, number>()
  readonly #service: Service
  readonly #collections: Collections
  readonly #options: RequestOptions
  readonly #limit: Limit = limit(concurrentReads)
  readonly #marksOf: (resource: Resource) => readonly UniqueMark[]

  constructor(
    service: Service,
    collections: Collections,
    options: RequestOptions,
    marksOf: (resource: Resource) => readonly UniqueMark[],
  ) {
    this.#marksOf = marksOf
    this.#service = service
    this.#collections = collections
    this.#options = options
  }

  /** Reads everything below a parent that is there. */
  async collect(parent: string): Promise<void> {
    const collections = [...(this.#collections.get(parent)?.values() ?? [])]
    await Promise.all(collections.map(async (collection) => this.#read(collection)))
  }

  async #read(collection: Collection): Promise<void> {
    const { get: hasGet, getOnly = hasGet === undefined ? undefined : /(?:)/ } = collection.kind.sdk
    const isListed = ({ name }: Resource): boolean => getOnly?.test(name) !== true
    const listed = collection.resources.filter(isListed)
    const single = collection.resources.filter((resource) => !isListed(resource))
    const reads = [
      ...(listed.length > 0 ? [this.#list({ ...collection, resources: listed })] : []),
      ...(single.length > 0 ? [this.#getEach({ ...collection, resources: single })] : []),
    ]
    const keys = (await Promise.all(reads)).flat()
    await Promise.all(keys.map(async (key) => this.collect(key)))
  }

  /** Keeps of the collection what is asked for; a service may hold thousands of others. */
  async #list({ kind, parents, resources }: Collection): Promise<string[]> {
    const wanted = new Map(resources.map((resource) => [resource.name.toLowerCase(), keyOf(resource)]))
    const claims = new Map(
      resources.flatMap((resource) => this.#marksOf(resource).map(({ mark }) => [mark, keyOf(resource)])),
    )
    const [collection = ''] = resources.map(collectionOf)
    return this.#limit(async () => {
      const keys: string[] = []
      let size = 0
      for await (const page of list(this.#service, kind, parents, this.#options))
        for (const item of page) {
          size++
          const key = wanted.get(item.name.toLowerCase())
          if (key !== undefined) keys.push(this.#keep(key, item))
          else if (claims.size > 0) this.#seeRival(kind, item, claims, collection)
        }
      if (kind.maxPerParent !== undefined) this.sizes.set(collection, size)
      return keys
    })
  }

  #seeRival(kind: Kind, item: Item, claims: ReadonlyMap<string, string>, collection: string): void {
    const other = { kind: kind.kind, name: item.name }
    for (const mark of uniqueMarks(other, item.properties)) {
      const claimant = claims.get(mark.mark)
      const key = `${collection}/${item.name.toLowerCase()}`
      if (claimant !== undefined) this.rivals.set(claimant, { kind, item, key, mark })
    }
  }

  async #getEach({ kind, resources }: Collection): Promise<string[]> {
    const keys = resources.map(async (resource) => {
      const item = await this.#limit(async () => get(this.#service, kind, namesOf(resource), this.#options))
      return item === undefined ? [] : [this.#keep(keyOf(resource), item)]
    })
    return (await Promise.all(keys)).flat()
  }

  #keep(key: string, item: Item): string {
    this.found.set(key, item)
    return key
  }
}
