import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from './parse.js'
import { print } from './print.js'
import type { BinaryOperator, Expression, Literal } from './syntax.js'

const none = { start: 0, end: 0 }
const name = fc
  .constantFrom('a', 'b', 'class', 'from', 'List')
  .map((text): Expression => ({ kind: 'name', name: text, typeArguments: [], ...none }))
const literal = fc.oneof(
  fc.integer({ min: 0 }).map((value): Literal => ({ kind: 'literal', type: 'int', value, ...none })),
  fc
    .bigInt({ min: 0n, max: 2n ** 63n - 1n })
    .map((value): Literal => ({ kind: 'literal', type: 'long', value, ...none })),
  fc
    .double({ min: 0, noNaN: true, noDefaultInfinity: true })
    .map((value): Literal => ({ kind: 'literal', type: 'double', value: value === 0 ? 0 : value, ...none })),
  fc.string({ unit: 'binary' }).map((value): Literal => ({ kind: 'literal', type: 'string', value, ...none })),
  fc.integer({ min: 0, max: 0xffff }).map((value): Literal => ({ kind: 'literal', type: 'char', value, ...none })),
  fc.boolean().map((value): Literal => ({ kind: 'literal', type: 'bool', value, ...none })),
)
const operators: BinaryOperator[] = ['*', '+', '-', '<<', '>>', '<', '>=', '==', '&', '^', '|', '&&', '||', '??']

/** Trees without any parentheses of their own: the printer has to put them where they are needed. */
const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    name,
    literal,
    fc
      .tuple(fc.constantFrom(...operators), tie('expression'), tie('expression'))
      .map(([operator, left, right]): Expression => ({
        kind: 'binary',
        operator,
        left,
        right,
        operatorSpan: none,
        ...none,
      })),
    fc
      .tuple(fc.constantFrom('+' as const, '-' as const, '!' as const, '~' as const), tie('expression'))
      .map(([operator, operand]): Expression => ({ kind: 'unary', operator, operand, ...none })),
    tie('expression').map((operand): Expression => ({
      kind: 'cast',
      type: { kind: 'predefined-type', name: 'string', ...none },
      operand,
      ...none,
    })),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([condition, whenTrue, whenFalse]): Expression => ({
        kind: 'conditional',
        condition,
        whenTrue,
        whenFalse,
        ...none,
      })),
    tie('expression').map((target): Expression => ({
      kind: 'member',
      target,
      name: { name: 'M', ...none },
      typeArguments: [],
      ...none,
    })),
    fc.tuple(tie('expression'), tie('expression')).map(([target, value]): Expression => ({
      kind: 'call',
      target,
      arguments: [{ name: undefined, mode: 'value', value, ...none }],
      ...none,
    })),
    tie('expression').map((target): Expression => ({
      kind: 'conditional-access',
      target,
      access: { kind: 'member-binding', name: { name: 'M', ...none }, typeArguments: [], ...none },
      ...none,
    })),
    tie('expression').map((body): Expression => ({
      kind: 'lambda',
      parameters: [{ name: { name: 'x', ...none }, type: undefined, mode: 'value', defaultValue: undefined, ...none }],
      body,
      arrow: none,
      ...none,
    })),
    fc.tuple(fc.string(), tie('expression')).map(([value, hole]): Expression => ({
      kind: 'interpolated-string',
      verbatim: false,
      parts: [
        ...(value === '' ? [] : [{ kind: 'text' as const, value, ...none }]),
        { kind: 'hole' as const, value: hole, alignment: undefined, format: 'N{2}', ...none },
      ],
      ...none,
    })),
  ),
}))

/** Places and mere parentheses left out. */
function shape(syntax: unknown): unknown {
  if (Array.isArray(syntax)) return syntax.map(shape)
  if (typeof syntax !== 'object' || syntax === null) return syntax
  if ('kind' in syntax && syntax.kind === 'parenthesized' && 'expression' in syntax) return shape(syntax.expression)
  const left = Object.entries(syntax).filter(([key]) => !['start', 'end', 'operatorSpan', 'arrow'].includes(key))
  return Object.fromEntries(left.map(([key, value]) => [key, shape(value)]))
}

describe('print', () => {
  it('puts parentheses where a tree needs them, and nowhere else', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        const text = print({ kind: 'single', expression: tree, ...none })
        const { syntax, diagnostics } = parse(text)
        expect(diagnostics, text).toEqual([])
        expect(shape(syntax), text).toEqual(shape({ kind: 'single', expression: tree }))
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['@( 1+2*3 )', '@(1 + 2 * 3)'],
    ['@(a<b>>c)', '@(a < b >> c)'],
    ['@(-(-a))', '@(-(-a))'],
    ['@(new Dictionary<string,int>{{"a",1},{"b",2}})', '@(new Dictionary<string, int> { { "a", 1 }, { "b", 2 } })'],
    ['@(new {a=1,b.C})', '@(new { a = 1, b.C })'],
    ['@(new int[2][])', '@(new int[2][])'],
    ['@(x is string s?s:null)', '@(x is string s ? s : null)'],
    ['@($"{(a?b:c),3:N2}{{}}")', '@($"{(a ? b : c),3:N2}{{}}")'],
    [
      '@(from x in y where x>1 orderby x descending select x)',
      '@(from x in y where x > 1 orderby x descending select x)',
    ],
    ['@(1.50m)', '@(1.50m)'],
    ['@{if(a)if(b)c();else d();return 1;}', '@{\n    if (a) if (b) c(); else d();\n    return 1;\n}'],
    [
      '@{if(a){if(b)c();}else d();return 1;}',
      '@{\n    if (a) {\n        if (b) c();\n    } else d();\n    return 1;\n}',
    ],
    ['@{ }', '@{ }'],
  ])('prints %s', (source, printed) => {
    expect(print(parse(source).syntax)).toBe(printed)
    expect(print(parse(printed).syntax)).toBe(printed)
  })
})
