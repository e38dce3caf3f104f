import type { Position } from './expression/position.js'

/**
 * Gives lines and columns of offsets in a text, both from 1, columns in UTF-16 code units. The reader asks in the order of the
 * text, so that the whole text is searched for line ends once.
 */
export class Positions {
  readonly #text: string
  #line = 1
  #lineStart = 0
  #nextBreak: number

  constructor(text: string) {
    this.#text = text
    this.#nextBreak = text.indexOf('\n')
  }

  at(offset: number): Position {
    if (offset < this.#lineStart) this.#restart()
    while (this.#nextBreak !== -1 && this.#nextBreak < offset) {
      this.#line++
      this.#lineStart = this.#nextBreak + 1
      this.#nextBreak = this.#text.indexOf('\n', this.#lineStart)
    }
    return { line: this.#line, column: offset - this.#lineStart + 1 }
  }

  #restart(): void {
    this.#line = 1
    this.#lineStart = 0
    this.#nextBreak = this.#text.indexOf('\n')
  }
}
