import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { scrubber } from './scrub.js'

it('takes out secrets, the longer of two that hold each other whole', () => {
  const scrub = scrubber(['s3cret', 's3cret-and-more', 'abc'])
  expect(scrub('got s3cret-and-more for s3cret, abc')).toBe('got [secret] for [secret], abc')
})

it('finds them in the forms in which texts travel', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 6, unit: 'grapheme' }), (secret) => {
      const scrub = scrubber([secret])
      const shown = scrub(`${JSON.stringify({ secret })} ${encodeURIComponent(secret)}`)
      expect(shown).toBe('{"secret":"[secret]"} [secret]')
      expect(scrub(Buffer.from(secret).toString('base64'))).toBe('[secret]')
    }),
  )
})

it('takes any text for a secret, also one that is no text', () => {
  expect(scrubber(['half \uD800'])('half \uD800 of a pair')).toBe('[secret] of a pair')
})
