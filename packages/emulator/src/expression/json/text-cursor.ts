import { codes, isBlank } from './letters.js'

/** A place in a JSON text that moves on, and knows its line. */
export class TextCursor {
  at = 0
  #line = 1
  #lineStart = 0

  /**
   * @param fail makes the exception of a text that cannot be read on at this place
   */
  constructor(
    readonly text: string,
    readonly fail: (message: string) => Error,
  ) {}

  /** Of the place, from 1. */
  get line(): number {
    return this.#line
  }

  /** The letters of its line before it. */
  get linePosition(): number {
    return this.at - this.#lineStart
  }

  get ended(): boolean {
    return this.at >= this.text.length
  }

  /** The code unit here or further on; NaN behind the end. */
  code(offset = 0): number {
    return this.text.charCodeAt(this.at + offset)
  }

  /** The letter here; NUL behind the end, as the reader's buffer has it. */
  letter(): string {
    return this.ended ? '\0' : this.text.charAt(this.at)
  }

  /** Passes white space or a NUL; false at the first letter that is none. */
  passBlank(code: number): boolean {
    switch (code) {
      case codes.space:
      case codes.tab:
      case codes.zero:
        this.at++
        return true
      case codes.lineFeed:
        this.#newLine(1)
        return true
      case codes.carriageReturn:
        this.#newLine(this.code(1) === codes.lineFeed ? 2 : 1)
        return true
      default:
        if (!isBlank(code)) return false
        this.at++
        return true
    }
  }

  passBlanks(): void {
    while (this.passBlank(this.code()));
  }

  /** The exception of a letter that begins no value. */
  unexpected(letter: string): Error {
    return this.fail(`Unexpected character encountered while parsing value: ${letter}.`)
  }

  /** The exception of a text that ends in a word, told at its end. */
  cutOff(): Error {
    this.at = this.text.length
    return this.fail('Unexpected end when reading JSON.')
  }

  #newLine(width: number): void {
    this.at += width
    this.#line++
    this.#lineStart = this.at
  }
}
