import { allocate } from '../run.js'
import { argumentOutOfRange } from './exceptions.js'

const OUTSIDE = 'Index was out of range. Must be non-negative and less than the size of the collection.'
const NEGATIVE_LENGTH = 'Length cannot be less than zero.'
const NEGATIVE_START = 'StartIndex cannot be less than zero.'

/** A block of .NET's builder grows no further than this. */
const LARGEST_BLOCK = 8000

/** `System.Text.StringBuilder`. JavaScript joins long strings lazily, so one string is all that is kept. */
export class StringBuilder {
  static readonly clrName = 'System.Text.StringBuilder'
  #capacity: number
  maxCapacity = 2147483647

  constructor(
    public text = '',
    capacity = 0,
  ) {
    if (capacity < 0) throw argumentOutOfRange('capacity', "'capacity' must be greater than zero.")
    this.#capacity = Math.max(capacity === 0 ? 16 : capacity, text.length)
  }

  append(text: string): this {
    allocate(text.length)
    if (this.text.length + text.length > this.maxCapacity)
      throw argumentOutOfRange('valueCount', 'The length cannot be greater than the capacity.')
    this.text += text
    if (this.text.length > this.#capacity) this.#grow()
    return this
  }

  insert(index: number, text: string): this {
    if (index < 0 || index > this.text.length) throw argumentOutOfRange('index', OUTSIDE)
    allocate(text.length)
    this.text = this.text.slice(0, index) + text + this.text.slice(index)
    return this
  }

  remove(start: number, length: number): this {
    if (length < 0) throw argumentOutOfRange('length', NEGATIVE_LENGTH)
    if (start < 0) throw argumentOutOfRange('startIndex', NEGATIVE_START)
    if (start + length > this.text.length) throw argumentOutOfRange('length', OUTSIDE)
    this.text = this.text.slice(0, start) + this.text.slice(start + length)
    return this
  }

  set(index: number, unit: string): void {
    if (index < 0 || index >= this.text.length) throw argumentOutOfRange('index', OUTSIDE)
    this.text = this.text.slice(0, index) + unit + this.text.slice(index + 1)
  }

  part(start: number, length: number): string {
    if (start < 0) throw argumentOutOfRange('startIndex', NEGATIVE_START)
    if (start > this.text.length)
      throw argumentOutOfRange('startIndex', 'startIndex cannot be larger than length of string.')
    if (length < 0) throw argumentOutOfRange('length', NEGATIVE_LENGTH)
    if (start + length > this.text.length)
      throw argumentOutOfRange('length', 'Index and length must refer to a location within the string.')
    return this.text.slice(start, start + length)
  }

  /** Changes a part of the text. */
  change(start: number, count: number, by: (part: string) => string): this {
    if (start < 0 || start > this.text.length) throw argumentOutOfRange('startIndex', OUTSIDE)
    if (count < 0 || start + count > this.text.length) throw argumentOutOfRange('count', OUTSIDE)
    const changed = by(this.text.slice(start, start + count))
    allocate(changed.length)
    this.text = this.text.slice(0, start) + changed + this.text.slice(start + count)
    return this
  }

  /** Cuts the text, or fills it with null characters. */
  set length(length: number) {
    if (length < 0) throw argumentOutOfRange('value', NEGATIVE_LENGTH)
    allocate(length)
    this.text = this.text.slice(0, length).padEnd(length, '\0')
  }

  get length(): number {
    return this.text.length
  }

  get capacity(): number {
    if (this.text.length > this.#capacity) this.#grow()
    return this.#capacity
  }

  set capacity(capacity: number) {
    if (capacity < 0) throw argumentOutOfRange('value', 'Capacity must be positive.')
    if (capacity < this.text.length) throw argumentOutOfRange('value', 'capacity was less than the current size.')
    this.#capacity = capacity
  }

  /** .NET adds a block as large as what is there, or as what is wanting. */
  #grow(): void {
    this.#capacity += Math.max(this.text.length - this.#capacity, Math.min(this.#capacity, LARGEST_BLOCK))
  }

  clrText(): string {
    return this.text
  }
}
