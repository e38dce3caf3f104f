import { ApimKitError } from '@apim-kit/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namedValueReference } from '../value.js'
import { expression } from '../written-expression.js'
import { bind } from './bind.js'
import type { ExprValue } from './csharp-literal.js'
import { expr } from './expr.js'
import { parse } from './parse.js'
import type { Expression } from './syntax.js'

const message = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof ApimKitError) return `${error.code}: ${error.message}`
    throw error
  }
  return ''
}

describe('expr', () => {
  it('puts the marks around one expression', () => {
    const written = expr` "Bearer " + ((Authorization)context.Variables[${'auth-context'}])?.AccessToken `
    expect(written.source).toBe('@("Bearer " + ((Authorization)context.Variables["auth-context"])?.AccessToken)')
    expect(written.kind).toBe('expression')
    expect(Object.isFrozen(written)).toBe(true)
  })

  it('takes code that begins with a brace as statements', () => {
    expect(expr`{ return ${1}; }`.source).toBe('@{ return 1; }')
  })

  it('leaves C# escapes to C#', () => {
    expect(expr`"a\n\"b\"" + @"\d"`.source).toBe('@("a\\n\\"b\\"" + @"\\d")')
  })

  it.each<[ExprValue, string]>([
    ['a"b\\c\nd', '"a\\"b\\\\c\\nd"'],
    ['{{x}}', '("{" + "{x}}")'],
    [42, '42'],
    [-3, '(-3)'],
    [2147483648, '2147483648L'],
    [1.5, '1.5'],
    [1e300, '1e+300d'],
    [Number.NaN, 'double.NaN'],
    [7n, '7L'],
    [18446744073709551615n, '18446744073709551615UL'],
    [true, 'true'],
    [null, 'null'],
    [['a', null], 'new string[] { "a", null }'],
    [[1, 2], 'new int[] { 1, 2 }'],
    [[1, 2.5], 'new double[] { 1, 2.5 }'],
    [[true, 'a'], 'new object[] { true, "a" }'],
    [
      { 'a-b': 1, c: null },
      'new JObject(new JProperty("a-b", new JValue(1)), new JProperty("c", JValue.CreateNull()))',
    ],
    [
      [{ a: [1] }],
      'new JArray(new object[] { new JObject(new JProperty("a", new JArray(new object[] { new JValue(1) }))) })',
    ],
    [expression('@(1 + 2)'), '(1 + 2)'],
    [expression('@(1 // one\n)'), '(1 // one\n\n)'],
    [namedValueReference('key-1'), '{{key-1}}'],
  ])('writes %o as C#', (value, code) => {
    const { source } = expr`F(${value})`
    expect(source).toBe(`@(F(${code}))`)
    // F is not a function: everything else has to bind.
    const { diagnostics } = parse(source, { namedValues: true })
    expect(diagnostics).toEqual([])
  })

  it('allows a named value inside a string', () => {
    expect(expr`"https://${namedValueReference('host')}/"`.source).toBe('@("https://{{host}}/")')
  })

  it('takes a named value at the beginning for no block', () => {
    expect(expr`${namedValueReference('flag')}`.source).toBe('@({{flag}})')
    expect(expr`{{count}} + 1`.source).toBe('@({{count}} + 1)')
    expect(expr`{ return ${namedValueReference('flag')}; }`.source).toBe('@{ return {{flag}}; }')
    expect(expr`{{ return 1; }}`.source).toBe('@{{ return 1; }}')
  })

  it('ends a comment at the end', () => {
    expect(expr`1 // one`.source).toBe('@(1 // one\n)')
    expect(expr`"a" + "//"`.source).toBe('@("a" + "//")')
  })

  it('refuses data inside a string, a comment or a word', () => {
    expect(message(() => expr`"Bearer ${'x'}"`)).toContain('invalid-expression: A value stands inside a string')
    expect(message(() => expr`1 /* ${'x'} */`)).toContain('stands inside')
    expect(message(() => expr`1${2}`)).toContain('stands inside')
    expect(message(() => expr`@${'x'}`)).toContain('stands inside')
    expect(message(() => expr`$${'x'}`)).toContain('stands inside')
  })

  it('points at a syntax error', () => {
    expect(message(() => expr`context.Request.Headers[`)).toBe(
      "invalid-expression: CS1003: Syntax error, ']' expected (line 1, column 27 of the expression)\n@(context.Request.Headers[)\n                          ^",
    )
  })

  it('refuses what has no C# form', () => {
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    expect(message(() => expr`${cycle as ExprValue}`)).toContain('invalid-input: Data nested more than 64 deep')
    expect(message(() => expr`${undefined as never}`)).toContain('invalid-input: A value of type undefined')
    expect(message(() => expr`${new Date() as never}`)).toContain('invalid-input: A Date has no C# form')
  })

  it('never lets a string become code', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const result = parse(expr`F(${text})`.source)
        expect(result.diagnostics).toEqual([])
        const call = result.syntax.kind === 'single' ? result.syntax.expression : undefined
        const argument = call?.kind === 'call' ? call.arguments[0]?.value : undefined
        expect(call?.kind === 'call' && call.arguments).toHaveLength(1)
        expect(argument && constantText(argument)).toBe(text)
      }),
    )
  })

  it('never lets data become code', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'small' }), (data) => {
        const result = bind(expr`${data as ExprValue}`.source)
        expect(result.kind === 'invalid' ? result.diagnostics : []).toEqual([])
      }),
    )
  })
})

function constantText(syntax: Expression): string | undefined {
  if (syntax.kind === 'parenthesized') return constantText(syntax.expression)
  if (syntax.kind === 'binary') return `${constantText(syntax.left) ?? ''}${constantText(syntax.right) ?? ''}`
  return syntax.kind === 'literal' && typeof syntax.value === 'string' ? syntax.value : undefined
}

it('called as a function, says how it is written', () => {
  const call = expr as unknown as (code: string) => unknown
  expect(message(() => call('1 + 1'))).toMatch(/^invalid-input: expr is a tag of a template: write expr`1 \+ 1`/)
})
