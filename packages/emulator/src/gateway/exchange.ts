import { ApimKitError } from '@apim-kit/core'
import { PolicyError } from './policy-error.js'

/** How long an exchange may take, and who waits for it. */
export interface ExchangeLimits {
  readonly milliseconds: number
  /** Aborted when the caller goes away. */
  readonly caller: AbortSignal
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
  const expire = (): void => controller.abort(timeout(milliseconds))
  const leave = (): void => controller.abort(caller.reason)
  const timer = setTimeout(expire, Math.min(milliseconds, longestTimer))
  caller.addEventListener('abort', leave, { once: true })
  try {
    caller.throwIfAborted()
    return await send(controller.signal)
  } catch (error) {
    if (error instanceof ApimKitError && error.code === 'service-unreachable') {
      throw new PolicyError(error.message, { reason: 'BackendConnectionFailure', cause: error })
    }
    throw error
  } finally {
    clearTimeout(timer)
    caller.removeEventListener('abort', leave)
  }
}

function timeout(milliseconds: number): PolicyError {
  return new PolicyError(`The backend did not answer within ${milliseconds / 1000} seconds.`, { reason: 'Timeout' })
}
