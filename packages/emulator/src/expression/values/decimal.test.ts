import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDouble } from '../text/number-format.js'
import { parseDouble } from '../text/number-parse.js'
import { Decimal } from './decimal.js'

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 8 }))
  .map(([coefficient, scale]) => Decimal.of(coefficient, scale))

describe('Decimal', () => {
  it('adds and subtracts without loss', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(a.add(b).subtract(b).equals(a)).toBe(true)
      }),
    )
  })

  it('has the order of its values, whatever the scale', () => {
    fc.assert(
      fc.property(decimal, (a) => {
        expect(a.multiply(Decimal.tryParse('1.000') ?? a).compare(a)).toBe(0)
      }),
    )
  })

  it('is what its text says', () => {
    fc.assert(
      fc.property(decimal, (a) => {
        expect(Decimal.tryParse(a.toString())?.toString()).toBe(a.toString())
      }),
    )
  })

  it('divides to within the last of 28 digits', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        fc.pre(!b.equals(Decimal.zero))
        const difference = a.divide(b).multiply(b).subtract(a).abs()
        expect(difference.compare(Decimal.of(1n, 9))).toBeLessThan(0)
      }),
    )
  })
})

describe('the round-trip format of doubles', () => {
  it.each(['framework', 'core'] as const)('reads back as the same number (%s)', (runtime) => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        // .NET Framework prints a negative zero without its sign.
        expect(parseDouble(formatDouble(value, 'R', runtime)) === value).toBe(true)
      }),
    )
  })
})
