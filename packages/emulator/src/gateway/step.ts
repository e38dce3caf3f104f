import type { Scope, Section } from '@apim-kit/policy-dsl'
import type { RequestContext } from './request-context.js'
import type { TraceStep } from './trace.js'

/** `ended`: the answer is there, nothing else runs. */
export type StepResult = 'ended' | undefined | void

/** Where a policy stands: what a trace and `context.LastError` say of it. */
export interface StepPlace extends TraceStep {
  readonly section: Section
  readonly scope: Scope
  /** Name of the policy's element. */
  readonly policy: string
  /** Its `id` attribute. */
  readonly policyId: string | null
}

/** One policy of a saved document, ready to run. */
export interface Step {
  readonly place: StepPlace
  /** Whether its expressions look at a body, so that it has to be read before. */
  readonly readsBodies: boolean
  run(context: RequestContext): StepResult | Promise<StepResult>
}

/** Policies that run one after another: a section, or the branch of a `choose`. */
export type Steps = readonly Step[]
