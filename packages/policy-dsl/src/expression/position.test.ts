import { describe, expect, it } from 'vitest'
import { caretAt, positionOf } from './position.js'

describe('positionOf', () => {
  it.each([
    ['abc', 0, 1, 1],
    ['abc', 3, 1, 4],
    ['a\nb', 2, 2, 1],
    ['a\r\nb', 3, 2, 1],
    ['a\rb', 2, 2, 1],
    ['a\u2028b', 2, 2, 1],
    ['a\n\n  b', 5, 3, 3],
  ])('%j at %i is %i:%i', (source, offset, line, column) => {
    expect(positionOf(source, offset)).toEqual({ line, column })
  })
})

describe('caretAt', () => {
  it('shows the line and points into it', () => {
    expect(caretAt('a\n\tbcd\ne', 4)).toBe('\tbcd\n\t ^')
    expect(caretAt('abc', 3)).toBe('abc\n   ^')
  })
})
