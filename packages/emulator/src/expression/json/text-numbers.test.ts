import { describe, expect, it } from 'vitest'
import { TextCursor } from './text-cursor.js'
import { readNumberText, readSmallInteger } from './text-numbers.js'

const cursorAt = (text: string): TextCursor => new TextCursor(text, (message) => new Error(message))

describe('a small integer', () => {
  it.each([
    ['0', 0],
    ['12,', 12],
    ['123456789]', 123_456_789],
    ['7 ', 7],
  ])('is read at once: %s', (text, expected) => {
    expect(readSmallInteger(cursorAt(text))).toBe(expected)
  })

  it.each(['007', '1234567890', '1.5', '1e5', '0x1F', '-1', 'a', ''])('is no other number: %s', (text) => {
    const cursor = cursorAt(text)
    expect(readSmallInteger(cursor)).toBeUndefined()
    expect(cursor.at).toBe(0)
  })
})

describe('the text of a number', () => {
  it.each(['1.5e+3', '-0x1F', '.5', '1-2'])('is taken up to its end, whatever it is worth: %s', (text) => {
    for (const end of ['', ',', '}', ']', ')', '/', ' ', '\0']) expect(readNumberText(cursorAt(text + end))).toBe(text)
  })

  it('is refused at a letter that ends none', () => {
    expect(() => readNumberText(cursorAt('1z'))).toThrow('Unexpected character encountered while parsing number: z.')
  })
})
