import { isNewline } from './scan.js'

/** A stretch of the source: `start` is the first offset, `end` the one after the last. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A place for people: both numbers begin at 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** The line and column of an offset, counted as the C# compiler counts. `\r\n` is one line end. */
export function positionOf(source: string, offset: number): Position {
  return new SourcePositions(source).at(offset)
}

/** The same for many offsets: who asks in the order of the text has its line ends looked for once. */
export class SourcePositions {
  #at = 0
  #line = 1
  #lineStart = 0

  constructor(readonly source: string) {}

  at(offset: number): Position {
    if (offset < this.#at) this.#restart()
    for (; this.#at < offset && this.#at < this.source.length; this.#at++) this.#pass()
    return { line: this.#line, column: Math.max(0, offset - this.#lineStart) + 1 }
  }

  #restart(): void {
    this.#at = this.#lineStart = 0
    this.#line = 1
  }

  #pass(): void {
    const code = this.source.charCodeAt(this.#at)
    if (!isNewline(code)) return
    if (code === 13 && this.source.charCodeAt(this.#at + 1) === 10) this.#at++
    this.#line++
    this.#lineStart = this.#at + 1
  }
}

/** The source line of an offset with a caret under it, for messages. */
export function caretAt(source: string, offset: number): string {
  let from = Math.min(offset, source.length)
  while (from > 0 && !isNewline(source.charCodeAt(from - 1))) from--
  let to = Math.min(offset, source.length)
  while (to < source.length && !isNewline(source.charCodeAt(to))) to++
  const before = source.slice(from, offset).replace(/[^\t]/g, ' ')
  return `${source.slice(from, to)}\n${before}^`
}
