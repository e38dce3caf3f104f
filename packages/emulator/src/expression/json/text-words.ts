import { codes, isBlank, isIdentifierPart } from './letters.js'
import type { TextCursor } from './text-cursor.js'

/**
 * Reads over a word such as `true`; false, behind the letters that fit, when it is another.
 *
 * @param inConstructor whether the word may end before a `)`
 */
export function readWord(cursor: TextCursor, word: string, inConstructor: boolean): boolean {
  if (cursor.at + word.length > cursor.text.length) throw cursor.cutOff()
  for (let index = 0; index < word.length; index++) {
    if (cursor.code(index) !== word.charCodeAt(index)) {
      cursor.at += index
      return false
    }
  }
  cursor.at += word.length
  return cursor.ended || endsWord(cursor, inConstructor)
}

function endsWord(cursor: TextCursor, inConstructor: boolean): boolean {
  const code = cursor.code()
  switch (code) {
    case codes.closeBrace:
    case codes.closeBracket:
    case codes.comma:
    case codes.zero:
      return true
    case codes.slash:
      return cursor.code(1) === codes.asterisk || cursor.code(1) === codes.slash
    case codes.closeParenthesis:
      return inConstructor
    default:
      return isBlank(code)
  }
}

/** Reads over a property's name that stands without quotes. */
export function readBareName(cursor: TextCursor): string {
  const start = cursor.at
  for (;;) {
    const code = cursor.code()
    if (cursor.ended) throw cursor.fail('Unexpected end while parsing unquoted property name.')
    const letter = cursor.letter()
    if (isIdentifierPart(letter)) cursor.at++
    else if (isBlank(code) || code === codes.colon || code === codes.zero) return cursor.text.slice(start, cursor.at)
    else throw cursor.fail(`Invalid JavaScript property identifier character: ${letter}.`)
  }
}

/** Reads over `new Date(`. Returns the name in it. */
export function readConstructor(cursor: TextCursor, inConstructor: boolean): string {
  if (!readWord(cursor, 'new', inConstructor)) throw cursor.fail('Unexpected content while parsing JSON.')
  cursor.passBlanks()
  const start = cursor.at
  while (/[\p{L}\p{Nd}]/u.test(cursor.letter())) cursor.at++
  const name = cursor.text.slice(start, cursor.at)
  if (cursor.ended) throw cursor.fail('Unexpected end while parsing constructor.')
  cursor.passBlanks()
  if (cursor.code() !== codes.openParenthesis)
    throw cursor.fail(`Unexpected character while parsing constructor: ${cursor.letter()}.`)
  cursor.at++
  return name
}
