import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bind, type BindOptions } from './bind.js'
import type { BoundExpression, BoundProgram } from './bound.js'
import { displayType } from './types/type.js'

function bound(source: string, options?: BindOptions): BoundProgram {
  const result = bind(source, options)
  expect(result.kind === 'invalid' ? result.diagnostics : []).toEqual([])
  if (result.kind === 'invalid') throw new Error(source)
  return result.program
}

const typeOf = (source: string): string => displayType(bound(source).resultType)

/** The value before it was cast to object. */
function valueOf(source: string): BoundExpression {
  const [statement] = bound(source).function.body.statements
  if (statement?.kind !== 'return' || !statement.value) throw new Error(source)
  return statement.value.kind === 'convert' ? statement.value.operand : statement.value
}

describe('types of expressions', () => {
  it.each([
    // the article's
    ['@("Bearer " + ((Authorization)context.Variables.GetValueOrDefault("auth-context"))?.AccessToken)', 'string'],
    ['@((string)((IResponse)context.Variables["token"]).Body.As<JObject>()["access_token"])', 'string'],
    [
      '@((int)((IResponse)context.Variables["token"]).Body.As<JObject>(preserveContent: true)["expires_in"] - 180)',
      'int',
    ],
    ['@(((Jwt)context.Variables["jwt"]).Claims.GetValueOrDefault("roles", ""))', 'string'],
    ['@(((Jwt)context.Variables["jwt"]).IssuedAt)', 'DateTime?'],
    ['@(!context.Variables.ContainsKey("token"))', 'bool'],
    ['@(context.Variables.GetValueOrDefault<string>("a"))', 'string'],
    ['@(context.Variables.GetValueOrDefault("a"))', 'object'],
    ['@(context.Variables.GetValueOrDefault("a", 5))', 'int'],
    ['@(context.Request.Headers.GetValueOrDefault("a"))', 'string'],
    ['@(context.Request.Headers["a"])', 'string[]'],
    // numbers
    ['@(7 / 2)', 'int'],
    ['@(7 / 2.0)', 'double'],
    ['@(1 + 2L)', 'long'],
    ['@(1u + 1)', 'uint'],
    ['@((byte)1 + (byte)1)', 'int'],
    ["@('a' + 1)", 'int'],
    ['@(1.0m + 2)', 'decimal'],
    ['@(-2147483648)', 'int'],
    ['@(1 << 33)', 'int'],
    ['@((int?)null + 1)', 'int?'],
    ['@((int?)null > 1)', 'bool'],
    ['@(true ? 1 : 2.0)', 'double'],
    ['@(true ? "a" : null)', 'string'],
    // strings
    ['@("a" + 1 + 2)', 'string'],
    ['@("abc"[1])', 'char'],
    ['@($"{1:N2}")', 'string'],
    ['@("a".Split(\',\').Length)', 'int'],
    // references
    ['@((context.User?.Email) ?? "none")', 'string'],
    ['@(context.User?.Groups.Count())', 'int?'],
    ['@("a" as object)', 'object'],
    ['@(context.Variables["a"] is string s ? s.Length : 0)', 'int'],
    ['@(new[] { 1, 2 })', 'int[]'],
    ['@(new { A = 1 }.A)', 'int'],
    ['@(default(Guid))', 'Guid'],
    ['@(nameof(context.Request))', 'string'],
    ['@(typeof(int))', 'Type'],
    ['@(DateTime.UtcNow - new DateTime(1970, 1, 1))', 'TimeSpan'],
    ['@((1, "a").Item2)', 'string'],
    // LINQ
    ['@(new[] { 1 }.Select(x => x.ToString()).ToList())', 'List<string>'],
    ['@(new[] { 1 }.ToDictionary(x => x, x => "a")[1])', 'string'],
    ['@("a,b".Split(\',\').Select(int.Parse).Sum())', 'int'],
    [
      '@(from x in new[] { 1, 2 } let y = x * 2 where y > 2 select new { x, y })',
      'IEnumerable<<anonymous type: int x, int y>>',
    ],
    ['@(from a in new[] { 1 } join b in new[] { 2L } on a equals (int)b into c select c.Count())', 'IEnumerable<int>'],
    ['@(from a in "ab" from b in "cd" orderby a, b descending select a + b)', 'IEnumerable<int>'],
    ['@(from x in new[] { 1, 2 } group x by x % 2 into g select g.Key)', 'IEnumerable<int>'],
    ['@(new[] { 1 }.Aggregate("", (a, b) => a + b))', 'string'],
    // statements
    ['@{ int Twice(int x) => x * 2; return Twice(2); }', 'int'],
    ['@{ if (context.Tracing) { return "a"; } return null; }', 'string'],
    ['@{ while (true) { } }', 'object'],
    ['@{ throw new Exception("x"); }', 'object'],
    ['@{ int.TryParse("5", out var n); return n; }', 'int'],
    ['@{ var (a, b) = (1, "x"); return b; }', 'string'],
    ['@{ object o = 1; switch (o) { case int i when i > 0: return i; default: return 0; } }', 'int'],
    ['@{ IEnumerable<int> Count() { yield return 1; } return Count().First(); }', 'int'],
    ['@{ var a = new[] { 1, 2 }; ref int r = ref a[1]; r = 9; return r; }', 'int'],
    ['@{ foreach (var (k, v) in new[] { (1, "a") }) { return v; } return ""; }', 'string'],
    ['@{ var t = (a: 1, b: "x"); return t.b; }', 'string'],
    ['@{ foreach (var p in JObject.Parse("{}")) { return p.Key; } return ""; }', 'string'],
    ['@(new Dictionary<int, int>().Keys.Count())', 'int'],
    ['@(new List<string> { "x" }.ConvertAll(s => s.Length))', 'List<int>'],
    ['@{ foreach (var pair in new Dictionary<string, int> { { "a", 1 } }) { return pair.Value; } return 0; }', 'int'],
  ])('%s is %s', (source, type) => {
    expect(typeOf(source)).toBe(type)
  })
})

describe('lists of arguments', () => {
  it('evaluates named arguments as written, and leaves no parameter out', () => {
    const { body } = bound('@{ int F(int a, int b = 2, params int[] c) => a; return F(b: 7, a: 1); }').function
    const [statement] = body.statements
    const value =
      statement?.kind === 'return' && statement.value?.kind === 'convert' ? statement.value.operand : undefined
    expect(value).toMatchObject({
      kind: 'local-call',
      order: [1, 0, 2],
      arguments: [{ value: 1 }, { value: 7 }, { kind: 'new-array' }],
    })
  })
})

describe('what is bound', () => {
  it.each([
    ['@("abc".Substring(1))', 'System.String.Substring(int)'],
    ['@(string.Join(",", 1, true))', 'System.String.Join(string,object[])'],
    ['@(string.Join(",", new[] { "a" }))', 'System.String.Join(string,string[])'],
    ['@(5.ToString())', 'System.Int32.ToString()'],
    [
      '@(context.Variables.GetValueOrDefault("a"))',
      'ExpressionExtensions.GetValueOrDefault<TKey,TValue>(IReadOnlyDictionary<TKey,TValue>,TKey)',
    ],
    [
      '@(context.Request.Headers.GetValueOrDefault("a", ""))',
      'ExpressionExtensions.GetValueOrDefault(IReadOnlyDictionary<string,string[]>,string,string)',
    ],
    [
      '@(new[] { 1 }.Where(x => x > 0))',
      'System.Linq.Enumerable.Where<TSource>(IEnumerable<TSource>,Func<TSource,bool>)',
    ],
    ['@(DateTime.Now - TimeSpan.Zero)', 'System.DateTime.op_Subtraction(DateTime,TimeSpan)'],
    ['@(Math.Max(1, 2L))', 'System.Math.Max(long,long)'],
    ['@(Convert.ToInt32("5"))', 'System.Convert.ToInt32(string)'],
    ['@(JObject.Parse("{}").ToString())', 'Newtonsoft.Json.Linq.JToken.ToString()'],
  ])('%s calls %s', (source, key) => {
    const value = valueOf(source)
    expect(value.kind === 'call' && value.member.key).toBe(key)
  })

  it('makes conversions nodes of their own', () => {
    const value = valueOf('@((int)JObject.Parse("{}")["a"])')
    expect(value).toMatchObject({
      kind: 'convert',
      conversion: { kind: 'user', member: { key: 'Newtonsoft.Json.Linq.JToken.op_Explicit(JToken):int' } },
    })
    expect(valueOf('@(1L + context.Request.Url.Port)')).toMatchObject({
      kind: 'binary',
      operandType: 'long',
      right: { kind: 'convert', conversion: { kind: 'numeric', from: 'int', to: 'long' } },
    })
  })

  it('folds constants', () => {
    expect(valueOf('@("a" + "b" + null)')).toMatchObject({ kind: 'constant', value: 'ab' })
    expect(valueOf('@(unchecked(int.MaxValue + 1))')).toMatchObject({ kind: 'constant', value: -2147483648 })
    expect(valueOf('@(StringComparison.Ordinal | StringComparison.CurrentCultureIgnoreCase)')).toMatchObject({
      kind: 'constant',
      value: 5,
    })
  })

  it('gives each turn of a loop its own captured variable', () => {
    const { body } = bound(
      '@{ var list = new List<Func<int>>(); foreach (var x in new[] { 1 }) { list.Add(() => x); } return list[0](); }',
    ).function
    const loop = body.statements.find((statement) => statement.kind === 'foreach')
    expect(loop?.locals.filter((local) => local.captured).map((local) => local.name)).toEqual(['x'])
  })

  it('knows whether there is a loop', () => {
    expect(bound('@{ for (;;) { } }').hasLoop).toBe(true)
    expect(bound('@(1)').hasLoop).toBe(false)
  })
})

/** Of these, hostile texts are made. */
const PIECES = [
  '( ) { } [ ] " \' $" @" ? ?. => < > , ; : . + - = &&',
  'x int var new is as case switch(1){ default return throw null 1 1.5m try{ catch void',
  'context .Request .Headers List<int> Select(x=> string from in select out F(){ yield',
].flatMap((line) => line.split(' '))

describe('what the compiler says', () => {
  it.each([
    [
      '@(5.AsJwt())',
      'CS1929',
      1,
      3,
      "the best extension method overload 'ExpressionExtensions.AsJwt(string)' requires a receiver of type 'string'",
    ],
    ['@(5.Select(x => x))', 'CS1061', 1, 5, "'int' does not contain a definition for 'Select'"],
    ['@(new[] { 1 }.Take("a"))', 'CS1503', 1, 20, "Argument 2: cannot convert from 'string' to 'int'"],
    ['@("abc".Substring(startIndex: 1, 2))', 'CS1738', 1, 34, 'Named argument specifications must appear after'],
    ['@(request.Headers)', 'CS0103', 1, 3, "The name 'request' does not exist in the current context"],
    ['@("a" * 2)', 'CS0019', 1, 3, "Operator '*' cannot be applied to operands of type 'string' and 'int'"],
    ['@(1.5 + 1m)', 'CS0019', 1, 3, "Operator '+' cannot be applied to operands of type 'double' and 'decimal'"],
    ['@("abc"[1] == "b")', 'CS0019', 1, 3, "Operator '==' cannot be applied to operands of type 'char' and 'string'"],
    [
      '@(JObject.Parse("{}")["a"] == "x")',
      'CS0019',
      1,
      3,
      "Operator '==' cannot be applied to operands of type 'JToken' and 'string'",
    ],
    ['@(-"a")', 'CS0023', 1, 3, "Operator '-' cannot be applied to operand of type 'string'"],
    ['@((string)5)', 'CS0030', 1, 3, "Cannot convert type 'int' to 'string'"],
    ['@(context.Trace("x"))', 'CS0030', 1, 1, "Cannot convert type 'void' to 'object'"],
    ['@(int.MaxValue + 1)', 'CS0220', 1, 3, 'The operation overflows at compile time in checked mode'],
    [
      '@((byte)300)',
      'CS0221',
      1,
      3,
      "Constant value '300' cannot be converted to a 'byte' (use 'unchecked' syntax to override)",
    ],
    ['@(1 / 0)', 'CS0020', 1, 3, 'Division by constant zero'],
    ['@("abc".Substring())', 'CS1501', 1, 9, "No overload for method 'Substring' takes 0 arguments"],
    ['@(int.Parse(5))', 'CS1503', 1, 13, "Argument 1: cannot convert from 'int' to 'string'"],
    [
      '@(x => x + 1)',
      'CS1660',
      1,
      3,
      "Cannot convert lambda expression to type 'object' because it is not a delegate type",
    ],
    ['@(new Jwt())', 'CS1729', 1, 7, "'Jwt' does not contain a constructor that takes 0 arguments"],
    [
      '@(System.Foo.Bar)',
      'CS0234',
      1,
      3,
      "The type or namespace name 'Foo' does not exist in the namespace 'System' (are you missing an assembly reference?)",
    ],
    ['@(throw new Exception())', 'CS8115', 1, 3, 'A throw expression is not allowed in this context.'],
    [
      '@(Formatting.None)',
      'CS0104',
      1,
      3,
      "'Formatting' is an ambiguous reference between 'Newtonsoft.Json.Formatting' and 'System.Xml.Formatting'",
    ],
    ['@(new Dictionary<string, string>().GetValueOrDefault("a"))', 'CS0121', 1, 36, 'The call is ambiguous'],
    ['@(new JValue(null))', 'CS0121', 1, 7, "'JValue.JValue(JValue)' and 'JValue.JValue(string)'"],
    [
      '@(context.Request.Body.As<int>())',
      'CS0452',
      1,
      3,
      "The type 'int' must be a reference type in order to use it as parameter 'T'",
    ],
    [
      '@(context.Request.MatchedParameters("a"))',
      'CS1955',
      1,
      19,
      "Non-invocable member 'IRequest.MatchedParameters' cannot be used like a method.",
    ],
    ['@(true ? 1 : "a")', 'CS0173', 1, 3, "no implicit conversion between 'int' and 'string'"],
    ['@(null.ToString())', 'CS0023', 1, 3, "Operator '.' cannot be applied to operand of type '<null>'"],
    [
      '@{ context.Variables["a"] = 1; return 1; }',
      'CS0200',
      1,
      4,
      "Property or indexer 'IReadOnlyDictionary<string, object>.this[string]' cannot be assigned to",
    ],
    [
      '@{ int x = 1.5; return x; }',
      'CS0266',
      1,
      12,
      "Cannot implicitly convert type 'double' to 'int'. An explicit conversion exists",
    ],
    ['@{ int x = "a"; return x; }', 'CS0029', 1, 12, "Cannot implicitly convert type 'string' to 'int'"],
    ['@{ byte x = 300; return x; }', 'CS0031', 1, 13, "Constant value '300' cannot be converted to a 'byte'"],
    [
      '@{ int x = 1; { int x = 2; } return x; }',
      'CS0136',
      1,
      21,
      "A local or parameter named 'x' cannot be declared in this scope",
    ],
    [
      '@{ var f = x => x; return 1; }',
      'CS0815',
      1,
      8,
      'Cannot assign lambda expression to an implicitly-typed variable',
    ],
    ['@{ Foo f = null; return f; }', 'CS0246', 1, 4, "The type or namespace name 'Foo' could not be found"],
    ['@{ Text.Encoding e = null; return e; }', 'CS0246', 1, 4, "The type or namespace name 'Text' could not be found"],
    ['@{ if (true == false) return 1; }', 'CS0161', 1, 1, 'not all code paths return a value'],
    ['@{ string? s = null; return s; }', 'CS0453', 1, 4, "The type 'string' must be a non-nullable value type"],
    [
      '@{ switch (1) { case 1: context.Trace("a"); case 2: break; } return 1; }',
      'CS0163',
      1,
      17,
      'Control cannot fall through',
    ],
    [
      '@{ int F(int x) { if (x > 0) return 1; } return F(1); }',
      'CS0161',
      1,
      8,
      "'F(int)': not all code paths return a value",
    ],
    [
      '@{ foreach (var x in 5) { } return 1; }',
      'CS1579',
      1,
      22,
      "foreach statement cannot operate on variables of type 'int'",
    ],
    [
      '@{ do { if (context.Tracing) continue; return 1; } while (context.Tracing); }',
      'CS0161',
      1,
      1,
      'not all code paths',
    ],
    [
      '@{ switch (1) { case 1: goto default; break; } return 1; }',
      'CS0159',
      1,
      25,
      "No such label 'default:' within the scope",
    ],
    [
      '@{ int x = 1; switch (1) { case 1: goto case x; } return 1; }',
      'CS8070',
      1,
      28,
      "Control cannot fall out of switch from final case label ('case 1:')",
    ],
    ['@(0x_FF)', 'CS1013', 1, 3, 'Invalid number'],
    ['@(1_.0)', 'CS1013', 1, 3, 'Invalid number'],
    ['@((1, 2) == (1, 2))', 'CS0019', 1, 3, "operands of type '(int, int)' and '(int, int)'"],
    ['@{ T Id<T>(T x) => x; return Id<string>(3); }', 'CS1503', 1, 41, "cannot convert from 'int' to 'string'"],
    ['@{ goto case 1; return 1; }', 'CS0153', 1, 4, 'A goto case is only valid inside a switch statement'],
  ])('%s is %s at %i:%i', (source, code, line, column, message) => {
    const result = bind(source)
    const [first] = result.kind === 'invalid' ? result.diagnostics : []
    expect(first).toMatchObject({ code, line, column })
    expect(first?.message).toContain(message)
  })

  // What Roslyn says first, and where; the words stand in the compiler's own documentation.
  it.each([
    [`@("a".Length())`, 'CS1955', 7],
    [`@{ string x = "a".Trim; return x; }`, 'CS0428', 19],
    ['@(new int[])', 'CS1586', 10],
    ['@(new int[-1])', 'CS0248', 11],
    ['@(new int[2] { 1 })', 'CS0847', 14],
    ['@(new { A = 1, A = 2 })', 'CS0833', 16],
    [`@(new List<int> { "a" })`, 'CS1950', 19],
    ['@(new Dictionary<string> { })', 'CS0305', 7],
    ['@(new List { 1 })', 'CS0305', 7],
    ['@(new UriBuilder { Uri = null })', 'CS0200', 20],
    [`@("abc"[0] = 'b')`, 'CS0200', 3],
    ['@(Math.PI())', 'CS1955', 8],
    ['@{ const var x = 1; return x; }', 'CS0822', 10],
    ['@{ var x = {1}; return x; }', 'CS0820', 8],
    ['@{ var x = 1, y = 2; return x; }', 'CS0819', 4],
    ['@{ int context = 1; return context; }', 'CS0136', 8],
    ['@{ foreach (var x in new[]{1}) { int x = 1; } return 1; }', 'CS0136', 38],
    ['@{ return x; int x = 1; }', 'CS0841', 11],
    ['@{ int x; return x; }', 'CS0165', 18],
    ['@{ int x; x++; return 1; }', 'CS0165', 11],
    ['@{ int F(out int a) { return 1; } return 1; }', 'CS0177', 23],
    ['@{ foreach (var x in null) { } return 1; }', 'CS0186', 22],
    ['@{ foreach (var x in new[]{1}) { x = 2; } return 1; }', 'CS1656', 34],
    [`@{ using (var r = new StringReader("a")) { r = null; } return 1; }`, 'CS1656', 44],
    ['@{ lock (1) { } return 1; }', 'CS0185', 10],
    ['@{ throw 1; }', 'CS0155', 10],
    [`@{ throw "a"; }`, 'CS0155', 10],
    ['@{ try { return 1; } catch (Exception) { return 1; } catch (FormatException) { return 2; } }', 'CS0160', 61],
    ['@{ try { return 1; } catch { return 1; } catch (Exception) { return 2; } }', 'CS1017', 42],
    ['@{ try { } finally { return 1; } }', 'CS0157', 22],
    ['@{ int y = 1; switch (1) { case y: break; } return 1; }', 'CS0150', 33],
    ['@{ switch (1) { case 1: break; case 1: break; } return 1; }', 'CS0152', 32],
    ['@{ switch (1) { default: break; default: break; } return 1; }', 'CS0152', 33],
    ['@{ x: return 1; x: return 2; }', 'CS0140', 17],
    ['@{ foreach (x in new[]{1}) { } return 1; }', 'CS0230', 15],
    ['@{ 1; return 1; }', 'CS0201', 4],
    ['@{ 1 + 1; return 1; }', 'CS0201', 4],
    ['@(default)', 'CS8107', 3],
    ['@(System.IO.File.ReadAllText("a"))', 'APIM0001', 3],
    ['@{ Thread.Sleep(5); return 1; }', 'APIM0001', 4],
    ['@(new Lazy<int>(() => 1).Value)', 'APIM0001', 3],
    ['@(Environment.MachineName)', 'APIM0001', 3],
    ['@(new HttpClient())', 'CS0246', 7],
    ['@(DayOfWeek.Sonntag)', 'CS0117', 13],
    ['@{ int[,] m = { { 1, 2 }, { 3 } }; return m; }', 'CS0847', 27],
    ['@{ int[,] m = { 1, 2 }; return m; }', 'CS0846', 17],
    ['@(new int[2, 2][0])', 'CS0178', 17],
    ['@{ ref int F() { int x = 1; return ref x; } return 1; }', 'CS8168', 40],
    ['@{ ref int F(int x) => ref x; return 1; }', 'CS8166', 28],
    ['@{ ref int F(int[] a) { return a[0]; } return 1; }', 'CS8150', 25],
    ['@{ int F(int[] a) { return ref a[0]; } return 1; }', 'CS8149', 21],
    ['@{ ref readonly int F(int[] a) => ref a[0]; return 1; }', 'CS8107', 8],
    ['@{ switch (1) { case 1: int x = 1; return x; case 2: int x = 2; return x; } return 0; }', 'CS0128', 58],
    ['@{ int n = int.Parse("1"); switch (n) { case 1: int y; break; case 2: return y; } return 0; }', 'CS0165', 78],
    ['@{ int F(int) => 1; return 1; }', 'CS1001', 13],
    ['@{ int F(a) => 1; return 1; }', 'CS1001', 11],
    ['@(sizeof(string))', 'CS0208', 3],
    [`@($"{1:}")`, 'CS8089', 7],
    ['@(new[]{1}.Where(x => { }))', 'CS1643', 20],
    ['@{ Func<int> f = x => 1; return 1; }', 'CS1593', 18],
    ['@{ Func<int,int> f = () => 1; return 1; }', 'CS1593', 22],
    ['@{ Func<int> f = () => { }; return 1; }', 'CS1643', 21],
    [`@{ Func<int> f = "a".Trim; return 1; }`, 'CS0407', 18],
    ['@{ Func<int,int> f = null; return f(); }', 'CS7036', 35],
    ['@{ int F(int a) => a; return F(); }', 'CS7036', 30],
    ['@{ void F() { return 1; } return 1; }', 'CS0127', 15],
    ['@{ int F() { yield return 1; } return 1; }', 'CS1624', 8],
    ['@{ yield return 1; }', 'CS1624', 1],
    ['@{ int x = 1; ref int y = x; return 1; }', 'CS8172', 23],
    ['@{ var (a, b) = 1; return 1; }', 'CS8130', 9],
    ['@{ var (a, b) = (1, 2, 3); return 1; }', 'CS8132', 4],
    ['@(async () => 1)', 'APIM0001', 3],
    ['@(this)', 'CS0026', 3],
    ['@(base.Foo)', 'CS1511', 3],
    ['@(this.Foo)', 'CS0026', 3],
    ['@(stackalloc int[1])', 'CS1525', 3],
    ['@{ int* p; return 1; }', 'CS0214', 4],
    ['@{ int F(out int a) { return 1; } return 1; }', 'CS0177', 23],
    ['@{ int F(out int a) { int b = a; a = 1; return b; } return 1; }', 'CS0269', 31],
    ['@(base.ToString())', 'CS1511', 3],
    [`@($"{1:}")`, 'CS8089', 7],
    [`@{ Func<int> f = "a".Trim; return 1; }`, 'CS0407', 18],
    ['@{ var (a, b) = 1; return a; }', 'CS8130', 9],
    ['@{ var (a, b) = (1, 2, 3); return 1; }', 'CS8132', 4],
    [`@(new List<int> { "a" })`, 'CS1950', 19],
    ['@(async () => 1)', 'APIM0001', 3],
    ['@{ unsafe { int x = 1; } return 1; }', 'CS0227', 4],
    ['@{ void F(in int a) { } F(1); return 1; }', 'CS1041', 11],
    ['@{ foreach (x in new[]{1}) { } return 1; }', 'CS0230', 15],
    ['@{ for (;;) { try { } finally { break; } } return 1; }', 'CS0157', 33],
    [
      '@{ var a = new int[2] { 1, 2 }; const int k = 2; var c = new int[k] { 1, 2 }; int n = 2; var d = new int[n] { 1, 2 }; return 1; }',
      'CS0150',
      106,
    ],
    ['@{ var x = x + 1; return x; }', 'CS0841', 12],
    ['@{ int F(int a, int a) => a; return 1; }', 'CS0100', 21],
    ['@{ Func<int,int,int> f = (a, a) => a; return 1; }', 'CS0100', 30],
    [`@("a".Trim<int>())`, 'CS0308', 7],
    ['@(sizeof(string))', 'CS0208', 3],
  ])('%s is %s at column %i', (source, code, column) => {
    const result = bind(source)
    expect(result.kind === 'invalid' && result.diagnostics[0]).toMatchObject({ code, line: 1, column })
  })

  it.each([
    ['@{ int x; return x; }', 18],
    ['@{ int x; if (context.Tracing) x = 1; return x; }', 46],
    ['@{ int x; x += 1; return x; }', 11],
    ['@{ int x; Func<int> f = () => x; x = 1; return f(); }', 31],
    ['@{ int n = int.Parse("1"); string s; switch (n) { case 1: s = "a"; break; } return s; }', 84],
  ])('%s reads a variable without a value', (source, column) => {
    expect(bind(source)).toMatchObject({ kind: 'invalid', diagnostics: [{ code: 'CS0165', line: 1, column }] })
  })

  it.each([
    '@{ int x; if (context.Tracing) x = 1; else x = 2; return x; }',
    '@{ int x; if (!int.TryParse("1", out x)) return 0; return x; }',
    '@{ int x; while (true) { x = 1; break; } return x; }',
    '@{ string s; try { s = "a"; } catch { throw; } return s; }',
    '@{ int x; int F() => x; x = 3; return F(); }',
    '@{ object o = 1; if (!(o is int i)) return 0; return i; }',
    '@{ void F(out int a) { a = 1; } F(out var q); return q; }',
    '@{ bool F(string s, out int a) { if (s == null) { a = 0; return false; } a = s.Length; return true; } return F("a", out var q) ? q : 0; }',
    '@{ bool F(string s, out int a) => int.TryParse(s, out a); return F("3", out var q) ? q : 0; }',
    '@{ bool F(string s, out int a) { try { a = int.Parse(s); return true; } catch { a = 0; return false; } } return F("3", out var q) ? q : 0; }',
    '@{ void F(out int a) { throw new Exception(); } return 1; }',
  ])('%s does not', (source) => {
    expect(bind(source).kind).toBe('bound')
  })

  it('counts lines', () => {
    const result = bind('@{\n  var a = 1;\n  return b;\n}')
    expect(result.kind === 'invalid' && result.diagnostics[0]).toMatchObject({ code: 'CS0103', line: 3, column: 10 })
  })

  it('holds the place to what it wants', () => {
    expect(bind('@(context.User?.Groups.Any())', { returns: 'bool' })).toMatchObject({
      kind: 'invalid',
      diagnostics: [{ code: 'CS0266' }],
    })
    expect(bind('@(context.User?.Groups.Any() == true)', { returns: 'bool' }).kind).toBe('bound')
    expect(bind('@("200")', { returns: 'int' })).toMatchObject({ kind: 'invalid', diagnostics: [{ code: 'CS0029' }] })
  })

  it('refuses dynamic in the words of the service', () => {
    expect(bind('@{ dynamic d = 1; return d; }')).toMatchObject({
      kind: 'invalid',
      diagnostics: [{ code: 'APIM0006', column: 4 }],
    })
  })

  it('never throws, whatever the text', { timeout: 30_000 }, () => {
    const pieces = fc.constantFrom(...PIECES)
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 25 }), fc.boolean(), (parts, block) => {
        const result = bind(block ? `@{${parts.join(' ')}}` : `@(${parts.join(' ')})`)
        expect(['bound', 'invalid']).toContain(result.kind)
      }),
      { numRuns: 2000 },
    )
  })

  it('stays quick when lambdas stand in lambdas', () => {
    let source = '1'
    for (let depth = 0; depth < 14; depth++) source = `new[] { 1 }.Select(x${depth} => ${source}).First()`
    expect(typeOf(`@(${source})`)).toBe('int')
  })

  it('follows a long chain without running out of stack', () => {
    expect(typeOf(`@(1${' + 1'.repeat(20_000)})`)).toBe('int')
  })
})
