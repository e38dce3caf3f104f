import type { FieldChange } from '@apim-kit/core'
import type { PartLimits } from './export/parts.js'
import type { ServiceError } from './errors.js'

/** What a plan means to do with a resource. `none`: the service has it already as the stack says. */
export type Action = 'create' | 'update' | 'delete' | 'none'

/** What a plan means to do with one resource. */
export interface Change {
  /** ARM id. */
  readonly id: string
  /** The kind's name: `credentialProvider`. */
  readonly kind: string
  readonly name: string
  readonly action: Action
  /** Every field that differs, secrets as `[secret]`; none where nothing is to be done. */
  readonly fields: readonly FieldChange[]
  /** Why it is to be done, where the fields do not say it. */
  readonly reason?: string
}

/** A plan as data: what it says is what `apply` does, no more and no less. Frozen; `JSON.stringify` gives all of it. */
export interface Plan {
  /** The service's name. */
  readonly service: string
  /** One for every resource of the stack, in the order of deployment. */
  readonly changes: readonly Change[]
  /** How many changes there are of each action. */
  readonly summary: Readonly<Record<Action, number>>
}

/** What became of one change. `skipped`: it was not begun. */
export type Outcome = 'done' | 'failed' | 'skipped'

/** What became of one change of a plan that was not `none`. */
export interface ChangeResult {
  readonly id: string
  readonly action: Action
  readonly outcome: Outcome
  /** How long it took, in milliseconds. */
  readonly ms: number
  /** Why it failed or was skipped. */
  readonly error?: ServiceError
}

/** The state of one connection. */
export interface ConnectionStatus {
  readonly id: string
  /** `Connected`, `Error`, or a word of the service that is not known yet. */
  readonly status: string
  /** Why it does not work; null where it does. */
  readonly error: { readonly code: string; readonly message: string } | null
  /** Where a person signs in; null where nobody has to. */
  readonly loginLink: string | null
}

/** What an apply did. */
export interface ApplyResult extends Plan {
  /** One for every change that was not `none`, in the plan's order. */
  readonly results: readonly ChangeResult[]
  /** Every connection of the stack. */
  readonly connections: readonly ConnectionStatus[]
}

/** What {@link ApplyOptions.onEvent} hears. */
export type ApplyEvent =
  | { readonly type: 'started'; readonly change: Change }
  | { readonly type: 'done'; readonly change: Change; readonly ms: number }
  | { readonly type: 'failed'; readonly change: Change; readonly ms: number; readonly error: ServiceError }
  | { readonly type: 'skipped'; readonly change: Change; readonly error: ServiceError }

/** Who writes the resources of a plan. */
export type Engine = 'sdk' | 'arm'

/** How to apply. */
export interface ApplyOptions {
  /**
   * `sdk`: one request a resource. `arm`: templates that Azure Resource Manager deploys, up to 800 resources each, for stacks
   * whose requests would exceed a client's quota; deletions stay single requests, and what somebody changes while a
   * deployment runs is not noticed. Default: `sdk`.
   */
  readonly engine?: Engine | undefined
  /** What one deployment of the engine `arm` may hold. Default: ARM's limits. */
  readonly limits?: PartLimits | undefined
  /** How many resources are written at once. Default: 8. */
  readonly concurrency?: number | undefined
  /** Hears of every change as it begins and ends. What it throws stops the run like `signal`, and is thrown at the end. */
  readonly onEvent?: ((event: ApplyEvent) => void) | undefined
  /** Stops the run: nothing new begins, what has begun is finished and remembered. */
  readonly signal?: AbortSignal | undefined
}
