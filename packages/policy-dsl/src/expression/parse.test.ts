import { describe, expect, it } from 'vitest'
import { parse } from './parse.js'
import type { Expression } from './syntax.js'

function tree(source: string, namedValues = false): Expression {
  const { syntax, diagnostics } = parse(source, { namedValues })
  expect(diagnostics).toEqual([])
  if (syntax.kind !== 'single') throw new Error('not a single expression')
  return syntax.expression
}

/** The shape of a tree: places and mere parentheses left out. */
function shape(syntax: unknown): unknown {
  if (Array.isArray(syntax)) return syntax.map(shape)
  if (typeof syntax !== 'object' || syntax === null) return syntax
  if ('kind' in syntax && syntax.kind === 'parenthesized' && 'expression' in syntax) return shape(syntax.expression)
  const left = Object.entries(syntax).filter(([name]) => !['start', 'end', 'operatorSpan', 'arrow'].includes(name))
  return Object.fromEntries(left.map(([name, value]) => [name, shape(value)]))
}

describe('what binds tighter', () => {
  it.each([
    ['1 + 2 * 3', '1 + (2 * 3)'],
    ['1 - 2 - 3', '(1 - 2) - 3'],
    ['a ?? b ?? c', 'a ?? (b ?? c)'],
    ['a || b && c', 'a || (b && c)'],
    ['a | b ^ c & d', 'a | (b ^ (c & d))'],
    ['a == b < c', 'a == (b < c)'],
    ['a < b << c', 'a < (b << c)'],
    ['a >> b + c', 'a >> (b + c)'],
    ['a ? b : c ? d : e', 'a ? b : (c ? d : e)'],
    ['a ?? b ? c : d', '(a ?? b) ? c : d'],
    ['!a.B', '!(a.B)'],
    ['-a * b', '(-a) * b'],
    ['a is string && b', '(a is string) && b'],
    ['a as string == b', '(a as string) == b'],
    ['a + b as string', '(a + b) as string'],
    ['"Bearer " + (x)?.Y', '"Bearer " + ((x)?.Y)'],
    ['a + b?.C.D()', 'a + (b?.C.D())'],
    ['(string)a["b"]', '(string)(a["b"])'],
    ['(string)a + b', '((string)a) + b'],
    ['x => y => x + y', 'x => (y => (x + y))'],
    ['a = b = c', 'a = (b = c)'],
  ])('%s is %s', (plain, grouped) => {
    expect(shape(tree(`@(${plain})`))).toEqual(shape(tree(`@(${grouped})`)))
  })
})

describe('casts and parentheses', () => {
  it.each([
    ['(x)y', 'cast'],
    ['(x)(y)', 'cast'],
    ['(x)!y', 'cast'],
    ['(int)-1', 'cast'],
    ['(x[])y', 'cast'],
    ['(x?)y', 'cast'],
    ['(List<int>)y', 'cast'],
    ['(System.String)y', 'cast'],
    ['(x)-1', 'binary'],
    ['(x) + y', 'binary'],
    ['(x)', 'parenthesized'],
    ['(x).y', 'member'],
    ['(x)?.y', 'conditional-access'],
    ['(x, y)', 'tuple'],
    ['(x, y) => x', 'lambda'],
    ['(int x) => x', 'lambda'],
    ['() => 1', 'lambda'],
  ])('%s is a %s', (source, kind) => {
    expect(tree(`@(${source})`).kind).toBe(kind)
  })
})

describe('type arguments and comparisons', () => {
  it.each([
    ['F<int>(x)', 'call'],
    ['x.F<A, B>(y)', 'call'],
    ['F<List<List<int>>>(x)', 'call'],
    ['a < b', 'binary'],
    ['a < b > c', 'binary'],
    ['a >> b', 'binary'],
    ['new List<int>()', 'new'],
    ['from x in y select x', 'query'],
    ['from + 1', 'binary'],
    ['{{name}}', 'named-value'],
    ['$"{a:N2} {b,5}"', 'interpolated-string'],
  ])('%s is a %s', (source, kind) => {
    expect(tree(`@(${source})`, true).kind).toBe(kind)
  })

  it('takes named values only when asked', () => {
    expect(parse('@({{name}})').diagnostics[0]?.code).toBe('CS1525')
  })
})

describe('literals', () => {
  it.each<[string, string, unknown]>([
    ['1', 'int', 1],
    ['2147483648', 'uint', 2147483648],
    ['4294967296', 'long', 4294967296n],
    ['9223372036854775808', 'ulong', 9223372036854775808n],
    ['0xFF', 'int', 255],
    ['0b1010', 'int', 10],
    ['1_000_000', 'int', 1000000],
    ['1u', 'uint', 1],
    ['1L', 'long', 1n],
    ['1.5', 'double', 1.5],
    ['.5', 'double', 0.5],
    ['1e3', 'double', 1000],
    ['1f', 'float', 1],
    ['1.50m', 'decimal', { unscaled: 150n, scale: 2 }],
    ["'a'", 'char', 97],
    ["'\\u0041'", 'char', 65],
    ['"a\\tb\\x41"', 'string', 'a\tbA'],
    ['@"a\\n""b"', 'string', 'a\\n"b'],
    ['"\\U0001F600"', 'string', '😀'],
    ['true', 'bool', true],
    ['null', 'null', null],
  ])('%s is %s', (source, type, value) => {
    expect(tree(`@(${source})`)).toMatchObject({ kind: 'literal', type, value })
  })
})

describe('statements', () => {
  it.each([
    'int a = 1, b = 2;',
    'var x = 1;',
    'const int k = 1;',
    'if (a) b(); else { c(); }',
    'while (a) b();',
    'do { a(); } while (b);',
    'for (int i = 0, j = 1; i < j; i++, j--) { }',
    'for (;;) break;',
    'foreach (var x in y) { continue; }',
    'foreach (var (a, b) in y) { }',
    'switch (x) { case 1: case 2: a(); break; case string s when s.Length > 1: goto default; default: return 1; }',
    'try { a(); } catch (Exception e) when (e != null) { throw; } catch { } finally { b(); }',
    'using (var r = new StringReader("a")) { }',
    'checked { a(); }',
    'lock (a) { }',
    'again: goto again;',
    'int F(int x) => x + 1;',
    'T G<T>(T x) where T : class, new() { return x; }',
    'IEnumerable<int> H() { yield return 1; yield break; }',
    'var (a, b) = (1, 2);',
    '(a, b) = (b, a);',
    'a.B += 1;',
    'a[0]++;',
    'ref int r = ref a[0];',
    'int.TryParse(x, out var y);',
    'int[] a = { 1, 2 };',
    '\n#pragma warning disable\na();',
  ])('%s', (source) => {
    expect(parse(`@{${source}}`).diagnostics).toEqual([])
  })
})

describe('syntax errors', () => {
  it.each([
    ['@(1;)', 'CS1073', 1, 3],
    ['@("abc)', 'CS1010', 1, 3],
    ['@(F("a="""))', 'CS1003', 1, 9],
    ['@(new[] {"a=""", "b"})', 'CS1003', 1, 14],
    ['@({ 1 })', 'CS1525', 1, 3],
    ['@(5 is > 3)', 'CS1525', 1, 8],
    ['@("abc"[1..])', 'CS1001', 1, 11],
    ['@($"{1")', 'CS8076', 1, 4],
    ["@('ab')", 'CS1012', 1, 3],
    ["@('')", 'CS1011', 1, 3],
    ['@("\\q")', 'CS1009', 1, 4],
    ['@(1 + )', 'CS1733', 1, 7],
    ['@(a.class)', 'CS1073', 1, 3],
    ['@(99999999999999999999)', 'CS1021', 1, 3],
    ['@{\n  a()\n  return 1;\n}', 'CS1002', 2, 6],
    ['@{ return 1 }', 'CS1002', 1, 13],
    ['@{ 1; }', 'CS0201', 1, 4],
    ['@(await x)', 'CS4032', 1, 3],
    ['@{ static int F() { return 1; } return F(); }', 'CS0106', 1, 4],
    ['@{ try { } }', 'CS1524', 1, 10],
    ['@{ if (a) int x = 1; }', 'CS1023', 1, 11],
    ['1 + 1', 'Malformed', 1, 1],
    ['@{ return 1;', 'Malformed', 1, 13],
  ])('%s is %s at %i:%i', (source, code, line, column) => {
    expect(parse(source).diagnostics[0]).toMatchObject({ code, line, column })
  })

  it('refuses nesting that no reader of the tree could follow', () => {
    for (const [open, close] of [
      ['(', ')'],
      ['-', ''],
      ['F(', ')'],
      ['x => ', ''],
      ['a ? b : ', ''],
      ['$"{', '}"'],
      ['(int)', ''],
    ] as const) {
      const { diagnostics } = parse(`@(${open.repeat(20_000)}1${close.repeat(20_000)})`)
      expect(diagnostics.length).toBeGreaterThan(0)
    }
  })
})
