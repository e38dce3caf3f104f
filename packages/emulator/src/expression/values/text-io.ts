import { allocate } from '../run.js'
import { StringBuilder } from './string-builder.js'

/** `StringReader`, and a `StreamReader` whose stream has been read. */
export class TextReader {
  #position = 0

  constructor(
    readonly text: string,
    readonly clrTypeName = 'System.IO.StringReader',
  ) {}

  peek(): number {
    return this.#position < this.text.length ? this.text.charCodeAt(this.#position) : -1
  }

  read(): number {
    const unit = this.peek()
    if (unit >= 0) this.#position++
    return unit
  }

  /** Null at the end. */
  readLine(): string | null {
    if (this.#position >= this.text.length) return null
    const [whole = '', line = ''] = /^([^\r\n]*)(?:\r\n|\r|\n)?/.exec(this.text.slice(this.#position)) ?? []
    this.#position += whole.length
    return line
  }

  readToEnd(): string {
    const rest = this.text.slice(this.#position)
    this.#position = this.text.length
    return rest
  }
}

/** `StringWriter`. */
export class TextWriter {
  static readonly clrName = 'System.IO.StringWriter'
  newLine = '\n'

  constructor(readonly builder = new StringBuilder()) {}

  write(text: string): void {
    this.builder.append(text)
  }

  clrText(): string {
    return this.builder.text
  }
}

/** `MemoryStream`. */
export class MemoryStream {
  static readonly clrName = 'System.IO.MemoryStream'
  position = 0

  constructor(public bytes: Uint8Array = new Uint8Array()) {}

  write(data: Uint8Array): void {
    const end = Math.max(this.bytes.length, this.position + data.length)
    // What lies between the end and a position behind it is filled with zeros.
    allocate(Math.max(data.length, end - this.bytes.length))
    const grown = new Uint8Array(end)
    grown.set(this.bytes)
    grown.set(data, this.position)
    this.bytes = grown
    this.position += data.length
  }

  read(count: number): Uint8Array {
    const part = this.bytes.subarray(this.position, this.position + count)
    this.position += part.length
    return part
  }
}
