import { randomBytes } from 'node:crypto'
import type { Answer } from './answer.js'
import { ArmError } from './arm-error.js'

/** How often a client hears 202 at the address of an operation before it is done. */
const polls = 1

interface Operation {
  readonly run: () => Promise<Answer>
  remaining: number
  outcome: Promise<Answer> | undefined
}

/**
 * Operations that answer 202 first, as observed: an empty body and a `Location`, the resource's own address with `asyncId` and
 * `asyncCode`, where the client asks until it hears something else. The work is done only then, so that a client that does not
 * wait finds nothing.
 */
export class LongRunningOperations {
  readonly #operations = new Map<string, Operation>()

  /** Answers 202 and keeps the work. */
  accept(url: URL, status: number, run: () => Answer | Promise<Answer>): Answer {
    const id = randomBytes(12).toString('hex')
    this.#operations.set(id, { run: async () => run(), remaining: polls, outcome: undefined })
    const location = new URL(url)
    location.searchParams.set('asyncId', id)
    location.searchParams.set('asyncCode', String(status))
    return { status: 202, headers: { Location: location.href, 'Retry-After': '0' } }
  }

  /** Answers a poll: 202 for a while, then what the work gave, as often as it is asked. */
  async poll(id: string, url: URL): Promise<Answer> {
    const operation = this.#operations.get(id)
    if (operation === undefined) throw new ArmError(404, 'ResourceNotFound', `There is no operation '${id}'.`)
    if (operation.remaining-- > 0) return { status: 202, headers: { Location: url.href, 'Retry-After': '0' } }
    operation.outcome ??= operation.run()
    return operation.outcome
  }
}
