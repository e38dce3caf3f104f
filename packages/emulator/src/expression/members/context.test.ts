import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'

const compact = (...parts: object[]): string =>
  [...parts, {}].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
const token = compact(
  { alg: 'RS256', typ: 'JWT' },
  {
    iss: 'issuer',
    sub: 'me',
    aud: ['a', 'b'],
    jti: '7',
    iat: 1700000000,
    nbf: 1700000000,
    exp: 1700003600,
    roles: ['Sample.Read'],
    scp: 'x y',
  },
)

const context = {
  requestId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  elapsed: '00:00:00.1230000',
  api: { id: 'echo', name: 'Echo', path: 'echo', serviceUrl: 'https://backend.example/v1' },
  operation: { id: 'get', method: 'GET', urlTemplate: '/items/{id}' },
  user: { id: 'u', email: 'a@b.example', groups: [{ id: 'g', name: 'developers' }] },
  request: {
    method: 'POST',
    url: 'https://contoso.azure-api.net/echo/items/5?x=1&x=2&y=a%20b',
    headers: { Authorization: [`Bearer ${token}`], 'X-Two': ['a', 'b'], 'X-Basic': 'Basic dXNlcjpwOnc=' },
    matchedParameters: { id: '5' },
    body: '{"a":1}',
  },
  response: { statusCode: 404, statusReason: 'Not Found', headers: { 'Retry-After': ['30'] }, body: '<a><b>1</b></a>' },
  lastError: { source: 'validate-jwt', reason: 'TokenNotPresent', message: 'JWT not present.', section: 'inbound' },
  graphQL: { arguments: { id: 'item-1' }, parent: null },
  variables: {
    s: { type: 'string', value: 'x' },
    n: { type: 'int', value: 5 },
    none: { type: 'string', value: null },
    auth: { type: 'Authorization', value: { accessToken: 't', claims: {} } },
    jwt: { type: 'Jwt', value: token },
    r: { type: 'IResponse', value: { body: '{"access_token":"t","expires_in":3599}' } },
    form: { type: 'IResponse', value: { body: 'grant_type=x&scope=a+b&scope=c%26d' } },
  },
}

const text = (expression: string): string => {
  const row = evaluateExpression(expression, context)
  return row.ok ? row.text : row.error.code
}

describe('the request and its context', () => {
  it.each([
    ['@(context.RequestId)', '0f8fad5b-d9cb-469f-a165-70867728950e'],
    ['@(context.Elapsed)', '00:00:00.1230000'],
    ['@(context.Api.Name + context.Api.Path + context.Api.ServiceUrl)', 'Echoechohttps://backend.example/v1'],
    ['@(context.Operation.UrlTemplate)', '/items/{id}'],
    ['@(context.User.Groups.Any(g => g.Name == "developers"))', 'True'],
    [
      '@(context.Request.Url.Host + context.Request.Url.Path + context.Request.Url.QueryString)',
      'contoso.azure-api.net/echo/items/5?x=1&x=2&y=a%20b',
    ],
    ['@(context.Request.Url.Query["x"].Length + context.Request.Url.Query.GetValueOrDefault("y"))', '2a b'],
    ['@(context.Request.MatchedParameters["id"])', '5'],
    ['@(context.Request.MatchedParameters.GetValueOrDefault("nope", "none"))', 'none'],
    ['@(context.Request.Headers["X-Two"].Length)', '2'],
    ['@(context.Request.Headers["x-two"][1])', 'b'],
    ['@(context.Request.Headers.GetValueOrDefault("X-Two"))', 'a,b'],
    ['@(context.Request.Headers.GetValueOrDefault("Nope", "none"))', 'none'],
    ['@(context.Request.Headers["Nope"])', 'KeyNotFoundException'],
    ['@(context.Request.Headers["X-Two"].Contains("a"))', 'True'],
    ['@(context.Response.StatusCode + context.Response.StatusReason)', '404Not Found'],
    ['@(context.LastError.Source + context.LastError.PolicyId)', 'validate-jwt'],
    ['@(context.GraphQL.Arguments["id"])', 'item-1'],
    ['@(context.Product.Name)', 'NullReferenceException'],
    ['@(context.Deployment.Gateway.IsManaged)', 'True'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('variables', () => {
  it.each([
    ['@("Bearer " + ((Authorization)context.Variables.GetValueOrDefault("auth"))?.AccessToken)', 'Bearer t'],
    ['@("Bearer " + ((Authorization)context.Variables.GetValueOrDefault("nope"))?.AccessToken)', 'Bearer '],
    ['@((int)context.Variables["n"] + 1)', '6'],
    ['@(context.Variables["nope"])', 'KeyNotFoundException'],
    ['@(context.Variables.GetValueOrDefault("n", 9))', '5'],
    ['@(context.Variables.GetValueOrDefault<int>("nope"))', '0'],
    ['@(context.Variables.GetValueOrDefault<int>("s"))', 'UserVariableCastException'],
    ['@((string)context.Variables["n"])', 'InvalidCastException'],
    ['@(context.Variables.ContainsKey("none") && context.Variables["none"] == null)', 'True'],
    ['@(context.Variables["s"] == "x")', 'False'],
    ['@((string)context.Variables["s"] == "x")', 'True'],
    ['@(context.Variables["n"] is int i ? i * 2 : -1)', '10'],
    ['@(string.Join(",", context.Variables.Where(p => p.Value is string).Select(p => p.Key)))', 's'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('bodies', () => {
  it.each([
    ['@((int)context.Request.Body.As<JObject>()["a"])', '1'],
    ['@(context.Request.Body.As<string>(preserveContent: true) + context.Request.Body.As<string>())', '{"a":1}{"a":1}'],
    ['@(context.Request.Body.As<string>() + context.Request.Body.As<string>())', 'InvalidOperationException'],
    ['@(context.Request.Body.As<JArray>())', 'JsonReaderException'],
    ['@(context.Request.Body.As<byte[]>().Length)', '7'],
    ['@(context.Response.Body.As<XElement>().Element("b").Value)', '1'],
    ['@(context.Response.Body.As<XDocument>().Root.Name)', 'a'],
    ['@(((IResponse)context.Variables["form"]).Body.AsFormUrlEncodedContent()["scope"][1])', 'c&d'],
    [
      '@(((IResponse)context.Variables["form"]).Body.AsFormUrlEncodedContent().ToFormUrlEncodedContent())',
      'grant_type=x&scope=a+b&scope=c%26d',
    ],
    ['@(context.Request.Body.As<List<int>>())', 'NotSupportedException'],
    [
      '@{ var j = ((IResponse)context.Variables["r"]).Body.As<JObject>(); return j["access_token"] + ":" + ((int)j["expires_in"] - 180); }',
      't:3419',
    ],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('tokens', () => {
  it.each([
    ['@(context.Request.Headers["Authorization"][0].AsJwt().Subject)', 'me'],
    ['@(((Jwt)context.Variables["jwt"]).Claims["roles"].Contains("Sample.Read"))', 'True'],
    ['@(((Jwt)context.Variables["jwt"]).Claims.GetValueOrDefault("scp", "").Split(\' \').Length)', '2'],
    ['@(((Jwt)context.Variables["jwt"]).Audiences.Last())', 'b'],
    ['@(((Jwt)context.Variables["jwt"]).IssuedAt)', '11/14/2023 22:13:20'],
    [
      '@((((Jwt)context.Variables["jwt"]).ExpirationTime - ((Jwt)context.Variables["jwt"]).NotBefore).Value.TotalMinutes)',
      '60',
    ],
    ['@(((Jwt)context.Variables["jwt"]).Algorithm + ((Jwt)context.Variables["jwt"]).Id)', 'RS2567'],
    ['@("nope".AsJwt() == null)', 'True'],
    ['@(((string)null).AsJwt() == null)', 'True'],
    ['@(context.Request.Headers.GetValueOrDefault("X-Basic").AsBasic().Password)', 'p:w'],
    ['@("x".TryParseBasic(out var c))', 'False'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})
