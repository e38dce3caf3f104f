import { keyOf, type Resource, type SecretField } from '@apim-kit/core'
import type { Service } from './client.js'
import { fingerprint, ownershipMark, placeTag, stateDigest, type SecretPlace } from './fingerprints.js'
import type { PlanDetails } from './plan.js'
import type { Step } from './step.js'
import { fingerprintAt, isCreated, type State, type StateEdit } from './state.js'
import type { SecretValues } from './secret-values.js'
import type { RequestOptions } from './sdk.js'
import { readState, removeState, writeState, type StoredState, type WriteMany } from './state-store.js'

/*
 * What the stack remembers has to be true at every moment, since a run may be killed at any. So a resource is marked as the
 * stack's own before it is created, a fingerprint that is about to be wrong is taken out before the new secret is sent, and
 * the new one is put in when the service has it. A run that changes no secret and creates nothing writes nothing here.
 */

/**
 * Reads what a plan has to know. Where the first text says that all secrets are those that were written, the others, of which
 * large stacks have a hundred, are not read.
 *
 * @param all - everything is needed, whatever the secrets are
 */
export async function recall(
  service: Service,
  stack: string,
  steps: readonly Remembered[],
  values: SecretValues,
  options: RequestOptions & { readonly all: boolean },
): Promise<StoredState | undefined> {
  const asExpected = ({ key, digest }: State): boolean =>
    digest === stateDigest(key, new Map(steps.flatMap((step) => entriesOf(key, step, values))))
  return readState(service, stack, options, options.all ? undefined : asExpected)
}

/** Whether a secret is the one that was written last, another one, or none of which anything is known. */
export function compareSecret(
  { state, complete }: StoredState,
  resource: Resource,
  { path }: SecretField,
  value: string,
): 'same' | 'changed' | 'unknown' {
  // The others were not read because all are as they were.
  if (!complete) return 'same'
  const place = { resource: keyOf(resource), path }
  const before = fingerprintAt(state, placeTag(state.key, place))
  if (before === undefined) return 'unknown'
  return before === fingerprint(state.key, place, value) ? 'same' : 'changed'
}

/** What stands written before the first change. */
export interface Announced {
  readonly stored: StoredState | undefined
  /** What is to be created and had no mark yet; what had one is another run's business too. */
  readonly added: ReadonlySet<Step>
}

/** Before the first write: marks what is to be created, forgets the fingerprints of secrets that are to be replaced. */
export async function announce(
  { service, stack, values, stored: planned }: PlanDetails,
  steps: readonly Step[],
  bulk?: WriteMany,
): Promise<Announced> {
  const creates = steps.filter(({ change }) => change.action === 'create')
  // A plan of a stack without secrets had no reason to ask, and another deployer may have begun since.
  const stored = planned ?? (creates.length > 0 ? await readState(service, stack.name) : undefined)
  const isReplaced = stored !== undefined && replacedTags(stored.state, steps, values).size > 0
  let added: ReadonlySet<Step> = new Set()
  if (creates.length === 0 && !isReplaced) return { stored, added }
  const edit = (state: State): StateEdit => {
    added = new Set(creates.filter(({ resource }) => !isCreated(state, ownershipMark(state.key, keyOf(resource)))))
    const replaced = replacedTags(state, steps, values)
    return { created: marksFor(state.key, creates), keep: (tag) => !replaced.has(tag) }
  }
  return { stored: await writeState(service, stack.name, stored, edit, bulk), added }
}

/** What a run did, as far as the memory is concerned. */
export interface Done {
  readonly written: readonly Step[]
  readonly deleted: readonly Step[]
  readonly notBegun: readonly Step[]
  /** How many changes failed. */
  readonly failed: number
}

/**
 * After the last write: remembers the secrets that were sent, forgets what was deleted or never begun. A stack that was
 * destroyed whole is forgotten whole.
 */
export async function record(
  { service, stack, steps, values, stored: planned, gone, destroy }: PlanDetails,
  announced: Announced,
  outcome: Done,
  bulk?: WriteMany,
): Promise<void> {
  const abandoned = outcome.notBegun.filter((step) => announced.added.has(step))
  const created = outcome.written.filter(({ change }) => change.action === 'create')
  const forgotten = [...abandoned, ...outcome.deleted]
  // The first text of all may have been written over by another deployer that began at the same moment.
  const isFirst = planned === undefined && created.length > 0
  const nothingNew = forgotten.length === 0 && gone.size === 0
  if (!isFirst && nothingNew && outcome.written.every((step) => rememberedOf(step).length === 0)) return
  const stored = isFirst ? await readState(service, stack.name) : announced.stored
  if (destroy && outcome.notBegun.length === 0 && outcome.failed === 0) return removeState(service, stack.name, stored)
  await writeState(
    service,
    stack.name,
    stored,
    (state): StateEdit => {
      const { key } = state
      // What is destroyed in part keeps the fingerprints of the rest, which are not asked for then.
      const known = destroy ? undefined : new Set(steps.flatMap(placesOf).map((place) => placeTag(key, place)))
      const contested = replacedTags(state, outcome.written, values)
      const sent = outcome.written.flatMap((step) => entriesOf(key, step, values))
      return {
        // Another deployer sent another secret at the same time: nobody knows which the service has, so none is remembered.
        secrets: new Map(sent.filter(([tag]) => !contested.has(tag))),
        keep: (tag) => !contested.has(tag) && (known?.has(tag) ?? true),
        created: marksFor(key, created),
        notCreated: new Set([...gone, ...marksFor(key, forgotten)]),
      }
    },
    bulk,
  )
}

function marksFor(key: string, steps: readonly Step[]): string[] {
  return steps.map(({ resource }) => ownershipMark(key, keyOf(resource)))
}

/** A resource with the secrets that are remembered. */
export type Remembered = Pick<Step, 'kind' | 'resource' | 'secrets'>

/** The secrets that have to be remembered: those that the service tells on request are compared with what it tells. */
export function rememberedOf({ kind, secrets }: Pick<Remembered, 'kind' | 'secrets'>): readonly SecretField[] {
  return kind.sdk.reveal === undefined ? secrets : []
}

function placesOf({ kind, resource, secrets }: Remembered): SecretPlace[] {
  return rememberedOf({ kind, secrets }).map(({ path }) => ({ resource: keyOf(resource), path }))
}

/** Tags and fingerprints of a step's secrets. */
function entriesOf(key: string, { kind, resource, secrets }: Remembered, values: SecretValues): [string, string][] {
  return rememberedOf({ kind, secrets }).map(({ path, reference }) => {
    const place = { resource: keyOf(resource), path }
    return [placeTag(key, place), fingerprint(key, place, values.get(reference) ?? '')]
  })
}

/** The places for which another secret is remembered. */
function replacedTags(state: State, steps: readonly Step[], values: SecretValues): Set<string> {
  const entries = steps.flatMap((step) => entriesOf(state.key, step, values))
  const replaced = entries.filter(([tag, mac]) => {
    const before = fingerprintAt(state, tag)
    return before !== undefined && before !== mac
  })
  return new Set(replaced.map(([tag]) => tag))
}
