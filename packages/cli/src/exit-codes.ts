/** What the process ends with. Scripts rely on these. */
export const exitCode = {
  /** Done and clean. */
  clean: 0,
  /** Problems were found, or the work failed. */
  problems: 1,
  /** Bad usage, or a file that cannot be read. */
  usage: 2,
  /** `plan --detailed-exitcode` only: changes are pending. */
  pending: 3,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]
