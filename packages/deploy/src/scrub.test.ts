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

it('finds them inside of texts that travel in Base64', () => {
  const scrub = scrubber(['s3cret-of-the-client'])
  for (const id of ['', 'a', 'ab', 'abc']) {
    const encoded = Buffer.from(`${id}:s3cret-of-the-client:`).toString('base64')
    expect(Buffer.from(scrub(encoded).replace('[secret]', ''), 'base64').toString()).not.toContain('ret-of-the-cli')
  }
})

it('is quick with ten thousand secrets and as many texts', () => {
  const scrub = scrubber(Array.from({ length: 10_000 }, (_, index) => `s3cret-${index}-of-a-connection`))
  const begin = performance.now()
  for (let index = 0; index < 10_000; index++)
    if (scrub(`refused: s3cret-${index}-of-a-connection (${index})`) !== `refused: [secret] (${index})`)
      throw new Error('a secret is left')
  expect(performance.now() - begin).toBeLessThan(10_000)
})

it('takes any text for a secret, also one that is no text', () => {
  expect(scrubber(['half \uD800'])('half \uD800 of a pair')).toBe('[secret] of a pair')
})
