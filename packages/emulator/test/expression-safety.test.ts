import { compileExpression, contextFromJson, DotNetException, evaluateExpression } from '@apim-kit/emulator/expression'
import { describe, expect, it } from 'vitest'

/** Milliseconds; the service's five seconds would only make the tests slow. */
const timeLimit = 100

/** What an expression comes to: a text, or the name of its error; and it has to come to it soon, in bounded room. */
function outcomeOf(source: string): string {
  const start = performance.now()
  const heap = process.memoryUsage().rss
  const row = evaluateExpression(source, {}, { timeLimit })
  const { rss } = process.memoryUsage()
  // Far above what it takes by itself: other tests run at the same time.
  expect(performance.now() - start).toBeLessThan(20_000)
  expect((rss - heap) / 2 ** 20).toBeLessThan(1500)
  return row.ok ? row.text : row.error.code
}

const stopped = /^(TimeoutException|OutOfMemoryException|InsufficientExecutionStackException)$/

describe('names and members lead to nothing but what is declared', () => {
  it.each([
    ...['globalThis', 'global', 'process', 'require', 'module', 'Function', 'eval', 'Buffer', 'import', 'arguments'],
    ...[
      'process.env',
      'require("fs")',
      'eval("1")',
      'new Function("return 1")()',
      'import("fs")',
      'globalThis.process',
    ],
    ...['"".constructor', '"".__proto__', '(1).constructor', 'new object().constructor.constructor("return 1")()'],
    ...['context.constructor', 'context.__proto__', 'context.Request.constructor', 'context.Variables.constructor'],
    ...[
      'context.services',
      'context.Request.headers',
      'new int[0].items',
      'new JObject().properties',
      'new { a = 1 }.values',
    ],
    ...['new { constructor = 1 }.prototype', '(x => x).constructor', '((Func<int>)(() => 1)).call(null)'],
    ...[
      'System.IO.File.ReadAllText("/etc/passwd")',
      'File.Exists("/")',
      'Directory.GetFiles("/")',
      'new FileStream("/", 0)',
    ],
    ...['new System.Net.WebClient().DownloadString("http://h")', 'new HttpClient()', 'System.Net.Dns.GetHostName()'],
    ...[
      'Environment.GetEnvironmentVariable("PATH")',
      'Environment.Exit(1)',
      'Environment.MachineName',
      'AppDomain.CurrentDomain',
    ],
    ...[
      'System.Diagnostics.Process.Start("ls")',
      'Type.GetType("System.IO.File")',
      'typeof(string).Assembly',
      '"".GetType().Assembly',
    ],
    ...[
      '"".GetType().GetMethods()',
      'typeof(int).GetConstructors()',
      'Activator.CreateInstance(typeof(int))',
      'this',
      'base.ToString()',
    ],
    ...[
      'System.Threading.Thread.Sleep(1000000)',
      'Task.Run(() => 1)',
      'GC.Collect()',
      'Console.ReadLine()',
      'Marshal.AllocHGlobal(1)',
    ],
    ...[
      'XDocument.Load("/etc/passwd")',
      'XElement.Load("file:///etc/passwd")',
      'new StreamReader("/etc/passwd")',
      'XmlReader.Create("/etc/passwd")',
    ],
    ...['new XmlDocument().Load("/etc/passwd")', 'stackalloc int[10]', '*(int*)0', '&context', '__makeref(context)'],
  ])('%s does not compile', (code) => {
    expect(outcomeOf(`@(${code})`)).toMatch(/^(CS\d{4}|APIM0001|Malformed|not-supported)$/)
  })

  it.each([
    ['@(JObject.Parse("{\\"__proto__\\":{\\"x\\":1}}")["x"] == null)', 'True'],
    ['@(JObject.Parse("{\\"__proto__\\":{\\"x\\":1}}")["__proto__"]["x"])', '1'],
    ['@(new JObject()["constructor"] == null)', 'True'],
    ['@(new JObject()["toString"] == null && new JObject().Property("hasOwnProperty") == null)', 'True'],
    ['@(new JObject().SelectToken("constructor.prototype") == null)', 'True'],
    ['@(JsonConvert.DeserializeObject<Dictionary<string, int>>("{\\"__proto__\\":1}").Count)', '1'],
    ['@(new Dictionary<string, int>().ContainsKey("constructor"))', 'False'],
    ['@(new Dictionary<string, int> { ["__proto__"] = 5 }["__proto__"])', '5'],
    ['@{ var d = new Dictionary<string, object>(); d["__proto__"] = d; return d.ContainsKey("x"); }', 'False'],
    ['@(context.Variables.ContainsKey("__proto__") || context.Variables.ContainsKey("constructor"))', 'False'],
    [
      '@(context.Request.Headers.ContainsKey("__proto__") || context.Request.Url.Query.ContainsKey("constructor"))',
      'False',
    ],
    ['@(context.Request.MatchedParameters.GetValueOrDefault("toString", "none"))', 'none'],
    ['@(new { __proto__ = 1, constructor = 2 }.constructor)', '2'],
    ['@(JsonConvert.SerializeObject(new { __proto__ = 1, constructor = 2 }))', '{"__proto__":1,"constructor":2}'],
    ['@(string.Format("{constructor}", 1))', 'FormatException'],
    ['@(5.ToString("constructor"))', 'constructor'],
    ['@(Guid.Empty.ToString("__proto__"))', 'FormatException'],
    ['@(TimeSpan.Zero.ToString("__proto__"))', 'FormatException'],
    ['@(DateTime.ParseExact("x", "constructor", null))', 'FormatException'],
    ['@(TimeSpan.ParseExact("x", new string(\'é\', 100000), null))', 'FormatException'],
    ['@(Encoding.GetEncoding("__proto__"))', 'ArgumentException'],
    ['@(Regex.Match("a", "(?<constructor>a)").Groups["__proto__"].Success)', 'False'],
    ['@(Regex.Replace("a", "a", "${constructor}$&$`"))', '${constructor}a'],
    ['@(SymmetricAlgorithm.Create("__proto__") == null)', 'True'],
    ['@(HashAlgorithm.Create("constructor") == null)', 'True'],
    ['@(Enum.Parse(typeof(DayOfWeek), "constructor"))', 'ArgumentException'],
    ['@(System.Net.WebUtility.HtmlDecode("&constructor;&__proto__;"))', '&constructor;&__proto__;'],
    ['@(XElement.Parse("<constructor __proto__=\\"1\\"/>").Attribute("__proto__").Value)', '1'],
    ['@(XElement.Parse("<!DOCTYPE a [<!ENTITY x SYSTEM \\"file:///etc/passwd\\">]><a>&x;</a>").Value)', 'XmlException'],
  ])('%s is data', (source, text) => expect(outcomeOf(source)).toBe(text))

  it('leaves the prototypes of the process alone', () => {
    const before = Object.getOwnPropertyNames(Object.prototype).length
    outcomeOf('@{ var o = new JObject(); o["__proto__"] = new JObject(new JProperty("polluted", 1)); return o; }')
    expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(before)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it('says nothing of the host in an error', () => {
    const row = evaluateExpression(
      '@{ try { throw new Exception("x"); } catch (Exception e) { return e.ToString() + e.StackTrace + e.Source; } }',
    )
    expect(row).toMatchObject({ ok: true, text: 'System.Exception: x   at Run(IProxyRequestContext context)' })
  })
})

describe('time ends', { timeout: 30_000 }, () => {
  it.each([
    '@{ while (true) { } }',
    '@{ for (;;) { } }',
    '@{ do { } while (true); }',
    '@{ a: goto a; }',
    '@{ int i = 0; switch (i) { case 0: goto case 1; case 1: goto case 0; } return i; }',
    '@{ while (true) { try { while (true) { } } catch { } } }',
    '@{ while (true) { try { while (true) { } } catch (Exception) when (true) { } finally { } } }',
    '@{ try { while (true) { } } finally { while (true) { } } }',
    '@{ try { while (true) { } } catch { return "caught"; } }',
    '@{ while (true) { try { throw new Exception(); } catch { continue; } } }',
    '@{ while (true) { using (var r = new StringReader("a")) { } } }',
    '@{ IEnumerable<int> All() { while (true) yield return 1; } return All().Count(); }',
    '@{ IEnumerable<int> All() { while (true) yield return 1; } return All().Where(x => x > 1).First(); }',
    '@{ IEnumerable<int> None() { while (true) { } yield break; } return None().Any(); }',
    '@{ IEnumerable<int> All() { while (true) { try { yield return 1; } finally { } } } foreach (var x in All()) { } return 1; }',
    '@(Enumerable.Range(0, int.MaxValue).Where(x => x < 0).Any())',
    '@(Enumerable.Repeat(1, int.MaxValue).Max())',
    '@(Enumerable.Range(0, int.MaxValue).SelectMany(x => Enumerable.Range(0, int.MaxValue)).Sum(x => 0L))',
    '@(Enumerable.Range(0, int.MaxValue).Aggregate(0, (a, b) => 0))',
    '@(Enumerable.Range(0, int.MaxValue).TakeWhile(x => true).LastOrDefault())',
    '@(Enumerable.Range(0, int.MaxValue).Skip(int.MaxValue).Any())',
    '@(Enumerable.Range(0, int.MaxValue).Contains(-1))',
    '@(Enumerable.Range(0, int.MaxValue).SequenceEqual(Enumerable.Range(0, int.MaxValue)))',
    '@{ Func<int> f = null; int n = 0; f = () => { n++; return n; }; while (f() > 0) { n = 1; } return n; }',
    '@{ int F(int n) => n < 2 ? n : F(n - 1) + F(n - 2); return F(60); }',
    '@(Regex.IsMatch(new string(\'a\', 60) + "!", "^(a+)+$"))',
    '@(Regex.IsMatch(new string(\'a\', 60) + "!", "^(a|aa)+$"))',
    '@(Regex.IsMatch(new string(\'a\', 60) + "!", "^(?:(a*)*)*b$"))',
    '@(Regex.Replace(new string(\'a\', 60) + "!", "(.*)*x", m => ""))',
    '@(Regex.Split(new string(\'x\', 60), "(x+x+)+y").Length)',
    '@(Regex.IsMatch(new string(\'a\', 5000), "(?=(a+)+b)|(a?){300}a{6000}"))',
    '@{ var l = new List<int> { 1 }; while (true) { l[0] = l.OrderBy(x => x).First(); } }',
    '@{ var b = new StringBuilder(); while (true) { b.Append("x"); b.Clear(); } }',
    '@{ var s = new string(\'a\', 10000000); while (true) { if (s.Contains("b")) break; } return 1; }',
    '@{ var b = new byte[4000000]; var h = SHA512.Create(); while (true) { h.ComputeHash(b); } }',
    '@{ while (true) { RSA.Create().ExportParameters(true); } }',
    '@{ while (true) { new Rfc2898DeriveBytes("password", new byte[8], 500000).GetBytes(20); } }',
  ])('%s', (source) => expect(outcomeOf(source)).toMatch(stopped))

  it('is not found by a single piece of work that would be too long', () => {
    expect(outcomeOf('@(new RSACryptoServiceProvider(16384).ExportParameters(false))')).toBe('CryptographicException')
    expect(outcomeOf('@(new Rfc2898DeriveBytes("p", new byte[8], 2000000).GetBytes(60000).Length)')).toBe(
      'TimeoutException',
    )
    expect(outcomeOf('@(new Rfc2898DeriveBytes("p", new byte[8], int.MaxValue).GetBytes(1))')).toBe('TimeoutException')
    expect(outcomeOf("@(int.Parse(new string('\\0', 1000000) + 'x'))")).toBe('FormatException')
    expect(outcomeOf("@(TimeSpan.Zero.ToString(new string('%', 1000000)).Length)")).toBe('FormatException')
    expect(outcomeOf("@(DateTime.MinValue.ToString(new string('0', 1000000) + 'K').Length)")).toBe('1000000')
    expect(outcomeOf('@(Path.GetDirectoryName(new string(\'a\', 1000000) + "/b").Length)')).toBe('1000000')
  })

  it('passes for the text of a value as well', () => {
    const compiled = compileExpression('@(Enumerable.Range(0, 5).Select(x => { while (true) { } return x; }))', {
      timeLimit,
    })
    const context = contextFromJson()
    expect(() => compiled.textOf(compiled.evaluate(context), context)).not.toThrow(TypeError)
  })
})

describe('room ends', { timeout: 30_000 }, () => {
  it.each([
    "@(new string('x', int.MaxValue))",
    '@("a".PadLeft(int.MaxValue) + "a".PadRight(int.MaxValue))',
    '@("a".PadLeft(2000000000).Length)',
    '@(string.Format("{0,2000000000}", 1))',
    '@($"{1,-2000000000}")',
    '@(new int[int.MaxValue].Length)',
    '@(new Rfc2898DeriveBytes("p", int.MaxValue).Salt.Length)',
    '@(new Rfc2898DeriveBytes("p", new byte[8], 1).GetBytes(int.MaxValue).Length)',
    '@(new byte[int.MaxValue].Length)',
    '@(new string[200000000].Length)',
    '@(Enumerable.Range(0, int.MaxValue).ToList().Count)',
    '@(Enumerable.Repeat("x", int.MaxValue).ToArray().Length)',
    '@(Enumerable.Range(0, int.MaxValue).OrderBy(x => x).First())',
    '@(Enumerable.Range(0, int.MaxValue).Reverse().First())',
    '@(Enumerable.Range(0, int.MaxValue).GroupBy(x => x).Count())',
    '@(Enumerable.Range(0, int.MaxValue).Distinct().Count())',
    '@(Enumerable.Range(0, int.MaxValue).ToDictionary(x => x).Count)',
    '@(string.Join(",", Enumerable.Repeat("xxxxxxxxxxxxxxxx", int.MaxValue)))',
    '@(string.Concat(Enumerable.Repeat("xxxxxxxxxxxxxxxx", int.MaxValue)))',
    '@{ var s = "x"; while (true) s += s; }',
    '@{ var s = "x"; while (true) s = s + s + s; }',
    '@{ var s = "x"; while (true) s = $"{s}{s}"; }',
    '@{ var s = "x"; while (true) s = string.Concat(s, s); }',
    '@{ var s = "x"; while (true) s = string.Format("{0}{0}", s); }',
    '@{ var s = "x"; while (true) s = s.Replace("x", "xx"); }',
    '@{ var s = "x"; while (true) s = s.Insert(0, s); }',
    '@{ var s = "x"; while (true) s = string.Join(s, s, s, s); }',
    '@{ var s = "x"; while (true) s = Regex.Replace(s, "x", "xx"); }',
    '@{ var s = "x"; while (true) s = Uri.EscapeDataString(s + "%"); }',
    '@{ var s = "x"; while (true) s = Convert.ToBase64String(Encoding.UTF8.GetBytes(s + s)); }',
    '@{ var s = "x"; while (true) s = JsonConvert.SerializeObject(s + "\\""); }',
    '@{ var b = new StringBuilder("x"); while (true) b.Append(b.ToString()); }',
    "@(new StringBuilder().Append('x', int.MaxValue).Length)",
    '@{ var b = new StringBuilder(); b.Length = int.MaxValue; return b.Length; }',
    '@{ var l = new List<object>(); while (true) l.Add(l); }',
    '@{ var l = new List<int>(); while (true) l.AddRange(new int[1000]); }',
    '@{ var d = new Dictionary<int, int>(); int i = 0; while (true) d[i++] = i; }',
    '@{ var q = new Queue<int>(); while (true) q.Enqueue(1); }',
    '@{ var h = new HashSet<int>(); int i = 0; while (true) h.Add(i++); }',
    '@{ var a = new JArray(); while (true) a.Add(1); }',
    '@{ var o = new JObject(); int i = 0; while (true) o["k" + i++] = 1; }',
    '@{ var o = new JObject(); while (true) o = new JObject(new JProperty("a", o), new JProperty("b", o)); }',
    '@{ var x = new XElement("a"); while (true) x.Add(new XElement("b")); }',
    '@{ object[] a = null; while (true) a = new object[] { a, new byte[1000] }; }',
    '@{ Func<int> f = () => 1; while (true) { var g = f; f = () => g() + 1; } }',
    "@(JToken.Parse(new string('[', 3000000)))",
    '@(Enumerable.Range(0, 100000000).Select(x => new byte[100]).ToList().Count)',
    "@{ var s = new string('x', 1000000); var l = new List<string[]>(); while (true) l.Add(s.Select(c => c.ToString()).ToArray()); }",
    "@{ var l = new List<char[]>(); var s = new string('x', 1000000); while (true) l.Add(s.ToCharArray()); }",
    "@{ var l = new List<string[]>(); var s = new string('x', 1000000); while (true) l.Add(s.Split('x')); }",
    '@{ var l = new List<object>(); var s = new string(\'x\', 1000000); while (true) l.Add(Regex.Matches(s, "x").Count); }',
  ])('%s', (source) =>
    expect(outcomeOf(source)).toMatch(
      /^(TimeoutException|OutOfMemoryException|InsufficientExecutionStackException|FormatException|ArgumentOutOfRangeException|JsonReaderException)$/,
    ),
  )
})

describe('room ends by what is counted, before time does', { timeout: 60_000 }, () => {
  it.each([
    // Each turn holds what the turn before made.
    '@{ Func<int> f = () => 1; while (true) { var g = f; f = () => g() + 1; } }',
    '@{ IEnumerable<int> s = new[] { 1 }; while (true) s = s.Select(x => x + 1); }',
    '@{ IEnumerable<int> s = new[] { 1 }; while (true) s = s.Concat(s); }',
    '@{ object o = null; while (true) o = new { o }; }',
    '@{ object o = null; while (true) o = Tuple.Create(o, 1); }',
    '@{ var l = new List<object>(); while (true) l.Add(new StringBuilder()); }',
    // Entries and groups take more than the elements that they hold.
    '@(Enumerable.Range(0, int.MaxValue).GroupBy(x => x).Count())',
    '@(new[] { 1 }.Join(Enumerable.Range(0, int.MaxValue), a => a, b => b, (a, b) => a).Count())',
    '@(new[] { 1 }.Intersect(Enumerable.Range(0, int.MaxValue)).Count())',
    '@{ var h = new HashSet<int>(); int i = 0; while (true) h.Add(i++); }',
  ])('%s', (source) => {
    const heap = process.memoryUsage().rss
    expect(evaluateExpression(source, {}, { timeLimit: 50_000 })).toMatchObject({
      ok: false,
      error: { code: 'OutOfMemoryException' },
    })
    expect((process.memoryUsage().rss - heap) / 2 ** 20).toBeLessThan(1500)
  })
})

describe('depth ends', { timeout: 30_000 }, () => {
  it.each([
    '@{ int F(int n) => F(n + 1) + 1; return F(0); }',
    '@{ Func<int, int> f = null; f = n => f(n + 1) + 1; return f(0); }',
    '@{ int F(int n) { try { return F(n + 1); } catch { return F(n + 1); } finally { F(n); } } return F(0); }',
    '@{ int F(int n) { try { return F(n + 1) + F(n + 2); } finally { F(n); F(n); } } return F(0); }',
    '@{ IEnumerable<int> G() { try { yield return 1; } finally { F(0); } } int F(int n) { foreach (var x in G()) F(n + 1); return n; } return F(0); }',
    '@{ IEnumerable<int> All(int n) { foreach (var x in All(n + 1)) yield return x; } return All(0).Count(); }',
    '@{ IEnumerable<int> s = new[] { 1 }; for (int i = 0; i < 100000; i++) s = s.Select(x => x); return s.First(); }',
    '@{ Func<int> f = () => 1; for (int i = 0; i < 100000; i++) { var g = f; f = () => g() + 1; } return f(); }',
    '@{ var o = new JArray(); for (int i = 0; i < 100000; i++) o = new JArray(o); return o.ToString(); }',
    '@{ var x = new XElement("a"); for (int i = 0; i < 100000; i++) x = new XElement("a", x); return x.ToString(); }',
    '@(XElement.Parse(string.Concat(Enumerable.Repeat("<a>", 100000)) + string.Concat(Enumerable.Repeat("</a>", 100000))).ToString().Length)',
    "@(JToken.Parse(new string('[', 100000) + new string(']', 100000)).ToString().Length)",
    '@(Regex.IsMatch("a", new string(\'(\', 100000) + "a" + new string(\')\', 100000)))',
    '@(Regex.IsMatch(new string(\'a\', 1000000), "^(a|b)*$"))',
    "@(JToken.Parse(new string('9', 3000000)).ToString().Length)",
    "@(decimal.Parse(new string('9', 3000000)))",
    "@(double.Parse(new string('9', 3000000)))",
    "@(int.Parse(new string('9', 3000000)))",
  ])('%s', (source) => {
    // Deep is no fault by itself; it only has to end, in a value or in an exception of .NET.
    expect(outcomeOf(source)).not.toMatch(/^InternalError$/)
  })

  it('is told as a .NET exception', () => {
    const compiled = compileExpression('@{ int F(int n) => F(n + 1) + 1; return F(0); }')
    expect(() => compiled.evaluate(contextFromJson())).toThrow(DotNetException)
  })
})
