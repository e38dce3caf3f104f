import { createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { policyBuilders, type PolicyName } from '@apim-kit/policy-dsl'
import {
  backendAppId,
  clientAppId,
  document,
  startTestGateway,
  strangerAppId,
  tenantId,
  type BackendRequest,
  type TestGateway,
} from '../../../test/test-gateway.js'
import type { BackendProperties } from '../../emulator-context.js'
import { behaviours, type RunnablePolicy } from './index.js'

/** What a case looks at after its request. */
interface Outcome {
  readonly status: number
  readonly headers: Headers
  readonly body: string
  /** What reached the backend; undefined when nothing did. */
  readonly backend: BackendRequest | undefined
  readonly gateway: TestGateway
}

/** One request through one document. */
interface Case {
  readonly what: string
  readonly inbound?: string
  readonly backend?: string
  readonly outbound?: string
  readonly onError?: string
  /** Method and path below the API. Default: `GET /orders/4711?color=red&size=2`. */
  readonly request?: string
  readonly headers?: Readonly<Record<string, string>> | ((gateway: TestGateway) => Promise<Record<string, string>>)
  readonly body?: string
  readonly see: (outcome: Outcome) => void
}

const json = (body: string): Record<string, unknown> => JSON.parse(body) as Record<string, unknown>
const fieldOf = (request: BackendRequest | undefined, name: string): string | undefined =>
  request?.headers.find(([field]) => field.toLowerCase() === name.toLowerCase())?.[1]

/** Shows an expression's text to the test, as a header of the answer. */
const show = (expression: string): string => `<set-header name="X-Shown"><value>@(${expression})</value></set-header>`
const shown = ({ headers }: Outcome): string | null => headers.get('X-Shown')

/** Tells a test what on-error saw. */
const lastError = show('context.LastError.Source + "|" + context.LastError.Reason + "|" + context.LastError.Message')

const notFound = 'http://127.0.0.1:1/'

const cases: Readonly<Record<RunnablePolicy | 'base', readonly Case[]>> = {
  base: [
    {
      what: 'forwards by the document of the service where it stands in backend',
      backend: '<base />',
      see: ({ status, backend }) => {
        expect(status).toBe(200)
        expect(backend?.url).toBe('/base/orders/4711?color=red&size=2')
      },
    },
  ],
  'set-header': [
    {
      what: 'overrides by default',
      inbound: '<set-header name="X-Name"><value>new</value></set-header>',
      headers: { 'x-name': 'old' },
      see: ({ backend }) => expect(fieldOf(backend, 'X-Name')).toBe('new'),
    },
    {
      what: 'adds a header that is not there, with several values in one line',
      inbound: '<set-header name="X-Name" exists-action="skip"><value>a</value><value>b</value></set-header>',
      see: ({ backend }) => expect(fieldOf(backend, 'X-Name')).toBe('a, b'),
    },
    {
      what: 'skips a header that is there',
      inbound: '<set-header name="X-Name" exists-action="skip"><value>new</value></set-header>',
      headers: { 'x-name': 'old' },
      see: ({ backend }) => expect(fieldOf(backend, 'X-Name')).toBe('old'),
    },
    {
      what: 'appends values to those that are there',
      inbound: '<set-header name="X-Name" exists-action="append"><value>new</value></set-header>',
      headers: { 'x-name': 'old' },
      see: ({ backend }) => expect(fieldOf(backend, 'X-Name')).toBe('old, new'),
    },
    {
      what: 'deletes, whatever the case of the name',
      inbound: '<set-header name="X-NAME" exists-action="delete" />',
      headers: { 'x-name': 'old' },
      see: ({ backend }) => expect(fieldOf(backend, 'X-Name')).toBeUndefined(),
    },
    {
      what: 'changes the response in outbound and keeps Set-Cookie in lines of its own',
      outbound:
        '<base /><set-header name="Set-Cookie" exists-action="append"><value>a=1</value><value>b=2</value></set-header>',
      see: ({ headers, backend }) => {
        expect(headers.getSetCookie()).toEqual(['a=1', 'b=2'])
        expect(fieldOf(backend, 'Set-Cookie')).toBeUndefined()
      },
    },
    {
      what: 'sends a Host that a policy set, and else the backend’s',
      inbound: '<set-header name="Host"><value>other.example</value></set-header>',
      see: ({ backend }) => expect(fieldOf(backend, 'Host')).toBe('other.example'),
    },
    {
      what: 'leaves alone what belongs to the connection',
      inbound: '<set-header name="Content-Length"><value>99</value></set-header>',
      see: ({ status, backend }) => {
        expect(status).toBe(200)
        expect(fieldOf(backend, 'Content-Length')).toBeUndefined()
      },
    },
    {
      what: 'refuses a value that would make another header',
      inbound: '<set-header name="X-Name"><value>@("a\\r\\nX-Evil: 1")</value></set-header>',
      onError: `<base />${lastError}`,
      see: (outcome) => {
        expect(outcome.status).toBe(500)
        expect(shown(outcome)).toContain('set-header|ExpressionValueValidationFailure|')
      },
    },
  ],
  'set-variable': [
    {
      what: 'stores a literal as text',
      inbound: '<set-variable name="v" value="5" />',
      outbound: `<base />${show('((string)context.Variables["v"]) + 1')}`,
      see: (outcome) => expect(shown(outcome)).toBe('51'),
    },
    {
      what: 'keeps the type of an expression’s value',
      inbound: '<set-variable name="v" value="@(5)" />',
      outbound: `<base />${show('((int)context.Variables["v"]) + 1')}`,
      see: (outcome) => expect(shown(outcome)).toBe('6'),
    },
    {
      what: 'stores null',
      inbound: '<set-variable name="v" value="@((string)null)" />',
      outbound: `<base />${show('context.Variables.ContainsKey("v") && context.Variables["v"] == null')}`,
      see: (outcome) => expect(shown(outcome)).toBe('True'),
    },
  ],
  'set-body': [
    {
      what: 'sets the request body in inbound',
      inbound: '<set-body>changed</set-body>',
      request: 'POST /orders',
      body: 'original',
      see: ({ backend }) => {
        expect(backend?.body).toBe('changed')
        expect(fieldOf(backend, 'Content-Length')).toBe('7')
      },
    },
    {
      what: 'sets the response body in outbound',
      outbound: '<base /><set-body>@("{ \\"ok\\": " + true.ToString().ToLower() + " }")</set-body>',
      see: ({ body, headers }) => {
        expect(body).toBe('{ "ok": true }')
        expect(headers.get('Content-Length')).toBe('14')
      },
    },
    {
      what: 'builds the body from the one that is there',
      inbound: '<set-body>@(context.Request.Body.As<string>() + "!")</set-body>',
      request: 'POST /orders',
      body: 'hello',
      see: ({ backend }) => expect(backend?.body).toBe('hello!'),
    },
    {
      what: 'sets the body of an error in on-error',
      inbound: '<set-backend-service base-url="nonsense" />',
      onError: '<base /><set-body>sorry</set-body>',
      see: ({ status, body }) => expect([status, body]).toEqual([500, 'sorry']),
    },
  ],
  'set-status': [
    {
      what: 'sets code and reason',
      outbound: '<base /><set-status code="202" reason="Taken" />',
      see: ({ status }) => expect(status).toBe(202),
    },
    {
      what: 'takes the code from an expression',
      outbound: '<base /><set-status code="@(context.Response.StatusCode + 1)" reason="Created" />',
      see: ({ status }) => expect(status).toBe(201),
    },
    {
      what: 'refuses a code that is none',
      outbound: '<base /><set-status code="@(42)" />',
      see: ({ status }) => expect(status).toBe(500),
    },
  ],
  'set-method': [
    {
      what: 'changes the method of the request to the backend',
      inbound: '<set-method>PUT</set-method>',
      outbound: `<base />${show('context.Request.OriginalMethod')}`,
      see: (outcome) => {
        expect(outcome.backend?.method).toBe('PUT')
        expect(shown(outcome)).toBe('GET')
      },
    },
  ],
  'return-response': [
    {
      what: 'answers 200 without a body by default, and nothing else runs',
      inbound: '<return-response /><set-backend-service base-url="nonsense" />',
      outbound: '<base /><set-status code="500" />',
      see: ({ status, body, backend }) => {
        expect([status, body, backend]).toEqual([200, '', undefined])
      },
    },
    {
      what: 'applies its children',
      inbound:
        '<return-response><set-status code="401" reason="Nope" /><set-header name="X-Why"><value>because</value></set-header><set-body>go away</set-body></return-response>',
      see: ({ status, headers, body }) => {
        expect([status, headers.get('X-Why'), body]).toEqual([401, 'because', 'go away'])
      },
    },
    {
      what: 'starts from the response in a variable and leaves that one as it is',
      inbound: `<send-request mode="new" response-variable-name="r"><set-url>https://backend.test/token</set-url><set-method>GET</set-method></send-request>
        <return-response response-variable-name="r"><set-status code="203" /></return-response>`,
      see: ({ status, headers, body }) => {
        expect([status, headers.get('X-Backend'), json(body)['url']]).toEqual([203, 'yes', '/token'])
      },
    },
    {
      what: 'ends also the request inside of a choose, in outbound and in on-error',
      outbound:
        '<base /><choose><when condition="@(true)"><return-response><set-status code="299" /></return-response></when></choose><set-status code="500" />',
      see: ({ status }) => expect(status).toBe(299),
    },
    {
      what: 'fails for a variable without a response',
      inbound: '<return-response response-variable-name="nothing" />',
      see: ({ status }) => expect(status).toBe(500),
    },
  ],
  'include-fragment': [
    {
      what: 'runs the policies of the fragment',
      inbound: '<include-fragment fragment-id="mark" />',
      see: ({ backend }) => expect(backend?.headers).toContainEqual(['X-Mark', 'fragment']),
    },
  ],
  'set-backend-service': [
    {
      what: 'replaces the base address and keeps path and query',
      inbound: '<set-backend-service base-url="https://backend.test/v2/" />',
      see: ({ backend }) => expect(backend?.url).toBe('/v2/orders/4711?color=red&size=2'),
    },
    {
      what: 'takes an expression, and the last one wins',
      inbound:
        '<set-backend-service base-url="https://other.example" /><set-backend-service base-url="@("https://backend." + "test")" />',
      outbound: `<base />${show('context.Request.Url.Host + context.Request.Url.Path')}`,
      see: (outcome) => {
        expect(outcome.backend?.url).toBe('/orders/4711?color=red&size=2')
        expect(shown(outcome)).toBe('backend.test/orders/4711')
      },
    },
    {
      what: 'takes a backend by name, with its address',
      inbound: '<set-backend-service backend-id="@("pl" + "ain")" />',
      outbound: `<base />${show('context.Backend.Id')}`,
      see: (outcome) => {
        expect(outcome.backend?.url).toBe('/plain/orders/4711?color=red&size=2')
        expect(shown(outcome)).toBe('plain')
      },
    },
    {
      what: 'adds the credentials of the backend, named values filled in',
      inbound: '<set-backend-service backend-id="guarded" />',
      headers: { Authorization: 'Bearer caller', 'x-functions-key': 'caller' },
      see: ({ backend }) => {
        expect(backend?.url).toBe('/guarded/orders/4711?fixed=1&color=red&size=2&c%20ode=secret%26')
        const fields = backend?.headers.filter(([name]) => /^(authorization|x-functions-key|x-two)$/i.test(name))
        expect(fields).toEqual([
          ['X-Functions-Key', 'secret'],
          ['X-Two', '1'],
          ['X-Two', '2'],
          ['Authorization', 'Basic secret'],
        ])
      },
    },
    {
      what: 'sends no credentials when an address of the same scope came after',
      inbound: '<set-backend-service backend-id="guarded" /><set-backend-service base-url="https://backend.test" />',
      see: ({ backend }) => {
        expect(backend?.url).toBe('/orders/4711?color=red&size=2')
        expect(backend?.headers.map(([name]) => name)).not.toContain('Authorization')
      },
    },
    {
      what: 'refuses an address that is none',
      inbound: '<set-backend-service base-url="nonsense" />',
      see: ({ status, backend }) => expect([status, backend]).toEqual([500, undefined]),
    },
  ],
  'rewrite-uri': [
    {
      what: 'fills parameters and copies the rest of the query',
      inbound: '<rewrite-uri template="/v2/{id}?mode=fast" />',
      see: ({ backend }) => expect(backend?.url).toBe('/base/v2/4711?mode=fast&size=2'),
    },
    {
      what: 'drops the rest of the query when told so',
      inbound: '<rewrite-uri template="/put" copy-unmatched-params="false" />',
      see: ({ backend }) => expect(backend?.url).toBe('/base/put'),
    },
    {
      what: 'prefers a parameter that the template writes, and knows those of the query',
      inbound: '<rewrite-uri template="/put?size=9&amp;c={color}" />',
      see: ({ backend }) => expect(backend?.url).toBe('/base/put?size=9&c=red'),
    },
    {
      what: 'keeps the encoding of values and the caller’s address',
      inbound: '<rewrite-uri template="/x/{id}" />',
      outbound: `<base />${show('context.Request.OriginalUrl.Path + " " + context.Request.MatchedParameters["id"]')}`,
      request: 'GET /orders/a%2Fb?color=red',
      see: (outcome) => {
        expect(outcome.backend?.url).toBe('/base/x/a%2Fb')
        expect(shown(outcome)).toBe('/shop/orders/a%2Fb a/b')
      },
    },
    {
      what: 'fails for a parameter that the operation does not have',
      inbound: '<rewrite-uri template="@("/x/{" + "nope}")" />',
      see: ({ status, backend }) => expect([status, backend]).toEqual([500, undefined]),
    },
  ],
  choose: [
    {
      what: 'runs the first branch whose condition is true, and evaluates no condition after it',
      inbound: `<choose>
        <when condition="false"><set-header name="X-Branch"><value>1</value></set-header></when>
        <when condition="@(context.Request.Method == "GET")"><set-header name="X-Branch"><value>2</value></set-header></when>
        <when condition="@(int.Parse("x") > 0)"><set-header name="X-Branch"><value>3</value></set-header></when>
        <otherwise><set-header name="X-Branch"><value>other</value></set-header></otherwise></choose>`,
      see: ({ backend }) => expect(fieldOf(backend, 'X-Branch')).toBe('2'),
    },
    {
      what: 'runs otherwise when no condition is true',
      inbound:
        '<choose><when condition="@(false)" /><otherwise><set-header name="X-Branch"><value>other</value></set-header></otherwise></choose>',
      see: ({ backend }) => expect(fieldOf(backend, 'X-Branch')).toBe('other'),
    },
    {
      what: 'does nothing without a true condition',
      inbound: '<choose><when condition="false" /></choose>',
      see: ({ status }) => expect(status).toBe(200),
    },
    {
      what: 'fails with the path of the branch when a condition throws',
      inbound:
        '<choose><when condition="false" /></choose><choose><when condition="@(false)" /><when condition="@(int.Parse("x") > 0)" /></choose>',
      onError: `<base />${show('context.LastError.Source + "|" + context.LastError.Reason + "|" + context.LastError.Path')}`,
      see: (outcome) => expect(shown(outcome)).toBe('choose|ExpressionValueEvaluationFailure|choose[2]/when[2]'),
    },
  ],
  'send-request': [
    {
      what: 'sends what its children say and keeps the answer, without touching the request',
      inbound: `<send-request mode="new" response-variable-name="r" timeout="10">
          <set-url>@("https://backend.test/" + "token")</set-url><set-method>POST</set-method>
          <set-header name="Content-Type" exists-action="override"><value>text/plain</value></set-header>
          <set-body>@("secret=" + "x")</set-body>
        </send-request>
        <return-response><set-body>@(((IResponse)context.Variables["r"]).Body.As<string>())</set-body></return-response>`,
      headers: { 'X-Caller': 'yes' },
      see: ({ body }) => {
        const seen = JSON.parse(body) as BackendRequest
        expect(seen).toMatchObject({ method: 'POST', url: '/token', body: 'secret=x' })
        expect(fieldOf(seen, 'Content-Type')).toBe('text/plain')
        expect(fieldOf(seen, 'X-Caller')).toBeUndefined()
      },
    },
    {
      what: 'starts from the current request with mode copy, and the body stays',
      inbound: `<send-request mode="copy" response-variable-name="r"><set-url>https://backend.test/copy</set-url></send-request>`,
      request: 'POST /orders',
      headers: { 'X-Caller': 'yes' },
      body: 'hello',
      see: ({ gateway, backend }) => {
        const copy = gateway.received[0]
        expect(copy).toMatchObject({ method: 'POST', url: '/copy', body: 'hello' })
        expect(fieldOf(copy, 'X-Caller')).toBe('yes')
        expect(fieldOf(copy, 'Host')).toBe('backend.test')
        expect(backend).toMatchObject({ method: 'POST', url: '/base/orders', body: 'hello' })
      },
    },
    {
      what: 'takes any status for an answer',
      inbound: `<send-request mode="new" response-variable-name="r"><set-url>https://contoso.azure-api.net/nothing</set-url><set-method>GET</set-method></send-request>
        <return-response><set-body>@(((IResponse)context.Variables["r"]).StatusCode.ToString())</set-body></return-response>`,
      see: ({ status, body }) => expect([status, body]).toEqual([200, '404']),
    },
    {
      what: 'fails when nothing answers',
      inbound: `<send-request mode="new" response-variable-name="r"><set-url>${notFound}</set-url><set-method>GET</set-method></send-request>`,
      onError: `<base />${lastError}`,
      see: (outcome) => {
        expect(outcome.status).toBe(500)
        expect(shown(outcome)).toMatch(/^send-request\|BackendConnectionFailure\|/)
      },
    },
    {
      what: 'stores null instead with ignore-error',
      inbound: `<send-request mode="new" response-variable-name="r" ignore-error="true"><set-url>${notFound}</set-url><set-method>GET</set-method></send-request>`,
      outbound: `<base />${show('context.Variables["r"] == null')}`,
      see: (outcome) => expect([outcome.status, shown(outcome)]).toEqual([200, 'True']),
    },
  ],
  'cache-lookup-value': [
    {
      what: 'makes no variable without a hit',
      inbound: '<cache-lookup-value key="none" variable-name="v" />',
      outbound: `<base />${show('context.Variables.ContainsKey("v")')}`,
      see: (outcome) => expect(shown(outcome)).toBe('False'),
    },
    {
      what: 'takes the default without a hit, with its type',
      inbound: '<cache-lookup-value key="none" default-value="@(7)" variable-name="v" />',
      outbound: `<base />${show('(int)context.Variables["v"]')}`,
      see: (outcome) => expect(shown(outcome)).toBe('7'),
    },
  ],
  'cache-store-value': [
    {
      what: 'keeps a value with its type for the duration, on the emulator’s clock',
      inbound:
        '<cache-store-value key="@("k" + 1)" value="@(41)" duration="@(60)" /><cache-lookup-value key="k1" variable-name="v" />',
      outbound: `<base />${show('(int)context.Variables["v"] + 1')}`,
      see: (outcome) => expect(shown(outcome)).toBe('42'),
    },
  ],
  'cache-remove-value': [
    {
      what: 'removes a value, and a key that is not there is no error',
      inbound: `<cache-store-value key="gone" value="x" duration="60" /><cache-remove-value key="gone" /><cache-remove-value key="gone" />
        <cache-lookup-value key="gone" variable-name="v" />`,
      outbound: `<base />${show('context.Variables.ContainsKey("v")')}`,
      see: (outcome) => expect([outcome.status, shown(outcome)]).toEqual([200, 'False']),
    },
  ],
  trace: [
    {
      what: 'is kept with the request and changes nothing',
      inbound:
        '<trace source="orders" severity="error"><message>@("order " + context.Request.MatchedParameters["id"])</message><metadata name="Order" value="4711" /></trace>',
      see: ({ status, gateway }) => {
        expect(status).toBe(200)
        expect(gateway.gateway.traces.at(-1)?.messages).toEqual([
          { source: 'orders', severity: 'error', message: 'order 4711', metadata: { Order: '4711' } },
        ])
      },
    },
    {
      what: 'fails for an empty value of a metadata',
      inbound: '<trace source="orders"><message>x</message><metadata name="Order" value="@("")" /></trace>',
      onError: `<base />${lastError}`,
      see: (outcome) => expect(shown(outcome)).toMatch(/^trace\|ExpressionValueValidationFailure\|/),
    },
  ],
  'get-authorization-context': [
    {
      what: 'puts the connection’s token into the variable, and adds no header by itself',
      inbound:
        '<get-authorization-context provider-id="credential-provider" authorization-id="client-connection" context-variable-name="auth" />',
      outbound: `<base />${show('((Authorization)context.Variables["auth"]).AccessToken.AsJwt().Claims["roles"][0] + " " + (string)((Authorization)context.Variables["auth"]).Claims["token_type"] + " " + (Convert.ToInt32(((Authorization)context.Variables["auth"]).Claims["expires_in"]) > 3000)')}`,
      see: (outcome) => {
        expect(shown(outcome)).toBe('Sample.Read Bearer True')
        expect(fieldOf(outcome.backend, 'Authorization')).toBeUndefined()
      },
    },
    {
      what: 'gives the article’s header',
      inbound: `<get-authorization-context provider-id="credential-provider" authorization-id="client-connection" context-variable-name="auth-context" identity-type="managed" ignore-error="false" />
        <set-header name="Authorization" exists-action="override">
          <value>@("Bearer " + ((Authorization)context.Variables.GetValueOrDefault("auth-context"))?.AccessToken)</value>
        </set-header>`,
      headers: { Authorization: 'Bearer of-the-caller' },
      see: ({ backend }) => expect(fieldOf(backend, 'Authorization')).toMatch(/^Bearer ey[\w-]+\.[\w-]+\.[\w-]+$/),
    },
    {
      what: 'takes the identity of a token with identity-type jwt',
      inbound:
        '<get-authorization-context provider-id="credential-provider" authorization-id="client-connection" context-variable-name="auth" identity-type="jwt" identity="nonsense" />',
      see: ({ status }) => expect(status).toBe(500),
    },
    {
      what: 'answers 500 when the connection gives no token, and on-error sees why',
      inbound:
        '<get-authorization-context provider-id="credential-provider" authorization-id="closed-connection" context-variable-name="auth" identity-type="managed" ignore-error="false" />',
      onError: `<base />${lastError}`,
      see: (outcome) => {
        expect(outcome.status).toBe(500)
        expect(json(outcome.body)).toEqual({
          statusCode: 500,
          message: 'Internal server error',
          activityId: expect.any(String) as string,
        })
        expect(shown(outcome)).toMatch(/^get-authorization-context\|\|Permission denied\./)
        expect(outcome.backend).toBeUndefined()
      },
    },
    {
      what: 'stores null and goes on with ignore-error',
      inbound:
        '<get-authorization-context provider-id="nobody" authorization-id="client-connection" context-variable-name="auth" ignore-error="true" />',
      outbound: `<base />${show('context.Variables.ContainsKey("auth") && context.Variables["auth"] == null')}`,
      see: (outcome) => expect([outcome.status, shown(outcome)]).toEqual([200, 'True']),
    },
  ],
  'forward-request': [
    {
      what: 'sends the request to the backend, with the caller’s address and without its Host',
      backend: '<forward-request timeout="20" />',
      headers: { 'X-Forwarded-For': '10.0.0.1', Authorization: 'Bearer as-it-came' },
      see: ({ backend, body, headers }) => {
        expect(backend).toMatchObject({ method: 'GET', url: '/base/orders/4711?color=red&size=2', body: '' })
        expect(fieldOf(backend, 'X-Forwarded-For')).toBe('10.0.0.1, 127.0.0.1')
        expect(fieldOf(backend, 'Host')).toBe('backend.test')
        expect(fieldOf(backend, 'Authorization')).toBe('Bearer as-it-came')
        expect(headers.get('X-Backend')).toBe('yes')
        expect(JSON.parse(body)).toEqual(backend)
      },
    },
    {
      what: 'makes an error of a bad status when told so',
      inbound: '<set-backend-service base-url="https://contoso.azure-api.net/nothing" />',
      backend: '<forward-request fail-on-error-status-code="true" />',
      onError: `<base />${lastError}`,
      see: (outcome) => {
        expect(outcome.status).toBe(404)
        expect(shown(outcome)).toBe('forward-request||The backend answered 404.')
      },
    },
    {
      what: 'passes a bad status on otherwise',
      inbound: '<set-backend-service base-url="https://contoso.azure-api.net/nothing" />',
      see: ({ status, body }) => expect([status, json(body)['message']]).toEqual([404, 'Resource not found']),
    },
    {
      what: 'fails when nothing answers',
      inbound: `<set-backend-service base-url="${notFound}" />`,
      onError: `<base />${lastError}`,
      see: (outcome) => {
        expect(outcome.status).toBe(500)
        expect(shown(outcome)).toMatch(/^forward-request\|BackendConnectionFailure\|/)
      },
    },
  ],
  'validate-azure-ad-token': tokenCases(),
}

function tokenCases(): readonly Case[] {
  const policy = (inner = '', attributes = '') =>
    `<validate-azure-ad-token tenant-id="${tenantId}"${attributes}>${inner}</validate-azure-ad-token>`
  const audience = '<audiences><audience>api://backend</audience></audiences>'
  const roles = (match: string, ...values: string[]) =>
    `${audience}<required-claims><claim name="roles" match="${match}">${values.map((value) => `<value>${value}</value>`).join('')}</claim></required-claims>`
  const token =
    (appId = clientAppId, resource = 'api://backend') =>
    async ({ identity }: TestGateway) => ({ Authorization: `Bearer ${await identity.issueToken({ appId, resource })}` })
  const refused = (status: number, message: string | RegExp) => (outcome: Outcome) => {
    expect(outcome.status).toBe(status)
    expect(json(outcome.body)).toEqual({ statusCode: status, message: expect.stringMatching(message) as string })
    expect(outcome.backend).toBeUndefined()
  }
  const passes = ({ status }: Outcome): void => expect(status).toBe(200)
  return [
    {
      what: 'refuses a request without a token',
      inbound: policy(audience),
      onError: `<base />${lastError}`,
      see: (outcome) => {
        refused(401, /^JWT not present\.$/)(outcome)
        expect(shown(outcome)).toBe('validate-azure-ad-token|TokenNotPresent|JWT not present.')
      },
    },
    { what: 'lets a token of the tenant pass', inbound: policy(audience), headers: token(), see: passes },
    {
      what: 'knows the application by its id',
      inbound: policy(
        `<client-application-ids><application-id>${clientAppId}</application-id></client-application-ids>`,
      ),
      headers: token(),
      see: passes,
    },
    {
      what: 'refuses another application',
      inbound: policy(
        `<client-application-ids><application-id>${clientAppId}</application-id></client-application-ids>`,
      ),
      headers: token(strangerAppId),
      see: refused(401, new RegExp(`^Claim appid value of ${strangerAppId} is not allowed\\. Access denied\\.$`)),
    },
    {
      what: 'refuses a token for another audience',
      inbound: policy(audience),
      headers: token(clientAppId, 'api://other'),
      onError: `<base />${show('context.LastError.Reason')}`,
      see: (outcome) => {
        refused(401, /api:\/\/other/)(outcome)
        expect(shown(outcome)).toBe('TokenAudienceNotAllowed')
      },
    },
    { what: 'wants all claims', inbound: policy(roles('all', 'Sample.Read')), headers: token(), see: passes },
    {
      what: 'refuses when one of all is missing',
      inbound: policy(roles('all', 'Sample.Read', 'Sample.Write')),
      headers: token(),
      see: refused(401, /^Claim roles value of Sample\.Read is not allowed\. Access denied\.$/),
    },
    {
      what: 'is content with any of the claims',
      inbound: policy(roles('any', 'Sample.Read', 'Sample.Write')),
      headers: token(),
      see: passes,
    },
    {
      what: 'refuses a token without the claim',
      inbound: policy(roles('any', 'Sample.Read')),
      headers: token(strangerAppId),
      see: refused(401, /^JWT is missing the following claims: roles\. Access denied\.$/),
    },
    {
      what: 'splits a claim at its separator',
      inbound: policy(
        `<required-claims><claim name="iss" match="any" separator="/"><value>sts.windows.net</value></claim></required-claims>`,
      ),
      headers: token(),
      see: passes,
    },
    {
      what: 'refuses a tampered token',
      inbound: policy(audience),
      headers: async (gateway) => {
        const { Authorization } = await token()(gateway)
        const [header, , signature] = Authorization.split('.')
        const payload = Buffer.from('{"iss":"https://evil"}').toString('base64url')
        return { Authorization: [header, payload, signature].join('.') }
      },
      onError: `<base />${show('context.LastError.Reason')}`,
      see: (outcome) => {
        refused(401, /signature/)(outcome)
        expect(shown(outcome)).toBe('TokenSignatureInvalid')
      },
    },
    {
      what: 'refuses an unsigned token',
      inbound: policy(audience),
      headers: {
        Authorization: `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.`,
      },
      see: refused(401, /JWT/),
    },
    {
      what: 'refuses what is no token',
      inbound: policy(audience),
      headers: { Authorization: 'Bearer nonsense' },
      see: refused(401, /JWT/),
    },
    {
      what: 'wants the Bearer scheme in the default header',
      inbound: policy(audience),
      headers: { Authorization: 'Basic eDp5' },
      see: refused(401, /^JWT not present\.$/),
    },
    {
      what: 'answers with the status and message of the policy',
      inbound: policy(audience, ' failed-validation-httpcode="403" failed-validation-error-message="Stay out."'),
      see: refused(403, /^Stay out\.$/),
    },
    {
      what: 'hands over the token as a Jwt',
      inbound: policy(audience, ' output-token-variable-name="jwt"'),
      headers: token(),
      outbound: `<base />${show('((Jwt)context.Variables["jwt"]).Claims["roles"][0] + " " + ((Jwt)context.Variables["jwt"]).Claims["appid"][0]')}`,
      see: (outcome) => expect(shown(outcome)).toBe(`Sample.Read ${clientAppId}`),
    },
    {
      what: 'reads the token from another header, a query parameter, or a value',
      inbound:
        policy(audience, ' header-name="X-Token"') +
        policy(audience, ' token-value="@(context.Request.Headers.GetValueOrDefault("X-Token",""))"'),
      headers: async (gateway) => ({ 'X-Token': (await token()(gateway)).Authorization.replace('Bearer ', '') }),
      see: passes,
    },
    {
      what: 'takes an audience by the id of the backend application',
      inbound: policy(
        `<backend-application-ids><application-id>${backendAppId}</application-id></backend-application-ids>`,
      ),
      headers: token(clientAppId, backendAppId),
      see: passes,
    },
    {
      what: 'fails when the tenant is not known',
      inbound: `<validate-azure-ad-token tenant-id="00000000-1111-2222-3333-444444444444">${audience}</validate-azure-ad-token>`,
      headers: token(),
      see: ({ status }) => expect(status).toBe(500),
    },
  ]
}

/** What the cases name. */
const fragments = { mark: '<fragment><set-header name="X-Mark"><value>fragment</value></set-header></fragment>' }
const backends: Readonly<Record<string, BackendProperties>> = {
  plain: { type: 'Single', url: 'https://backend.test/plain/' },
  guarded: {
    type: 'Single',
    url: 'https://backend.test/guarded?fixed=1',
    credentials: {
      header: { 'X-Functions-Key': ['{{key}}'], 'X-Two': ['1', '2'] },
      query: { 'c ode': ['{{key}}&'] },
      authorization: { scheme: 'Basic', parameter: '{{key}}' },
    },
  },
}

describe('policies', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
  })
  beforeEach(() => gateway.received.splice(0))
  afterAll(() => gateway.close())

  async function run(each: Case): Promise<Outcome> {
    const [method = '', path = ''] = (each.request ?? 'GET /orders/4711?color=red&size=2').split(' ')
    const policy = document(each)
    const faults = gateway.gateway.check({ text: policy, format: 'rawxml' }, { scope: 'operation' })
    expect(faults.filter(({ severity }) => severity === 'error')).toEqual([])
    const operations = { 'GET /orders/{id}?color={color}': policy, 'POST /orders': policy }
    gateway.deploy({ apis: { shop: { operations } }, fragments, backends, namedValues: { key: 'secret' } })
    const headers = typeof each.headers === 'function' ? await each.headers(gateway) : each.headers
    const answer = await gateway.call(`/shop${path}`, {
      method,
      ...(headers === undefined ? {} : { headers }),
      ...(each.body === undefined ? {} : { body: each.body }),
    })
    return {
      status: answer.status,
      headers: answer.headers,
      body: await answer.text(),
      backend: gateway.received.at(-1),
      gateway,
    }
  }

  for (const [name, each] of Object.entries(cases)) {
    describe(name, () => {
      it.each([...each])('$what', async (one) => one.see(await run(one)))
    })
  }

  // Those of GraphQL resolvers stand in no section, so that the checker refuses them before.
  const refused = Object.entries(behaviours).filter(
    ([name]) =>
      !Object.hasOwn(cases, name) && policyBuilders[name as PolicyName].definition.description.sections.length > 0,
  )

  it.each(refused)('%s is refused by name when its document is saved', (name, behaviour) => {
    const { sections, scopes, examples } = policyBuilders[name as PolicyName].definition.description
    const [section = 'inbound'] = sections
    const [scope = 'global'] = scopes
    const text = `<policies><${section}>${examples[0]?.xml ?? ''}</${section}></policies>`
    expect(gateway.gateway.check({ text, format: 'rawxml' }, { scope })).toContainEqual(
      expect.objectContaining({
        rule: 'emulator/not-supported',
        severity: 'error',
        message: `${name} cannot be run: ${'why' in behaviour ? behaviour.why : ''}.`,
      }),
    )
  })

  it('keeps cached values on the emulator’s clock, across requests', async () => {
    const operations = {
      'POST /store': document({ inbound: '<cache-store-value key="k" value="x" duration="60" /><return-response />' }),
      'GET /look': document({
        inbound: `<cache-lookup-value key="k" variable-name="v" default-value="none" /><return-response>
          <set-body>@((string)context.Variables["v"])</set-body></return-response>`,
      }),
    }
    gateway.deploy({ apis: { shop: { operations } } })
    const look = async () => (await gateway.call('/shop/look')).text()
    await gateway.call('/shop/store', { method: 'POST' })
    gateway.clock.advance({ seconds: 59 })
    expect(await look()).toBe('x')
    gateway.clock.advance({ seconds: 2 })
    expect(await look()).toBe('none')
  })

  it('refuses tokens that expired on the emulator’s clock', async () => {
    const inbound = `<validate-azure-ad-token tenant-id="${tenantId}"><audiences><audience>api://backend</audience></audiences></validate-azure-ad-token>`
    gateway.deploy({ apis: { shop: { operations: { 'GET /': document({ inbound }) } } } })
    const token = await gateway.identity.issueToken({ appId: clientAppId, resource: 'api://backend' })
    const call = () => gateway.call('/shop', { headers: { Authorization: `Bearer ${token}` } })
    expect((await call()).status).toBe(200)
    gateway.clock.advance({ hours: 1, minutes: 1 })
    const late = await call()
    expect(late.status).toBe(401)
    expect(await late.json()).toMatchObject({ message: expect.stringMatching(/^The JWT expired at/) as string })
  })

  it('gives up a send-request after its timeout', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1')
    await new Promise((resolve) => silent.once('listening', resolve))
    const { port } = silent.address() as AddressInfo
    const inbound = `<send-request mode="new" response-variable-name="r" timeout="1"><set-url>http://127.0.0.1:${port}/</set-url><set-method>GET</set-method></send-request>`
    gateway.deploy({
      apis: { shop: { operations: { 'GET /': document({ inbound, onError: `<base />${lastError}` }) } } },
    })
    const answer = await gateway.call('/shop')
    expect(answer.status).toBe(500)
    expect(answer.headers.get('X-Shown')).toMatch(/^send-request\|Timeout\|/)
    silent.close()
  })
})
