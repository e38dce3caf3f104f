import { afterEach, describe, expect, it, vi } from 'vitest'
import { bind } from './bind.js'
import { Cursor } from './parse/cursor.js'
import { parse } from './parse.js'
import { print } from './print.js'

const tooComplex = expect.objectContaining({ code: 'CS8078' })

const nested = (depth: number, brackets: number): string =>
  depth === 0 ? '1' : `${'('.repeat(brackets)}$@"{${nested(depth - 1, brackets)}}"${')'.repeat(brackets)}`

describe('trees that would run their readers out of stack', () => {
  it.each([
    ['calls', (n: number) => `@("a"${'.Trim()'.repeat(n)})`],
    ['indexers', (n: number) => `@(a${'[0]'.repeat(n)})`],
    ['increments', (n: number) => `@(a${'++'.repeat(n)})`],
    ['type tests', (n: number) => `@(1${' is int'.repeat(n)})`],
    ['arrays of arrays', (n: number) => `@(default(int${'[]'.repeat(n)}))`],
    ['chains in chains', (n: number) => `@(${'('.repeat(20)}a${`${'.b'.repeat(n / 20)})`.repeat(20)})`],
    ['calls in a hole', (n: number) => `@($"{a${'.b'.repeat(n)}}")`],
    ['statements', (n: number) => `@{ return a${'.b'.repeat(n)}; }`],
  ])('%s in a long row are refused', (_, source) => {
    const { diagnostics, syntax } = parse(source(20_000))
    expect(diagnostics).toContainEqual(tooComplex)
    expect(print(syntax).length).toBeLessThan(10)
    expect(bind(source(20_000))).toMatchObject({ kind: 'invalid' })
    expect(parse(source(100)).diagnostics).toEqual([])
  })

  it('names the place where it becomes too much', () => {
    const source = `@(a${'.b'.repeat(2_000)})`
    expect(parse(source).diagnostics).toEqual([expect.objectContaining({ code: 'CS8078', line: 1, column: 3 })])
  })

  it('counts the levels around an interpolated string too', () => {
    expect(parse(`@(${nested(3, 20)})`).diagnostics).toEqual([])
    expect(parse(`@(${nested(40, 150)})`).diagnostics).toEqual([tooComplex])
  })

  it('takes operators in a row, which every reader follows in a loop', () => {
    const source = `@(${'"a" + '.repeat(20_000)}"b")`
    expect(bind(source).kind).toBe('bound')
    expect(print(parse(source).syntax)).toBe(source)
  })
})

describe('the work for hostile texts', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  /** How often the lexer, the parser and the diagnostics looked at a character or a token. */
  function steps(source: string): number {
    const spies = [vi.spyOn(String.prototype, 'charCodeAt'), vi.spyOn(Cursor.prototype, 'at')]
    parse(source, { namedValues: true })
    const count = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0)
    vi.restoreAllMocks()
    return count
  }

  it.each([
    '@(',
    '(',
    '((',
    'List<',
    'List<(a,',
    ') ',
    '\\',
    '"a\n',
    '$"{a}',
    '$"{',
    '$@"{"',
    "'",
    '/*',
    'a[]',
    'var(',
    '(a,',
    'a?b:',
    'x=>',
    'if(a)',
    '{',
    'new a{',
    'from a in ',
    'a.b',
    '{{a',
    '#a\n',
    'a\n',
  ])('grows as the text does: %j', (part) => {
    for (const [open, close] of [
      ['@(', ')'],
      ['@{', '}'],
      ['@($"{+}', '")'],
    ] as const) {
      const [few, many] = [100, 400].map((n) => steps(`${open}${part.repeat(n)}${close}`))
      // Four times the text: with quadratic work it would be sixteen times the steps.
      expect(many).toBeLessThan(6 * (few ?? 0) + 1000)
    }
  })
})
