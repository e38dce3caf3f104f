import { contextFromJson } from '@apim-kit/emulator/expression'

/** The article's expression. */
export const bearer = '@("Bearer " + ((Authorization)context.Variables.GetValueOrDefault("auth-context"))?.AccessToken)'

/** What `contextFromJson` gives. */
export type Context = ReturnType<typeof contextFromJson>

/**
 * The contexts that both sides are given, in turn: what an expression reads differs from one evaluation to the next, so nothing can be
 * worked out once and kept.
 */
export const contexts: readonly Context[] = [0, 1, 2, 3].map((index) =>
  contextFromJson({
    request: {
      method: index === 1 ? 'GET' : 'POST',
      url: `https://${index === 2 ? 'internal' : 'contoso'}.azure-api.net/echo/items-${index}/${index}?q=${index}`,
      headers: index === 3 ? {} : { 'X-Request-Id': [`request-${index}`], 'X-Roles': [`reader, role-${index}, admin`] },
    },
    variables: {
      'auth-context': { type: 'Authorization', value: { accessToken: `token-${index}` } },
      name: { type: 'string', value: `name-${index}` },
      count: { type: 'int', value: 50 + index },
      json: { type: 'string', value: `{"a":{"b":[1,2,${index}]},"c":"text-${index}"}` },
    },
  }),
)

const integer = (context: Context, name: string): number => (context.variables.get(name) as { value: number }).value

/**
 * Ten typical expressions and the article's, each with the same logic by hand: a closure over the same context, as somebody would write
 * it who knows JavaScript and has no C#. It does what the expression does for these contexts and no more: no overflow, no null checks
 * that nothing asks for, no limits.
 */
export const pairs: readonly (readonly [name: string, source: string, byHand: (context: Context) => unknown])[] = [
  [
    'Bearer',
    bearer,
    ({ variables }) =>
      `Bearer ${(variables.get('auth-context') as { accessToken?: string } | undefined)?.accessToken ?? ''}`,
  ],
  [
    'header with default',
    '@(context.Request.Headers.GetValueOrDefault("X-Request-Id", "none"))',
    ({ request }) => request.headers.get('X-Request-Id')?.join(',') ?? 'none',
  ],
  [
    'condition',
    '@(context.Request.Method == "POST" && context.Request.Url.Host != "internal.azure-api.net")',
    ({ request }) => request.method === 'POST' && request.url.host !== 'internal.azure-api.net',
  ],
  [
    'variable cast',
    '@((string)context.Variables["name"] + "-" + ((int)context.Variables["count"] + 1))',
    (context) => `${context.variables.get('name') as string}-${integer(context, 'count') + 1}`,
  ],
  [
    'query',
    '@(context.Request.Url.Query.GetValueOrDefault("q", "") == "1")',
    ({ request }) => (request.url.query.get('q')?.join(',') ?? '') === '1',
  ],
  [
    'path segment',
    "@(context.Request.Url.Path.Split('/')[2].ToUpper())",
    ({ request }) => request.url.path.split('/')[2]?.toUpperCase(),
  ],
  [
    'interpolation',
    '@($"{context.Request.Method} {context.Request.Url.Path}")',
    ({ request }) => `${request.method} ${request.url.path}`,
  ],
  [
    'Base64',
    '@("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + (string)context.Variables["name"])))',
    ({ variables }) => `Basic ${Buffer.from(`user:${variables.get('name') as string}`, 'utf8').toString('base64')}`,
  ],
  [
    'JSON read',
    '@((string)JObject.Parse((string)context.Variables["json"])["c"])',
    ({ variables }) => (JSON.parse(variables.get('json') as string) as { c: string }).c,
  ],
  [
    'LINQ',
    '@(context.Request.Headers.GetValueOrDefault("X-Roles", "").Split(\',\').Select(role => role.Trim()).Contains("admin"))',
    ({ request }) =>
      (request.headers.get('X-Roles')?.join(',') ?? '')
        .split(',')
        .map((role) => role.trim())
        .includes('admin'),
  ],
  [
    'loop',
    '@{ foreach (var part in context.Request.Url.Path.Split(\'/\')) { if (part.StartsWith("items-")) { return part; } } return "none"; }',
    ({ request }) => {
      for (const part of request.url.path.split('/')) if (part.startsWith('items-')) return part
      return 'none'
    },
  ],
]

/**
 * What policies hardly do and what an evaluator is worst at: numbers only, where nothing of the library is called and a compiler of
 * JavaScript leaves a handful of instructions.
 */
export const untypical: typeof pairs = [
  [
    'LINQ of numbers',
    '@(new[] { 3, 1, (int)context.Variables["count"] }.Where(x => x > 1).Select(x => x * 2).Sum())',
    (context) =>
      [3, 1, integer(context, 'count')]
        .filter((x) => x > 1)
        .map((x) => x * 2)
        .reduce((a, b) => a + b, 0),
  ],
  [
    'loop of numbers',
    '@{ int sum = 0; int n = (int)context.Variables["count"]; for (int i = 0; i < n; i++) { sum += i % 7; } return sum; }',
    (context) => {
      let sum = 0
      const n = integer(context, 'count')
      for (let i = 0; i < n; i++) sum += i % 7
      return sum
    },
  ],
]
