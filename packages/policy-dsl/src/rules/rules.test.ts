import { describe, expect, test } from 'vitest'
import { check, read, type CheckOptions } from '../index.js'

const wrap = (inbound: string, outbound = ''): string =>
  `<policies><inbound><base />${inbound}</inbound><backend><base /></backend><outbound><base />${outbound}</outbound><on-error><base /></on-error></policies>`

/** The problems of one rule, shortest form. */
function found(rule: string, text: string, options?: CheckOptions): string[] {
  const { document, problems } = read(text)
  if (document === undefined || problems.length > 0) throw new Error(problems[0]?.message ?? 'nothing was read')
  return check(document, options)
    .filter((problem) => problem.rule === `policy/${rule}`)
    .map(({ severity, path, message }) => `${severity} ${path}: ${message}`)
}

const send = (attributes: string, inside = ''): string =>
  `<send-request response-variable-name="r" ${attributes}><set-url>https://a.example</set-url><set-method>GET</set-method>${inside}</send-request>`
const header = (value: string, name = 'X'): string =>
  `<set-header name="${name}" exists-action="override"><value>${value}</value></set-header>`
const response = '((IResponse)context.Variables["r"])'

describe('unset-variable', () => {
  const reads = (text: string): string[] => found('unset-variable', text)

  test.each([
    ['an index', header('@((string)context.Variables["user"])')],
    ['GetValueOrDefault', header('@(context.Variables.GetValueOrDefault<string>("user"))')],
    ['a default', header('@(context.Variables.GetValueOrDefault("user", "nobody"))')],
    ['statements', header('@{ var v = context.Variables; return context.Variables["user"] as string; }')],
    ['an attribute', '<return-response response-variable-name="user" />'],
  ])('%s', (_, policy) => {
    expect(reads(wrap(policy))).toEqual([
      expect.stringContaining('nothing in this document sets the variable "user"') as string,
    ])
  })

  test.each([
    ['set by set-variable', `<set-variable name="user" value="a" />`],
    ['set by send-request', send('timeout="5"').replace('"r"', '"user"')],
    ['set by cache-lookup-value', '<cache-lookup-value key="k" variable-name="user" />'],
    [
      'set by get-authorization-context',
      '<get-authorization-context provider-id="p" authorization-id="a" context-variable-name="user" />',
    ],
    ['set by validate-jwt', '<validate-jwt output-token-variable-name="user" />'],
    ['set by an expression', '<get-authorization-context context-variable-name="@("us" + "er")" />'],
    ['set by a named value', '<set-variable name="{{user-variable}}" value="a" />'],
    ['maybe set by a fragment', '<include-fragment fragment-id="f" />'],
    ['asked for', header('@(context.Variables.ContainsKey("user") ? "y" : "n")')],
  ])('nothing where it is %s', (_, policy) => {
    expect(reads(wrap(policy + header('@((string)context.Variables["user"])')))).toEqual([])
  })

  test('nothing in a fragment, in a string, in a comment, for a computed name', () => {
    expect(reads(`<fragment>${header('@((string)context.Variables["user"])')}</fragment>`)).toEqual([])
    expect(reads(wrap(header('@("context.Variables[user]" /* context.Variables["user"] */)')))).toEqual([])
    expect(reads(wrap(header('@((string)context.Variables["{{user}}"])')))).toEqual([])
    expect(reads(wrap(header('@((string)context.Variables["u" + "s"])')))).toEqual([])
  })

  test('says what was meant, once for a name, at the place of the first use', () => {
    const text = wrap(
      `<set-variable name="user-id" value="a" />${header('@((string)context.Variables["userid"])').repeat(2)}`,
    )
    expect(reads(text)).toEqual([expect.stringContaining('did you mean "user-id"') as string])
    const { document } = read(text)
    const [problem] =
      document === undefined ? [] : check(document).filter(({ rule }) => rule.endsWith('unset-variable'))
    expect(text.slice((problem?.column ?? 0) - 1)).toMatch(/^context\.Variables\["userid"\]/)
  })
})

describe('unreachable-policy', () => {
  const answer = '<return-response />'
  const branch = (otherwise: string): string =>
    `<choose><when condition="@(true)">${answer}</when>${otherwise}</choose>${header('a')}`

  test.each([
    ['a policy behind', answer + header('a'), 1],
    ['several policies behind', answer + header('a') + header('b'), 1],
    ['in a branch', `<choose><when condition="@(true)">${answer}${header('a')}</when></choose>`, 1],
    ['behind branches that all answer', branch(`<otherwise>${answer}</otherwise>`), 1],
    ['behind a mock', `<mock-response status-code="200" />${header('a')}`, 1],
    ['behind a mock that may be switched off', `<mock-response enabled="false" />${header('a')}`, 0],
    [
      'behind policies that run it',
      `<limit-concurrency key="a" max-count="1">${answer}</limit-concurrency>${header('a')}`,
      1,
    ],
    ['nothing behind it', header('a') + answer, 0],
    ['a branch that answers', branch(''), 0],
    ['a branch that does not', branch('<otherwise />'), 0],
    ['side by side', `<wait for="any">${send('timeout="5"')}</wait>${header('a')}`, 0],
    ['a comment behind', `${answer}<!-- end -->`, 0],
  ])('%s', (_, policies, count) => {
    expect(found('unreachable-policy', wrap(policies))).toHaveLength(count)
  })
})

describe('literal-secret', () => {
  const random = 'f3Zq8LwT1xYv7NbR2kPs'
  test.each([
    ['a password', '<authentication-basic username="a" password="hunter2" />'],
    ['a password of a certificate', '<authentication-certificate body="@(null)" password="Winter" />'],
    ['a bearer token', header(`Bearer ${random}`, 'Authorization')],
    ['a basic credential', header('Basic dXNlcjpwYXNz', 'Authorization')],
    ['a key', header('0123456789abcdef0123456789abcdef', 'Ocp-Apim-Subscription-Key')],
    ['a key as an expression', header(`@("${random}")`, 'x-functions-key')],
    [
      'a parameter',
      `<set-query-parameter name="code" exists-action="override"><value>${random}</value></set-query-parameter>`,
    ],
    ['a variable', `<set-variable name="client-secret" value="${random}" />`],
    ['a variable in camel case', `<set-variable name="apiKey" value="${random}" />`],
    ['a password that a person chose', '<set-variable name="dbPassword" value="hunter2" />'],
    [
      'a name and a password that are put together',
      header('@("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("orders:hunter2")))', 'Authorization'),
    ],
    [
      'a key that signs',
      header(
        `@(Convert.ToBase64String(new HMACSHA256(Convert.FromBase64String("${random}${random}==")).ComputeHash(context.Request.Body.As<byte[]>())))`,
      ),
    ],
    [
      'a signing key',
      `<validate-jwt header-name="A"><issuer-signing-keys><key>${random}</key></issuer-signing-keys></validate-jwt>`,
    ],
    [
      'a token in an expression',
      header(`@("Bearer " + "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P")`),
    ],
    [
      'a signed address',
      send('timeout="5"').replace('https://a.example', `https://a.example/?sv=1&amp;sig=${random}${random}`),
    ],
    ['a form', send('timeout="5"', `<set-body>grant_type=client_credentials&amp;client_secret=${random}</set-body>`)],
    [
      'a password that a person chose, in a form',
      send('timeout="5"', '<set-body>@("grant_type=password&username=orders&password=Winter2024!")</set-body>'),
    ],
    [
      'a password that a person chose, in JSON',
      send('timeout="5"', '<set-body>{"user":"orders","password":"Winter2024!"}</set-body>'),
    ],
    [
      'a form in an expression',
      send('timeout="5"', `<set-body>@($"client_secret=${random}&scope={context.Api.Id}")</set-body>`),
    ],
    [
      'a connection string with a password',
      '<set-variable name="c" value="Server=tcp:orders.example.com;User ID=orders;Password=Winter2024!;Encrypt=true" />',
    ],
    [
      'a connection string',
      '<set-variable name="c" value="DefaultEndpointsProtocol=https;AccountKey=abcdefghijklmnopqrstuvwxyz0123456789AB==" />',
    ],
  ])('%s, never repeating it', (_, policy) => {
    const problems = found('literal-secret', wrap(policy))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^warning /)
    for (const secret of [random, 'hunter2', 'Winter', 'dXNlcjpwYXNz', '0123456789abcdef', 'eyJ'])
      expect(problems[0]).not.toContain(secret)
  })

  test.each([
    ['a named value', '<authentication-basic username="a" password="{{password}}" />'],
    ['an expression', '<authentication-basic username="a" password="@(context.User.Id)" />'],
    [
      'a placeholder',
      '<authentication-basic username="a" password="<your-password>" />'.replace(/<your-password>/, 'your-password'),
    ],
    ['a named value behind a scheme', header('Bearer {{token}}', 'Authorization')],
    [
      'a token of a variable',
      header('@("Bearer " + (string)context.Variables.GetValueOrDefault("access-token"))', 'Authorization'),
    ],
    ['a variable that is empty at first', '<set-variable name="token" value="" />'],
    ['a word for no secret', '<set-variable name="secret" value="none" />'],
    ['where to get one', '<set-variable name="secret" value="https://vault.example.com/secrets/orders" />'],
    [
      'a name and a password of variables',
      header(
        '@("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes((string)context.Variables["u"] + ":" + "{{password}}")))',
        'Authorization',
      ),
    ],
    ['a word', header('application/json;odata=verbose', 'Accept')],
    ['a name with key in it', header('partition-key-of-orders', 'x-ms-documentdb-partitionkey')],
    [
      'a name with digits in it',
      '<set-query-parameter name="key" exists-action="override"><value>orders2024-by-region-west</value></set-query-parameter>',
    ],
    ['a random value that is no credential', header(random, 'X-Correlation-Id')],
    [
      'an address',
      `<set-variable name="token" value="https://login.example.com/11111111-1111-1111-1111-111111111111/token" />`,
    ],
    [
      'a form with named values',
      send('timeout="5"', '<set-body>client_id={{id}}&amp;client_secret={{secret}}</set-body>'),
    ],
    ['a form with a placeholder', send('timeout="5"', '<set-body>password=your-password-1</set-body>')],
    [
      'a form in an expression',
      send('timeout="5"', '<set-body>@("client_secret={{secret}}&password=" + context.User.Id)</set-body>'),
    ],
    [
      'a public key',
      '<validate-jwt header-name="A"><issuer-signing-keys><key n="sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri23bOdgWp4Dy1Wl" e="AQAB" /></issuer-signing-keys></validate-jwt>',
    ],
  ])('nothing about %s', (_, policy) => {
    expect(found('literal-secret', wrap(policy))).toEqual([])
  })
})

test('literal-secret tells of a value once, whatever gives it away', () => {
  const token = 'Bearer abcdef0123456789abcdef0123456789'
  const policy = `<set-header name="Authorization" exists-action="override"><value>@("${token}")</value></set-header>`
  expect(found('literal-secret', wrap(policy))).toHaveLength(1)
})

describe('any-audience', () => {
  const jwt = (inside: string): string => `<validate-jwt header-name="Authorization">${inside}</validate-jwt>`
  test.each([
    ['none', jwt(''), 1],
    ['a token of Entra', '<validate-azure-ad-token tenant-id="t" />', 1],
    [
      'clients only',
      '<validate-azure-ad-token tenant-id="t"><client-application-ids><application-id>a</application-id></client-application-ids></validate-azure-ad-token>',
      1,
    ],
    ['audiences', jwt('<audiences><audience>a</audience></audiences>'), 0],
    ['a claim', jwt('<required-claims><claim name="aud"><value>a</value></claim></required-claims>'), 0],
    ['another claim', jwt('<required-claims><claim name="scp"><value>a</value></claim></required-claims>'), 1],
    [
      'a look by hand',
      `<validate-jwt header-name="Authorization" output-token-variable-name="j" /><choose><when condition="@(!((Jwt)context.Variables["j"]).Audiences.Contains("a"))"><return-response /></when></choose>`,
      0,
    ],
  ])('%s', (_, policy, count) => {
    expect(found('any-audience', wrap(policy))).toHaveLength(count)
  })
})

describe('send-request', () => {
  test.each([
    ['none', send(''), 1],
    ['a timeout', send('timeout="5"'), 0],
    ['an expression', send('timeout="@(5)"'), 0],
    ['milliseconds', send('timeout-ms="500"'), 0],
    [
      'a one-way request',
      '<send-one-way-request><set-url>https://a.example</set-url><set-method>GET</set-method></send-one-way-request>',
      0,
    ],
  ])('timeout: %s', (_, policy, count) => {
    expect(found('request-without-timeout', wrap(policy))).toHaveLength(count)
  })

  test.each([
    ['a body that is used', header(`@(${response}.Body.As<string>())`), 1],
    ['a body behind ?.', header('@(((IResponse)context.Variables["r"])?.Body?.As<string>())'), 1],
    ['a header that is used', header(`@(${response}.Headers.GetValueOrDefault("a", ""))`), 0],
    [
      'a status in a condition',
      `<choose><when condition="@(${response}.StatusCode == 200)">${header(`@(${response}.Body.As<string>())`)}</when></choose>`,
      0,
    ],
    [
      'a status in the same expression',
      header(`@{ var r = ${response}; return r.StatusCode == 200 ? r.Body.As<string>() : ""; }`),
      0,
    ],
    ['the whole response given back', '<return-response response-variable-name="r" />', 0],
  ])('status: %s', (_, policy, count) => {
    expect(found('unchecked-response', wrap(send('timeout="5"') + policy))).toHaveLength(count)
  })
})

test('a response is used in another section than the one that sends', () => {
  const text = wrap(send('timeout="5"'), header(`@(${response}.Body.As<string>())`))
  expect(found('unchecked-response', text)).toEqual([expect.stringMatching(/^warning outbound\//) as string])
})

describe('expressions', () => {
  test.each([
    ['an unknown member', header('@(context.Request.Bdy)'), 'error inbound/set-header[1]/value[1]: CS1061'],
    ['an unknown name', header('@(request.Url)'), 'error inbound/set-header[1]/value[1]: CS0103'],
  ])('%s', (_, policy, problem) => {
    expect(found('expression', wrap(policy))).toEqual([expect.stringContaining(problem) as string])
  })

  test.each([
    header('@("{{prefix}}" + context.Request.Url.Path)'),
    header('@({{anything}} + 1)'),
    header('@(context.Request.{{member}}.Nothing)'),
    '<choose><when condition="@({{flag}})" /></choose>',
    '<choose><when condition="{{flag}}" /></choose>',
  ])('a named value may stand for anything: %s', (policy) => {
    for (const rule of ['expression', 'expression-result', 'expression-allow-list'])
      expect(found(rule, wrap(policy))).toEqual([])
  })

  test.each([
    ['<choose><when condition="@(context.Variables["a"])" /></choose>', /^error .* gives object, where a bool/],
    [
      '<choose><when condition="@(context.Request.Body?.As<string>().Contains("a"))" /></choose>',
      /^error .* write == true/,
    ],
    ['<choose><when condition="@("true")" /></choose>', /^error .* gives string/],
    ['<retry condition="@(1)" count="1" interval="1" />', /^error .* gives int/],
    ['<set-status code="@("200")" reason="OK" />', /^warning .* where a whole number/],
  ])('the place of %s takes another type', (policy, problem) => {
    expect(found('expression-result', wrap(policy))).toEqual([expect.stringMatching(problem) as string])
  })

  test.each([
    '<choose><when condition="@(context.Variables.ContainsKey("a"))" /></choose>',
    '<set-status code="@(context.Response.StatusCode)" reason="OK" />',
    '<cache-store-value key="k" value="@(1)" duration="@(3600L)" />',
    header('@(context.RequestId)'),
  ])('the place of %s takes it', (policy) => {
    expect(found('expression-result', wrap(policy))).toEqual([])
  })

  test('what many published policies do is a warning, the rest of what is not listed an error', () => {
    expect(found('expression-allow-list', wrap(header('@(context.Variables["a"].ToString())')))).toEqual([
      expect.stringMatching(/^warning .*ToString/) as string,
    ])
    expect(found('expression-allow-list', wrap(header('@(Regex.Escape("a"))')))).toEqual([
      expect.stringMatching(/^error .*APIM0002.*Escape/) as string,
    ])
  })
})

describe('places', () => {
  test.each([
    ['', { tier: 'consumption' }, 1],
    ['caching-type="prefer-external"', { gateway: 'self-hosted' }, 1],
    ['caching-type="external"', { tier: 'consumption' }, 0],
    ['caching-type="{{cache}}"', { tier: 'consumption' }, 0],
    ['', { tier: 'premiumv2' }, 0],
    ['', {}, 0],
  ] as const)('no-built-in-cache: %s at %j', (attribute, options, count) => {
    const text = wrap(`<cache-lookup-value key="k" variable-name="v" ${attribute} />`)
    expect(found('no-built-in-cache', text, options)).toHaveLength(count)
  })

  test('the built-in cache does not work where there is none', () => {
    const text = wrap('<cache-lookup-value key="k" variable-name="v" caching-type="internal" />')
    expect(found('wrong-gateway', text, { tier: 'consumption' })).toEqual([
      expect.stringMatching(/^warning .*caching-type="internal" does not run on the consumption gateway/) as string,
    ])
  })

  test('a document may be longer than Consumption takes, elsewhere', () => {
    const long = wrap(`<set-variable name="a" value="${'x'.repeat(17 * 1024)}" />`)
    expect(found('document-size', long, { tier: 'consumption' })).toEqual([
      expect.stringContaining('the document has 18 KiB; at most 16 KiB are taken in the Consumption tier') as string,
    ])
    expect(found('document-size', long, { tier: 'premium' })).toEqual([])
    expect(found('document-size', long)).toEqual([])
    expect(found('document-size', wrap(`<set-variable name="a" value="${'x'.repeat(513 * 1024)}" />`))).toHaveLength(1)
  })

  test('names are looked up in what is declared, kind by kind', () => {
    const text = wrap(
      `<get-authorization-context provider-id="p" authorization-id="octocat" context-variable-name="v" />${header('{{team}}')}<set-backend-service backend-id="orders" />`,
    )
    const undeclared = (declared: Record<string, string[]>): string[] =>
      found('undeclared-reference', text, { declared })
    expect(found('undeclared-reference', text)).toEqual([])
    expect(undeclared({ connection: ['p/octocat'], namedValue: ['team'], backend: ['orders', 'other'] })).toEqual([])
    expect(undeclared({ connection: ['q/octocat'], namedValue: ['teams'], backend: [] })).toEqual([
      expect.stringContaining('connection "p/octocat"') as string,
      expect.stringContaining('namedValue "team"; did you mean "teams"?') as string,
      expect.stringContaining('backend "orders"') as string,
    ])
  })
})

describe('expression-result', () => {
  const quota = (value: string): string =>
    wrap(
      `<llm-token-limit counter-key="a" token-quota="${value}" token-quota-period="Daily" estimate-prompt-tokens="true" />`,
    )
  test.each([
    ['@(5)', 1],
    ['@(context.Request.Headers.Count)', 1],
    ['@(5L)', 0],
    ['@((long)context.Request.Headers.Count)', 0],
    ['5', 0],
    ['{{quota}}', 0],
  ])('a quota of %s', (value, count) => {
    expect(found('expression-result', quota(value))).toHaveLength(count)
  })
})
