import { DotNetException, HeaderCollection, MessageBody, ResponseMessage } from '../expression/index.js'
import { ensureResponse } from './message-in.js'
import { errorBody, lastErrorOf, PolicyError, type ErrorPlace, type PlacedError } from './policy-error.js'
import type { RequestContext } from './request-context.js'
import type { Step, StepResult, Steps } from './step.js'

/** The effective policies of one operation: every scope's, composed along `base`. */
export interface Pipeline {
  readonly inbound: Steps
  readonly backend: Steps
  readonly outbound: Steps
  readonly onError: Steps
}

/** Carries an error with the place of the innermost policy that raised it. */
class StepFailure extends Error implements PlacedError {
  readonly error: PolicyError
  readonly place: ErrorPlace

  constructor({ error, place }: PlacedError) {
    super(error.message, { cause: error })
    this.error = error
    this.place = place
  }
}

/** Runs policies one after another until one ends the request. */
export async function runSteps(steps: Steps, context: RequestContext): Promise<StepResult> {
  for (const step of steps) {
    context.steps.push(step.place)
    try {
      if (step.readsBodies) await context.readBodies()
      const result = step.run(context)
      if ((result instanceof Promise ? await result : result) === 'ended') return 'ended'
    } catch (error) {
      throw error instanceof StepFailure
        ? error
        : new StepFailure({ error: asPolicyError(error), place: placeOf(step) })
    }
  }
  return undefined
}

/**
 * Serves a request with the policies of its operation: inbound, backend, outbound; at the first error on-error. Afterwards
 * `context.response` is what the caller gets. Never throws.
 */
export async function runPipeline(pipeline: Pipeline, context: RequestContext): Promise<void> {
  try {
    if ((await runSteps(pipeline.inbound, context)) === 'ended') return
    if ((await runSteps(pipeline.backend, context)) === 'ended') return
    // A backend section that forwards nothing leaves no response; outbound runs all the same, on an empty one.
    ensureResponse(context)
    await runSteps(pipeline.outbound, context)
  } catch (error) {
    await runOnError(pipeline.onError, context, placed(error))
  }
}

/**
 * Answers with an error: sets `context.LastError` and the answer that the service gives by itself, then lets on-error change
 * it. An error in on-error ends there, and its own answer goes out.
 */
export async function runOnError(onError: Steps, context: RequestContext, failure: PlacedError): Promise<void> {
  setErrorResponse(context, failure)
  try {
    await runSteps(onError, context)
  } catch (error) {
    setErrorResponse(context, placed(error))
  }
}

function setErrorResponse(context: RequestContext, failure: PlacedError): void {
  context.dropResponseBody()
  context.lastError = lastErrorOf(failure)
  const { error } = failure
  context.response = new ResponseMessage({
    statusCode: error.status,
    headers: new HeaderCollection([['Content-Type', 'application/json'], ...error.headers]),
    body: new MessageBody(errorBody(error, context.requestId)),
  })
}

function placed(error: unknown): PlacedError {
  if (error instanceof StepFailure) return error
  return {
    error: asPolicyError(error),
    place: { source: 'gateway', scope: null, section: null, path: null, policyId: null },
  }
}

function placeOf({ place }: Step): ErrorPlace {
  return {
    source: place.policy,
    scope: place.scope,
    section: place.section,
    path: place.path,
    policyId: place.policyId,
  }
}

function asPolicyError(error: unknown): PolicyError {
  if (error instanceof PolicyError) return error
  // A behaviour that reads a body which an expression has consumed meets the same exception as an expression would.
  const reason = error instanceof DotNetException ? { reason: 'ExpressionValueEvaluationFailure' } : {}
  return new PolicyError(error instanceof Error ? error.message : String(error), { ...reason, cause: error })
}
