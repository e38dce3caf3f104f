import { allocate } from '../run.js'
import { argumentOutOfRange, notSupported, objectDisposed, unauthorizedAccess } from './exceptions.js'
import { DotNetException } from './exception.js'

/** The first room of a stream that grows. */
const FIRST_ROOM = 256

/** `MemoryStream`: over an array of its own, which grows, or over one that was given. */
export class MemoryStream {
  static readonly clrName = 'System.IO.MemoryStream'
  #buffer: Uint8Array
  #length: number
  #position = 0
  #open = true
  readonly #grows: boolean
  readonly #writable: boolean

  private constructor(buffer: Uint8Array, length: number, grows: boolean, writable: boolean) {
    this.#buffer = buffer
    this.#length = length
    this.#grows = grows
    this.#writable = writable
  }

  static empty(capacity = 0): MemoryStream {
    if (capacity < 0) throw argumentOutOfRange('capacity', 'Capacity must be positive.')
    allocate(capacity)
    return new MemoryStream(new Uint8Array(capacity), 0, true, true)
  }

  static over(bytes: Uint8Array, writable = true): MemoryStream {
    return new MemoryStream(bytes, bytes.length, false, writable)
  }

  get isOpen(): boolean {
    return this.#open
  }

  get canWrite(): boolean {
    return this.#open && this.#writable
  }

  /** What it holds, also once it is closed. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length)
  }

  /** The array itself, which is nobody else's. */
  get buffer(): Uint8Array {
    if (!this.#grows) throw unauthorizedAccess("MemoryStream's internal buffer cannot be accessed.")
    return this.#buffer
  }

  get capacity(): number {
    this.#checkOpen()
    return this.#buffer.length
  }

  set capacity(capacity: number) {
    if (capacity < this.length) throw argumentOutOfRange('value', 'capacity was less than the current size.')
    if (capacity === this.#buffer.length) return
    if (!this.#grows) throw notSupported('Memory stream is not expandable.')
    allocate(capacity)
    const grown = new Uint8Array(capacity)
    grown.set(this.bytes)
    this.#buffer = grown
  }

  get length(): number {
    this.#checkOpen()
    return this.#length
  }

  /** Cuts what is there, or fills it with zeros. */
  set length(length: number) {
    if (length < 0)
      throw argumentOutOfRange('value', 'Stream length must be non-negative and less than 2^31 - 1 - origin.')
    this.#checkWritable()
    this.#reserve(length)
    if (length > this.#length) this.#buffer.fill(0, this.#length, length)
    this.#length = length
    this.#position = Math.min(this.#position, length)
  }

  get position(): number {
    this.#checkOpen()
    return this.#position
  }

  set position(position: number) {
    if (position < 0) throw argumentOutOfRange('value', 'Non-negative number required.')
    this.#checkOpen()
    this.#position = position
  }

  /** `SeekOrigin`: 0 begin, 1 current, 2 end. */
  seek(offset: number, origin: number): number {
    this.#checkOpen()
    const position = offset + ([0, this.#position, this.#length][origin] ?? 0)
    if (position < 0) {
      const message = 'An attempt was made to move the position before the beginning of the stream.'
      throw new DotNetException('System.IO.IOException', message)
    }
    return (this.#position = position)
  }

  write(data: Uint8Array): void {
    this.#checkWritable()
    const end = this.#position + data.length
    // What lies between the end and a position behind it is filled with zeros.
    if (end > this.#length) this.#reserve(end)
    if (this.#position > this.#length) this.#buffer.fill(0, this.#length, this.#position)
    this.#buffer.set(data, this.#position)
    this.#length = Math.max(this.#length, end)
    this.#position = end
  }

  read(count: number): Uint8Array {
    this.#checkOpen()
    const part = this.#buffer.subarray(this.#position, Math.min(this.#length, this.#position + count))
    this.#position += part.length
    return part
  }

  close(): void {
    this.#open = false
  }

  dispose(): void {
    this.close()
  }

  #reserve(wanted: number): void {
    if (wanted > this.#buffer.length) this.capacity = Math.max(wanted, FIRST_ROOM, this.#buffer.length * 2)
  }

  #checkOpen(): void {
    if (!this.#open) throw objectDisposed('Cannot access a closed Stream.')
  }

  #checkWritable(): void {
    this.#checkOpen()
    if (!this.#writable) throw notSupported('Stream does not support writing.')
  }
}
