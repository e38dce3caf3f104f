import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'

const text = (expression: string, context: unknown = {}): string => {
  const row = evaluateExpression(expression, context)
  return row.ok ? row.text : row.error.code
}

describe('lists and dictionaries', () => {
  it.each([
    ['@(new Dictionary<string, int>()["x"])', 'KeyNotFoundException'],
    ['@{ var l = new List<int> { 1 }; foreach (var x in l) l.Add(x); return 0; }', 'InvalidOperationException'],
    ['@{ var d = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { { "a", 1 } }; return d["A"]; }', '1'],
    ['@{ var d = new Dictionary<string, int> { { "a", 1 } }; d.Add("a", 2); return 0; }', 'ArgumentException'],
    ['@{ var d = new Dictionary<string, int>(); int v; return d.TryGetValue("a", out v) + ":" + v; }', 'False:0'],
    ['@(string.Join(",", new SortedDictionary<string, int> { { "b", 1 }, { "a", 2 } }.Keys))', 'a,b'],
    ['@(new HashSet<string> { "a", "b", "a" }.Count)', '2'],
    [
      '@{ var s = new HashSet<int> { 1, 2 }; s.SymmetricExceptWith(new[] { 2, 3 }); return string.Join(",", s); }',
      '1,3',
    ],
    ['@{ var q = new Queue<int>(); q.Enqueue(1); q.Enqueue(2); return q.Dequeue() + "" + q.Count; }', '11'],
    ['@{ var s = new Stack<int>(new[] { 1, 2 }); return s.Pop(); }', '2'],
    ['@(new Queue<int>().Dequeue())', 'InvalidOperationException'],
    ['@(new List<int>()[0])', 'ArgumentOutOfRangeException'],
    [
      '@{ var l = new List<int> { 3, 1, 2 }; l.Sort(); l.Reverse(); l.RemoveAll(x => x == 2); l.InsertRange(1, new[] { 9, 8 }); return string.Join("", l); }',
      '3981',
    ],
    ['@(new List<int> { 1, 2 }.ToString())', 'System.Collections.Generic.List`1[System.Int32]'],
    ['@(((ICollection<int>)new[] { 1 }).IsReadOnly)', 'True'],
    [
      '@{ var a = new[] { 3, 1, 2 }; Array.Sort(a); return Array.IndexOf(a, 2) + "" + Array.Find(a, x => x > 2); }',
      '13',
    ],
    ['@{ var a = new int[5]; Array.Copy(new[] { 1, 2, 3 }, 0, a, 1, 3); return string.Join("", a); }', '01230'],
    ['@(new byte[] { 1, 255 }.Select(b => b + 1).Sum())', '258'],
    ['@(new KeyValuePair<string, int>("a", 1))', '[a, 1]'],
    ['@{ IDictionary<string, int> d = new Dictionary<string, int>(); d["a"] = 1; return d.Keys.Count + d["a"]; }', '2'],
    ['@{ var e = new List<int> { 1, 2 }.GetEnumerator(); e.MoveNext(); return e.Current; }', '1'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('LINQ', () => {
  it.each([
    ['@{ var l = new List<int> { 1, 2 }; var q = l.Where(x => x > 1); l.Add(3); return q.Count(); }', '2'],
    [
      '@{ int n = 0; var q = new[] { 1, 2, 3 }.Select(x => { n++; return x; }); q.Count(); q.ToList(); return n; }',
      '6',
    ],
    ['@(new int[0].First())', 'InvalidOperationException'],
    ['@(new[] { 1, 2 }.Single())', 'InvalidOperationException'],
    ['@(new int[0].Max())', 'InvalidOperationException'],
    ['@(new int[0].FirstOrDefault())', '0'],
    ['@(new string[0].FirstOrDefault() == null)', 'True'],
    ['@(new[] { 1 }.ElementAt(5))', 'ArgumentOutOfRangeException'],
    ['@(new[] { "a", "a" }.ToDictionary(x => x))', 'ArgumentException'],
    ['@(new int?[] { 1, null, 3 }.Sum())', '4'],
    ['@(new int?[] { null }.Max() == null)', 'True'],
    ['@(Enumerable.Range(0, 5).Average())', '2'],
    ['@(new[] { int.MaxValue, 1 }.Sum())', 'OverflowException'],
    ['@(string.Join(",", new[] { "b1", "a2", "b0" }.OrderBy(x => x[0]).ThenByDescending(x => x[1])))', 'a2,b1,b0'],
    ['@(string.Join(";", new[] { 1, 2, 3, 4 }.GroupBy(x => x % 2).Select(g => g.Key + ":" + g.Sum())))', '1:4;0:6'],
    ['@(new[] { 1, 2, 3 }.ToLookup(x => x > 1)[true].Count())', '2'],
    ['@(string.Join(",", new[] { 1, 2 }.SelectMany(x => Enumerable.Repeat(x, x))))', '1,2,2'],
    ['@(string.Join(",", new[] { 1, 2, 3 }.Zip(new[] { "a", "b" }, (x, y) => x + y)))', '1a,2b'],
    ['@(new object[] { 1, "a", 2 }.OfType<int>().Sum())', '3'],
    ['@(new object[] { "a" }.Cast<int>().Sum())', 'InvalidCastException'],
    ['@(new[] { 1, 2, 3 }.Aggregate(10, (a, b) => a + b, r => r * 2))', '32'],
    ['@(string.Join(",", new[] { 1, 2, 2, 3 }.Distinct().Except(new[] { 3 }).Union(new[] { 9 })))', '1,2,9'],
    ['@(new[] { 1, 2 }.SequenceEqual(new List<int> { 1, 2 }))', 'True'],
    ['@(string.Join(",", Enumerable.Range(1, 5).Skip(1).Take(3).Reverse()))', '4,3,2'],
    ['@(string.Join(",", Enumerable.Range(1, 5).SkipWhile(x => x < 3).TakeWhile(x => x < 5)))', '3,4'],
    ['@(((IEnumerable<int>)null).Count())', 'ArgumentNullException'],
    ['@(new[] { "a" }.Contains("A", StringComparer.OrdinalIgnoreCase))', 'True'],
    ['@(string.Join(",", from x in new[] { 3, 1 } let y = x * 2 where y > 1 orderby y descending select y))', '6,2'],
    ['@(new[] { new { n = 1 } }.First().n)', '1'],
    ['@(string.Join(",", new[] { 1, 2, 3 }.Select((x, i) => x * i)))', '0,2,6'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})
