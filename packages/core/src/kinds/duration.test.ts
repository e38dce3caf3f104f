import { expect, it } from 'vitest'
import { secondsOf } from './duration.js'

it.each([
  ['PT60S', 60],
  ['PT1M', 60],
  ['PT1.5S', 1.5],
  ['P1DT30M', 88_200],
  ['PT24H30M', 88_200],
])('takes %s for %i seconds', (span, seconds) => {
  expect(secondsOf(span)).toBe(seconds)
})

it.each(['', 'P', 'PT', '1m', '00:01:00'])('takes %j for no span of time', (text) => {
  expect(secondsOf(text)).toBeUndefined()
})
