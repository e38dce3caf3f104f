import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codes } from './letters.js'
import { TextCursor } from './text-cursor.js'
import { readQuoted } from './text-strings.js'

const cursorAt = (text: string): TextCursor => new TextCursor(text, (message) => new Error(message))
const read = (text: string): string => readQuoted(cursorAt(text), text.charCodeAt(0))

describe('a string in quotes', () => {
  it('is read as it was written, up to its quote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const cursor = cursorAt(`${JSON.stringify(text)},`)
        expect(readQuoted(cursor, codes.quote)).toBe(text)
        expect(cursor.code()).toBe(codes.comma)
      }),
    )
  })

  it('ends at the quote that began it', () => {
    expect(read(`'a"b\\'c'`)).toBe(`a"b'c`)
  })

  it('counts the lines in it', () => {
    const cursor = cursorAt('"a\r\nb\nc"')
    expect(readQuoted(cursor, codes.quote)).toBe('a\r\nb\nc')
    expect([cursor.line, cursor.linePosition]).toEqual([3, 2])
  })

  it.each([
    ['"\\ud83d\\ude00"', '\u{1f600}'],
    ['"\\ude00"', '\ufffd'],
    ['"\\ud83dx"', '\ufffdx'],
    ['"\\ud83d\\ud83d\\ude00"', '\ufffd\u{1f600}'],
  ])('replaces halves of a pair that stand alone: %s', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  it.each([
    ['"a', 'Unterminated string. Expected delimiter: ".'],
    ["'a\\", "Unterminated string. Expected delimiter: '."],
    ['"\\q"', 'Bad JSON escape sequence: \\q.'],
    ['"\\u12', 'Unexpected end while parsing Unicode escape sequence.'],
    ['"\\u12g4"', 'Invalid Unicode escape sequence: \\u12g4.'],
  ])('refuses %s', (text, message) => {
    expect(() => read(text)).toThrow(message)
  })
})
