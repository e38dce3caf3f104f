import { describe, expect, it } from 'vitest'
import { lowerUnit, toLowerInvariant, toUpperInvariant, upperUnit } from './letter-case.js'

describe('letter case', () => {
  it('changes a letter that has exactly one other case', () => {
    expect(toUpperInvariant('azé ÿ ж ⓐ ⅷ ꭀ')).toBe('AZÉ Ÿ Ж Ⓐ Ⅷ ꭀ')
    expect(toLowerInvariant('AZÉ Ÿ Ж Ⓐ Ⅷ')).toBe('azé ÿ ж ⓐ ⅷ')
    expect(toUpperInvariant('ᾀ ᾳ')).toBe('ᾈ ᾼ')
    expect(toLowerInvariant('ᾈ ᾼ')).toBe('ᾀ ᾳ')
  })

  it('leaves letters whose other case is no pair of theirs', () => {
    expect(toUpperInvariant('ß ſ µ ı ŉ ǅ ა ﬁ')).toBe('ß ſ µ ı ŉ ǅ ა ﬁ')
    expect(toLowerInvariant('İ ẞ \u212a \u212b ǅ Ꭰ')).toBe('İ ẞ \u212a \u212b ǅ Ꭰ')
    expect(toUpperInvariant('𐐨')).toBe('𐐨')
  })

  it('is undone by the other one, except at the end of a Greek word', () => {
    expect(toUpperInvariant('οδος')).toBe('ΟΔΟΣ')
    for (let unit = 0; unit < 0x10000; unit++) {
      if (unit !== 0x3c2 && upperUnit(unit) !== unit) expect(lowerUnit(upperUnit(unit))).toBe(unit)
      if (lowerUnit(unit) !== unit) expect(upperUnit(lowerUnit(unit))).toBe(unit)
    }
  })
})
