import { codes, isBlank, isDigit, isNumberPart } from './letters.js'
import type { TextCursor } from './text-cursor.js'

/** The commonest number: up to nine digits that do not begin with 0, and nothing else. Undefined, and nothing read, at another. */
export function readSmallInteger(cursor: TextCursor): number | undefined {
  const { text } = cursor
  let position = cursor.at
  let value = 0
  for (let code = text.charCodeAt(position); isDigit(code); code = text.charCodeAt(++position)) {
    value = value * 10 + (code - codes.digit0)
  }
  const digits = position - cursor.at
  const leads = digits > 1 && cursor.code() === codes.digit0
  const ends = position >= text.length || endsNumber(text.charCodeAt(position))
  if (digits === 0 || digits > 9 || leads || !ends) return undefined
  cursor.at = position
  return value
}

/** Reads over a number of any form. Returns it as it is written; whether it is one is not looked at. */
export function readNumberText(cursor: TextCursor): string {
  const start = cursor.at
  for (let code = cursor.code(); !cursor.ended; code = cursor.code()) {
    if (isNumberPart(code)) cursor.at++
    else if (endsNumber(code)) break
    else throw cursor.fail(`Unexpected character encountered while parsing number: ${cursor.letter()}.`)
  }
  return cursor.text.slice(start, cursor.at)
}

function endsNumber(code: number): boolean {
  return (
    code === codes.zero ||
    code === codes.comma ||
    code === codes.closeBrace ||
    code === codes.closeBracket ||
    code === codes.closeParenthesis ||
    code === codes.slash ||
    isBlank(code)
  )
}
