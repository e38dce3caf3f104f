import type { Position } from './expression/position.js'

/**
 * Gives lines and columns of offsets in a text, both from 1, columns in UTF-16 code units. The reader asks in the order of the
 * text, so that the whole text is searched for line ends once.
 */
export class Positions {
  readonly #text: string
  #line = 1
  #lineStart = 0
  /** Where the line ends: behind the text for the last one. */
  #lineEnd: number

  constructor(text: string) {
    this.#text = text
    this.#lineEnd = this.#endFrom(0)
  }

  at(offset: number): Position {
    const line = this.lineOf(offset)
    return { line, column: offset - this.#lineStart + 1 }
  }

  lineOf(offset: number): number {
    if (offset < this.#lineStart) this.#restart()
    while (this.#lineEnd < offset) {
      this.#line++
      this.#lineStart = this.#lineEnd + 1
      this.#lineEnd = this.#endFrom(this.#lineStart)
    }
    return this.#line
  }

  #restart(): void {
    this.#line = 1
    this.#lineStart = 0
    this.#lineEnd = this.#endFrom(0)
  }

  #endFrom(offset: number): number {
    const found = this.#text.indexOf('\n', offset)
    return found === -1 ? this.#text.length + 1 : found
  }
}
