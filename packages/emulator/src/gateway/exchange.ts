import { ApimKitError } from '@apim-kit/core'
import { PolicyError } from './policy-error.js'
import type { Caller } from './request-context.js'

/** How long an exchange may take, and who waits for it. */
export interface ExchangeLimits {
  readonly milliseconds: number
  readonly caller: Caller
}

/** `setTimeout` takes no more. */
const longestTimer = 2_147_483_647

/**
 * Sends one request and turns what may go wrong into the documented errors: `Timeout` when no answer came in time,
 * `BackendConnectionFailure` when no connection was made or it broke, `ClientConnectionFailure` when the caller went away.
 *
 * The time is the machine's, not the emulator's clock: moving the clock must not break requests that are under way.
 */
export async function exchange<T>(send: (signal: AbortSignal) => Promise<T>, limits: ExchangeLimits): Promise<T> {
  const { milliseconds, caller } = limits
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(timeout(milliseconds)), Math.min(milliseconds, longestTimer))
  const endCaller = caller.onGone(() => controller.abort(callerGone()))
  try {
    return await send(controller.signal)
  } catch (error) {
    if (error instanceof ApimKitError && error.code === 'service-unreachable') {
      throw new PolicyError(error.message, { reason: 'BackendConnectionFailure', cause: error })
    }
    throw error
  } finally {
    clearTimeout(timer)
    endCaller()
  }
}

function callerGone(): PolicyError {
  return new PolicyError('The caller closed the connection.', { reason: 'ClientConnectionFailure' })
}

function timeout(milliseconds: number): PolicyError {
  return new PolicyError(`The backend did not answer within ${milliseconds / 1000} seconds.`, { reason: 'Timeout' })
}
