import { codes } from './letters.js'
import type { TextCursor } from './text-cursor.js'

/** Reads over a comment, to the end of its line or to its end mark. Returns what stands in it. */
export function readComment(cursor: TextCursor): string {
  cursor.at++
  if (cursor.at + 1 >= cursor.text.length) throw cursor.fail('Unexpected end while parsing comment.')
  const isLine = cursor.code() === codes.slash
  if (!isLine && cursor.code() !== codes.asterisk)
    throw cursor.fail(`Error parsing comment. Expected: *, got ${cursor.letter()}.`)
  const start = ++cursor.at
  passComment(cursor, isLine)
  const text = cursor.text.slice(start, cursor.at)
  if (!isLine) cursor.at += 2
  return text
}

function passComment(cursor: TextCursor, isLine: boolean): void {
  for (;;) {
    const code = cursor.code()
    if (cursor.ended) {
      if (isLine) return
      throw cursor.fail('Unexpected end while parsing comment.')
    }
    if (isLine && (code === codes.carriageReturn || code === codes.lineFeed)) return
    if (!isLine && code === codes.asterisk && cursor.code(1) === codes.slash) return
    if (!cursor.passBlank(code)) cursor.at++
  }
}
