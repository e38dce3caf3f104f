/** What {@link schedule} has to be told. */
export interface Schedule<T> {
  /** What has to be done first. Items that are not part of the schedule are taken as done. */
  readonly dependenciesOf: (item: T) => readonly T[]
  /** How many run at once, at least 1. */
  readonly concurrency: number
  /** Does one; `false` says that it failed. Must not reject. */
  readonly run: (item: T) => Promise<boolean>
  /** Hears of every item that is never run: `failed` names what failed before it, undefined after a stop. */
  readonly skipped: (item: T, failed: T | undefined) => void
  /** Asked before every start; once true, nothing new starts. */
  readonly stopped: () => boolean
}

/**
 * Runs items, each after everything that it depends on. What fails takes along only what depends on it. Every item is
 * either run or skipped when the promise settles.
 */
export async function schedule<T>(items: readonly T[], options: Schedule<T>): Promise<void> {
  const graph = new Graph(items, options.dependenciesOf)
  const running = new Set<Promise<void>>()
  const start = async (item: T): Promise<void> => {
    if (await options.run(item)) graph.done(item)
    else for (const dependent of graph.drop(item)) options.skipped(dependent, item)
  }
  for (;;) {
    while (running.size < options.concurrency && !options.stopped()) {
      const item = graph.next()
      if (item === undefined) break
      const task = start(item).finally(() => running.delete(task))
      running.add(task)
    }
    if (running.size === 0) break
    await Promise.race(running)
  }
  for (const item of graph.rest()) options.skipped(item, undefined)
}

/** Items that wait, and for how many others each does. */
class Graph<T> {
  readonly #waitsFor = new Map<T, number>()
  readonly #dependents = new Map<T, T[]>()
  readonly #ready: T[]
  #position = 0

  constructor(items: readonly T[], dependenciesOf: (item: T) => readonly T[]) {
    const known = new Set(items)
    for (const item of known) {
      const needed = dependenciesOf(item).filter((dependency) => known.has(dependency))
      this.#waitsFor.set(item, needed.length)
      for (const dependency of needed) this.#add(dependency, item)
    }
    this.#ready = [...known].filter((item) => this.#waitsFor.get(item) === 0)
  }

  #add(dependency: T, item: T): void {
    const dependents = this.#dependents.get(dependency)
    if (dependents === undefined) this.#dependents.set(dependency, [item])
    else dependents.push(item)
  }

  #of(item: T): readonly T[] {
    return this.#dependents.get(item) ?? []
  }

  /** The next that waits for nothing; it waits no longer. */
  next(): T | undefined {
    const item = this.#ready[this.#position]
    if (item === undefined) return undefined
    this.#position++
    this.#waitsFor.delete(item)
    return item
  }

  done(item: T): void {
    for (const dependent of this.#of(item)) {
      const waits = (this.#waitsFor.get(dependent) ?? 0) - 1
      if (!this.#waitsFor.has(dependent)) continue
      this.#waitsFor.set(dependent, waits)
      if (waits === 0) this.#ready.push(dependent)
    }
  }

  /** Takes out everything that depends on an item, however indirectly. */
  drop(item: T): T[] {
    const queue = [item]
    for (const from of queue)
      for (const dependent of this.#of(from)) if (this.#waitsFor.delete(dependent)) queue.push(dependent)
    return queue.slice(1)
  }

  /** What was neither run nor dropped. */
  rest(): T[] {
    return [...this.#waitsFor.keys()]
  }
}
