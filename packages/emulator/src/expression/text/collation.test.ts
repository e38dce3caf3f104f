import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collationKey, compareTexts } from './collation.js'
import { comparisons, hasEdge, indexOfString } from './compare.js'

const sorted = (words: string): string =>
  words
    .split(' ')
    .toSorted((a, b) => compareTexts(a, b, false))
    .join(' ')

describe('the order of the invariant culture', () => {
  it.each([
    ['b A a B _ 1', '_ 1 a A b B'],
    ['z ä b a Z', 'a ä b z Z'],
    ['é f E e É', 'e E é É f'],
    ['cop co-op coop', 'coop co-op cop'],
    ["we're were wert", "were we're wert"],
    ['côte coté cote côté', 'cote coté côte côté'],
    ['10 9 1', '1 10 9'],
  ])('%s', (words, order) => expect(sorted(words)).toBe(order))

  it.each([
    ['e\u0301', 'é'],
    ['straße', 'strasse'],
    ['æ', 'ae'],
    ['a\u00adb', 'ab'],
  ])('takes %s and %s for equal', (a, b) => {
    expect(compareTexts(a, b, false)).toBe(0)
    expect(collationKey(a, false)).toBe(collationKey(b, false))
  })

  const text = fc.string({ unit: fc.constantFrom(...Array.from('aAbBéÉe\u0301ß- _1\u00ad')) })

  it('is an order, and equal is equal keys', () => {
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        const order = compareTexts(a, b, false)
        expect(compareTexts(b, a, false)).toBe(-order + 0)
        expect(collationKey(a, false) === collationKey(b, false)).toBe(order === 0)
        if (order <= 0 && compareTexts(b, c, false) <= 0) expect(compareTexts(a, c, false)).toBeLessThanOrEqual(0)
      }),
    )
  })
})

describe('finding by culture', () => {
  const culture = comparisons.currentCulture

  it.each([
    ['e\u0301t\u00e9', 'é', 0],
    ['straße', 'ss', 4],
    ['strasse', 'ß', 4],
    ['a\u00adb', 'ab', 0],
    ['cafe\u0301', 'e', -1],
    ['co-op', 'coop', -1],
    ['abc', '\u00ad', 0],
  ])('%s has %s at %i', (text, part, index) => expect(indexOfString(text, part, 0, culture)).toBe(index))

  it.each([
    ['e\u0301', 'e', true, false],
    ['e\u0301a', 'é', true, true],
    ['\u00ada', 'a', true, true],
    ['straße', 'SSE', false, false],
    ['abcé', 'e\u0301', false, true],
  ])('%s and %s at its edge (start: %s): %s', (text, part, atStart, found) =>
    expect(hasEdge(text, part, atStart, culture)).toBe(found),
  )
})
