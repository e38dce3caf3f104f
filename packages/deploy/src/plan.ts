import {
  ApimKitError,
  armId,
  diff,
  fillOutputs,
  keyOf,
  resourceTitle,
  secretsOf,
  type FieldChange,
  type Kind,
  type Resource,
  type SecretField,
  type Stack,
} from '@apim-kit/core'
import type { Service } from './client.js'
import { fingerprint, placeTag } from './fingerprints.js'
import { kindFor, observe } from './observe.js'
import type { Action, Change, Plan } from './result.js'
import type { Item, RequestOptions } from './sdk.js'
import { resolveSecrets, type SecretValues } from './secret-values.js'
import { readOutputs, type ServiceOutputs } from './service-outputs.js'
import { readState, refuseReserved, type StoredState } from './state-store.js'
import { fingerprintAt } from './state.js'

/** A change and what carrying it out needs. */
export interface Step {
  readonly change: Change
  readonly resource: Resource
  readonly kind: Kind
  /** What is wanted, outputs filled in; secrets and documents stand as what they are. */
  readonly desired: Readonly<Record<string, unknown>>
  readonly secrets: readonly SecretField[]
  /** What the service has; undefined where it is not there. */
  readonly observed: Item | undefined
}

/** What `apply` needs of a plan beside what it shows. */
export interface PlanDetails {
  readonly service: Service
  readonly stack: Stack
  readonly steps: readonly Step[]
  readonly values: SecretValues
  /** What the stack remembers; undefined where it was not asked for, or there is nothing. */
  readonly stored: StoredState | undefined
}

/** Beside the plans, not in them: a plan is printed and serialised, and this holds secrets. */
const details = new WeakMap<Plan, PlanDetails>()

/** Hands out the details of a plan, once: applied again it would write what is there already. */
export function takeDetails(plan: Plan): PlanDetails {
  const found = details.get(plan)
  details.delete(plan)
  if (found !== undefined) return found
  throw new ApimKitError(
    'invalid-input',
    'apply takes a stack, or a plan that deployment.plan(stack) made in this program and that was not applied yet; make a new plan',
  )
}

/** Asks the service what it has, compares, and says what is to be done. Writes nothing. */
export async function makePlan(service: Service, stack: Stack, options: PlanOptions): Promise<Plan> {
  refuseReserved(stack.resources)
  const outputs = await readOutputs(service, options)
  const wanted = stack.resources.map((resource) => want(resource, outputs))
  const values = await resolveSecrets(wanted.flatMap(usesOf), {
    keyVault: service.keyVault,
    environment: (name) => options.environment[name],
  })
  const [observed, stored] = await Promise.all([
    observe(service, stack.resources, options),
    values.size === 0 ? undefined : readState(service, stack.name, options),
  ])
  const steps = wanted.map((each): Step => {
    const item = observed.get(keyOf(each.resource))
    return { ...each, observed: item, change: toChange(service, each, item, { values, stored }) }
  })
  const plan = toPlan(service, steps)
  details.set(plan, { service, stack, steps, values, stored })
  return plan
}

/** How to plan. */
export interface PlanOptions extends RequestOptions {
  readonly environment: Readonly<Record<string, string | undefined>>
}

type Wanted = Pick<Step, 'resource' | 'kind' | 'desired' | 'secrets'>

function want(resource: Resource, outputs: ServiceOutputs): Wanted {
  const kind = kindFor(resource)
  const desired = fillOutputs(resource, outputs)
  return { resource, kind, desired, secrets: secretsOf(desired) }
}

function usesOf({
  kind,
  resource,
  secrets,
}: Wanted): { title: string; path: string; reference: SecretField['reference'] }[] {
  const title = resourceTitle(kind, resource)
  return secrets.map(({ path, reference }) => ({ title, path, reference }))
}

type Knowledge = Pick<PlanDetails, 'values' | 'stored'>

function toChange(service: Service, wanted: Wanted, item: Item | undefined, knowledge: Knowledge): Change {
  const { resource, kind, desired } = wanted
  const secrets = secretChanges(wanted, knowledge)
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

/** The secrets that are not those written last, by path, with what that means. */
function secretChanges({ resource, secrets }: Wanted, { values, stored }: Knowledge): ReadonlyMap<string, string> {
  const changes = secrets.flatMap(({ path, reference }): [string, string][] => {
    if (stored === undefined) return [[path, neverWritten]]
    const { key } = stored.state
    const place = { resource: keyOf(resource), path }
    const before = fingerprintAt(stored.state, placeTag(key, place))
    if (before === undefined) return [[path, neverWritten]]
    return before === fingerprint(key, place, values.get(reference) ?? '') ? [] : [[path, 'its secret has changed']]
  })
  return new Map(changes)
}

const neverWritten = 'nothing remembers its secret as written by this stack'

function reasonOf(fields: readonly FieldChange[], secrets: ReadonlyMap<string, string>): string | undefined {
  return fields.map((field) => secrets.get(field.path)).find((reason) => reason !== undefined)
}

function toPlan(service: Service, steps: readonly Step[]): Plan {
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
