import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'

const text = (expression: string, context: unknown = {}): string => {
  const row = evaluateExpression(expression, context)
  return row.ok ? row.text : row.error.code
}

describe('Encoding and BitConverter', () => {
  it.each([
    ['@(BitConverter.ToString(Encoding.UTF8.GetBytes("é€")))', 'C3-A9-E2-82-AC'],
    ['@(Encoding.ASCII.GetString(Encoding.ASCII.GetBytes("é")))', '?'],
    ['@(BitConverter.ToString(Encoding.Unicode.GetBytes("é")))', 'E9-00'],
    ['@(Encoding.UTF8.GetString(new byte[] { 0xC3 }).Length)', '1'],
    ['@(Encoding.UTF8.GetBytes((string)null))', 'ArgumentNullException'],
    ['@(Encoding.GetEncoding("iso-8859-1").GetBytes("é")[0])', '233'],
    ['@(BitConverter.ToInt32(new byte[] { 1, 2, 0, 0 }, 0))', '513'],
    ['@(BitConverter.ToString(BitConverter.GetBytes(1.5)))', '00-00-00-00-00-00-F8-3F'],
    ['@(BitConverter.ToString(BitConverter.GetBytes(-2)))', 'FE-FF-FF-FF'],
    ['@(Encoding.UTF8.WebName)', 'utf-8'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('Uri', () => {
  it.each([
    ['@(Uri.EscapeDataString("a b&c=d/é!*\'()~"))', 'a%20b%26c%3Dd%2F%C3%A9%21%2A%27%28%29~'],
    ['@(Uri.UnescapeDataString("a+b%20c"))', 'a+b c'],
    ['@(new Uri("https://H:443/a/../b?x#f"))', 'https://h/b?x#f'],
    ['@(new Uri("https://h/a%20b"))', 'https://h/a b'],
    ['@(new Uri("https://h/a b").AbsoluteUri)', 'https://h/a%20b'],
    ['@(new Uri("/rel"))', 'file:///rel'],
    ['@(new Uri(new Uri("https://h/x/y/"), "../z?q=1"))', 'https://h/x/z?q=1'],
    ['@(new Uri("https://user@h:8443/p/q.html?x=1#f").PathAndQuery)', '/p/q.html?x=1'],
    ['@(string.Join("|", new Uri("https://h/a/b").Segments))', '/|a/|b'],
    ['@(new Uri("https://h:8080/p?x=1").GetLeftPart(UriPartial.Authority))', 'https://h:8080'],
    ['@(Uri.TryCreate("nope", UriKind.Absolute, out var u))', 'False'],
    ['@(new Uri("https://h/a#x") == new Uri("https://h/a#y"))', 'True'],
    ['@(new UriBuilder("https://h/a") { Query = "x=1" }.Uri)', 'https://h/a?x=1'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('WebUtility', () => {
  it.each([
    ['@(System.Net.WebUtility.UrlEncode("a b&c=d/é!*\'()~"))', 'a+b%26c%3Dd%2F%C3%A9!*%27()%7E'],
    ['@(System.Net.WebUtility.UrlDecode("a+b%20c"))', 'a b c'],
    ['@(System.Net.WebUtility.HtmlEncode("<\'&é>"))', '&lt;&#39;&amp;&#233;&gt;'],
    ['@(System.Net.WebUtility.HtmlDecode("&lt;&amp;&#233;&eacute;&#x41;&nope;"))', '<&ééA&nope;'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('IPAddress', () => {
  it.each([
    ['@(System.Net.IPAddress.Parse("192.168.1.10").GetAddressBytes()[3])', '10'],
    ['@(System.Net.IPAddress.TryParse("300.1.1.1", out var ip))', 'False'],
    ['@(System.Net.IPAddress.IsLoopback(System.Net.IPAddress.Parse("::1")))', 'True'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})
