import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'

const text = (expression: string, context: unknown = {}): string => {
  const row = evaluateExpression(expression, context)
  return row.ok ? row.text : row.error.code
}

describe('texts', () => {
  it.each([
    ['@("abc"[1])', 'b'],
    ['@("a"[1])', 'IndexOutOfRangeException'],
    ['@("Hello".Substring(4, 3))', 'ArgumentOutOfRangeException'],
    ['@("Hello".Substring(1, 3))', 'ell'],
    ['@("a,b,,c".Split(\',\').Length)', '4'],
    ['@("".Split(\',\').Length)', '1'],
    ['@("a b  c".Split().Length)', '4'],
    ['@("a--b".Split(new[] { "--" }, StringSplitOptions.None).Length)', '2'],
    ['@(string.Join("|", "a;b,c".Split(\';\', \',\')))', 'a|b|c'],
    ['@(string.Join("|", "a=b=c".Split(new[] { \'=\' }, 2)))', 'a|b=c'],
    ['@("a,b,,c".Split(new[] { \',\' }, StringSplitOptions.RemoveEmptyEntries).Length)', '3'],
    ['@(string.Join("|", "a b".Split(null)))', 'a|b'],
    ['@("Hello".Replace("l", ""))', 'Heo'],
    ['@("x".Replace("", "y"))', 'ArgumentException'],
    ['@("xxabcxx".Trim(\'x\'))', 'abc'],
    ['@(" \\t x \\n".Trim() + "|")', 'x|'],
    ['@("Hello".Contains("HELL"))', 'False'],
    ['@("Hello".IndexOf(""))', '0'],
    ['@("Hello".LastIndexOf(\'l\'))', '3'],
    ['@("Hello".IndexOf("L", StringComparison.OrdinalIgnoreCase))', '2'],
    ['@("abc".IndexOf("c", 1))', '2'],
    ['@("a-b-c".IndexOf(\'-\', 2))', '3'],
    ['@("a".CompareTo("B"))', '-1'],
    ['@(string.CompareOrdinal("a", "B"))', '31'],
    ['@(string.Join(" ", new[] { "b", "A", "a", "B", "_", "1" }.OrderBy(s => s)))', '_ 1 a A b B'],
    [
      '@(string.Join(" ", new[] { "b", "A", "a", "B", "_", "1" }.OrderBy(s => s, StringComparer.Ordinal)))',
      '1 A B _ a b',
    ],
    ['@("straße".Equals("STRASSE", StringComparison.OrdinalIgnoreCase))', 'False'],
    ['@("ß".ToUpper())', 'ß'],
    ['@("ÄÖ".ToLower())', 'äö'],
    ['@("e\\u0301".Equals("é"))', 'False'],
    ['@("😀".Length)', '2'],
    ['@(string.Join(",", 1, true, null, "x"))', '1,True,,x'],
    ['@(string.Format("{0}{{x}}{1}", 1, null))', '1{x}'],
    ['@(string.Format("{1}", 1))', 'FormatException'],
    ['@(string.Format("{0,5}|{0,-5}|{0:N1}", 2.5))', '  2.5|2.5  |2.5'],
    ['@($"{1234.5:N2} {255:X4} {"a",5}|")', '1,234.50 00FF     a|'],
    ['@("\\x41")', 'A'],
    ['@(((string)null).Length)', 'NullReferenceException'],
    ['@(((string)null)?.Length == null)', 'True'],
    ['@(new string("abc".Reverse().ToArray()))', 'cba'],
    ['@("a".Equals(\'a\'))', 'False'],
    ['@("abc".PadLeft(5, \'*\') + "abc".PadRight(4) + "|")', '**abcabc |'],
    ['@("abc".Insert(1, "-").Remove(0, 1))', '-bc'],
    ['@(string.IsNullOrWhiteSpace(" \\t"))', 'True'],
    ['@(string.Concat("abc".Select(c => (char)(c + 1))))', 'bcd'],
    ['@(nameof(string.Length))', 'Length'],
    ['@("abc".StartsWith("AB", StringComparison.OrdinalIgnoreCase))', 'True'],
    ['@(bool.Parse("TRUE "))', 'True'],
    ['@(bool.Parse("1"))', 'FormatException'],
    ['@("abc".ToCharArray().Length)', '3'],
    ["@(new string('x', 3))", 'xxx'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('chars', () => {
  it.each([
    ["@(char.IsDigit('٣'))", 'True'],
    ["@(char.IsLetterOrDigit('_'))", 'False'],
    ["@(char.ToUpper('é'))", 'É'],
    ["@(char.GetNumericValue('7'))", '7'],
    ["@((char)('a' + 1))", 'b'],
    ['@(char.IsSurrogate("😀"[0]))', 'True'],
    ['@(char.IsWhiteSpace("a b", 1))', 'True'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('StringBuilder', () => {
  it.each([
    ['@(new StringBuilder("abc").Insert(0, "x").Replace(\'b\', \'B\').Remove(1, 1))', 'xBc'],
    ["@(new StringBuilder().Append(1).Append(true).Append('c').Append((object)null).Append(1.5))", '1Truec1.5'],
    ['@(new StringBuilder().AppendFormat("{0}-{1}", 1, 2).AppendLine().ToString())', '1-2\n'],
    ['@{ var b = new StringBuilder("abc"); b.Length = 2; b[0] = \'X\'; return b + "|" + b.Length; }', 'Xb|2'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})
