import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline'
import { setTimeout as sleep } from 'node:timers/promises'

/*
 * Azure Resource Manager counts a subscription's requests in buckets, one for reads, one for writes, one for deletions, that
 * fill up again at these rates; every answer says how much is left. Who empties a bucket locks out everybody else of the
 * subscription, portal included, so shortly before its end requests go no faster than it fills.
 */
const refillPerSecond = { reads: 25, writes: 10, deletes: 10 } as const

type Purpose = keyof typeof refillPerSecond

const purposes: Readonly<Record<string, Purpose>> = { GET: 'reads', HEAD: 'reads', DELETE: 'deletes' }

/** What is left for others, and for requests of ours that are under way while we read how much is left. */
const reserve = 20

/** Slows down before the quota of requests ends, and holds back every request of a kind once one of it was told to wait. */
export function respectQuota(): PipelinePolicy {
  const buckets = { reads: new Bucket('reads'), writes: new Bucket('writes'), deletes: new Bucket('deletes') }
  return {
    name: 'apimKitQuota',
    sendRequest: async (request, next) => {
      const bucket = buckets[purposes[request.method] ?? 'writes']
      await bucket.turn()
      const response = await next(request)
      bucket.hear(response)
      return response
    },
  }
}

class Bucket {
  readonly #remainingHeader: RegExp
  readonly #interval: number
  #remaining = Infinity
  /** When the next request may go. */
  #free = 0

  constructor(purpose: Purpose) {
    this.#remainingHeader = new RegExp(`^x-ms-ratelimit-remaining-(?:.*-${purpose}|resource)$`, 'i')
    this.#interval = 1000 / refillPerSecond[purpose]
  }

  async turn(): Promise<void> {
    for (;;) {
      const now = Date.now()
      const wait = this.#free - now
      if (this.#remaining <= reserve) {
        const turn = Math.max(now, this.#free)
        this.#free = turn + this.#interval
        if (turn > now) await sleep(turn - now)
        return
      }
      if (wait <= 0) return
      await sleep(wait)
    }
  }

  hear({ status, headers }: PipelineResponse): void {
    const counts = [...headers].flatMap(([name, value]) => (this.#remainingHeader.test(name) ? remainingIn(value) : []))
    if (counts.length > 0) this.#remaining = Math.min(...counts)
    const seconds = Number(headers.get('retry-after'))
    if (status === 429 && seconds > 0) this.#free = Math.max(this.#free, Date.now() + seconds * 1000)
  }
}

/** `11999`, or with the name of what is counted: `Microsoft.ApiManagement/Put3Min;46`. */
function remainingIn(value: string): number[] {
  return [...value.matchAll(/(?:^|;)\s*(\d+)\s*(?=,|$)/g)].map(([, count]) => Number(count))
}
