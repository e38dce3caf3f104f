import { DotNetException } from './values/exception.js'
import { argumentNull } from './values/exceptions.js'
import type { ClrValue } from './values/value.js'
import type { ExpressionContext } from './context/context.js'

/** Which .NET a gateway is taken to run on: it decides how doubles print (15 digits, or the shortest exact ones). */
export type Runtime = 'framework' | 'core'

/** Characters that one evaluation may allocate; far above any policy, far below what hurts the process. */
const allocationLimit = 64 * 1024 * 1024

/** How many local functions and lambdas may be active inside each other. JavaScript's own stack mostly ends before, which is told alike. */
const depthLimit = 10_000

/** One less than the steps between two looks at the clock, a power of two; few, as one step may work on a text of millions. */
const stepMask = 63

/** A running try statement with catch clauses. */
export interface Handler {
  /** Whether it takes the exception. It looks once: a filter runs before the `finally` blocks on the way, and not again after. */
  takes(exception: DotNetException): boolean
}

/** What one evaluation has used so far. Evaluations are synchronous, so one of them is active at a time in a process. */
export class Run {
  steps = 0
  allocated = 0
  depth = 0
  /** Whether the evaluation has to end: no catch clause and no `finally` block runs any more, or they could go on for ever. */
  stopped = false
  /** In the time of `performance.now()`: the emulator's own clock may stand still. Set at the first look, as most evaluations end before. */
  #deadline: number | undefined
  #caught: DotNetException[] | undefined
  #handlers: Handler[] | undefined

  constructor(
    readonly context: ExpressionContext,
    readonly runtime: Runtime,
    /** Milliseconds. */
    readonly timeLimit: number,
  ) {}

  /** The exceptions whose catch clauses are running, innermost last: what `throw;` throws again. */
  get caught(): DotNetException[] {
    return (this.#caught ??= [])
  }

  /** The try statements that are running and have catch clauses, innermost last. */
  get handlers(): Handler[] {
    return (this.#handlers ??= [])
  }

  /** @throws EvaluationStopped when the time is over */
  checkTime(): void {
    const now = performance.now()
    this.#deadline ??= now + this.timeLimit
    if (now <= this.#deadline) return
    throw stop('System.TimeoutException', `The expression was stopped after ${this.timeLimit / 1000} seconds.`)
  }
}

/** An exception that no catch clause of an expression may swallow: the evaluation as a whole has to end. */
export class EvaluationStopped extends DotNetException {}

let active: Run | undefined

/** The exception that ends the evaluation that is running. */
export function stop(type: string, message: string): EvaluationStopped {
  if (active !== undefined) active.stopped = true
  return new EvaluationStopped(type, message)
}

/** Whether the evaluation that is running has to end. */
export function isStopped(): boolean {
  return active?.stopped === true
}

/** The evaluation that is running. */
export function currentRun(): Run {
  if (active === undefined) throw new Error('No expression is being evaluated.')
  return active
}

/** The runtime of the evaluation that is running, or .NET Framework's outside of one. */
export function currentRuntime(): Runtime {
  return active?.runtime ?? 'framework'
}

/** Runs `body` on a value as the active evaluation. */
export function runWith<A, T>(run: Run, body: (value: A) => T, value: A): T {
  const outer = active
  active = run
  try {
    return body(value)
  } catch (error) {
    throw asDotNetException(error)
  } finally {
    active = outer
  }
}

/** Counts one step of a loop, of a call or of a long library routine, and stops an evaluation that is out of time. */
export function step(): void {
  if (active !== undefined && (++active.steps & stepMask) === 0) active.checkTime()
}

/** Looks at the clock before work that takes long in one piece. */
export function beforeLongWork(): void {
  active?.checkTime()
}

/** Counts characters or bytes that are about to be allocated, and stops an evaluation that takes too much. */
export function allocate(size: number): void {
  // A negative size is refused by whoever asked for it, and gives nothing back.
  if (active === undefined || size < 0) return
  active.allocated += size
  if (active.allocated > allocationLimit) throw outOfMemory()
}

/** Counts elements of a collection: each takes the room of eight characters. */
export function allocateItems(count: number): void {
  allocate(count * 8)
}

/** Counts an entry of a set or a dictionary, which takes several times the room of an element. */
export function allocateEntry(): void {
  allocateItems(3)
}

/** Counts an object that an expression makes, also one that only holds others: chains of them would grow without end. */
export function allocateObject(): void {
  allocate(64)
}

/** Runs the body of a local function or lambda: a step, and one more that is active. */
export function activate<F>(body: (frame: F) => ClrValue, frame: F): ClrValue {
  const run = active
  if (run === undefined) return body(frame)
  if ((++run.steps & stepMask) === 0) run.checkTime()
  if (++run.depth > depthLimit) throw stackExhausted()
  try {
    return body(frame)
  } finally {
    run.depth--
  }
}

/**
 * Any error as the .NET exception that stands for it; faults of this library stay what they are. An implementation that is handed
 * a null where .NET takes none fails in JavaScript's way.
 */
export function asDotNetException(error: unknown): unknown {
  if (error instanceof TypeError && /\bnull\b/.test(error.message)) return argumentNull('value')
  if (!(error instanceof RangeError)) return error
  return error.message.includes('call stack') ? stackExhausted() : outOfMemory()
}

function stackExhausted(): EvaluationStopped {
  return stop(
    'System.InsufficientExecutionStackException',
    'Insufficient stack to continue executing the program safely. This can happen from having too many functions on the call stack or function on the stack using too much stack space.',
  )
}

function outOfMemory(): EvaluationStopped {
  return stop('System.OutOfMemoryException', "Exception of type 'System.OutOfMemoryException' was thrown.")
}
