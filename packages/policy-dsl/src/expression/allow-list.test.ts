import { describe, expect, it } from 'vitest'
import { checkAllowList } from './allow-list.js'
import { bind } from './bind.js'

function refusals(source: string): string[] {
  const result = bind(source)
  expect(result.kind === 'invalid' ? result.diagnostics : []).toEqual([])
  return result.kind === 'bound' ? checkAllowList(result.program).map(({ code, message }) => `${code} ${message}`) : []
}

describe('checkAllowList', () => {
  it.each([
    ['@(((Func<int, int>)(x => x))(1))', "APIM0001 Usage of type 'System.Func'"],
    ['@((1, 2).Item1)', "APIM0001 Usage of type 'System.ValueTuple'"],
    ['@(new[] { 1 }.GroupBy(x => x).Select(g => g.Key))', "APIM0001 Usage of type 'System.Linq.IGrouping'"],
    [
      '@(new Dictionary<int, int>().Keys.Count)',
      "APIM0001 Usage of type 'System.Collections.Generic.Dictionary.KeyCollection'",
    ],
    ['@(Regex.Matches("a", "a").Count)', "APIM0001 Usage of type 'System.Text.RegularExpressions.MatchCollection'"],
    ['@(Regex.Escape("a"))', "APIM0002 Usage of member 'Escape' of type 'System.Text.RegularExpressions.Regex'"],
    ['@(DayOfWeek.Friday)', "APIM0001 Usage of type 'System.DayOfWeek'"],
    ['@(DateTime.Now.Kind)', "APIM0002 Usage of member 'Kind' of type 'System.DateTime'"],
    [
      '@(XDocument.Load(new StringReader("<a/>")))',
      "APIM0002 Usage of member 'Load' of type 'System.Xml.Linq.XDocument'",
    ],
    [
      '@(System.Globalization.CultureInfo.InvariantCulture)',
      "APIM0001 Usage of type 'System.Globalization.CultureInfo'",
    ],
    ['@(Aes.Create())', "APIM0001 Usage of type 'System.Security.Cryptography.Aes'"],
    [
      '@(SymmetricAlgorithm.Create())',
      "APIM0002 Usage of member 'Create' of type 'System.Security.Cryptography.SymmetricAlgorithm'",
    ],
    ['@(5.GetType())', "APIM0002 Usage of member 'GetType' of type 'System.Object'"],
    ['@(context.Variables["n"].ToString())', "APIM0002 Usage of member 'ToString' of type 'System.Object'"],
    ['@(new List<int>().ToString())', "APIM0002 Usage of member 'ToString' of type 'System.Object'"],
    ['@(new JsonMergeSettings())', "APIM0001 Usage of type 'Newtonsoft.Json.Linq.JsonMergeSettings'"],
    ['@(new[] { 1 }.Select(x => Regex.Escape("a")))', "APIM0002 Usage of member 'Escape'"],
  ])('refuses %s', (source, message) => {
    const found = refusals(source)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(message)
  })

  it.each([
    '@("Bearer " + ((Authorization)context.Variables.GetValueOrDefault("auth-context"))?.AccessToken)',
    '@(new[] { 1 }.GroupBy(x => x).Select(g => g.Count()))',
    '@(new Dictionary<int, int>().Keys.Count())',
    '@(Regex.Matches("a", "a").Cast<Match>().First().Value)',
    '@((int)DateTime.Now.DayOfWeek == 5)',
    '@(SymmetricAlgorithm.Create("AES"))',
    '@(Guid.NewGuid().ToString() + 5.ToString() + new JObject().ToString())',
    '@(new { a = 1 }.a)',
    '@(Tuple.Create(1, 2).Item1)',
    '@(new StringReader("a").ReadToEnd())',
    '@{ int F() => 1; return F(); }',
    '@{ var document = new XmlDocument(); document.LoadXml("<a/>"); return document.OuterXml; }',
    '@(Array.Exists(new[] { 1 }, x => x == 1))',
  ])('allows %s', (source) => {
    expect(refusals(source)).toEqual([])
  })

  it('only warns of what published policies do anyway', () => {
    const severities = ['@(context.Variables["n"].ToString())', '@(5.GetType())'].map((source) => {
      const result = bind(source)
      return result.kind === 'bound' ? checkAllowList(result.program).map(({ severity }) => severity) : []
    })
    expect(severities).toEqual([['warning'], ['error']])
  })

  it('says where', () => {
    const result = bind('@{\n  return Regex.Escape("a");\n}')
    expect(result.kind === 'bound' && checkAllowList(result.program)[0]).toMatchObject({ line: 2, column: 10 })
  })
})
