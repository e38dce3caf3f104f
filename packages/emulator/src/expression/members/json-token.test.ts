import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'

const text = (expression: string, context: unknown = {}): string => {
  const row = evaluateExpression(expression, context)
  return row.ok ? row.text : row.error.code
}

describe('reading and writing', () => {
  it.each([
    ['@(JObject.Parse("{\\"a\\":1,\\"b\\":[1,2]}").ToString(Newtonsoft.Json.Formatting.None))', '{"a":1,"b":[1,2]}'],
    ['@(new JObject().ToString() + new JArray())', '{}[]'],
    ['@(JObject.Parse("{\'a\':1}"))', '{\n  "a": 1\n}'],
    ['@(string.Join("|", JArray.Parse("[1.0, 1.50, true, null, \'x\']").Select(t => t.ToString())))', '1|1.5|True||x'],
    ['@(JArray.Parse("[1.0, 1e2, 1.10]").ToString(Newtonsoft.Json.Formatting.None))', '[1.0,100.0,1.1]'],
    ['@(JObject.Parse("{\'a\':1,}").Count + JObject.Parse("{a:1 /*c*/}").Count)', '2'],
    ['@((int)JObject.Parse("{\'a\':1,\'a\':2}")["a"])', '2'],
    ['@(JObject.Parse("[1]"))', 'JsonReaderException'],
    ['@(JObject.Parse(""))', 'JsonReaderException'],
    ['@(JToken.Parse("{} x"))', 'JsonReaderException'],
    [
      "@(JObject.Parse(\"{'b':1,'10':2,'a':3,'1':4}\").ToString(Newtonsoft.Json.Formatting.None))",
      '{"b":1,"10":2,"a":3,"1":4}',
    ],
    ['@(JToken.Parse("9007199254740993"))', '9007199254740993'],
    ['@(JToken.Parse("123456789012345678901234567890"))', '123456789012345678901234567890'],
    ['@((string)JObject.Parse("{\'d\':\'2024-02-29T13:05:09Z\'}")["d"])', '02/29/2024 13:05:09'],
    [
      "@(JObject.Parse(\"{'d':'2024-02-29T13:05:09Z'}\").ToString(Newtonsoft.Json.Formatting.None))",
      '{"d":"2024-02-29T13:05:09Z"}',
    ],
    ['@(JObject.Parse("{\'d\':\'2024-02-29\'}")["d"].Type)', 'String'],
    ['@(JToken.Parse("[NaN]").ToString(Newtonsoft.Json.Formatting.None))', '["NaN"]'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('conversions', () => {
  it.each([
    ['@(string.Join(",", JArray.Parse("[1, true, 1.5]").Select(t => (string)t)))', '1,True,1.5'],
    ['@((string)JToken.Parse("[1]"))', 'ArgumentException'],
    ['@((int)JToken.Parse("\'12\'") + (int)JToken.Parse("1.6"))', '14'],
    ['@((int)JToken.Parse("\'x\'"))', 'FormatException'],
    ['@((int)new JObject()["a"])', 'ArgumentNullException'],
    ['@((int?)new JObject()["a"] == null)', 'True'],
    ['@((bool)JToken.Parse("1") && (bool)JToken.Parse("\'true\'"))', 'True'],
    ['@((bool)JToken.Parse("\'1\'"))', 'FormatException'],
    ['@(new JObject().Value<int>("missing"))', '0'],
    ['@(JObject.Parse("{\'a\':99999999999}").Value<int>("a"))', 'OverflowException'],
    ['@(JObject.Parse("{\'a\':null}")["a"] == null)', 'False'],
    ['@(JObject.Parse("{\'a\':1}")["a"]["b"])', 'InvalidOperationException'],
    ['@(JObject.Parse("{\'a\':5}")["a"].ToObject<int>() + 1)', '6'],
    ["@(JArray.Parse(\"['a','b']\").ToObject<List<string>>().Count)", '2'],
    [
      "@(JToken.FromObject(new { a = 1, b = new[] { 'x' } }).ToString(Newtonsoft.Json.Formatting.None))",
      '{"a":1,"b":["x"]}',
    ],
    [
      '@(JObject.FromObject(new Dictionary<string, object> { { "k", 1.5m } }).ToString(Newtonsoft.Json.Formatting.None))',
      '{"k":1.5}',
    ],
    ['@(JToken.DeepEquals(1, 1.0))', 'False'],
    ["@(JToken.DeepEquals(JObject.Parse(\"{'a':1,'b':2}\"), JObject.Parse(\"{'b':2,'a':1}\")))", 'True'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('building and changing', () => {
  it.each([
    [
      '@(new JObject(new JProperty("a", 1), new JProperty("b", new JArray(1, "x"))).ToString(Newtonsoft.Json.Formatting.None))',
      '{"a":1,"b":[1,"x"]}',
    ],
    ['@(new JObject { { "a", 1 }, { "c", null } }.ToString(Newtonsoft.Json.Formatting.None))', '{"a":1,"c":null}'],
    [
      '@{ var o = JObject.Parse("{\'a\':1,\'b\':2}"); o.Remove("a"); o["c"] = "x"; o["b"] = null; return o.ToString(Newtonsoft.Json.Formatting.None); }',
      '{"b":null,"c":"x"}',
    ],
    ['@{ var o = new JObject(); o.Add("a", 1); o.Add("a", 2); return 0; }', 'ArgumentException'],
    [
      '@{ var a = JArray.Parse("[1,2,3]"); a.RemoveAt(0); a.Insert(0, 9); a.Add(new JObject()); return a.ToString(Newtonsoft.Json.Formatting.None); }',
      '[9,2,3,{}]',
    ],
    [
      "@{ var a = JObject.Parse(\"{'l':[1]}\"); a.Merge(JObject.Parse(\"{'l':[2],'x':1}\")); return a.ToString(Newtonsoft.Json.Formatting.None); }",
      '{"l":[1,2],"x":1}',
    ],
    [
      '@{ var o = JObject.Parse("{\'a\':{\'b\':1}}"); var copy = new JObject(); copy["x"] = o["a"]; copy["x"]["b"] = 2; return (int)o["a"]["b"]; }',
      '1',
    ],
    [
      '@{ var o = JObject.Parse("{\'a\':1}"); o.Property("a").Replace(new JProperty("z", 2)); return o.ToString(Newtonsoft.Json.Formatting.None); }',
      '{"z":2}',
    ],
    ["@(JObject.Parse(\"{'a':{'b':[10,{'c':1}]}}\").SelectToken(\"a.b[1].c\").Path)", 'a.b[1].c'],
    ['@{ var s = ""; foreach (var p in JObject.Parse("{\'a\':1,\'b\':2}")) s += p.Key + p.Value; return s; }', 'a1b2'],
    ['@(string.Join(",", JObject.Parse("{\'a\':1,\'b\':2}").Properties().Select(p => p.Name)))', 'a,b'],
    ['@(JObject.Parse("{\'A\':1}").GetValue("a", StringComparison.OrdinalIgnoreCase))', '1'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('paths', () => {
  it.each([
    ["@(string.Join(\",\", JObject.Parse(\"{'a':{'n':1},'b':[{'n':2}]}\").SelectTokens(\"$..n\")))", '1,2'],
    ['@(string.Join(",", JObject.Parse("{\'i\':[{\'p\':1},{\'p\':5}]}").SelectTokens("$.i[?(@.p > 2)].p")))', '5'],
    ['@(string.Join(",", JArray.Parse("[1,2,3,4]").SelectTokens("$[1:3]")))', '2,3'],
    ['@(JObject.Parse("{\'a\':5}").SelectToken("a.b") == null)', 'True'],
    ['@(JObject.Parse("{\'a b\':5}").SelectToken("[\'a b\']"))', '5'],
    ['@(new JObject().SelectToken("a.b c"))', 'JsonException'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('JsonConvert', () => {
  it.each([
    [
      '@(JsonConvert.SerializeObject(new { a = 1, b = (string)null, c = new[] { 1.0 } }))',
      '{"a":1,"b":null,"c":[1.0]}',
    ],
    [
      "@(JsonConvert.SerializeObject(new object[] { 1m, 1.10m, double.NaN, 1e20, 'c', true }))",
      '[1.0,1.10,"NaN",1E+20,"c",true]',
    ],
    [
      '@(JsonConvert.SerializeObject(new object[] { new byte[] { 1 }, Guid.Empty, TimeSpan.FromMinutes(1), StringComparison.Ordinal }))',
      '["AQ==","00000000-0000-0000-0000-000000000000","00:01:00",4]',
    ],
    ['@(JsonConvert.SerializeObject("a\\"é</x>\\u2028"))', '"a\\"é</x>\\u2028"'],
    ['@(JsonConvert.SerializeObject(new DateTime(2024,2,29,13,5,9,120)))', '"2024-02-29T13:05:09.12"'],
    [
      '@(JsonConvert.DeserializeObject<Dictionary<string, string>>("{\'a\':\'2024-02-29T13:05:09Z\'}")["a"])',
      '2024-02-29T13:05:09Z',
    ],
    ['@(JsonConvert.DeserializeObject<Dictionary<string, object>>("{\'a\':1}")["a"] is long)', 'True'],
    ['@(JsonConvert.DeserializeObject<List<int>>("{}"))', 'JsonSerializationException'],
    ['@(JsonConvert.DeserializeObject("[1]"))', '[\n  1\n]'],
    ["@(JsonConvert.DeserializeAnonymousType(\"{'name':'x','n':2}\", new { name = \"\", n = 0 }).n)", '2'],
    [
      '@(JsonConvert.SerializeXNode(XElement.Parse("<a x=\'1\'><b>2</b><b>3</b><c/></a>")))',
      '{"a":{"@x":"1","b":["2","3"],"c":null}}',
    ],
    ["@(JsonConvert.DeserializeXNode(\"{'a':{'@x':1,'b':[2,3]}}\"))", '<a x="1">\n  <b>2</b>\n  <b>3</b>\n</a>'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})
