import { describe, expect, it } from 'vitest'
import { createClock } from '../clock.js'
import { ValueCache } from './value-cache.js'

describe('ValueCache', () => {
  it('gives a value until its time is over', () => {
    const clock = createClock(0)
    const cache = new ValueCache(clock)
    cache.set('k', 'v', 60)
    clock.advance({ seconds: 59 })
    expect(cache.get('k')).toBe('v')
    clock.advance({ seconds: 2 })
    expect(cache.get('k')).toBeUndefined()
  })

  it('keeps null apart from nothing', () => {
    const cache = new ValueCache(createClock())
    cache.set('k', null, 60)
    expect(cache.get('k')).toBeNull()
    expect(cache.get('other')).toBeUndefined()
  })

  it('replaces a value, and stores nothing for no time', () => {
    const cache = new ValueCache(createClock())
    cache.set('k', 'one', 60)
    cache.set('k', 'two', 60)
    expect(cache.get('k')).toBe('two')
    cache.set('k', 'three', 0)
    expect(cache.get('k')).toBeUndefined()
  })

  it('lets the oldest go when there are too many', () => {
    const cache = new ValueCache(createClock())
    for (let index = 0; index <= 10_000; index++) cache.set(`k${index}`, index.toString(), 60)
    expect(cache.get('k0')).toBeUndefined()
    expect(cache.get('k1')).toBe('1')
  })
})
