import { describe, expect, it } from 'vitest'
import { evaluateBatch, evaluateExpression } from '../evaluate-batch.js'
import { contextFromJson } from './context-json.js'

const text = (expression: string, context: unknown = {}): string => {
  const row = evaluateExpression(expression, context)
  return row.ok ? row.text : row.error.code
}

describe('defaults', () => {
  it.each([
    ['@(context.Request.Method)', 'GET'],
    ['@(context.Request.Url.ToString())', 'https://contoso.azure-api.net/'],
    ['@(context.RequestId)', '00000000-0000-0000-0000-000000000000'],
    ['@(context.Timestamp.ToString("o"))', '2026-01-02T03:04:05.6780000Z'],
    ['@(context.Elapsed)', '00:00:00'],
    ['@(context.Request.Body == null)', 'True'],
    ['@(context.Response == null && context.Api == null && context.LastError == null)', 'True'],
    ['@(context.Response.StatusCode)', 'NullReferenceException'],
    ['@(context.Variables.Count)', '0'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))

  it('take the URL for the original URL and the other way round', () => {
    expect(text('@(context.Request.OriginalUrl.Path)', { request: { url: 'https://h/a' } })).toBe('/a')
    expect(text('@(context.Request.Url.Path)', { request: { originalUrl: 'https://h/b' } })).toBe('/b')
  })

  it('answer 200 for a response without a status', () => {
    expect(text('@(context.Response.StatusCode)', { response: {} })).toBe('200')
  })
})

describe('variables', () => {
  const token = ['{"alg":"none"}', '{"sub":"me","roles":["a","b"],"exp":1700003600}', 'x']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')

  it.each([
    ['string', 'x', 'System.String', 'x'],
    ['int', 5, 'System.Int32', '5'],
    ['long', 5, 'System.Int64', '5'],
    ['decimal', '1.50', 'System.Decimal', '1.50'],
    ['double', 1.5, 'System.Double', '1.5'],
    ['bool', true, 'System.Boolean', 'True'],
    ['char', 'c', 'System.Char', 'c'],
    ['Guid', '0f8fad5b-d9cb-469f-a165-70867728950e', 'System.Guid', '0f8fad5b-d9cb-469f-a165-70867728950e'],
    ['DateTime', '2024-02-29T13:05:09Z', 'System.DateTime', '02/29/2024 13:05:09'],
    ['TimeSpan', '00:05:00', 'System.TimeSpan', '00:05:00'],
    ['byte[]', 'AQI=', 'System.Byte[]', 'System.Byte[]'],
    ['string[]', ['a'], 'System.String[]', 'System.String[]'],
    ['JObject', { a: 1 }, 'Newtonsoft.Json.Linq.JObject', '{\n  "a": 1\n}'],
    ['JArray', [1], 'Newtonsoft.Json.Linq.JArray', '[\n  1\n]'],
    ['JToken', 'x', 'Newtonsoft.Json.Linq.JValue', 'x'],
    ['Jwt', token, 'Jwt', 'Jwt'],
    ['string', null, null, ''],
  ])('of type %s', (type, value, typeName, expected) => {
    const row = evaluateExpression('@(context.Variables["v"])', { variables: { v: { type, value } } })
    expect(row).toEqual({ ok: true, type: typeName, text: expected })
  })

  it('hold responses and authorizations', () => {
    const variables = {
      r: { type: 'IResponse', value: { statusCode: 201, headers: { A: 'b' }, body: { access_token: 't' } } },
      auth: { type: 'Authorization', value: { accessToken: 't', claims: { login: 'me', n: 1 } } },
    }
    expect(text('@(((IResponse)context.Variables["r"]).StatusCode)', { variables })).toBe('201')
    expect(text('@(((IResponse)context.Variables["r"]).Body.As<JObject>()["access_token"])', { variables })).toBe('t')
    expect(text('@(((Authorization)context.Variables["auth"]).Claims["n"])', { variables })).toBe('1')
  })

  it('name the place of a mistake', () => {
    expect(() => contextFromJson({ variables: { v: { type: 'integer', value: 1 } } })).toThrow(
      'context.variables.v.type is "integer"; known are: string, int',
    )
    expect(() => contextFromJson({ request: { url: '/relative' } })).toThrow(
      'context.request.url has to be an absolute URL, not "/relative".',
    )
    expect(() => contextFromJson([])).toThrow('context has to be an object, not [].')
  })
})

describe('evaluateBatch', () => {
  it('gives a row for each entry, in the form of the command line', () => {
    const rows = evaluateBatch(
      [
        { id: 'a', expression: '@(1+1)' },
        { id: 'b', expression: '@(x)' },
        { id: 'c', expression: '@(int.Parse("x"))' },
        {
          id: 'd',
          expression: '@((int)context.Variables["n"])',
          context: { variables: { n: { type: 'int', value: 7 } } },
        },
        { id: 'e', expression: 'plain text' },
      ],
      { variables: {} },
    )
    expect(rows).toEqual([
      { id: 'a', ok: true, type: 'System.Int32', text: '2' },
      {
        id: 'b',
        ok: false,
        error: { code: 'CS0103', message: "The name 'x' does not exist in the current context", line: 1, column: 3 },
      },
      { id: 'c', ok: false, error: { code: 'FormatException', message: 'Input string was not in a correct format.' } },
      { id: 'd', ok: true, type: 'System.Int32', text: '7' },
      { id: 'e', ok: true, type: 'System.String', text: 'plain text' },
    ])
  })
})
