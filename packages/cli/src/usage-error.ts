/** A mistake in the command line itself, or a file that cannot be read: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
