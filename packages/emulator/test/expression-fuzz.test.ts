import { expect, it } from 'vitest'
import { inputAt } from '../fuzz/inputs.js'
import { probe } from '../fuzz/probe.js'

/** Another seed every day would find more, and would fail on a day when nobody changed anything: the long run is for that. */
const seed = 2026

it('neither crashes nor hangs on two thousand inputs', { timeout: 120_000 }, () => {
  const outcomes = { refused: 0, value: 0, exception: 0 }
  for (let index = 0; index < 2000; index++) {
    const input = inputAt(seed, index)
    try {
      outcomes[probe(input)] += 1
    } catch (cause) {
      throw new Error(`input ${index} of seed ${seed}: ${input.slice(0, 500)}`, { cause })
    }
  }
  // Inputs that nobody can compile would prove nothing.
  expect(outcomes.value).toBeGreaterThan(200)
  expect(outcomes.exception).toBeGreaterThan(200)
})
