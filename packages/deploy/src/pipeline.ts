import { isRestError, retryPolicy, type PipelinePolicy, type PipelineResponse } from '@azure/core-rest-pipeline'
import { unreachable } from './errors.js'

/** How long the very first answer may take; a wrong address that swallows packets would otherwise hold up for minutes. */
const firstAnswerTimeout = 20_000
/** How long any answer may take. ARM gives up on a request of its own after a minute. */
const answerTimeout = 120_000

/** Nobody listens there, or there is no such name: asking again at once does not help. */
const nobodyThere = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/**
 * Fails at once where the endpoint has not answered even one request: then it is down or misspelt. Once it has answered, a
 * lost connection is a matter for the retries.
 */
export function firstAnswer(endpoint: string): PipelinePolicy {
  let answered = false
  return {
    name: 'apimKitFirstAnswer',
    sendRequest: async (request, next) => {
      request.timeout = answered ? answerTimeout : firstAnswerTimeout
      try {
        const response = await next(request)
        answered = true
        return response
      } catch (error) {
        if (!answered && isRestError(error) && nobodyThere.has(error.code ?? ''))
          throw unreachable(endpoint, error.code)
        throw error
      }
    },
  }
}

/**
 * Asks again where the service was busy with another change of the same parent (409 PessimisticConcurrencyConflict), and
 * on a 429 that does not say when to come back: the SDK's own policy leaves both alone.
 */
export function retryConflicts(): PipelinePolicy {
  const strategy = {
    name: 'apimKitConflicts',
    retry: ({ retryCount, response }: { readonly retryCount: number; readonly response?: PipelineResponse }) =>
      response !== undefined && isBusy(response) ? { retryAfterInMs: 250 * 2 ** retryCount } : { skipStrategy: true },
  }
  return retryPolicy([strategy], { maxRetries: 6 })
}

function isBusy({ status, bodyAsText, headers }: PipelineResponse): boolean {
  if (status === 429) return !['retry-after', 'retry-after-ms', 'x-ms-retry-after-ms'].some((name) => headers.has(name))
  return status === 409 && (bodyAsText ?? '').includes('PessimisticConcurrencyConflict')
}
