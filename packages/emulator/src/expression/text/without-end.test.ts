import { expect, it } from 'vitest'
import { withoutEnd } from './without-end.js'

it.each([
  ['1.500', '0', '1.5'],
  ['000', '0', ''],
  ['', '0', ''],
  [' a \t\n', '\t\n ', ' a'],
])('%j without %j at its end is %j', (text, characters, rest) => {
  expect(withoutEnd(text, characters)).toBe(rest)
})
