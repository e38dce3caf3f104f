import { positionOf, type Position, type Span } from './position.js'

/** One thing wrong with an expression, under the code and in the words of the C# compiler. */
export interface Diagnostic extends Span, Position {
  /** `CS` and four digits. */
  readonly code: string
  readonly message: string
}

/** Collects what is wrong with one source; the list comes out in the order of the text. */
export class Diagnostics {
  readonly #found: Diagnostic[] = []

  constructor(readonly source: string) {}

  get any(): boolean {
    return this.#found.length > 0
  }

  get count(): number {
    return this.#found.length
  }

  report(code: string, span: Span, message: string): void {
    this.#found.push({ code, message, start: span.start, end: span.end, ...positionOf(this.source, span.start) })
  }

  /** Forgets what was reported after there were `count`, and gives its codes: a trial is taken back. */
  truncate(count: number): string[] {
    return this.#found.splice(count).map(({ code }) => code)
  }

  /** Everything found, first place first; one place names one culprit only, the first that was found there. */
  sorted(): readonly Diagnostic[] {
    return [...this.#found].sort((a, b) => a.start - b.start)
  }
}
