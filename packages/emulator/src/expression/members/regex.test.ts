import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'

const text = (expression: string, context: unknown = {}): string => {
  const row = evaluateExpression(expression, context)
  return row.ok ? row.text : row.error.code
}

describe('matching', () => {
  it.each([
    ['@(Regex.IsMatch("١", @"^\\d$"))', 'True'],
    ['@(Regex.IsMatch("١", @"^\\d$", RegexOptions.ECMAScript))', 'False'],
    ['@(Regex.IsMatch("foo\\n", "^foo$"))', 'True'],
    ['@(Regex.IsMatch("foo\\n", @"^foo\\z"))', 'False'],
    ['@(Regex.Match("ab", "(?<x>a)(b)").Groups[1].Value)', 'b'],
    ['@(Regex.Match("ab", "(?<x>a)(b)").Groups[2].Value)', 'a'],
    ['@(Regex.Match("aaa", "(a)+").Groups[1].Captures.Count)', '3'],
    ['@(Regex.Match("x", "y").Groups["nope"].Value == "")', 'True'],
    ['@(Regex.Match("x", "y").Success)', 'False'],
    ['@(Regex.IsMatch("ABC", "(?i)abc"))', 'True'],
    ['@(Regex.IsMatch("aBC", "a(?i:bc)"))', 'True'],
    ['@(Regex.IsMatch("abc", "(?x) a b # comment\\n c"))', 'True'],
    ['@(Regex.IsMatch("aaab", "(?>a+)ab"))', 'False'],
    ['@(Regex.IsMatch("ab", "^(a)?(?(1)b|c)$"))', 'True'],
    ['@(Regex.IsMatch("c", "^(a)?(?(1)b|c)$"))', 'True'],
    ['@(Regex.IsMatch("(a(b)c)", @"^[^()]*(((?<d>\\()[^()]*)+((?<-d>\\))[^()]*)+)*(?(d)(?!))$"))', 'True'],
    ['@(Regex.IsMatch("(a(b c)", @"^[^()]*(((?<d>\\()[^()]*)+((?<-d>\\))[^()]*)+)*(?(d)(?!))$"))', 'False'],
    ['@(Regex.Match("price 100", @"(?<=price\\s+)\\d+").Value)', '100'],
    ['@(Regex.IsMatch("e", "[a-z-[aeiou]]"))', 'False'],
    ['@(Regex.Match("abc123abc", @"\\d+", RegexOptions.RightToLeft).Value)', '123'],
    ['@(Regex.Match("a\\nb", "^b$", RegexOptions.Multiline).Index)', '2'],
    ['@(Regex.IsMatch("a\\nb", "a.b"))', 'False'],
    ['@(Regex.IsMatch("a\\nb", "a.b", RegexOptions.Singleline))', 'True'],
    ['@(Regex.IsMatch("abab", @"^(ab)\\1$"))', 'True'],
    ['@(Regex.Match("aab", "a*?b").Value)', 'aab'],
    ['@(Regex.Match("foobar", "foo(?=bar)").Value)', 'foo'],
    ['@(Regex.Match("foobar", "(?<!foo)bar").Success)', 'False'],
    ['@(Regex.IsMatch("É", @"^\\p{Lu}$"))', 'True'],
    ['@(Regex.Match("ab12", "[a-c]{2,}?\\\\d{1,2}").Length)', '4'],
    ['@(Regex.Match("", "(a*)*").Groups[1].Success)', 'True'],
    [
      '@(string.Join("|", Regex.Matches("a1b22", @"\\d+").Cast<Match>().Select(m => m.Value + "@" + m.Index)))',
      '1@1|22@3',
    ],
    ['@(Regex.Match("k=v", @"(?<k>\\w)=(?<v>\\w)").Result("${v}:${k}"))', 'v:k'],
    ['@(string.Join(",", new Regex("(?<x>a)(b)").GetGroupNames()))', '0,1,x'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('replacing and splitting', () => {
  it.each([
    ['@(Regex.Replace("a1b22", @"\\d", "#"))', 'a#b##'],
    ['@(Regex.Replace("abc", "b", "[$0$$$1$&]"))', 'a[b$$1b]c'],
    ['@(Regex.Replace("john smith", @"(?<f>\\w+) (?<l>\\w+)", "${l} $1"))', 'smith john'],
    ['@(Regex.Replace("abc", "[a-c]", m => m.Value.ToUpper() + m.Index))', 'A0B1C2'],
    ['@(string.Join("|", Regex.Split("a1b2c", @"(\\d)")))', 'a|1|b|2|c'],
    ['@(string.Join("|", Regex.Split("abc", "")))', '|a|b|c|'],
    ['@(new Regex("a").Replace("aaa", "b", 2))', 'bba'],
    ['@(Regex.Escape("a.b*c [x]"))', 'a\\.b\\*c\\ \\[x]'],
    ['@(Regex.Unescape(@"a\\.b\\t"))', 'a.b\t'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('patterns that are none', () => {
  it.each([
    ['@(Regex.IsMatch("a", "("))', 'ArgumentException'],
    ['@(new Regex("["))', 'ArgumentException'],
    ['@(Regex.IsMatch("a", "*a"))', 'ArgumentException'],
    ['@(Regex.IsMatch("a", "a)"))', 'ArgumentException'],
    ['@(Regex.IsMatch("a", @"\\1"))', 'ArgumentException'],
    ['@(Regex.IsMatch("a", "a**"))', 'ArgumentException'],
    ['@(Regex.IsMatch(null, "a"))', 'ArgumentNullException'],
    ['@(Regex.IsMatch("a", "[b-a]"))', 'ArgumentException'],
    ['@(Regex.IsMatch("a", @"\\p{Nope}"))', 'ArgumentException'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})
