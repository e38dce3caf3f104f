import { SourcePositions, type Position, type Span } from './position.js'

/** One thing wrong with an expression, under the code and in the words of the C# compiler. */
export interface Diagnostic extends Finding, Position {}

/** A diagnostic whose line and column nobody has counted yet. */
export interface Finding extends Span {
  /** `CS` and four digits. */
  readonly code: string
  readonly message: string
}

/** What the compiler says of a source that is too much for its stack. */
export const TOO_COMPLEX = ['CS8078', 'An expression is too long or complex to compile'] as const

/** Collects what is wrong with one source; the list comes out in the order of the text. */
export class Diagnostics {
  readonly #found: Finding[] = []

  constructor(readonly source: string) {}

  get any(): boolean {
    return this.#found.length > 0
  }

  get count(): number {
    return this.#found.length
  }

  report(code: string, span: Span, message: string): void {
    this.#found.push({ code, message, start: span.start, end: span.end })
  }

  /** Reports of a whole what its parts are already reported of: it comes before what was reported after there were `count`. */
  reportAround(count: number, code: string, span: Span, message: string): void {
    this.#found.splice(count, 0, { code, message, start: span.start, end: span.end })
  }

  /** Adds what was found elsewhere. */
  add(found: readonly Finding[]): void {
    this.#found.push(...found)
  }

  /** What was reported after there were `count`; it is not here any more. */
  take(count: number): readonly Finding[] {
    return this.#found.splice(count)
  }

  /** Forgets what was reported after there were `count`, and gives its codes: a trial is taken back. */
  truncate(count: number): string[] {
    return this.#found.splice(count).map(({ code }) => code)
  }

  /** Everything found, first place first. */
  inOrder(): readonly Finding[] {
    return this.#found.toSorted((a, b) => a.start - b.start)
  }

  /** The same with lines and columns: counted here, in one pass over the source, however much was found. */
  sorted(): readonly Diagnostic[] {
    const positions = new SourcePositions(this.source)
    return this.inOrder().map((found) => ({ ...found, ...positions.at(found.start) }))
  }
}
