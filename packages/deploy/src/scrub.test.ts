import { expect, it } from 'vitest'
import { scrubber } from './scrub.js'

it('takes out secrets, the longer of two that hold each other whole', () => {
  const scrub = scrubber(['s3cret', 's3cret-and-more', 'abc'])
  expect(scrub('got s3cret-and-more for s3cret, abc')).toBe('got [secret] for [secret], abc')
})
