import { keyOf, kindOf, namesOf, resourceTitle, toWire, type Resource } from '@apim-kit/core'
import { connectionsOf, connectionStatuses, isSilent } from './connections.js'
import { goesFirst } from './deletion-order.js'
import { toServiceError, type ServiceError } from './errors.js'
import { ArmEngine, type Deployed } from './arm-engine.js'
import { announce, record } from './memory.js'
import type { WriteMany } from './state-store.js'
import { observe, withAncestors } from './observe.js'
import { takeDetails, type PlanDetails, type Step } from './plan.js'
import type { ApplyEvent, ApplyOptions, ApplyResult, ChangeResult, ConnectionStatus, Plan } from './result.js'
import { schedule } from './schedule.js'
import { scrubbed, scrubberOf, withoutSecrets, type Scrub } from './scrub.js'
import { isNeeded, isOpen, write } from './replace.js'
import { remove, type Item } from './sdk.js'

/** How many resources are written at once unless the caller says otherwise: quick, and far from ARM's quota of writes. */
const defaultConcurrency = 8

/** Carries out a plan: exactly its changes, each after what it depends on. */
export async function applyPlan(plan: Plan, options: ApplyOptions): Promise<ApplyResult> {
  const details = takeDetails(plan)
  const scrub = scrubberOf(details.values)
  const run = new Run(details, options, scrub)
  const carryOut = async (): Promise<ApplyResult> => {
    await run.carryOut(options.concurrency ?? defaultConcurrency)
    return Object.freeze({ ...plan, results: run.results(), connections: await run.connections() })
  }
  return withoutSecrets(scrub, carryOut())
}

/** One run of the changes of a plan. */
class Run {
  readonly #details: PlanDetails
  readonly #options: ApplyOptions
  readonly #scrub: Scrub
  /** The changes there are to make, by resource. */
  readonly #steps: ReadonlyMap<Resource, Step>
  /** Those that delete, in their order. */
  readonly #deletions: readonly Step[]
  readonly #results = new Map<Step, ChangeResult>()
  /** What the service answered to the writes. */
  readonly #written = new Map<Step, Item>()
  /** Why nothing new may begin. */
  #stop: string | undefined
  #thrown: { readonly error: unknown } | undefined

  constructor(details: PlanDetails, options: ApplyOptions, scrub: Scrub) {
    const pending = details.steps.filter(({ change }) => change.action !== 'none')
    this.#deletions = pending.filter(({ change }) => change.action === 'delete')
    this.#details = details
    this.#options = options
    this.#scrub = scrub
    this.#steps = new Map(pending.map((step) => [step.resource, step]))
  }

  async carryOut(concurrency: number): Promise<void> {
    const steps = [...this.#steps.values()]
    const writes = steps.filter(({ change }) => change.action !== 'delete')
    const places = Math.max(1, Math.floor(concurrency))
    const engine = this.#armEngine(writes)
    const bulk = engine === undefined ? undefined : async (texts: Parameters<WriteMany>[0]) => engine.writeTexts(texts)
    const announced = this.#stopped() ? undefined : await announce(this.#details, writes, bulk)
    const early = this.#makingRoom(writes)
    await this.#delete(places, early)
    for (const step of writes) this.#skipBehind(step)
    const ready = writes.filter((step) => !this.#results.has(step))
    if (engine !== undefined) await this.#handOver(engine, ready)
    else
      await schedule(ready, {
        concurrency: places,
        dependenciesOf: (step) => this.#needed(step),
        stopped: () => this.#stopped(),
        run: async (step) => this.#carryOut(step, async () => this.#write(step)),
        skipped: (step, failed) => this.#skip(step, failed),
      })
    await this.#delete(
      places,
      this.#deletions.filter((step) => !early.includes(step)),
    )
    const outcomes = (outcome: ChangeResult['outcome']): Step[] =>
      steps.filter((step) => this.#results.get(step)?.outcome === outcome)
    const notBegun = outcomes('skipped')
    const deleted = outcomes('done').filter(({ change }) => change.action === 'delete')
    // Where nothing was begun nothing was announced either.
    if (notBegun.length < steps.length || announced?.stored !== undefined)
      await record(
        this.#details,
        announced ?? { stored: undefined, added: new Set() },
        {
          written: [...this.#written.keys()],
          deleted,
          notBegun,
          failed: outcomes('failed').length,
        },
        bulk,
      )
    if (this.#thrown !== undefined) throw this.#thrown.error
  }

  /** Deletions that come before the writes, since they make room for them, with what stands below what goes. */
  #makingRoom(writes: readonly Step[]): Step[] {
    const rivals = new Set(writes.flatMap(({ rival }) => rival ?? []))
    const going = this.#deletions.filter(({ resource }) => rivals.has(keyOf(resource)))
    return this.#deletions.filter((step) => going.some((other) => step === other || isPartOf(step, other)))
  }

  /** Skips a write whose place was not freed, or that needs one which is skipped. */
  #skipBehind(step: Step): void {
    const { rival } = step
    const taken = this.#deletions.find(({ resource }) => keyOf(resource) === rival)
    const isTaken = taken !== undefined && this.#results.get(taken)?.outcome !== 'done'
    const failed = isTaken ? taken : this.#failedBefore(step)
    if (failed !== undefined) this.#skip(step, failed, isTaken ? 'whose place it takes' : undefined)
  }

  #armEngine(writes: readonly Step[]): ArmEngine | undefined {
    const { service, stack, values } = this.#details
    const { engine = 'sdk', limits } = this.#options
    if (engine === 'sdk' || writes.length === 0) return undefined
    return new ArmEngine(service, stack, values, limits)
  }

  /** Lets Azure Resource Manager write, and takes its word for how it went. */
  async #handOver(engine: ArmEngine, writes: readonly Step[]): Promise<void> {
    const begins = new Map<Resource, number>()
    const stepOf = (resource: Resource): Step | undefined => this.#steps.get(resource)
    await engine.deploy(
      writes.map(({ resource }) => resource),
      {
        preparing: async (resources) => this.#checkUnchanged(resources.flatMap((resource) => stepOf(resource) ?? [])),
        mayBegin: (resource) => {
          const step = stepOf(resource)
          if (step === undefined || this.#results.has(step) || this.#stopped()) return false
          const failed = this.#failedBefore(step)
          if (failed !== undefined) this.#skip(step, failed)
          return failed === undefined
        },
        begun: (resource) => {
          begins.set(resource, performance.now())
          const step = stepOf(resource)
          if (step !== undefined) this.#emit({ type: 'started', change: step.change })
        },
        ended: (resource, outcome) => {
          const step = stepOf(resource)
          if (step !== undefined) this.#end(step, outcome, performance.now() - (begins.get(resource) ?? 0))
        },
      },
    )
    for (const step of writes) if (!this.#results.has(step)) this.#skip(step, this.#failedBefore(step))
  }

  /**
   * A template has no `If-Match`. So what is to be updated is read once more right before, and what somebody else changed since
   * the plan is not part of the deployment.
   */
  async #checkUnchanged(part: readonly Step[]): Promise<void> {
    const updates = part.filter(({ change }) => change.action === 'update')
    if (updates.length === 0 || this.#stopped()) return
    const resources = withAncestors(updates.map(({ resource }) => resource))
    const reading = observe(this.#details.service, resources)
    const now = await reading.catch(() => undefined)
    for (const step of updates) {
      const current = now?.get(keyOf(step.resource))
      if (now !== undefined && isOpen(step, current)) continue
      // Refused, or done already: the deployment has nothing to do with it.
      await this.#carryOut(step, async () => {
        await reading
        if (!isNeeded(step, current) && current !== undefined) this.#written.set(step, current)
      })
    }
  }

  /** What a step needs and did not come to be. */
  #failedBefore(step: Step): Step | undefined {
    return this.#needed(step).find((needed) => {
      const outcome = this.#results.get(needed)?.outcome
      return outcome === 'failed' || outcome === 'skipped'
    })
  }

  #end(step: Step, outcome: Deployed, elapsed: number): void {
    const { change, resource } = step
    const ms = Math.round(elapsed)
    if (outcome === undefined) return this.#skip(step, this.#failedBefore(step))
    if (outcome.outcome === 'done') {
      // What the service has now is asked for where somebody needs it.
      this.#written.set(step, { name: resource.name, properties: {} })
      this.#finish(step, { outcome: 'done', ms })
      return this.#emit({ type: 'done', change, ms })
    }
    const error = scrubbed(outcome.error, this.#scrub)
    this.#finish(step, { outcome: 'failed', ms, error })
    return this.#emit({ type: 'failed', change, ms, error })
  }

  /**
   * Deletes when all is written: until then something may use what is to go. For the same reason nothing is deleted where a
   * write failed, and what failed to be deleted keeps what it uses.
   */
  async #delete(concurrency: number, deletions: readonly Step[]): Promise<void> {
    const unfinished = [...this.#results].find(([, { outcome }]) => outcome === 'failed')?.[0]
    const reason = 'which comes before other deletions'
    if (unfinished !== undefined) {
      for (const step of deletions) this.#skip(step, unfinished, reason)
      return
    }
    for (const batch of batches(deletions)) {
      const stuck = this.#deletions.filter((step) =>
        ['failed', 'skipped'].includes(this.#results.get(step)?.outcome ?? ''),
      )
      const held = batch.flatMap((step) => {
        const holder = stuck.find((other) => this.#goesBefore(other, step))
        return holder === undefined ? [] : [[step, holder] as const]
      })
      for (const [step, holder] of held) this.#skip(step, holder, 'which was to go before it')
      const stay = new Set(held.map(([step]) => step))
      await schedule(
        batch.filter((step) => !stay.has(step)),
        {
          concurrency,
          dependenciesOf: () => [],
          stopped: () => this.#stopped(),
          run: async (step) => this.#carryOut(step, async () => this.#remove(step)),
          skipped: (step) => this.#skip(step, undefined),
        },
      )
    }
  }

  /** Whether something stands below another, or is declared to use it. */
  #goesBefore(step: Step, other: Step): boolean {
    const key = keyOf(other.resource)
    const { dependenciesOf } = this.#details.stack
    const uses = (own: Resource): boolean => dependenciesOf(own).some((needed) => keyOf(needed) === key)
    return isPartOf(step, other) || this.#declared(step).some(uses)
  }

  /** The declaration of what is to be deleted, where the stack has one. */
  #declared({ resource }: Step): Resource[] {
    const key = keyOf(resource)
    return this.#details.stack.resources.filter((own) => keyOf(own) === key)
  }

  results(): ChangeResult[] {
    return [...this.#steps.values()].flatMap((step) => this.#results.get(step) ?? [])
  }

  async connections(): Promise<ConnectionStatus[]> {
    const { service, stack, steps, destroy } = this.#details
    if (destroy) return []
    const { connections } = connectionsOf(stack.resources)
    const items = new Map(steps.map((step) => [step.resource, this.#written.get(step) ?? step.observed]))
    // Whether a write waits for the first token is not documented; an answer that does not say how it went is asked again.
    const saysNothing = (each: Resource): boolean => {
      const item = items.get(each)
      return item !== undefined && isSilent(each, item)
    }
    const silent = this.#stop === undefined ? connections.filter(saysNothing) : []
    const asked = await observe(service, connectionsOf(silent.flatMap(withParent)).withParents)
    const itemOf = (connection: Resource): Item | undefined => asked.get(keyOf(connection)) ?? items.get(connection)
    return connectionStatuses(service, connections, itemOf, this.#scrub)
  }

  #needed({ resource }: Step): Step[] {
    return this.#details.stack.dependenciesOf(resource).flatMap((needed) => this.#steps.get(needed) ?? [])
  }

  #stopped(): boolean {
    if (this.#options.signal?.aborted === true) this.#stop ??= 'the run was stopped'
    return this.#stop !== undefined
  }

  /** Does one change, and says how it went. */
  async #carryOut(step: Step, work: () => Promise<void>): Promise<boolean> {
    const { change } = step
    this.#emit({ type: 'started', change })
    const begin = performance.now()
    const elapsed = (): number => Math.round(performance.now() - begin)
    try {
      await work()
    } catch (caught) {
      const error = this.#understand(caught)
      this.#finish(step, { outcome: 'failed', ms: elapsed(), error })
      this.#emit({ type: 'failed', change, ms: elapsed(), error })
      return false
    }
    const ms = elapsed()
    this.#finish(step, { outcome: 'done', ms })
    this.#emit({ type: 'done', change, ms })
    return true
  }

  async #write(step: Step): Promise<void> {
    const { service, values } = this.#details
    const properties = toWire(step.desired, (_path, reference) => values.get(reference) ?? '')
    this.#written.set(step, await write(service, step, properties))
  }

  async #remove({ kind, resource }: Step): Promise<void> {
    await remove(this.#details.service, kind, namesOf(resource))
  }

  #skip(step: Step, failed: Step | undefined, why = 'which it needs'): void {
    const error =
      failed === undefined
        ? { code: 'stopped', message: `it was not begun: ${this.#stop ?? 'the run was stopped'}` }
        : { code: 'dependency-failed', message: `it was not begun: ${title(failed.resource)}, ${why}, failed` }
    this.#finish(step, { outcome: 'skipped', ms: 0, error })
    this.#emit({ type: 'skipped', change: step.change, error })
  }

  #finish(step: Step, result: Omit<ChangeResult, 'id' | 'action'>): void {
    const { id, action } = step.change
    this.#results.set(step, Object.freeze({ id, action, ...result }))
  }

  /** Reads an error, and stops the run where every other request would end the same way. */
  #understand(caught: unknown): ServiceError {
    const error = scrubbed(toServiceError(caught, this.#details.service), this.#scrub)
    if (error.status === 401 || error.code === 'service-unreachable' || error.code === 'not-authorized')
      this.#stop ??= `${error.code}: ${error.message}`
    return error
  }

  /** A listener that throws must not lose what the run knows: it stops the run, and its error is thrown at the end. */
  #emit(event: ApplyEvent): void {
    try {
      this.#options.onEvent?.(event)
    } catch (error) {
      this.#thrown ??= { error }
      this.#stop ??= 'the listener of its events threw an error'
    }
  }
}

/** Whether something stands below another, or is a revision of it. */
function isPartOf({ kind, resource }: Step, other: Step): boolean {
  const base = kind.needs?.exec(resource.name)?.[1]
  const isRevision = kind === other.kind && base?.toLowerCase() === other.resource.name.toLowerCase()
  return isRevision || keyOf(resource).startsWith(`${keyOf(other.resource)}/`)
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

function title(resource: Resource): string {
  const kind = kindOf(resource.kind)
  return kind === undefined ? resource.name : resourceTitle(kind, resource)
}

function withParent(resource: Resource): Resource[] {
  return resource.parent === undefined ? [resource] : [resource.parent, resource]
}
