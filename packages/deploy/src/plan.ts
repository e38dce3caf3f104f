import { ApimKitError, armId, keyOf, resourceTitle, uniqueMarks, type SecretField, type Stack } from '@apim-kit/core'
import { besideRival, secretChanges, toChange, toPlan } from './changes.js'
import type { Service } from './client.js'
import { planDeletions } from './deletions.js'
import { recall, rememberedOf } from './memory.js'
import { kindFor, observe, observeWithRivals, type Observation } from './observe.js'
import type { Change, Plan } from './result.js'
import type { RequestOptions } from './sdk.js'
import { resolveSecrets, type SecretValues } from './secret-values.js'
import { refuseTooMany } from './room.js'
import { scrubberOf, withoutSecrets } from './scrub.js'
import { readOutputs } from './service-outputs.js'
import { readState, refuseReserved, type StoredState } from './state-store.js'
import { want, type Step, type Wanted } from './step.js'
import { readTold, type Told } from './told-secrets.js'

/** What `apply` needs of a plan beside what it shows. */
export interface PlanDetails {
  readonly service: Service
  readonly stack: Stack
  readonly steps: readonly Step[]
  readonly values: SecretValues
  /** What the stack remembers; undefined where it was not asked for, or there is nothing. */
  readonly stored: StoredState | undefined
  /** Marks of resources that somebody else deleted; known where deletions were planned. */
  readonly gone: ReadonlySet<string>
  /** The stack goes as a whole, and what it remembers goes with it. */
  readonly destroy: boolean
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
export async function makePlan(service: Service, stack: Stack, options: PlanContext): Promise<Plan> {
  refuseReserved(stack.resources)
  const prune = options.prune === true
  const outputs = await readOutputs(service, options)
  const wanted = stack.resources.map((resource) => want(service, resource, outputs))
  const values = await resolveSecrets(wanted.flatMap(usesOf), {
    keyVault: service.keyVault,
    environment: (name) => options.environment[name],
  })
  return withoutSecrets(scrubberOf(values), compare({ service, stack, wanted, values }, prune, options))
}

/** Asks the service, and says what differs. */
async function compare(
  { service, stack, wanted, values }: Pick<PlanDetails, 'service' | 'stack' | 'values'> & { wanted: readonly Wanted[] },
  prune: boolean,
  options: RequestOptions,
): Promise<Plan> {
  const isRemembered = prune || wanted.some((each) => rememberedOf(each).length > 0)
  const [{ observed, rivals, sizes, told }, stored] = await Promise.all([
    observeWithSecrets(service, wanted, options),
    isRemembered ? recall(service, stack.name, wanted, values, { ...options, all: prune }) : undefined,
  ])
  const deletions = await planDeletions(service, prune ? stored : undefined, stack.resources, options)
  const deleted = new Set(
    deletions.steps.map(({ resource, change }) => (change.action === 'delete' ? keyOf(resource) : '')),
  )
  const steps = wanted.map((each): Step => {
    const item = observed.get(keyOf(each.resource))
    const secrets = secretChanges(each, { values, stored, told })
    const step = { ...each, observed: item, change: toChange(service, each, item, secrets) }
    const rival = rivals.get(keyOf(each.resource))
    return rival === undefined ? step : besideRival(step, rival, deleted.has(rival.key))
  })
  refuseTooMany([...steps, ...deletions.steps], { sizes })
  return keep({
    service,
    stack,
    steps: [...steps, ...deletions.steps],
    values,
    stored,
    gone: deletions.gone,
    destroy: false,
  })
}

/**
 * Plans the deletion of everything that a stack created, in the order of deletion. What it declares and did not create stays,
 * and the plan says so.
 */
export async function makeDestroyPlan(service: Service, stack: Stack, options: RequestOptions): Promise<Plan> {
  refuseReserved(stack.resources)
  // Asked first because it finds a wrong endpoint, login or name; a list would call a service that is not there empty.
  await readOutputs(service, options)
  const [observed, stored] = await Promise.all([
    observe(service, stack.resources, options),
    readState(service, stack.name, options),
  ])
  const { steps, gone } = await planDeletions(service, stored, undefined, options)
  const going = new Set(steps.map(({ resource }) => keyOf(resource)))
  const foreign = stack.resources.flatMap((resource): Step[] => {
    const item = observed.get(keyOf(resource))
    if (item === undefined || going.has(keyOf(resource))) return []
    const change: Change = {
      id: armId(service.address, resource),
      kind: resource.kind,
      name: resource.name,
      action: 'none',
      fields: [],
      reason: 'kept: this stack did not create it',
    }
    return [{ change, resource, kind: kindFor(resource), desired: {}, secrets: [], observed: item }]
  })
  return keep({ service, stack, steps: [...steps, ...foreign], values: new Map(), stored, gone, destroy: true })
}

function keep(known: PlanDetails): Plan {
  const plan = toPlan(known.service, known.steps)
  details.set(plan, known)
  return plan
}

/** How to plan. */
export interface PlanOptions extends RequestOptions {
  /** Deletes what the stack created and declares no longer. Default: `false`, nothing is deleted. */
  readonly prune?: boolean | undefined
}

/** How to plan, and what surrounds the caller. */
export interface PlanContext extends PlanOptions {
  readonly environment: Readonly<Record<string, string | undefined>>
}

function usesOf({
  kind,
  resource,
  secrets,
}: Wanted): { title: string; path: string; reference: SecretField['reference'] }[] {
  const title = resourceTitle(kind, resource)
  return secrets.map(({ path, reference }) => ({ title, path, reference }))
}

/** What the service has, secrets that it tells included. */
async function observeWithSecrets(
  service: Service,
  wanted: readonly Wanted[],
  options: RequestOptions,
): Promise<Observation & { readonly told: Told }> {
  const desired = new Map(wanted.map((each) => [each.resource, each.desired]))
  const observation = await observeWithRivals(service, [...desired.keys()], options, (resource) =>
    uniqueMarks(resource, desired.get(resource) ?? {}),
  )
  const asked = wanted.filter(
    ({ kind, secrets, resource }) =>
      kind.sdk.reveal !== undefined && secrets.length > 0 && observation.observed.has(keyOf(resource)),
  )
  return { ...observation, told: await readTold(service, asked, options) }
}
