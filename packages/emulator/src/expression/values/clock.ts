import { currentRun } from '../run.js'
import { DateTime } from './time.js'

/** The time that the evaluation sees, universal. It comes from the context, so that tests move it. */
export function now(): DateTime {
  return DateTime.ofUnixMilliseconds(currentRun().context.now())
}
