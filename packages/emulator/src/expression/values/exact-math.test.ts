import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactExp, exactLog, exactLog10, exactPow } from './exact-math.js'

describe('functions rounded to the nearest double', () => {
  it.each([
    [exactPow(10, -5), 0.00001],
    [exactPow(1.05, 10), 1.628894626777442],
    [exactPow(8.4, -0.5), 0.34503277967117713],
    [exactPow(3, 8.6), 12683.60739679729],
    [exactPow(2, 1023), 2 ** 1023],
    [exactPow(2, -1074), 2 ** -1074],
    [exactPow(-2, 3), -8],
    [exactPow(-8, 1 / 3), Number.NaN],
    [exactPow(1, Number.NaN), 1],
    [exactPow(0, -1), Number.POSITIVE_INFINITY],
    [exactExp(5.177), 177.15056133406043],
    [exactExp(1), Math.E],
    [exactExp(-800), 0],
    [exactLog(3), 1.0986122886681098],
    [exactLog(0), Number.NEGATIVE_INFINITY],
    [exactLog(1), 0],
    [exactLog10(1000), 3],
    [exactLog10(0.001), -3],
  ])('%d is %d', (actual, expected) => expect(actual).toBe(expected))

  it('never is farther than a place from what JavaScript gives', () => {
    const near = (a: number, b: number): boolean => a === b || Math.abs(a - b) <= Math.abs(b) * 2 ** -51
    const base = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(base, fc.double({ min: -30, max: 30, noNaN: true }), (x, y) => {
        expect(near(exactPow(x, y), x ** y)).toBe(true)
        expect(near(exactExp(y), Math.exp(y))).toBe(true)
        expect(near(exactLog(x), Math.log(x))).toBe(true)
      }),
    )
  })
})
