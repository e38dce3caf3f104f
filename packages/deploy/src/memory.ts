import { keyOf } from '@apim-kit/core'
import { fingerprint, ownershipMark, placeTag, type SecretPlace } from './fingerprints.js'
import type { PlanDetails, Step } from './plan.js'
import { fingerprintAt, type State, type StateEdit } from './state.js'
import { readState, removeState, writeState, type StoredState, type WriteMany } from './state-store.js'

/*
 * What the stack remembers has to be true at every moment, since a run may be killed at any. So a resource is marked as the
 * stack's own before it is created, a fingerprint that is about to be wrong is taken out before the new secret is sent, and
 * the new one is put in when the service has it. A run that changes no secret and creates nothing writes nothing here.
 */

/** Before the first write: marks what is to be created, forgets the fingerprints of secrets that are to be replaced. */
export async function announce(
  { service, stack, values, stored: planned }: PlanDetails,
  steps: readonly Step[],
  bulk?: WriteMany,
): Promise<StoredState | undefined> {
  const creates = steps.filter(({ change }) => change.action === 'create')
  // A plan of a stack without secrets had no reason to ask.
  const stored = planned ?? (creates.length > 0 && values.size === 0 ? await readState(service, stack.name) : undefined)
  const replaced = stored === undefined ? new Set() : replacedTags(stored.state, steps, values)
  if (creates.length === 0 && replaced.size === 0) return stored
  return writeState(
    service,
    stack.name,
    stored,
    (state) => ({
      created: creates.map(({ resource }) => ownershipMark(state.key, keyOf(resource))),
      keep: (tag) => !replaced.has(tag),
    }),
    bulk,
  )
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
  { service, stack, steps, values, gone, destroy }: PlanDetails,
  stored: StoredState | undefined,
  outcome: Done,
  bulk?: WriteMany,
): Promise<void> {
  const abandoned = outcome.notBegun.filter(({ change }) => change.action === 'create')
  const forgotten = [...abandoned, ...outcome.deleted]
  if (forgotten.length === 0 && gone.size === 0 && outcome.written.every(({ secrets }) => secrets.length === 0)) return
  if (destroy && outcome.notBegun.length === 0 && outcome.failed === 0) return removeState(service, stack.name, stored)
  await writeState(
    service,
    stack.name,
    stored,
    ({ key }): StateEdit => {
      // What is destroyed in part keeps the fingerprints of the rest, which are not asked for then.
      const known = destroy ? undefined : new Set(steps.flatMap(placesOf).map((place) => placeTag(key, place)))
      return {
        secrets: new Map(outcome.written.flatMap((step) => entriesOf(key, step, values))),
        keep: (tag) => known?.has(tag) ?? true,
        notCreated: new Set([...gone, ...forgotten.map(({ resource }) => ownershipMark(key, keyOf(resource)))]),
      }
    },
    bulk,
  )
}

function placesOf({ resource, secrets }: Step): SecretPlace[] {
  return secrets.map(({ path }) => ({ resource: keyOf(resource), path }))
}

/** Tags and fingerprints of a step's secrets. */
function entriesOf(key: string, { resource, secrets }: Step, values: PlanDetails['values']): [string, string][] {
  return secrets.map(({ path, reference }) => {
    const place = { resource: keyOf(resource), path }
    return [placeTag(key, place), fingerprint(key, place, values.get(reference) ?? '')]
  })
}

function replacedTags(state: State, steps: readonly Step[], values: PlanDetails['values']): Set<string> {
  const entries = steps.flatMap((step) => entriesOf(state.key, step, values))
  const replaced = entries.filter(([tag, mac]) => {
    const before = fingerprintAt(state, tag)
    return before !== undefined && before !== mac
  })
  return new Set(replaced.map(([tag]) => tag))
}
