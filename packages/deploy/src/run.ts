import { kindOf, resourceTitle, type Resource } from '@apim-kit/core'
import type { Deployed } from './arm-engine.js'
import { toServiceError, type ServiceError } from './errors.js'
import type { PlanDetails } from './plan.js'
import type { ApplyEvent, ApplyOptions, ChangeResult, Outcome } from './result.js'
import { scrubbed, type Scrub } from './scrub.js'
import type { Item } from './sdk.js'
import type { Step } from './step.js'

/** One run of the changes of a plan: what became of each, and whether another may begin. */
export class Run {
  /** What the service answered to the writes. */
  readonly written = new Map<Step, Item>()
  readonly details: PlanDetails
  readonly #options: ApplyOptions
  readonly #scrub: Scrub
  /** The changes there are to make, by resource. */
  readonly #steps: ReadonlyMap<Resource, Step>
  readonly #results = new Map<Step, ChangeResult>()
  /** Why nothing new may begin. */
  #stop: string | undefined
  #thrown: { readonly error: unknown } | undefined

  constructor(details: PlanDetails, options: ApplyOptions, scrub: Scrub) {
    const pending = details.steps.filter(({ change }) => change.action !== 'none')
    this.details = details
    this.#options = options
    this.#scrub = scrub
    this.#steps = new Map(pending.map((step) => [step.resource, step]))
  }

  /** The changes there are to make, in the plan's order. */
  get steps(): readonly Step[] {
    return [...this.#steps.values()]
  }

  /** The change of a resource; undefined where there is none to make. */
  stepOf(resource: Resource): Step | undefined {
    return this.#steps.get(resource)
  }

  /** What became of a change; undefined as long as nothing did. */
  outcomeOf(step: Step): Outcome | undefined {
    return this.#results.get(step)?.outcome
  }

  /** The changes that ended in one way. */
  ended(outcome: Outcome): Step[] {
    return this.steps.filter((step) => this.outcomeOf(step) === outcome)
  }

  /** What a change needs to be made before. */
  needed({ resource }: Step): Step[] {
    return this.details.stack.dependenciesOf(resource).flatMap((needed) => this.#steps.get(needed) ?? [])
  }

  /** What a change needs and did not come to be. */
  failedBefore(step: Step): Step | undefined {
    return this.needed(step).find((needed) => ['failed', 'skipped'].includes(this.outcomeOf(needed) ?? ''))
  }

  /** Whether nothing new may begin. */
  stopped(): boolean {
    if (this.#options.signal?.aborted === true) this.#stop ??= 'the run was stopped'
    return this.#stop !== undefined
  }

  /** One for every change, in the plan's order. */
  results(): ChangeResult[] {
    return this.steps.flatMap((step) => this.#results.get(step) ?? [])
  }

  /** Throws what a listener threw. */
  throwThrown(): void {
    if (this.#thrown !== undefined) throw this.#thrown.error
  }

  /** Does one change, and says how it went. */
  async carryOut(step: Step, work: () => Promise<void>): Promise<boolean> {
    this.begin(step)
    const begin = performance.now()
    const elapsed = (): number => performance.now() - begin
    try {
      await work()
    } catch (caught) {
      this.#fail(step, this.#understand(caught), elapsed())
      return false
    }
    this.#finish(step, 'done', elapsed())
    return true
  }

  /** Says that a change begins. */
  begin({ change }: Step): void {
    this.#emit({ type: 'started', change })
  }

  /** Takes somebody else's word for how a change went. */
  end(step: Step, outcome: Deployed, elapsed: number): void {
    if (outcome === undefined) return this.skip(step, this.failedBefore(step))
    if (outcome.outcome === 'failed') return this.#fail(step, scrubbed(outcome.error, this.#scrub), elapsed)
    // What the service has now is asked for where somebody needs it.
    this.written.set(step, { name: step.resource.name, properties: {} })
    return this.#finish(step, 'done', elapsed)
  }

  /**
   * Does not begin a change.
   *
   * @param failed - what stands in the way; undefined after a stop
   * @param why - what that has to do with it
   */
  skip(step: Step, failed: Step | undefined, why = 'which it needs'): void {
    const error =
      failed === undefined
        ? { code: 'stopped', message: `it was not begun: ${this.#stop ?? 'the run was stopped'}` }
        : { code: 'dependency-failed', message: `it was not begun: ${title(failed.resource)}, ${why}, failed` }
    this.#keep(step, { outcome: 'skipped', ms: 0, error })
    this.#emit({ type: 'skipped', change: step.change, error })
  }

  #fail(step: Step, error: ServiceError, elapsed: number): void {
    const ms = Math.round(elapsed)
    this.#keep(step, { outcome: 'failed', ms, error })
    this.#emit({ type: 'failed', change: step.change, ms, error })
  }

  #finish(step: Step, outcome: 'done', elapsed: number): void {
    const ms = Math.round(elapsed)
    this.#keep(step, { outcome, ms })
    this.#emit({ type: outcome, change: step.change, ms })
  }

  #keep(step: Step, result: Omit<ChangeResult, 'id' | 'action'>): void {
    const { id, action } = step.change
    this.#results.set(step, Object.freeze({ id, action, ...result }))
  }

  /** Reads an error, and stops the run where every other request would end the same way. */
  #understand(caught: unknown): ServiceError {
    const error = scrubbed(toServiceError(caught, this.details.service), this.#scrub)
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

function title(resource: Resource): string {
  const kind = kindOf(resource.kind)
  return kind === undefined ? resource.name : resourceTitle(kind, resource)
}
