/**
 * A .NET exception on its way through an expression, and what `evaluate` throws when nobody catches it.
 *
 * @example
 * try { compiled.evaluate(context) } catch (error) { if (error instanceof DotNetException) log(error.shortName, error.message) }
 */
export class DotNetException extends Error {
  /** The full name of the .NET type: `System.FormatException`. */
  readonly typeName: string
  /** `Exception.InnerException`. */
  readonly inner: DotNetException | null
  /** What a few kinds of exceptions carry besides, and what an expression has set: by the name of the property. */
  details: Record<string, unknown> | undefined

  constructor(typeName: string, message: string, inner: DotNetException | null = null) {
    super(message)
    this.name = 'DotNetException'
    this.typeName = typeName
    this.inner = inner
  }

  /** The type's name without its namespace: `FormatException`, the form of the command line's `error.code`. */
  get shortName(): string {
    return this.typeName.slice(this.typeName.lastIndexOf('.') + 1)
  }
}
