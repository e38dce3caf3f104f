import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Regex } from './regex.js'

/** Patterns that mean the same in JavaScript and in .NET: no captures in loops, ASCII only. */
const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', 'x')
const quantified = fc
  .tuple(atom, fc.constantFrom('', '*', '+', '?', '*?', '+?', '{1,2}'))
  .map(([body, quantifier]) => body + quantifier)
const sequence = fc.array(quantified, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''))
const pattern = fc
  .tuple(sequence, sequence, sequence, fc.constantFrom('', '^'), fc.constantFrom('', '\\b'))
  .map(([a, b, c, start, end]) => `${start}(${a}|${b})${c}(?=${b}|${end || c})`)
const subject = fc.string({ unit: fc.constantFrom('a', 'b', 'x', '1', ' ', '-'), maxLength: 12 })

describe('the matcher', () => {
  it('finds what JavaScript finds, where both mean the same', () => {
    fc.assert(
      fc.property(pattern, subject, (source, text) => {
        const expected = new RegExp(source).exec(text)
        const match = new Regex(source).match(text)
        expect(match.success ? [match.span.start, match.value, match.group(1).value] : null).toEqual(
          expected === null ? null : [expected.index, expected[0], expected[1] ?? ''],
        )
      }),
      { numRuns: 500 },
    )
  })

  it('puts the pieces of a split together again', () => {
    fc.assert(
      fc.property(subject, (text) => {
        const regex = new Regex('(-|1)')
        expect(regex.split(text).join('')).toBe(text)
      }),
    )
  })

  it('refuses what is no pattern with an ArgumentException and nothing else', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('ab()[]{}|*+?\\^$.-,<>=!:#1kdwspP')), maxLength: 12 }),
        subject,
        (source, text) => {
          try {
            new Regex(source).match(text)
          } catch (error) {
            expect(error).toMatchObject({ typeName: 'System.ArgumentException' })
          }
        },
      ),
      { numRuns: 1000 },
    )
  })
})
