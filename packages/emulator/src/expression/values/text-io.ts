import { objectDisposed } from './exceptions.js'
import { StringBuilder } from './string-builder.js'

/** `StringReader`, and a `StreamReader` whose stream has been read. */
export class TextReader {
  #position = 0
  #open = true
  readonly #text: string

  constructor(
    text: string,
    readonly clrTypeName = 'System.IO.StringReader',
  ) {
    this.#text = text
  }

  close(): void {
    this.#open = false
  }

  dispose(): void {
    this.close()
  }

  /** @throws DotNetException ObjectDisposedException once the reader is closed */
  get text(): string {
    if (!this.#open) throw objectDisposed('Cannot read from a closed TextReader.')
    return this.#text
  }

  get isAtEnd(): boolean {
    return this.#position >= this.text.length
  }

  peek(): number {
    return this.isAtEnd ? -1 : this.text.charCodeAt(this.#position)
  }

  read(): number {
    const unit = this.peek()
    if (unit >= 0) this.#position++
    return unit
  }

  /** At most so many chars. */
  readPart(count: number): string {
    const part = this.text.slice(this.#position, this.#position + count)
    this.#position += part.length
    return part
  }

  /** Null at the end. */
  readLine(): string | null {
    if (this.isAtEnd) return null
    const [whole = '', line = ''] = /^([^\r\n]*)(?:\r\n|\r|\n)?/.exec(this.text.slice(this.#position)) ?? []
    this.#position += whole.length
    return line
  }

  readToEnd(): string {
    return this.readPart(this.text.length)
  }
}

/** `StringWriter`. */
export class TextWriter {
  static readonly clrName: string = 'System.IO.StringWriter'
  newLine = '\n'
  #open = true

  constructor(readonly builder = new StringBuilder()) {}

  /** @throws DotNetException ObjectDisposedException once the writer is closed */
  write(text: string): void {
    if (!this.#open) throw objectDisposed('Cannot write to a closed TextWriter.')
    this.builder.append(text)
  }

  flush(): void {
    // What is written is there at once.
  }

  close(): void {
    this.#open = false
  }

  dispose(): void {
    this.close()
  }

  clrText(): string {
    return this.builder.text
  }
}
