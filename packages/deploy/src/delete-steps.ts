import { keyOf, namesOf, type Resource } from '@apim-kit/core'
import { goesFirst } from './deletion-order.js'
import { kindFor } from './observe.js'
import type { Run } from './run.js'
import { schedule } from './schedule.js'
import { remove } from './sdk.js'
import type { Step } from './step.js'

/** Deletions that come before the writes, since they make room for them, with what stands below what goes. */
export function makingRoom(writes: readonly Step[], deletions: readonly Step[]): ReadonlySet<Step> {
  const rivals = new Set(writes.flatMap(({ rival }) => rival ?? []))
  const going = new Set(deletions.map(({ resource }) => keyOf(resource)).filter((key) => rivals.has(key)))
  const goes = (step: Step): boolean => [keyOf(step.resource), ...partsAbove(step)].some((key) => going.has(key))
  return new Set(going.size === 0 ? [] : deletions.filter(goes))
}

/** Skips writes whose place was not freed, and those that need one of them. */
export function skipBehind(run: Run, writes: readonly Step[], deletions: readonly Step[]): void {
  const byKey = new Map(deletions.map((step) => [keyOf(step.resource), step]))
  for (const step of writes) {
    const taken = step.rival === undefined ? undefined : byKey.get(step.rival)
    const isTaken = taken !== undefined && run.outcomeOf(taken) !== 'done'
    const failed = isTaken ? taken : run.failedBefore(step)
    if (failed !== undefined) run.skip(step, failed, isTaken ? 'whose place it takes' : undefined)
  }
}

/**
 * Deletes when all is written: until then something may use what is to go. For the same reason nothing is deleted where a
 * write failed, and what failed to be deleted keeps what it uses.
 */
export async function deleteSteps(run: Run, deletions: readonly Step[], concurrency: number): Promise<void> {
  const [unfinished] = run.ended('failed')
  if (unfinished !== undefined) {
    for (const step of deletions) run.skip(step, unfinished, 'which comes before other deletions')
    return
  }
  const held = new Held(run.details.stack)
  for (const batch of batches(deletions)) {
    for (const step of batch) {
      const holder = held.holderOf(step)
      if (holder !== undefined) run.skip(step, holder, 'which was to go before it')
    }
    await schedule(
      batch.filter((step) => run.outcomeOf(step) === undefined),
      {
        concurrency,
        dependenciesOf: () => [],
        stopped: () => run.stopped(),
        run: async (step) => run.carryOut(step, async () => removeStep(run, step)),
        skipped: (step) => run.skip(step, undefined),
      },
    )
    for (const step of batch) if (run.outcomeOf(step) !== 'done') held.add(step)
  }
}

async function removeStep(run: Run, { kind, resource }: Step): Promise<void> {
  await remove(run.details.service, kind, namesOf(resource))
}

/** What may not be deleted, since something that uses it, or stands below it, is still there. */
class Held {
  readonly #dependenciesOf: (resource: Resource) => readonly Resource[]
  readonly #declared: ReadonlyMap<string, Resource>
  readonly #holders = new Map<string, Step>()

  constructor({ resources, dependenciesOf }: Run['details']['stack']) {
    this.#dependenciesOf = dependenciesOf
    this.#declared = new Map(resources.map((resource) => [keyOf(resource), resource]))
  }

  /** Something was not deleted. */
  add(step: Step): void {
    const declared = this.#declared.get(keyOf(step.resource))
    const used = declared === undefined ? [] : this.#dependenciesOf(declared).map(keyOf)
    for (const key of [...partsAbove(step), ...used]) if (!this.#holders.has(key)) this.#holders.set(key, step)
  }

  holderOf({ resource }: Step): Step | undefined {
    return this.#holders.get(keyOf(resource))
  }
}

/** The keys of what a resource stands below, or is a revision of, or stands below a revision of. */
function partsAbove({ resource }: Pick<Step, 'resource'>): ReadonlySet<string> {
  const { parent, name } = resource
  const base = kindFor(resource).needs?.exec(name)?.[1]
  const above = [
    ...(parent === undefined ? [] : [parent]),
    ...(base === undefined ? [] : [{ ...resource, name: base }]),
  ]
  return new Set(above.flatMap((each) => [keyOf(each), ...partsAbove({ resource: each })]))
}

/** Deletions that may go at once: those of one kind, since they stand in the order of kinds, first what needs another of it. */
function batches(deletions: readonly Step[]): Step[][] {
  const isFirst = (step: Step): boolean => goesFirst(step, step.observed?.properties)
  const all: Step[][] = []
  for (const step of deletions) {
    const last = all.at(-1)
    const [first] = last ?? []
    if (last !== undefined && first?.kind === step.kind && isFirst(first) === isFirst(step)) last.push(step)
    else all.push([step])
  }
  return all
}
