import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, decodeStrictly, entityAt, rawOffset, strayAmpersand } from './entities.js'

/** The same, as the XML recommendation reads: slowly, and beyond doubt. */
function decodeByGrammar(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});/g, (entity) => {
    const name = entity.slice(1, -1)
    const known = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name]
    if (known !== undefined) return known
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
    const isCharacter =
      code <= 0x10ffff && /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u.test(String.fromCodePoint(code))
    return isCharacter ? String.fromCodePoint(code) : entity
  })
}

const pieces = fc.constantFrom(
  ...[
    '&amp;',
    '&lt;',
    '&gt;',
    '&quot;',
    '&apos;',
    '&#10;',
    '&#x1F642;',
    '&#X41;',
    '&#0;',
    '&#xD800;',
    '&#1114112;',
    '&#xFFFE;',
  ],
  ...[
    '&',
    '&;',
    '&#',
    '&#;',
    '&#x;',
    '&a',
    '&am;',
    '&nbsp;',
    '&AMP;',
    '&l',
    '&#12345678;',
    '&#x1234567;',
    ';',
    '#',
    'x',
    'a',
    '\n',
    '🙂',
  ],
)
const texts = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(''))

test('entities are decoded as the grammar has them', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(decode(text)).toBe(decodeByGrammar(text))
    }),
  )
})

test('a text is decoded strictly where no & in it is stray', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const stray = strayAmpersand(text)
      expect(decodeStrictly(text)).toBe(stray === -1 ? decode(text) : undefined)
      if (stray !== -1) expect(strayAmpersand(text.slice(0, stray))).toBe(-1)
    }),
  )
})

test('a place in the decoded text is one in the text', () => {
  fc.assert(
    fc.property(texts, fc.nat(40), (text, offset) => {
      const at = Math.min(offset, decode(text).length)
      const raw = rawOffset(text, at)
      // In the middle of a pair of surrogates there is no place between entities.
      if (decode(text.slice(0, raw)).length === at)
        expect(decode(text.slice(0, raw)) + decode(text.slice(raw))).toBe(decode(text))
    }),
  )
})

describe('entityAt', () => {
  test.each([
    ['&amp;', true],
    ['&#9;', true],
    ['&#0;', true],
    ['&x;', false],
    ['amp;', false],
    ['', false],
  ])('%j: %j', (text, is) => expect(entityAt(text, 0)).toBe(is))
})
