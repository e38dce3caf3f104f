import { describe, expect, test } from 'vitest'
import { check, read, type CheckOptions } from './index.js'

// Mistakes, one row each: what breaks a save or a call is an error, the rest a warning. A row is found by that rule and no other one.

const sections = (parts: Partial<Record<'inbound' | 'backend' | 'outbound' | 'on-error', string>>): string =>
  `<policies>${(['inbound', 'backend', 'outbound', 'on-error'] as const)
    .map((name) => `<${name}>${parts[name] ?? '<base />'}</${name}>`)
    .join('')}</policies>`

const inbound = (xml: string): string => sections({ inbound: `<base />${xml}` })
const outbound = (xml: string): string => sections({ outbound: `<base />${xml}` })

const call = (attributes: string, url = 'https://rates.example.com'): string =>
  `<send-request response-variable-name="rates" ${attributes}><set-url>${url}</set-url><set-method>GET</set-method></send-request>`
const header = (value: string): string =>
  `<set-header name="X-A" exists-action="override"><value>${value}</value></set-header>`
const authorization = (attributes: string): string =>
  `<get-authorization-context provider-id="p" authorization-id="a" context-variable-name="auth" ${attributes} />`
const jwt = (inside: string, attributes = 'header-name="Authorization"'): string =>
  `<validate-jwt ${attributes}>${inside}</validate-jwt>`
const audiences = '<audiences><audience>api://orders</audience></audiences>'

type Row = readonly [mistake: string, text: string, rule: string, options?: CheckOptions]

const errors: readonly Row[] = [
  ['an unknown policy', inbound('<set-heder name="a" />'), 'unknown-policy'],
  ['an unknown attribute', inbound('<set-method mode="new">GET</set-method>'), 'unknown-attribute'],
  ['an unknown child', inbound('<set-status code="200" reason="OK"><value /></set-status>'), 'unknown-child'],
  ['a missing attribute', inbound('<set-variable name="a" />'), 'missing-attribute'],
  ['a missing child', inbound('<choose><otherwise /></choose>'), 'missing-child'],
  ['a number that is none', inbound(call('timeout="soon"')), 'wrong-value'],
  ['a flag that is none', inbound(call('timeout="5" ignore-error="yes"')), 'wrong-value'],
  [
    'a value that is not listed',
    inbound('<set-header name="a" exists-action="replace"><value>b</value></set-header>'),
    'wrong-value',
  ],
  [
    'an expression where none may stand',
    inbound('<set-variable name="@(context.Api.Id)" value="a" />'),
    'expression-not-allowed',
  ],
  ['an expression that does not parse', inbound(header('@(1 +)')), 'expression'],
  ['an expression that does not compile', inbound(header('@(context.Request.Methode)')), 'expression'],
  [
    'a condition that is no bool',
    inbound(`<choose><when condition="@(context.Request.Method)">${header('a')}</when></choose>`),
    'expression-result',
  ],
  ['a policy in a wrong section', inbound('<forward-request />'), 'wrong-section'],
  [
    'the same, in a branch',
    outbound(
      `<choose><when condition="@(true)"><ip-filter action="allow"><address>10.0.0.1</address></ip-filter></when></choose>`,
    ),
    'wrong-section',
  ],
  ['a policy at a wrong scope', inbound('<quota calls="5" renewal-period="3600" />'), 'wrong-scope', { scope: 'api' }],
  ['credential manager on a self-hosted gateway', inbound(authorization('')), 'wrong-gateway', { tier: 'self-hosted' }],
  [
    'a limit by key in Consumption',
    inbound('<rate-limit-by-key calls="5" renewal-period="60" counter-key="a" />'),
    'wrong-gateway',
    { tier: 'consumption' },
  ],
  [
    'Dapr in the cloud',
    inbound('<publish-to-dapr pubsub-name="a" topic="b">c</publish-to-dapr>'),
    'wrong-gateway',
    { tier: 'premium' },
  ],
  [
    'children in another order',
    inbound('<return-response><set-body>a</set-body><set-status code="400" reason="a" /></return-response>'),
    'child-order',
  ],
  [
    'a child twice',
    inbound('<return-response><set-body>a</set-body><set-body>b</set-body></return-response>'),
    'child-twice',
  ],
  [
    'what excludes each other',
    sections({ backend: '<forward-request timeout="5" timeout-ms="5000" />' }),
    'at-most-one-of',
  ],
  [
    'two places for a token',
    inbound(jwt(audiences, 'header-name="Authorization" query-parameter-name="token"')),
    'exactly-one-of',
  ],
  ['none of what is needed', inbound('<set-backend-service />'), 'at-least-one-of'],
  [
    'a key without its other half',
    inbound(jwt(`<issuer-signing-keys><key n="AQAB" /></issuer-signing-keys>${audiences}`)),
    'needs',
  ],
  ['identity-type jwt without identity', inbound(authorization('identity-type="jwt"')), 'needs'],
  ['two policies in backend', sections({ backend: '<base /><forward-request />' }), 'one-policy-in-backend'],
  ['a section twice', sections({}).replace('<backend>', '<inbound><base /></inbound><backend>'), 'section-twice'],
  ['base in a fragment', '<fragment><base /></fragment>', 'not-in-fragment'],
  ['a document that is too long', inbound(header('a'.repeat(20_000))), 'document-size', { tier: 'consumption' }],
  [
    'a backend that nothing declares',
    inbound('<set-backend-service backend-id="order" />'),
    'undeclared-reference',
    { declared: { backend: ['orders'] } },
  ],
  [
    'a named value that nothing declares',
    inbound(header('{{team}}')),
    'undeclared-reference',
    { declared: { namedValue: [] } },
  ],
]

const warnings: readonly Row[] = [
  ['no base', sections({ outbound: header('a') }), 'missing-base'],
  ['a missing section', sections({}).replace('<backend><base /></backend>', ''), 'missing-section'],
  [
    'a policy twice',
    inbound('<rate-limit calls="5" renewal-period="60" /><rate-limit calls="9" renewal-period="90" />'),
    'policy-twice',
  ],
  ['a policy after return-response', inbound(`<return-response />${header('a')}`), 'unreachable-policy'],
  ['a variable that nothing sets', inbound(header('@((string)context.Variables["user"])')), 'unset-variable'],
  ['a password in clear', inbound('<authentication-basic username="a" password="hunter2" />'), 'literal-secret'],
  [
    'a bearer token in clear',
    inbound(
      '<set-header name="Authorization" exists-action="override"><value>Bearer f3Zq8LwT1xYv7NbR2kPs</value></set-header>',
    ),
    'literal-secret',
  ],
  ['a token for any audience', inbound(jwt('')), 'any-audience'],
  ['a token of Entra for any audience', inbound('<validate-azure-ad-token tenant-id="t" />'), 'any-audience'],
  ['a call without a timeout', inbound(call('')), 'request-without-timeout'],
  [
    'a response whose status nobody looks at',
    inbound(call('timeout="5"') + header('@(((IResponse)context.Variables["rates"]).Body.As<string>())')),
    'unchecked-response',
  ],
  [
    'a token in a cache that Consumption has not',
    inbound('<cache-store-value key="token" value="@(context.RequestId.ToString())" duration="60" />'),
    'no-built-in-cache',
    { tier: 'consumption' },
  ],
  [
    'a token of the credential manager, which Consumption does not keep',
    inbound(authorization('')),
    'no-token-cache',
    { tier: 'consumption' },
  ],
  [
    'a response in a cache that a self-hosted gateway has not',
    outbound('<cache-remove-value key="token" />'),
    'no-built-in-cache',
    { gateway: 'self-hosted' },
  ],
  [
    'the internal cache in Consumption',
    inbound('<cache-remove-value key="token" caching-type="internal" />'),
    'wrong-gateway',
    { tier: 'consumption' },
  ],
  [
    'half of a pair',
    inbound('<cache-lookup vary-by-developer="false" vary-by-developer-groups="false" />'),
    'unpaired-policy',
  ],
  [
    'wait in retry',
    inbound(
      '<retry condition="@(false)" count="1" interval="1"><wait for="all"><cache-lookup-value key="a" variable-name="a" /></wait></retry>',
    ),
    'kept-out',
  ],
  ['what one source knows', inbound(call('timeout-ms="500"')), 'disputed-attribute'],
  [
    'a header that was seen to be refused in fragments',
    '<fragment><llm-token-limit counter-key="a" tokens-per-minute="9" estimate-prompt-tokens="true" tokens-consumed-header-name="X-Used" /></fragment>',
    'wrong-scope',
  ],
  ['text with an expression in it', inbound(header('user @(context.User.Id)')), 'mixed-expression'],
]

const rows = (table: readonly Row[]) =>
  table.map(([mistake, text, rule, options]) => ({ mistake, text, rule, options }))

const found = (text: string, options?: CheckOptions): string[] => {
  const { document, problems } = read(text)
  if (document === undefined || problems.length > 0) throw new Error(problems[0]?.message ?? 'nothing was read')
  return check(document, options).map(({ rule, severity }) => `${severity} ${rule}`)
}

describe('errors', () => {
  test.each(rows(errors))('$mistake', ({ text, rule, options }) => {
    expect(found(text, options)).toEqual([`error policy/${rule}`])
  })
})

describe('warnings', () => {
  test.each(rows(warnings))('$mistake', ({ text, rule, options }) => {
    expect(found(text, options)).toEqual([`warning policy/${rule}`])
  })
})

describe('a named value may stand for any typed value', () => {
  test.each([
    ['a number', inbound(call('timeout="{{timeout}}"'))],
    ['a flag', inbound(call('timeout="5" ignore-error="{{ignore}}"'))],
    ['one of a few words', inbound('<set-header name="a" exists-action="{{action}}"><value>b</value></set-header>')],
    ['what takes no expression', inbound('<include-fragment fragment-id="{{fragment}}" />')],
    ['a condition', inbound(`<choose><when condition="{{on}}">${header('a')}</when></choose>`)],
    ['a piece of code', inbound(header('@({{code}})'))],
    ['what decides about others', inbound(authorization('identity-type="{{type}}"'))],
    ['a number in a range', inbound('<rate-limit calls="{{calls}}" renewal-period="{{period}}" />')],
    ['a secret', inbound('<authentication-basic username="a" password="{{password}}" />')],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([])
  })
})
