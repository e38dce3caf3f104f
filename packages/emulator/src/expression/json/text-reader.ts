import { step } from '../run.js'
import { jsonTokens, states, type JsonTokenKind, type ReadType } from './json-reader.js'
import { codes, isDigit, isIdentifierPart } from './letters.js'
import { readComment } from './text-comments.js'
import { readQuoted } from './text-strings.js'
import { readBareName } from './text-words.js'
import { TypedTextReader } from './typed-values.js'

/**
 * Newtonsoft's `JsonTextReader`: JSON in its lenient forms, with comments, single quotes, bare names, left out elements, a trailing
 * comma, NaN, hexadecimal and octal numbers and constructors. A text that ends too early ends the walk; who reads says so.
 */
export class JsonTextReader extends TypedTextReader {
  static readonly clrName = 'Newtonsoft.Json.JsonTextReader'

  read(): boolean {
    step()
    for (;;) {
      switch (this.state) {
        case states.objectStart:
        case states.object:
          return this.#member()
        case states.postValue:
          if (this.#behindValue()) return true
          break
        case states.finished:
          return this.#behindAll()
        default:
          return this.#value()
      }
    }
  }

  protected override readTyped(type: Exclude<ReadType, 'any'>): void {
    step()
    if (this.state !== states.finished) return this.typedValue(type)
    if (this.#commentBehindAll()) readComment(this.cursor)
    this.set(jsonTokens.none)
  }

  #value(): boolean {
    const { cursor } = this
    for (;;) {
      const code = cursor.code()
      switch (code) {
        case codes.quote:
        case codes.apostrophe:
          return this.string(code, 'any')
        case codes.openBrace:
          return this.mark(jsonTokens.startObject)
        case codes.openBracket:
          return this.mark(jsonTokens.startArray)
        case codes.closeBracket:
        case codes.closeParenthesis:
          return this.mark(endOf(code))
        case codes.comma:
          // An element that was left out. The comma stays, as there may be more of them.
          return this.token(jsonTokens.undefined)
        case codes.t:
          return this.word('true', jsonTokens.boolean, true, 'boolean')
        case codes.f:
          return this.word('false', jsonTokens.boolean, false, 'boolean')
        case codes.n:
          return this.#nullOrNew()
        case codes.u:
          return this.word('undefined', jsonTokens.undefined, null)
        case codes.upperN:
        case codes.upperI:
        case codes.minus:
          return this.special(code, 'any') || this.number('any')
        case codes.slash:
          return this.comment()
        default:
          if (isDigit(code) || code === codes.dot) return this.number('any')
          if (cursor.ended) return false
          if (cursor.passBlank(code)) break
          if (/\p{N}/u.test(cursor.letter())) return this.number('any')
          throw cursor.unexpected(cursor.letter())
      }
    }
  }

  #nullOrNew(): boolean {
    const next = this.cursor.code(1)
    if (next === codes.u) return this.word('null', jsonTokens.null, null)
    if (next === codes.e) return this.opening()
    throw Number.isNaN(next) ? this.cursor.cutOff() : this.cursor.unexpected('n')
  }

  #member(): boolean {
    const { cursor } = this
    for (;;) {
      const code = cursor.code()
      switch (code) {
        case codes.closeBrace:
          return this.mark(jsonTokens.endObject)
        case codes.slash:
          return this.comment()
        default:
          if (cursor.ended) return false
          if (!cursor.passBlank(code)) return this.#property(code)
      }
    }
  }

  #property(code: number): true {
    const { cursor } = this
    const name = this.#name(code)
    cursor.passBlanks()
    if (cursor.code() !== codes.colon)
      throw this.error(`Invalid character after parsing property name. Expected ':' but got: ${cursor.letter()}.`)
    cursor.at++
    return this.token(jsonTokens.propertyName, name)
  }

  #name(code: number): string {
    const { cursor } = this
    if (code === codes.quote || code === codes.apostrophe) return readQuoted(cursor, code)
    if (isIdentifierPart(cursor.letter())) return readBareName(cursor)
    throw this.error(`Invalid property identifier character: ${cursor.letter()}.`)
  }

  /** Between two values; true when it met a token. */
  #behindValue(): boolean {
    const { cursor } = this
    for (;;) {
      const code = cursor.code()
      switch (code) {
        case codes.comma:
          cursor.at++
          this.backInside()
          return false
        case codes.closeBrace:
        case codes.closeBracket:
        case codes.closeParenthesis:
          return this.mark(endOf(code))
        case codes.slash:
          return this.comment()
        default:
          if (cursor.ended) {
            this.state = states.finished
            return false
          }
          if (!cursor.passBlank(code))
            throw this.error(`After parsing a value an unexpected character was encountered: ${cursor.letter()}.`)
      }
    }
  }

  #behindAll(): boolean {
    if (this.#commentBehindAll()) return this.comment()
    this.set(jsonTokens.none)
    return false
  }

  /** Behind the document stand blanks and comments only: whether there is a comment. */
  #commentBehindAll(): boolean {
    const { cursor } = this
    cursor.passBlanks()
    if (cursor.ended) return false
    if (cursor.code() === codes.slash) return true
    throw this.error(`Additional text encountered after finished reading JSON content: ${cursor.letter()}.`)
  }
}

/** What a closing letter ends. */
function endOf(code: number): JsonTokenKind {
  if (code === codes.closeBrace) return jsonTokens.endObject
  return code === codes.closeBracket ? jsonTokens.endArray : jsonTokens.endConstructor
}
