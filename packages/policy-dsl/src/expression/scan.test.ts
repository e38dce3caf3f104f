import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expressionEnd, expressionStartsAt } from './scan.js'

describe('expressionEnd', () => {
  it.each([
    ['@(1)"/>', 4],
    ['@(")")x', 6],
    ['@("\\")")x', 8],
    ['@(@"\\")x', 7],
    ['@(@"a""b)")x', 11],
    ["@(')')x", 6],
    ["@('\\'')x", 7],
    ['@(1 /* ) */ + 2)x', 16],
    ['@(1 // )\n)x', 10],
    ['@{ if (a) { return b[0]; } return "}"; }x', 40],
    ['@($"{F(")")}")x', 14],
    ['@($"{{{a}}}")x', 13],
    ['@($@"{a}""\n)")x', 14],
    ['@(context.Variables["a"])</set>', 25],
  ])('ends %s', (text, end) => {
    expect(expressionEnd(text, 0)).toEqual({ kind: 'end', end })
  })

  it.each([
    ['@(1', 'bracket', 1],
    ['@(a]', 'bracket', 3],
    ['@{ (a }', 'bracket', 6],
    ['@("abc)', 'string', 2],
    ['@("a\nb")', 'string', 2],
    ['@(@"abc)', 'string', 2],
    ["@('a)", 'char', 2],
    ['@(1 /* )', 'comment', 4],
    ['@($"{1")', 'interpolation', 4],
  ] as const)('says what %s leaves open', (text, what, at) => {
    expect(expressionEnd(text, 0)).toEqual({ kind: 'unterminated', what, at })
  })

  it('begins anywhere in a text', () => {
    const text = '<a b="@(c["d"])" e="@{return 1;}"/>'
    expect(expressionStartsAt(text, 6)).toBe(true)
    expect(expressionStartsAt(text, 0)).toBe(false)
    expect(expressionEnd(text, 6)).toEqual({ kind: 'end', end: 15 })
    expect(expressionEnd(text, 20)).toEqual({ kind: 'end', end: 32 })
  })

  it('never throws, and never ends outside of the text', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '$"',
      '@"',
      '\\',
      '/*',
      '*/',
      '//',
      '\n',
      ':',
      'a',
      '{{',
      '}}',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = `@(${pieces.join('')}`
        const found = expressionEnd(text, 0)
        const at = found.kind === 'end' ? found.end : found.at
        expect(at).toBeGreaterThan(0)
        expect(at).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it('does not run out of stack on strings in strings in strings', () => {
    expect(expressionEnd(`@(${'$"{'.repeat(20_000)}`, 0).kind).toBe('unterminated')
  })
})
