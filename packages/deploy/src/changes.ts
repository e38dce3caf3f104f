import { armId, diff, keyOf, type FieldChange, type SecretReference } from '@apim-kit/core'
import type { Service } from './client.js'
import { compareSecret } from './memory.js'
import type { Rival } from './observe.js'
import type { Action, Change, Plan } from './result.js'
import type { Item } from './sdk.js'
import type { SecretValues } from './secret-values.js'
import type { StoredState } from './state-store.js'
import type { Step, Wanted } from './step.js'
import type { Told } from './told-secrets.js'

/** What is known of the secrets on the service. */
export interface Knowledge {
  readonly values: SecretValues
  readonly stored: StoredState | undefined
  readonly told: Told
}

/**
 * What is to be done about one resource.
 *
 * @param secrets - the paths of secrets that changed, and why that is thought
 */
export function toChange(
  service: Service,
  { resource, kind, desired }: Wanted,
  item: Item | undefined,
  secrets: ReadonlyMap<string, string>,
): Change {
  // What is not there gets its secrets whatever was written to an earlier resource of that name.
  const changed = (path: string): boolean => item === undefined || secrets.has(path)
  const fields = diff(kind.fields, desired, item?.properties, changed)
  const action: Action = item === undefined ? 'create' : fields.length > 0 ? 'update' : 'none'
  const reason = action === 'update' ? reasonOf(fields, secrets) : undefined
  return {
    id: armId(service.address, resource),
    kind: resource.kind,
    name: resource.name,
    action,
    fields: fields.map((field) => Object.freeze(field)),
    ...(reason === undefined ? {} : { reason }),
  }
}

/**
 * A step whose resource another one stands in the way of: the service lets only one have what both have. Where the name matters
 * to nobody and all else is as wanted, the other one serves.
 */
export function besideRival(step: Step, { kind, item, key, mark }: Rival, isDeleted: boolean): Step {
  const { change, desired } = step
  if (change.action === 'none') return step
  const title = `${kind.title} ${item.name} has ${change.action === 'create' ? 'the same' : 'that'} ${mark.words}`
  const serves = mark.nameless === true && change.action === 'create' && !isDeleted
  if (serves && diff(kind.fields, desired, item.properties, () => true).length === 0)
    return {
      ...step,
      observed: item,
      change: { ...change, action: 'none', fields: [], reason: `not needed: ${title}` },
    }
  const reason = isDeleted ? `${title}, and goes first` : `${title}, of which the service allows only one`
  return { ...step, rival: key, change: { ...change, reason } }
}

/** The secrets that are not those written last, by path, with what that means. */
export function secretChanges({ kind, resource, secrets }: Wanted, knowledge: Knowledge): ReadonlyMap<string, string> {
  const { values, stored, told } = knowledge
  const changes = secrets.flatMap((secret): [string, string][] => {
    const { path, reference } = secret
    const value = values.get(reference) ?? ''
    if (kind.sdk.reveal !== undefined)
      return told.get(keyOf(resource))?.[path] === value ? [] : [[path, `its ${reference.noun} has changed`]]
    const found = stored === undefined ? 'unknown' : compareSecret(stored, resource, secret, value)
    if (found === 'same') return []
    return [[path, found === 'changed' ? `its ${reference.noun} has changed` : neverWritten(reference)]]
  })
  return new Map(changes)
}

const neverWritten = ({ noun }: SecretReference): string => `nothing remembers its ${noun} as written by this stack`

function reasonOf(fields: readonly FieldChange[], secrets: ReadonlyMap<string, string>): string | undefined {
  return fields.map((field) => secrets.get(field.path)).find((reason) => reason !== undefined)
}

/** Changes as a plan: frozen, and counted. */
export function toPlan(service: Service, steps: readonly Pick<Step, 'change'>[]): Plan {
  const changes = steps.map(({ change }) => change)
  const count = (action: Action): number => changes.filter((change) => change.action === action).length
  for (const change of changes) {
    Object.freeze(change.fields)
    Object.freeze(change)
  }
  return Object.freeze({
    service: service.address.service,
    changes: Object.freeze(changes),
    summary: Object.freeze({
      create: count('create'),
      update: count('update'),
      delete: count('delete'),
      none: count('none'),
    }),
  })
}
