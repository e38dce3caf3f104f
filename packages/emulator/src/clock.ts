/** A span of time: milliseconds, or named parts that add up. */
export type Duration =
  | number
  | {
      readonly hours?: number
      readonly minutes?: number
      readonly seconds?: number
      readonly milliseconds?: number
    }

/**
 * The time of one emulator. Whatever in it reads the time (tokens, caches, `DateTime.UtcNow`, entity tags) asks here, so that a
 * test can move time for all of it at once.
 *
 * @example
 * emulator.clock.advance({ minutes: 57, seconds: 1 })
 */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number
  /** Moves the time, forwards or (with a negative span) backwards. Throws a `RangeError` for a span that is no finite number. */
  advance(duration: Duration): void
}

/** A clock that runs with the system's and starts at its time, or at `startAt` (milliseconds since 1970-01-01 UTC). */
export function createClock(startAt?: number): Clock {
  let offset = startAt === undefined ? 0 : startAt - Date.now()
  return {
    now: () => Date.now() + offset,
    advance: (duration) => {
      offset += milliseconds(duration)
    },
  }
}

function milliseconds(duration: Duration): number {
  const span = typeof duration === 'number' ? duration : sum(duration)
  if (!Number.isFinite(span))
    throw new RangeError(`The clock was asked to move by ${span}; pass a finite number of ms.`)
  return span
}

function sum(duration: Exclude<Duration, number>): number {
  const { hours = 0, minutes = 0, seconds = 0, milliseconds: rest = 0 } = duration
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
}
