import { allocate } from '../run.js'
import { argumentOutOfRange } from './exceptions.js'

/** `System.Text.StringBuilder`. JavaScript joins long strings lazily, so one string is all that is kept. */
export class StringBuilder {
  static readonly clrName = 'System.Text.StringBuilder'

  constructor(public text = '') {}

  append(text: string): this {
    allocate(text.length)
    this.text += text
    return this
  }

  insert(index: number, text: string): this {
    if (index < 0 || index > this.text.length) throw argumentOutOfRange('index')
    allocate(text.length)
    this.text = this.text.slice(0, index) + text + this.text.slice(index)
    return this
  }

  remove(start: number, length: number): this {
    if (start < 0 || length < 0 || start + length > this.text.length) throw argumentOutOfRange('length')
    this.text = this.text.slice(0, start) + this.text.slice(start + length)
    return this
  }

  /** Cuts the text, or fills it with null characters. */
  set length(length: number) {
    if (length < 0) throw argumentOutOfRange('value')
    allocate(length)
    this.text = this.text.slice(0, length).padEnd(length, '\0')
  }

  get length(): number {
    return this.text.length
  }

  clrText(): string {
    return this.text
  }
}
