/** Runs a task when one of a few places is free. */
export type Limit = <T>(task: () => Promise<T>) => Promise<T>

/** Bounds how many tasks run at once. A task must not wait for another task of the same limit. */
export function limit(places: number): Limit {
  const waiting: (() => void)[] = []
  let free = places
  return async (task) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    else free--
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free++
      else next()
    }
  }
}
