import { text } from '../fields.js'

/** What policies that limit calls tell of their count. */
export const callsLeftAttributes = {
  /** The header that says when to come back, instead of the default. Default: `Retry-After`. */
  retryAfterHeaderName: text({ default: 'Retry-After', expressions: false }),
  /** The variable that receives the seconds to wait. */
  retryAfterVariableName: text({ variable: 'set', expressions: false }),
  /** The header with the calls that are left. */
  remainingCallsHeaderName: text({ expressions: false }),
  /** The variable that receives the calls that are left. */
  remainingCallsVariableName: text({ variable: 'set', expressions: false }),
  /** The header that repeats `calls`. */
  totalCallsHeaderName: text({ expressions: false }),
} as const
