import { describe, expect, it } from 'vitest'
import { createClock } from './clock.js'

describe('createClock', () => {
  it('runs with the time of the system', () => {
    const before = Date.now()
    const now = createClock().now()
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
  })

  it('starts where it is told to', () => {
    expect(Math.abs(createClock(1_000_000).now() - 1_000_000)).toBeLessThan(1000)
  })

  it.each([
    [1500, 1500],
    [{ hours: 1, minutes: 2, seconds: 3, milliseconds: 4 }, 3_723_004],
    [{ minutes: -1 }, -60_000],
  ])('moves by %j', (duration, expected) => {
    const clock = createClock()
    clock.advance(duration)
    expect(Math.abs(clock.now() - Date.now() - expected)).toBeLessThan(50)
  })

  it.each([Number.NaN, Infinity, { hours: Number.NaN }])('refuses to move by %j and stays where it is', (duration) => {
    const clock = createClock()
    expect(() => clock.advance(duration)).toThrow(RangeError)
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(50)
  })
})
