import { describe, expect, it } from 'vitest'
import { contextFromJson } from './context/context-json.js'
import { evaluateExpression } from './evaluate-batch.js'
import { compileExpression } from './evaluate.js'

const result = (expression: string): unknown => {
  const row = evaluateExpression(expression)
  return row.ok ? `${row.type ?? 'null'} ${row.text}` : row.error.code
}

describe('operators', () => {
  it.each([
    ['@(7/2)', 'System.Int32 3'],
    ['@(-7/2)', 'System.Int32 -3'],
    ['@(-7%3)', 'System.Int32 -1'],
    ['@(5/2*2.0)', 'System.Double 4'],
    ['@{ var i = int.MaxValue; return i + 1; }', 'System.Int32 -2147483648'],
    ['@{ var i = int.MaxValue; return checked(i + 1); }', 'OverflowException'],
    ['@{ int z = 0; return 1 / z; }', 'DivideByZeroException'],
    ['@(5.0/0)', 'System.Double Infinity'],
    ['@(1<<33)', 'System.Int32 2'],
    ['@(1L<<33)', 'System.Int64 8589934592'],
    ['@(-5>>1)', 'System.Int32 -3'],
    ['@(~5)', 'System.Int32 -6'],
    ['@((byte)1+(byte)1)', 'System.Int32 2'],
    ['@(2147483648)', 'System.UInt32 2147483648'],
    ['@(4294967296)', 'System.Int64 4294967296'],
    ['@(1==1L)', 'System.Boolean True'],
    ['@(((object)1).Equals(1L))', 'System.Boolean False'],
    ['@((long)(object)5)', 'InvalidCastException'],
    ['@(1.0m+2)', 'System.Decimal 3.0'],
    ['@(1/3m)', 'System.Decimal 0.3333333333333333333333333333'],
    ["@('a'+1)", 'System.Int32 98'],
    ["@(\"\" + 'a' + 'b')", 'System.String ab'],
    ['@("v=" + (object)null)', 'System.String v='],
    ['@(((int?)null) + 1)', 'null '],
    ['@(((int?)null) > 1)', 'System.Boolean False'],
    ['@(((int?)null).Value)', 'InvalidOperationException'],
    ['@(true ? 1 : 2.0)', 'System.Double 1'],
    ['@((int)3.99)', 'System.Int32 3'],
    ['@{ uint u = 0; u--; return u; }', 'System.UInt32 4294967295'],
    ['@{ int x = 6; x <<= 2; x |= 1; return x++ + x; }', 'System.Int32 51'],
    ['@{ long big = 1L << 62; return (int)big; }', 'System.Int32 0'],
    ['@{ bool? a = null; return (a & false) == false; }', 'System.Boolean True'],
    ['@(DateTime.MaxValue > DateTime.MinValue)', 'System.Boolean True'],
    ['@((TimeSpan?)null == null)', 'System.Boolean True'],
  ])('%s', (expression, expected) => expect(result(expression)).toBe(expected))
})

describe('statements', () => {
  it.each([
    ['@{ int s = 0; for (int i = 0; i < 5; i++) { if (i == 3) continue; s += i; } return s; }', 'System.Int32 7'],
    ['@{ int i = 0; do { i++; } while (i < 3); return i; }', 'System.Int32 3'],
    ['@{ foreach (var c in "abc") { if (c == \'b\') return "found"; } return "none"; }', 'System.String found'],
    [
      '@{ object o = 42; switch (o) { case string s: return s; case int n when n > 40: return "big"; default: return "?"; } }',
      'System.String big',
    ],
    ['@{ switch (1) { case 1: goto case 2; case 2: return "two"; default: return "?"; } }', 'System.String two'],
    ['@{ switch ("b") { case "a": goto default; case "b": goto case "a"; default: return "d"; } }', 'System.String d'],
    ['@{ switch (2) { case 1: int x = 1; break; case 2: x = 2; return x; } return 0; }', 'System.Int32 2'],
    ['@{ switch (2) { case 1: int F() => 5; return F(); default: return F() + 1; } }', 'System.Int32 6'],
    ['@{ object o = 5; switch (o) { case "a": return 1; case var x: return x; } }', 'System.Int32 5'],
    ['@{ int i = 0; do { if (i > 3) return i; i++; continue; } while (true); }', 'System.Int32 4'],
    ['@{ do { return 1; } while (context != null); }', 'System.Int32 1'],
    ['@{ int i = 0; again: i++; if (i < 3) goto again; return i; }', 'System.Int32 3'],
    [
      '@{ var s = ""; try { s += "a"; throw new Exception("b"); } catch (Exception e) when (e.Message == "b") { s += e.Message; } finally { s += "c"; } return s; }',
      'System.String abc',
    ],
    [
      '@{ try { try { throw new FormatException("x"); } catch { throw; } } catch (FormatException e) { return e.Message; } }',
      'System.String x',
    ],
    ['@{ try { return int.Parse("x"); } catch (ArgumentException) { return -1; } }', 'FormatException'],
    ['@{ try { string s = null; return s.Length; } catch (NullReferenceException) { return -1; } }', 'System.Int32 -1'],
    ['@{ int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2); return Fib(15); }', 'System.Int32 610'],
    [
      '@{ bool Half(int n, out int half) { half = n / 2; return n % 2 == 0; } return Half(8, out var h) ? h : -1; }',
      'System.Int32 4',
    ],
    [
      '@{ void Swap(ref int a, ref int b) { var t = a; a = b; b = t; } int x = 1, y = 2; Swap(ref x, ref y); return x * 10 + y; }',
      'System.Int32 21',
    ],
    [
      '@{ IEnumerable<int> Evens(int max) { for (int i = 0; i <= max; i += 2) { if (i == 6) yield break; yield return i; } } return string.Join(",", Evens(10)); }',
      'System.String 0,2,4',
    ],
    [
      '@{ IEnumerable<int> Once() { try { yield return 1; } finally { } yield return 2; } return Once().Sum(); }',
      'System.Int32 3',
    ],
    [
      '@{ var fs = new List<Func<int>>(); for (int i = 0; i < 3; i++) { int own = i; fs.Add(() => own + i); } return string.Join(",", fs.Select(f => f())); }',
      'System.String 3,4,5',
    ],
    ['@{ T Id<T>(T x) => x; return Id("a") + Id<int>(3); }', 'System.String a3'],
    [String.raw`@{ var caf\u00e9 = 1; var @\u0069f = 2; return café + @if; }`, 'System.Int32 3'],
    ['@{ using (var r = new StringReader("abc")) { return r.ReadToEnd(); } }', 'System.String abc'],
    ['@{ var (a, b) = (1, "x"); return a + b; }', 'System.String 1x'],
    ['@{ var o = new { A = 1, B = new { C = "x" } }; return o.A + o.B.C; }', 'System.String 1x'],
    ['@{ object[] a = new string[1]; a[0] = 5; return a; }', 'ArrayTypeMismatchException'],
    ['@{ int[] a = new int[2]; a[2] = 1; return a; }', 'IndexOutOfRangeException'],
    ['@{ int[] a = new int[2]; Array.Clear(a, 0, int.MaxValue); return a; }', 'IndexOutOfRangeException'],
    ['@{ int[] a = new int[2]; Array.Resize(ref a, -1); return a; }', 'ArgumentOutOfRangeException'],
    ['@{ "abc".CopyTo(1, new char[5], 0, int.MaxValue); return 1; }', 'ArgumentOutOfRangeException'],
    [
      '@{ var m = new MemoryStream(); m.Position = 2000000000; m.WriteByte(1); return m.Length; }',
      'OutOfMemoryException',
    ],
    ['@{ string n = null; return n?.Length ?? -1; }', 'System.Int32 -1'],
    [
      '@{ var q = from a in new[] { 1, 2 } join b in new[] { 2, 3 } on a equals b select a + b; return q.Single(); }',
      'System.Int32 4',
    ],
  ])('%s', (expression, expected) => expect(result(expression)).toBe(expected))
})

describe('functions that return places', () => {
  it.each([
    ['@{ ref int F(int[] a) => ref a[0]; var b = new[] {1,2}; F(b) = 9; return b[0]; }', 'System.Int32 9'],
    [
      '@{ ref int F(int[] a) { return ref a[0]; } var b = new[] {1,2}; ref int q = ref F(b); q = 7; return b[0]; }',
      'System.Int32 7',
    ],
    ['@{ ref int F(ref int a) => ref a; int b = 1; F(ref b)++; return b; }', 'System.Int32 2'],
    [
      '@{ ref int F(ref int a) => ref a; int b = 1; int c = F(ref b) + 1; F(ref b) += 5; return b * 10 + c; }',
      'System.Int32 62',
    ],
    [
      '@{ ref int Find(int[] a, int x) { for (int i = 0; i < a.Length; i++) if (a[i] == x) return ref a[i]; throw new Exception("no"); } var b = new[] {1,2,3}; Find(b, 2) = 20; return string.Join(",", b); }',
      'System.String 1,20,3',
    ],
    ['@{ var m = new int[2,2]; ref int F(int[,] a) => ref a[1,1]; F(m) = 4; return m[1,1]; }', 'System.Int32 4'],
    ['@{ int x = 5; ref int y = ref x; y++; ref int z = ref y; z = z * 2; return x; }', 'System.Int32 12'],
    [
      '@{ ref int F(int[] a) => ref a[5]; var b = new[] {1}; try { F(b) = 1; } catch (IndexOutOfRangeException) { return "oob"; } return "no"; }',
      'System.String oob',
    ],
    [
      '@{ ref string F(string[] a) => ref a[0]; var s = new[] {"x"}; F(s) += "y"; return s[0] + F(s).Length; }',
      'System.String xy2',
    ],
    ['@{ ref int F(int[] a) => throw new Exception("t"); return 1; }', 'System.Int32 1'],
  ])('%s', (expression, expected) => expect(result(expression)).toBe(expected))
})

describe('arrays of more dimensions', () => {
  it.each([
    ['@{ var m = new int[2,3]; m[1,2] = 5; return m[1,2] + m.Length + m.GetLength(1) + m.Rank; }', 'System.Int32 16'],
    ['@{ int[,] m = { {1,2}, {3,4} }; return m[1,0]; }', 'System.Int32 3'],
    ['@{ var m = new[,] { {1,2}, {3,4} }; int s = 0; foreach (var x in m) s += x; return s; }', 'System.Int32 10'],
    ['@{ int[,,] m = new int[2,2,2]; return m.Length; }', 'System.Int32 8'],
    ['@{ int[,][] m = new int[2,2][]; m[0,0] = new[] {4}; return m[0,0][0]; }', 'System.Int32 4'],
    [
      '@{ string[,] m = new string[2,2] { {"a","b"}, {"c","d"} }; m[0,1] += "x"; return m[0,1] + m[1,1]; }',
      'System.String bxd',
    ],
    ['@{ var m = new int[2,2]; return m[2,0]; }', 'IndexOutOfRangeException'],
    ['@{ var m = new int[2,2]; m[0,-1]++; return 1; }', 'IndexOutOfRangeException'],
    ['@{ int[,] m = null; return m[0,0]; }', 'NullReferenceException'],
    ['@{ var m = new byte[2,2]; m[1,1] = 255; m[1,1]++; return m[1,1]; }', 'System.Byte 0'],
    ['@{ var m = new int[2,2]; object o = m; return o is int[,] && !(o is int[]); }', 'System.Boolean True'],
    ['@{ return new int[2,2]; }', 'System.Int32[,] System.Int32[,]'],
    ['@(JsonConvert.SerializeObject(new[,] { {1,2}, {3,4} }))', 'System.String [[1,2],[3,4]]'],
    [
      '@{ var m = new int[2,2] { {1,2}, {3,4} }; int F(ref int x) => ++x; F(ref m[1,1]); return m[1,1]; }',
      'System.Int32 5',
    ],
    ['@{ int[,] m = new int[0,5]; return m.Length + m.GetUpperBound(1); }', 'System.Int32 4'],
    [
      '@{ var m = new double[1,2]; var c = (double[,])m.Clone(); c[0,0] = 1.5; return m[0,0] + c[0,0]; }',
      'System.Double 1.5',
    ],
    ['@{ var m = new int[2,2]; return m.Cast<int>().Sum(); }', 'System.Int32 0'],
  ])('%s', (expression, expected) => expect(result(expression)).toBe(expected))
})

describe('compileExpression', () => {
  const context = contextFromJson()

  it('reports what the compiler says, with its place', () => {
    expect(() => compileExpression('@(contex.Request)')).toThrow(
      "The name 'contex' does not exist in the current context",
    )
    const row = evaluateExpression('\n  @(1 +\n "a" * 2)')
    expect(row).toMatchObject({ ok: false, error: { code: 'CS0019', line: 3, column: 2 } })
  })

  it('checks the type that the place wants', () => {
    expect(() => compileExpression('@("true")', { resultType: 'bool' })).toThrow(
      "Cannot implicitly convert type 'string' to 'bool'",
    )
    expect(compileExpression('@(1 < 2)', { resultType: 'bool' }).evaluateBoolean(context)).toBe(true)
    expect(compileExpression('@(200 + 4)', { resultType: 'int' }).evaluateInteger(context)).toBe(204)
  })

  it('prints doubles as the chosen runtime does', () => {
    expect(evaluateExpression('@(0.1 + 0.2)')).toMatchObject({ text: '0.3' })
    expect(evaluateExpression('@(0.1 + 0.2)', {}, { runtime: 'core' })).toMatchObject({ text: '0.30000000000000004' })
  })

  it('runs the same closures again and again, each time anew', () => {
    const compiled = compileExpression('@{ var n = 0; foreach (var x in Enumerable.Range(0, 3)) n += x; return n; }')
    expect([1, 2, 3].map(() => compiled.evaluateText(context))).toEqual(['3', '3', '3'])
  })

  it('takes the time from the context', () => {
    let time = Date.UTC(2026, 0, 1)
    const moving = contextFromJson({}, { now: () => time })
    const compiled = compileExpression('@(DateTime.UtcNow.ToString("HH:mm"))')
    expect(compiled.evaluateText(moving)).toBe('00:00')
    time += 90 * 60_000
    expect(compiled.evaluateText(moving)).toBe('01:30')
  })
})
