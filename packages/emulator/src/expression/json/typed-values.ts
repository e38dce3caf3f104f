import { invalidCastMessage } from '../values/exceptions.js'
import { changeNumber, jsonTokens, states, type ReadType } from './json-reader.js'
import { codes, isDigit } from './letters.js'
import { readComment } from './text-comments.js'
import { TextValueReader } from './text-values.js'

type KnownType = Exclude<ReadType, 'any'>

/** The part of `JsonTextReader` that reads a value of a known type, as `ReadAsInt32` does: it takes fewer letters, with its own messages. */
export abstract class TypedTextReader extends TextValueReader {
  protected typedValue(type: KnownType): void {
    while (!this.#step(type, this.cursor.code()));
  }

  /** One letter; true when the value is read. */
  #step(type: KnownType, code: number): boolean {
    switch (code) {
      case codes.quote:
      case codes.apostrophe:
        return this.string(code, type)
      case codes.n:
        return this.#null()
      case codes.slash:
        readComment(this.cursor)
        return false
      case codes.comma:
        return this.#comma()
      case codes.closeBracket:
        return this.#closeBracket()
      default:
        if (this.cursor.ended) return this.token(jsonTokens.none)
        if (this.cursor.passBlank(code)) return false
        return this.#value(type, code)
    }
  }

  #null(): true {
    const { cursor } = this
    if (cursor.code(1) === codes.u) return this.word('null', jsonTokens.null, null)
    if (cursor.at + 1 >= cursor.text.length) throw cursor.cutOff()
    cursor.at++
    throw this.#unexpected()
  }

  #comma(): false {
    this.cursor.at++
    if (this.state !== states.postValue) {
      this.set(jsonTokens.undefined)
      throw this.cursor.unexpected(',')
    }
    this.backInside()
    return false
  }

  #closeBracket(): true {
    this.cursor.at++
    if (this.endsArray) return this.token(jsonTokens.endArray)
    throw this.cursor.unexpected(']')
  }

  #value(type: KnownType, code: number): boolean {
    const isMinus = code === codes.minus
    const isNumber = isDigit(code) || code === codes.dot || (isMinus && this.cursor.code(1) !== codes.upperI)
    if (isNumber && type !== 'bytes' && !type.startsWith('Date')) return this.#number(type)
    if (type !== 'bool' && type !== 'bytes') {
      if (this.special(code, type)) return true
      if (isMinus) {
        // A date that begins with a minus is read as a number, which is none.
        this.number('any')
        throw invalidCastMessage('Specified cast is not valid.')
      }
    }
    if (type === 'bool' || type === 'string') {
      if (code === codes.t) return this.#boolean('true', type)
      if (code === codes.f) return this.#boolean('false', type)
    }
    if (type === 'bytes') {
      if (code === codes.openBrace) this.#objectAsBytes()
      if (code === codes.openBracket) return this.#arrayAsBytes()
    }
    throw this.#unexpected()
  }

  #number(type: KnownType): true {
    if (type !== 'bool') return this.number(type)
    this.number('any')
    if (this.value !== null) this.set(jsonTokens.boolean, changeNumber(this.value, type), false)
    return true
  }

  #boolean(word: 'true' | 'false', type: 'bool' | 'string'): true {
    if (!this.matches(word)) throw this.cursor.unexpected(this.cursor.letter())
    return type === 'bool' ? this.token(jsonTokens.boolean, word === 'true') : this.token(jsonTokens.string, word)
  }

  #objectAsBytes(): never {
    this.mark(jsonTokens.startObject)
    this.readExpected()
    throw this.error('Error reading bytes. Unexpected token: StartObject.')
  }

  #arrayAsBytes(): true {
    this.mark(jsonTokens.startArray)
    this.readByteArray()
    return true
  }

  /** The exception of the letter here, told behind it. */
  #unexpected(): Error {
    const letter = this.cursor.letter()
    this.cursor.at++
    return this.cursor.unexpected(letter)
  }
}
