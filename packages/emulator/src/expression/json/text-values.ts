import { allocate } from '../run.js'
import { inZone, recognizeDate } from './dates.js'
import {
  bytesOf,
  JsonReader,
  jsonTokens,
  recognizeOffset,
  states,
  type JsonTokenKind,
  type ReaderSettings,
  type ReadType,
} from './json-reader.js'
import { codes } from './letters.js'
import { numberOf } from './number-text.js'
import { readComment } from './text-comments.js'
import { TextCursor } from './text-cursor.js'
import { readNumberText, readSmallInteger } from './text-numbers.js'
import { readQuoted } from './text-strings.js'
import { readConstructor, readWord } from './text-words.js'
import type { JsonScalar } from './token.js'

/** The part of `JsonTextReader` that makes one token of what stands at its place. Where a value is read, it returns true. */
export abstract class TextValueReader extends JsonReader {
  protected readonly cursor: TextCursor

  constructor(text: string, settings?: ReaderSettings) {
    super(settings)
    this.cursor = new TextCursor(text, (message) => this.error(message))
    allocate(text.length)
  }

  get line(): number {
    const untouched = this.state === states.start && this.linePosition === 0 && this.kind !== jsonTokens.comment
    return untouched ? 0 : this.cursor.line
  }

  get linePosition(): number {
    return this.cursor.linePosition
  }

  protected token(kind: JsonTokenKind, value: JsonScalar = null): true {
    this.set(kind, value)
    return true
  }

  /** A token of one letter. */
  protected mark(kind: JsonTokenKind): true {
    this.cursor.at++
    this.set(kind)
    return true
  }

  protected comment(): true {
    return this.token(jsonTokens.comment, readComment(this.cursor))
  }

  /** Whether the word stands here; see `readWord`. */
  protected matches(word: string): boolean {
    return readWord(this.cursor, word, this.#inConstructor)
  }

  get #inConstructor(): boolean {
    return this.state === states.constructor || this.state === states.constructorStart
  }

  /** @param name what a message calls it */
  protected word(word: string, kind: JsonTokenKind, value: JsonScalar, name = word): true {
    if (this.matches(word)) return this.token(kind, value)
    throw this.error(`Error parsing ${name} value.`)
  }

  /** `new Date(…)`. */
  protected opening(): true {
    return this.token(jsonTokens.startConstructor, readConstructor(this.cursor, this.#inConstructor))
  }

  /** NaN and the infinities. False, and nothing read, at another letter. */
  protected special(code: number, type: ReadType): boolean {
    if (code === codes.upperN) return this.#special('NaN', Number.NaN, type)
    if (code === codes.upperI) return this.#special('Infinity', Number.POSITIVE_INFINITY, type)
    if (code === codes.minus && this.cursor.code(1) === codes.upperI)
      return this.#special('-Infinity', Number.NEGATIVE_INFINITY, type)
    return false
  }

  #special(word: string, value: number, type: ReadType): true {
    if (!this.matches(word)) throw this.error(`Error parsing ${word} value.`)
    if (type === 'string') return this.token(jsonTokens.string, word)
    if ((type !== 'any' && type !== 'double') || this.settings.floatParseHandling !== 0)
      throw this.error(`Cannot read ${word} value.`)
    return this.token(jsonTokens.float, value)
  }

  protected string(quote: number, type: ReadType): true {
    const text = readQuoted(this.cursor, quote)
    this.afterValue()
    this.value = text
    switch (type) {
      case 'bytes':
        this.set(jsonTokens.bytes, bytesOf(text), false)
        break
      case 'int':
      case 'double':
      case 'decimal':
      case 'bool':
        this.parse(text, type)
        break
      case 'string':
        this.set(jsonTokens.string, text, false)
        break
      default:
        this.#dateOrText(text, type)
    }
    return true
  }

  #dateOrText(text: string, type: 'any' | 'DateTime' | 'DateTimeOffset'): void {
    const handling = type === 'DateTimeOffset' ? 2 : type === 'DateTime' ? 1 : this.settings.dateParseHandling
    if (handling !== 0) {
      const date = handling === 2 ? recognizeOffset(text) : recognizeDate(text)
      if (date !== undefined) {
        const zoned = 'local' in date ? date : inZone(date, this.settings.dateTimeZoneHandling)
        return this.set(jsonTokens.date, zoned, false)
      }
    }
    if (type === 'any') this.set(jsonTokens.string, text, false)
    else this.parse(text, type)
  }

  protected number(type: ReadType): true {
    const small = type === 'any' ? readSmallInteger(this.cursor) : undefined
    if (small !== undefined) return this.token(jsonTokens.integer, BigInt(small))
    const word = readNumberText(this.cursor)
    this.afterValue()
    const value = numberOf(word, type, this.settings.floatParseHandling === 1, this.cursor.fail)
    if (type === 'string') this.set(jsonTokens.string, word, false)
    else this.set(typeof value === 'bigint' ? jsonTokens.integer : jsonTokens.float, value, false)
    return true
  }
}
