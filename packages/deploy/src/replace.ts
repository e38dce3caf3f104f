import { diff, namesOf, type FieldChange } from '@apim-kit/core'
import type { Service } from './client.js'
import { ConcurrentChange, statusOf } from './errors.js'
import type { Step } from './step.js'
import { get, put, type Item } from './sdk.js'

/** How often a write is begun anew because the entity tag was another by then. */
const attempts = 3

/**
 * Carries out one write of a plan. Where the kind has entity tags, an update is written over exactly the version that was
 * compared: it is read once more, since lists give no tags, and what somebody changed since the plan is not overwritten.
 *
 * @throws ConcurrentChange for such a change; the SDK's own errors
 */
export async function write(
  service: Service,
  step: Step,
  properties: Readonly<Record<string, unknown>>,
): Promise<Item> {
  const { kind, change, resource } = step
  const names = namesOf(resource)
  if (change.action !== 'update' || !kind.protocol.entityTag) return put(service, kind, names, properties)
  for (let attempt = 1; ; attempt++) {
    const current = await get(service, kind, names)
    // Somebody else wrote the same, or the answer to a write of ours was lost.
    if (!isNeeded(step, current) && current !== undefined) return current
    try {
      // The specification demands the header for updates; `*` stands where the service told no tag.
      return await put(service, kind, names, properties, { ifMatch: current?.entityTag ?? '*' })
    } catch (error) {
      if (statusOf(error) !== 412 || attempt === attempts) throw error
    }
  }
}

/**
 * Whether an update is still needed, where the service has this now.
 *
 * @throws ConcurrentChange where it would undo what somebody else did since the plan was made
 */
export function isNeeded(step: Step, current: Item | undefined): boolean {
  const secrets = secretPaths(step)
  return stillToChange(step, current).length > 0 || step.change.fields.some(({ path }) => secrets.has(path))
}

/** Whether an update is still needed and undoes nothing. */
export function isOpen(step: Step, current: Item | undefined): boolean {
  try {
    return isNeeded(step, current)
  } catch (error) {
    if (error instanceof ConcurrentChange) return false
    throw error
  }
}

/** The fields that the plan changes and that are not as wanted yet. */
function stillToChange(step: Step, current: Item | undefined): FieldChange[] {
  const { kind, desired, change } = step
  if (current === undefined) throw new ConcurrentChange('it was deleted since the plan was made; make a new plan')
  const now = diff(kind.fields, desired, current.properties, () => false)
  const planned = new Map(change.fields.map((field) => [field.path, meaningOf(field.before)]))
  const others = now.filter(({ path, before }) => planned.get(path) !== meaningOf(before))
  if (others.length === 0) return now
  const paths = others.map(({ path }) => path).join(', ')
  throw new ConcurrentChange(`somebody changed ${paths} since the plan was made; make a new plan and look at it`)
}

/**
 * A text that two values share when they mean the same: a list and a GET show one in other orders of keys, and one may leave out
 * what the other shows to be empty.
 */
function meaningOf(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) => {
    if (inner === null || inner === '' || (Array.isArray(inner) && inner.length === 0)) return undefined
    if (typeof inner !== 'object' || Array.isArray(inner)) return inner
    const entries = Object.entries(inner).filter(([, each]) => each !== null)
    return entries.length === 0 ? undefined : Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
}

function secretPaths({ secrets }: Step): ReadonlySet<string> {
  return new Set(secrets.map(({ path }) => path))
}
