import { setMaxListeners } from 'node:events'
import {
  ApimKitError,
  isStack,
  keyOf,
  refuseUnknown,
  secretsOf,
  serviceId,
  type Resource,
  type Stack,
} from '@apim-kit/core'
import type { Service } from './client.js'
import { applyPlan } from './apply.js'
import { connectionsOf, connectionStatuses, isConnected } from './connections.js'
import { observe } from './observe.js'
import { findDrift } from './drift.js'
import { makeDestroyPlan, makePlan, type PlanContext, type PlanOptions } from './plan.js'
import type { ApplyOptions, ApplyResult, ConnectionStatus, Plan } from './result.js'
import { scrubberOf } from './scrub.js'
import type { Item, RequestOptions } from './sdk.js'
import { findSecrets } from './secret-values.js'
import { waitForSignIn, type SignInOptions } from './sign-in.js'
import { readOutputs } from './service-outputs.js'
import { resolveTarget, targetOptions, type TargetOptions } from './target.js'

/** Deployments to one API Management service. */
export interface Deployment {
  /**
   * Asks the service what it has and says what apply would do. Writes nothing.
   *
   * @throws ApimKitError `invalid-input` where it is not known which service is meant; `service-unreachable`,
   * `not-authorized`, `not-found`; `secret-unresolved`, naming every secret that cannot be found; `invalid-stack` where the
   * service has no room for what would be created; `request-failed`.
   * The signal's reason where it ends the requests
   */
  plan(stack: Stack, options?: PlanOptions): Promise<Plan>
  /**
   * Carries out a plan, or plans a stack and carries that out. Resolves also when changes failed: the result says which;
   * {@link assertDeployed} makes an error of it.
   *
   * @throws ApimKitError as `plan` does; `invalid-input` for a plan of another program, or one that was applied before
   */
  apply(planOrStack: Plan | Stack, options?: ApplyOptions & Pick<PlanOptions, 'prune'>): Promise<ApplyResult>
  /**
   * Plans the deletion of everything that the stack created on the service, declared still or not, and of what is
   * remembered about it. Needs none of its secrets. `apply` carries it out.
   *
   * @throws ApimKitError as `plan` does
   */
  planDestroy(stack: Stack, options?: RequestOptions): Promise<Plan>
  /** {@link planDestroy} and `apply` in one. */
  destroy(stack: Stack, options?: ApplyOptions): Promise<ApplyResult>
  /**
   * What of the stack's own resources is not on the service as the stack says: changed or deleted by somebody else. As data
   * like a plan: its changes are what would repair it. Without drift its `summary` has nothing but `none`.
   *
   * @throws ApimKitError as `plan` does
   */
  drift(stack: Stack, options?: RequestOptions): Promise<Plan>
  /**
   * Waits until a person has signed in to every connection that needs it, or the time is over. Writes nothing.
   *
   * @returns the state of every connection then, with links for those that still wait
   */
  waitForSignIn(stack: Stack, options?: SignInOptions): Promise<ConnectionStatus[]>
  /** The state of every connection of a stack, with a link for those that a person has to sign in to. */
  status(stack: Stack, options?: RequestOptions): Promise<ConnectionStatus[]>
}

/**
 * Chooses where to deploy. Nothing is asked for until a plan is made; a login least of all.
 *
 * @param options - which service, at which endpoint, as whom; what is left out comes from the environment
 * (`AZURE_SUBSCRIPTION_ID`, `AZURE_RESOURCE_GROUP`, `APIM_SERVICE_NAME`, `APIM_KIT_ENDPOINT`), then from the stack
 * @example
 * const deployment = deployTo({ subscriptionId, resourceGroup: 'shop', service: 'shop-apim' })
 * console.table((await deployment.plan(shop)).changes)
 * assertDeployed(await deployment.apply(shop))
 */
export function deployTo(options: TargetOptions = {}): Deployment {
  refuseUnknown('deployTo', options, targetOptions)
  const environment = options.environment ?? process.env
  const services = new Map<string, Promise<Service>>()
  const serviceOf = async (stack: Stack): Promise<Service> => {
    if (!isStack(stack))
      throw new ApimKitError(
        'invalid-input',
        'expected a stack; make one with stack({ name, resources }) of @apim-kit/core',
      )
    const target = resolveTarget({ ...options, environment }, stack.service)
    const key = `${target.endpoint}${serviceId(target.address)}`
    // Loaded here and not with the package: the SDK takes half a second, and who only names secrets does not need it.
    const service =
      services.get(key) ?? import('./client.js').then(({ connect }) => connect(target, options.credential))
    services.set(key, service)
    return service
  }
  const plan: Deployment['plan'] = async (stack, request = {}) => {
    const service = await serviceOf(stack)
    return asking(request, async (options) => makePlan(service, stack, { ...request, ...options, environment }))
  }
  const planDestroy: Deployment['planDestroy'] = async (stack, request = {}) => {
    const service = await serviceOf(stack)
    return asking(request, async (options) => makeDestroyPlan(service, stack, options))
  }
  return {
    plan,
    apply: async (planOrStack, applyOptions = {}) => {
      const { signal, prune } = applyOptions
      return applyPlan(isStack(planOrStack) ? await plan(planOrStack, { signal, prune }) : planOrStack, applyOptions)
    },
    planDestroy,
    destroy: async (stack, applyOptions = {}) =>
      applyPlan(await planDestroy(stack, { signal: applyOptions.signal }), applyOptions),
    drift: async (stack, request = {}) => {
      const service = await serviceOf(stack)
      return asking(request, async (options) => findDrift(service, stack, options))
    },
    waitForSignIn: async (stack, request = {}) => {
      const service = await serviceOf(stack)
      return asking(request, async (options) => {
        await waitForSignIn(service, stack, { ...request, ...options })
        return statusOf(service, stack, environment, options)
      })
    },
    status: async (stack, request = {}) => {
      const service = await serviceOf(stack)
      return asking(request, async (options) => statusOf(service, stack, environment, options))
    },
  }
}

/** Asks many things at once. Where one of them fails, or the caller has enough, what is still under way is ended. */
async function asking<T>(
  { signal }: RequestOptions,
  ask: (options: Required<RequestOptions>) => Promise<T>,
): Promise<T> {
  const own = new AbortController()
  const either = AbortSignal.any(signal === undefined ? [own.signal] : [signal, own.signal])
  // It is listened to by as many requests as there are; Node would warn of a leak.
  setMaxListeners(0, either)
  try {
    return await ask({ signal: either })
  } catch (error) {
    own.abort()
    // A request that the caller ended is the caller's business, and no fault of the service.
    signal?.throwIfAborted()
    throw error
  }
}

async function statusOf(
  service: Service,
  stack: Stack,
  environment: PlanContext['environment'],
  options: RequestOptions,
): Promise<ConnectionStatus[]> {
  // Asked first because it finds a wrong endpoint, login or name; a list would call a service that is not there empty.
  await readOutputs(service, options)
  const { connections, withParents } = connectionsOf(stack.resources)
  const observed = await observe(service, withParents, options)
  const itemOf = (connection: Resource): Item | undefined => observed.get(keyOf(connection))
  const isBroken = (connection: Resource): boolean => {
    const item = itemOf(connection)
    return item !== undefined && !isConnected(connection, item)
  }
  // Whoever refused a secret may repeat it in the reason. Without one to repeat none is read.
  const references = connections.some(isBroken) ? withParents.flatMap(({ properties }) => secretsOf(properties)) : []
  const values = await findSecrets(
    references.map(({ reference }) => reference),
    { keyVault: service.keyVault, environment: (name) => environment[name] },
  )
  return connectionStatuses(service, connections, itemOf, scrubberOf(values))
}
