import { describe, expect, it, vi } from 'vitest'
import { nearest, suggestion } from './problems.js'

const known = ['set-header', 'set-body', 'set-status', 'choose', 'cors']

describe('nearest', () => {
  it.each([
    ['set-hedr', 'set-header'],
    ['SET-BODY', 'set-body'],
    ['set-boy', 'set-body'],
    ['cor', 'cors'],
    ['chosoe', 'choose'],
    ['wait', undefined],
    ['', undefined],
    ['x'.repeat(10_000), undefined],
  ])('to %s', (word, near) => {
    expect(nearest(word, known)).toBe(near)
  })

  it('is the first of two that are equally near', () => {
    expect(nearest('bat', ['cat', 'hat'])).toBe('cat')
    expect(nearest('hat', ['cat', 'hat'])).toBe('hat')
  })

  it('does not look at words that cannot be near', () => {
    const from = vi.spyOn(Array, 'from')
    nearest('set-headers-and-more', known)
    expect(from).not.toHaveBeenCalled()
    from.mockRestore()
  })
})

describe('suggestion', () => {
  it('names the nearest, or what is known', () => {
    expect(suggestion('chose', known)).toBe('; did you mean "choose"?')
    expect(suggestion('zzz', ['a', 'b'])).toBe('; known are: a, b')
    expect(suggestion('zzz', [])).toBe('')
  })
})
