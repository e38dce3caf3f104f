import { armId, keyOf, kindOf, resourceTitle, type Resource } from '@apim-kit/core'
import type { Service } from './client.js'
import { placeTag } from './fingerprints.js'
import { deletionWaves, goesFirst, needsAnother } from './deletion-order.js'
import { Inventory, findOwned, type Found } from './inventory.js'
import type { Step } from './step.js'
import type { Change } from './result.js'
import type { RequestOptions } from './sdk.js'
import { fingerprintAt, type State } from './state.js'
import type { StoredState } from './state-store.js'

/** What is to be deleted of what a stack created. */
export interface Deletions {
  /** In the order of deletion; what is kept though it was to go has the action `none` and the reason. */
  readonly steps: readonly Step[]
  /** Marks of what is not there any more; they are forgotten. */
  readonly gone: ReadonlySet<string>
}

const nothing: Deletions = { steps: [], gone: new Set() }

/**
 * Plans the deletion of what a stack created: of all of it, or of what it declares no longer. What somebody else put below
 * such a resource would go with it, so then the resource stays.
 *
 * @param declared - the resources that stay; undefined where the stack is destroyed
 */
export async function planDeletions(
  service: Service,
  stored: StoredState | undefined,
  declared: readonly Resource[] | undefined,
  options: RequestOptions,
): Promise<Deletions> {
  if (stored === undefined) return nothing
  const inventory = new Inventory(service, options)
  const { found, gone } = await findOwned(inventory, stored.state, new Set(declared?.map(keyOf)))
  const obstacles = await findObstacles(inventory, found, (each) => isImported(stored.state, each))
  const waves = deletionWaves().map((wave) => new Set(wave.map(({ kind }) => kind)))
  // Of one kind those that need or name another of it go first: revisions, pools.
  const ordered = waves.flatMap((wave) => {
    const going = found.filter(({ kind }) => wave.has(kind.kind))
    const isFirst = (each: Found): boolean => goesFirst(each, each.item.properties)
    return [...going.filter(isFirst), ...going.filter((each) => !isFirst(each))]
  })
  const reason = declared === undefined ? 'this stack created it' : 'this stack created it and does not declare it'
  return { steps: ordered.map((each) => toStep(service, each, reason, obstacles.get(each))), gone }
}

/** What keeps a resource from being deleted: something below it that stays. */
async function findObstacles(
  inventory: Inventory,
  found: readonly Found[],
  isImport: (each: Found) => boolean,
): Promise<ReadonlyMap<Found, Found>> {
  const going = new Map(found.map((each) => [keyOf(each.resource), each]))
  const obstacles = new Map<Found, Found>()
  // Children stand behind their parents, and what keeps a child keeps its parent.
  for (const each of found.toReversed()) {
    const below = await inventory.below(each)
    const stays = (child: Found): boolean => {
      const own = going.get(keyOf(child.resource))
      return own === undefined ? !isMadeByService(child) : obstacles.has(own)
    }
    const kept = isImport(each) ? await firstBelow(inventory, below, stays) : below.find(stays)
    if (kept !== undefined) obstacles.set(each, kept)
  }
  return obstacles
}

/**
 * Whether the stack had the service make something of a document below this one: operations, schemas, tags. They go with the API;
 * that somebody else put one there cannot be seen.
 */
function isImported(state: State, { kind, resource }: Found): boolean {
  return Object.entries(kind.fields).some(([field, { options }]) => {
    const place = { resource: keyOf(resource), path: `properties.${field}` }
    return options.remembered === true && fingerprintAt(state, placeTag(state.key, place)) !== undefined
  })
}

/** What stays below an imported API: nothing that the import may have made, unless something stands below it that nobody imports. */
async function firstBelow(
  inventory: Inventory,
  below: readonly Found[],
  stays: (child: Found) => boolean,
): Promise<Found | undefined> {
  for (const child of below.filter(stays)) {
    if (child.kind.madeByImport !== true) return child
    const further = await firstBelow(inventory, await inventory.below(child), stays)
    if (further !== undefined) return further
  }
  return undefined
}

function isMadeByService({ kind, resource }: Found): boolean {
  if (needsAnother({ kind, resource })) return kind.sdk.revisions?.first.test(resource.name) === true
  const linked = kind.links === undefined ? undefined : kindOf(kind.links)
  return (
    kind.madeByService === true ||
    kind.builtIn.includes(resource.name) ||
    linked?.builtIn.includes(resource.name) === true
  )
}

function toStep(service: Service, { kind, resource, item }: Found, reason: string, obstacle: Found | undefined): Step {
  const change: Change = {
    id: armId(service.address, resource),
    kind: kind.kind,
    name: resource.name,
    action: obstacle === undefined ? 'delete' : 'none',
    fields: [],
    reason:
      obstacle === undefined
        ? reason
        : `kept: ${resourceTitle(obstacle.kind, obstacle.resource)} stands below it, which is not to be deleted`,
  }
  return { change, kind, resource, desired: {}, secrets: [], observed: item }
}
