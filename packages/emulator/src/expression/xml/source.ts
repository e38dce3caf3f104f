import type { DotNetException } from '../values/exception.js'
import { nameEnd } from './name-text.js'
import { illegalCharacter, wrongName, xmlException } from './xml-exception.js'

/** A text that is read from left to right, and what is said where it is no XML. */
export class XmlSource {
  position = 0

  constructor(
    readonly text: string,
    /** As an XmlDocument reads: line ends stay, and references may name any character. */
    readonly raw = false,
  ) {}

  get atEnd(): boolean {
    return this.position >= this.text.length
  }

  /** Steps over a text that stands here. */
  take(part: string): boolean {
    if (!this.text.startsWith(part, this.position)) return false
    this.position += part.length
    return true
  }

  /** Steps over white space and gives its length. */
  blanks(): number {
    const start = this.position
    while (isBlank(this.text.charCodeAt(this.position))) this.position++
    return this.position - start
  }

  /** A name without a colon. @throws DotNetException XmlException */
  name(): string {
    const start = this.position
    const end = nameEnd(this.text, start)
    if (end >= this.text.length) throw this.endOfFile('Name')
    if (end === start) throw this.wrongName(start, true)
    this.position = end
    return this.text.slice(start, end)
  }

  /** A name that may have a prefix. @throws DotNetException XmlException */
  qualifiedName(): string {
    const start = this.position
    this.name()
    if (this.take(':')) {
      this.name()
      if (this.text[this.position] === ':') throw this.wrongName(this.position, false)
    }
    return this.text.slice(start, this.position)
  }

  /** The sign `=` and the quotation mark behind it, each with white space before it. @throws DotNetException XmlException */
  openValue(): string {
    this.#expect('=', "'='")
    this.position++
    const quote = this.#expect('"\'', "'\"' or '''")
    this.position++
    return quote
  }

  #expect(letters: string, wording: string): string {
    this.blanks()
    if (this.atEnd) throw this.endOfFile()
    const letter = this.text.charAt(this.position)
    if (!letters.includes(letter)) throw this.unexpected(this.position, wording)
    return letter
  }

  /** The word or the character here is not what has to come. */
  unexpected(offset: number, expected: string): DotNetException {
    return this.error(`'${this.wordAt(offset)}' is an unexpected token. The expected token is ${expected}.`, offset)
  }

  noWhiteSpace(offset: number): DotNetException {
    return this.error(`'${this.wordAt(offset)}' is an unexpected token. Expecting white space.`, offset)
  }

  /** What a message quotes: letters of names as far as they go, or the one character. */
  wordAt(offset: number): string {
    const run = /[\w.-]+/y
    run.lastIndex = offset
    const word = run.exec(this.text)?.[0]
    return word ?? this.text.charAt(offset)
  }

  wrongName(offset: number, first: boolean): DotNetException {
    return this.error(wrongName(this.text, offset, first), offset)
  }

  illegal(offset: number): DotNetException {
    // The one that lacks its other half is not named: the one in its place is.
    const unpaired = /[\ud800-\udbff]/.test(this.text.charAt(offset))
    const at = unpaired && offset + 1 < this.text.length ? offset + 1 : offset
    return this.error(illegalCharacter(this.text, at), at)
  }

  endOfFile(part?: string, offset = this.text.length): DotNetException {
    return this.error(
      `Unexpected end of file ${part === undefined ? '' : `while parsing ${part} `}has occurred.`,
      offset,
    )
  }

  error(message: string, offset = this.position): DotNetException {
    return xmlException(message, this.place(offset))
  }

  /** Line and column of a place, both from 1. */
  place(offset: number): { line: number; column: number } {
    const lines = this.text.slice(0, offset).split(/\r\n|[\r\n]/)
    return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
  }
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9
}
