import type { Problem } from './problems.js'

// This file is an entry point of its own, `@apim-kit/core/errors`: what a program needs that only raises or catches errors. It
// loads neither the kinds nor zod, which the expression language has no use for and would wait for.
export { nearest, suggestion, type Problem, type Severity } from './problems.js'

/**
 * The stable codes of every error that apim-kit raises. Programs switch on them; the wording may change, a code never does.
 *
 * - `invalid-input`: a value that a caller passed does not fit; `problems` says where and what to write instead.
 * - `invalid-stack`: resources do not fit together: two of one name, a reference to something that is not there.
 * - `invalid-policy`: a policy document or expression has errors; every problem has its line and column.
 * - `invalid-expression`: a policy expression does not compile.
 * - `secret-unresolved`: a secret reference could not be turned into its value.
 * - `service-unreachable`: nothing answered at the endpoint.
 * - `not-authorized`: the endpoint, or the login before it, refused the caller (401, 403, no credential).
 * - `not-found`: the service, a resource or a file that was named does not exist.
 * - `request-failed`: the service answered a request with an error.
 * - `deployment-failed`: at least one resource of an apply failed; the result says which.
 * - `port-in-use`: a port that the emulator was told to use is taken.
 * - `not-supported`: known, but not built; a named refusal instead of a silent pass.
 * - `internal`: a mistake of apim-kit itself; please report it.
 */
export type ErrorCode =
  | 'invalid-input'
  | 'invalid-stack'
  | 'invalid-policy'
  | 'invalid-expression'
  | 'secret-unresolved'
  | 'service-unreachable'
  | 'not-authorized'
  | 'not-found'
  | 'request-failed'
  | 'deployment-failed'
  | 'port-in-use'
  | 'not-supported'
  | 'internal'

/** What an {@link ApimKitError} carries beside its message. */
export interface ErrorDetails {
  /** The single faults behind the error, each with its place. Default: none. */
  readonly problems?: readonly Problem[]
  /** The error that led to this one. */
  readonly cause?: unknown
}

const brand = Symbol.for('apim-kit.error')

/**
 * The one error class of all packages.
 *
 * @example
 * try { stack({ name: 'shop', resources }) } catch (error) {
 *   if (error instanceof ApimKitError && error.code === 'invalid-stack') for (const p of error.problems) console.error(p.message)
 * }
 */
export class ApimKitError extends Error {
  override readonly name = 'ApimKitError'
  /** Stable and machine-readable, see {@link ErrorCode}. */
  readonly code: ErrorCode
  /** The single faults behind this error; empty when the message says all. */
  readonly problems: readonly Problem[]

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined)
    this.code = code
    this.problems = details.problems ?? []
    Object.defineProperty(this, brand, { value: true })
  }

  /** Answers also for an error of a second copy of this package (ESM beside CommonJS), where `instanceof` would fail. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value
  }

  /** An error made of problems: the message lists them, one a line. */
  static of(code: ErrorCode, subject: string, problems: readonly Problem[]): ApimKitError {
    const lines = problems.map(
      (problem) => `  ${problem.path === '' ? '' : `${problem.path}: `}${problem.message}${place(problem)}`,
    )
    return new ApimKitError(code, [subject, ...lines].join('\n'), { problems })
  }
}

/** Where in a text it is; problems of values have no such place. */
const place = ({ line, column }: Problem): string =>
  line === undefined ? '' : ` (line ${line}${column === undefined ? '' : `, column ${column}`})`
