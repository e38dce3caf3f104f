import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { document, startTestGateway, type TestGateway } from '../../test/test-gateway.js'

/** Everything that on-error can see of an error, as a header of the answer. */
const lastError = `<base /><set-header name="X-Last-Error"><value>@{
  var e = context.LastError;
  return string.Join("|", e.Source, e.Reason, e.Message, e.Scope, e.Section, e.Path, e.PolicyId, context.Response.StatusCode);
}</value></set-header>`

const echoed = async (answer: Response) =>
  (await answer.json()) as { readonly url: string; readonly headers: readonly (readonly [string, string])[] }

describe('a request', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
  })
  beforeEach(() => gateway.received.splice(0))
  afterAll(() => gateway.close())

  const deploy = (
    policy: string | undefined,
    more: { readonly onError?: string; readonly namedValues?: Readonly<Record<string, string>> } = {},
  ) =>
    gateway.deploy({
      policy: document({ backend: '<forward-request />', onError: more.onError ?? '' }),
      namedValues: more.namedValues ?? {},
      apis: { shop: { operations: { 'GET /': policy, 'POST /': policy, 'GET /{id}': policy, 'HEAD /': policy } } },
    })

  describe('that matches no operation', () => {
    it.each(['/nothing', '/shop/1/2', '/'])('gets 404 for %s', async (path) => {
      deploy(undefined)
      const answer = await gateway.call(path)
      expect(answer.status).toBe(404)
      expect(answer.headers.get('Content-Type')).toBe('application/json')
      expect(await answer.text()).toBe('{"statusCode":404,"message":"Resource not found"}')
    })

    it('runs the global on-error', async () => {
      deploy(undefined, { onError: lastError })
      expect((await gateway.call('/nothing')).headers.get('X-Last-Error')).toBe(
        'configuration|OperationNotFound|Unable to match incoming request to an operation.|||||404',
      )
    })
  })

  describe('to an API that wants a subscription', () => {
    beforeEach(() => {
      gateway.deploy({
        policy: document({ onError: lastError }),
        apis: { shop: { subscriptionRequired: true, operations: { 'GET /': undefined } } },
      })
    })

    it('gets 401 without a key', async () => {
      const answer = await gateway.call('/shop')
      expect(answer.status).toBe(401)
      expect(await answer.json()).toEqual({
        statusCode: 401,
        message:
          'Access denied due to missing subscription key. Make sure to include subscription key when making requests to this API.',
      })
      expect(answer.headers.get('WWW-Authenticate')).toMatch(/^AzureApiManagementKey realm=".*\/shop",name="Ocp-/)
      expect(answer.headers.get('X-Last-Error')).toMatch(/^authorization\|SubscriptionKeyNotFound\|/)
    })

    it.each([
      ['header', '/shop', { 'ocp-apim-subscription-key': 'x' }],
      ['query', '/shop?Subscription-Key=x', {}],
    ])('gets 401 with a key that nobody has, in the %s', async (_, path, headers) => {
      const answer = await gateway.call(path, { headers })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('X-Last-Error')).toMatch(/^authorization\|SubscriptionKeyInvalid\|/)
    })
  })

  describe('that meets an error', () => {
    it('tells on-error everything about it', async () => {
      deploy(
        document({
          inbound: `<base /><choose><when condition="false" /></choose><choose>
            <when condition="false" />
            <when condition="true"><set-backend-service id="to-nowhere" base-url="nonsense" /></when></choose>`,
          onError: '<base />',
        }),
        { onError: lastError },
      )
      const answer = await gateway.call('/shop')
      expect(answer.headers.get('X-Last-Error')).toBe(
        "set-backend-service||base-url is 'nonsense'; write an absolute http or https address.|operation|inbound|choose[2]/when[2]/set-backend-service|to-nowhere|500",
      )
    })

    it('gets the service’s own answer and no details', async () => {
      deploy(document({ inbound: '<set-variable name="v" value="@(int.Parse("secret"))" />' }))
      const answer = await gateway.call('/shop')
      expect(answer.status).toBe(500)
      expect(await answer.json()).toEqual({
        statusCode: 500,
        message: 'Internal server error',
        activityId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      })
    })

    it('skips what is left of the sections', async () => {
      deploy(
        document({
          inbound: '<set-backend-service base-url="nonsense" /><return-response />',
          outbound: '<return-response />',
        }),
      )
      expect((await gateway.call('/shop')).status).toBe(500)
      expect(gateway.received).toEqual([])
    })

    it('can be answered by on-error', async () => {
      deploy(
        document({
          inbound: '<set-backend-service base-url="nonsense" />',
          onError:
            '<return-response><set-status code="418" /><set-body>@(context.LastError.Source)</set-body></return-response>',
        }),
      )
      const answer = await gateway.call('/shop')
      expect([answer.status, await answer.text()]).toEqual([418, 'set-backend-service'])
    })

    it('gets the answer of an error in on-error, once', async () => {
      deploy(
        document({
          inbound: '<set-backend-service base-url="nonsense" />',
          onError: '<set-status code="@(int.Parse("x"))" /><set-body>never</set-body>',
        }),
      )
      const answer = await gateway.call('/shop')
      expect(answer.status).toBe(500)
      expect(await answer.json()).toMatchObject({ message: 'Internal server error' })
    })

    it('sees an error in outbound after the backend answered', async () => {
      deploy(document({ outbound: '<base /><set-body>@(((string)null).Trim())</set-body>' }), { onError: lastError })
      const answer = await gateway.call('/shop')
      expect(answer.status).toBe(500)
      expect(answer.headers.get('X-Last-Error')).toMatch(
        /^set-body\|ExpressionValueEvaluationFailure\|Expression evaluation failed\. .+\|operation\|outbound\|set-body\|\|500$/,
      )
      expect(answer.headers.get('X-Backend')).toBeNull()
    })
  })

  describe('and named values', () => {
    it('finds them in attributes, texts and expressions, whole or in part', async () => {
      deploy(
        document({
          inbound: `<base /><set-backend-service base-url="https://{{host}}/{{path}}" />
            <set-header name="X-{{suffix}}"><value>@("a {{word}} " + {{number}})</value></set-header>
            <set-header name="X-Code"><value>{{code}}</value></set-header>
            <choose><when condition="{{yes}}"><set-header name="X-Yes"><value>yes</value></set-header></when></choose>`,
        }),
        {
          namedValues: {
            host: 'backend.test',
            path: 'v3',
            suffix: 'Name',
            word: '{{host}}',
            number: '40 + 2',
            code: '@("ran " + 1)',
            yes: 'true',
          },
        },
      )
      const { url, headers } = await echoed(await gateway.call('/shop'))
      expect(url).toBe('/v3')
      expect(headers).toContainEqual(['X-Name', 'a {{host}} 402'])
      expect(headers).toContainEqual(['X-Code', 'ran 1'])
      expect(headers).toContainEqual(['X-Yes', 'yes'])
    })

    it('sees a change of a value', async () => {
      const policy = document({ inbound: '<base /><set-backend-service base-url="https://backend.test/{{v}}" />' })
      deploy(policy, { namedValues: { v: 'one' } })
      expect((await echoed(await gateway.call('/shop'))).url).toBe('/one')
      deploy(policy, { namedValues: { v: 'two' } })
      expect((await echoed(await gateway.call('/shop'))).url).toBe('/two')
    })

    it('fails by name when one is not there', async () => {
      deploy(document({ inbound: '<set-header name="X-Name"><value>{{gone}}</value></set-header>' }))
      const text = document({ inbound: '<set-header name="X-Name"><value>{{gone}}</value></set-header>' })
      expect(gateway.gateway.check({ text, format: 'rawxml' }, { scope: 'api' })).toContainEqual(
        expect.objectContaining({
          rule: 'policy/unknown-named-value',
          message: "Cannot find a property 'gone'",
          path: 'inbound/set-header',
        }),
      )
    })
  })

  describe('with bodies', () => {
    it('streams through when no policy reads them', async () => {
      const chunks: string[] = []
      const slow = await startTestGateway((request: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' })
        request.on('data', (chunk: Buffer) => {
          chunks.push(String(chunk))
          response.write(`saw ${String(chunk)}`)
        })
        request.on('end', () => response.end())
      })
      slow.deploy({ apis: { shop: { operations: { 'POST /': undefined } } } })
      const sent = httpRequest(`${slow.url}/shop`, { method: 'POST' })
      sent.write('one')
      const [answer] = (await once(sent, 'response')) as [IncomingMessage]
      expect(String((await once(answer, 'data'))[0])).toBe('saw one')
      sent.write('two')
      expect(String((await once(answer, 'data'))[0])).toBe('saw two')
      sent.end()
      await once(answer, 'end')
      expect(chunks).toEqual(['one', 'two'])
      await slow.close()
    })

    it('keeps a length that the caller gave', async () => {
      deploy(undefined)
      const { headers } = await echoed(await gateway.call('/shop', { method: 'POST', body: 'hello' }))
      expect(headers).toContainEqual(['Content-Length', '5'])
      expect(gateway.received[0]?.body).toBe('hello')
    })

    it('can be read by policies and are still forwarded', async () => {
      deploy(
        document({
          inbound:
            '<base /><set-variable name="size" value="@(context.Request.Body.As<string>(preserveContent: true).Length)" />',
          outbound:
            '<base /><set-header name="X-Sizes"><value>@(((int)context.Variables["size"]) + " " + context.Response.Body.As<string>(true).Contains("hello"))</value></set-header>',
        }),
      )
      const answer = await gateway.call('/shop', { method: 'POST', body: 'hello' })
      expect(answer.headers.get('X-Sizes')).toBe('5 True')
      expect(gateway.received[0]?.body).toBe('hello')
      expect((await answer.text()).length).toBeGreaterThan(10)
    })

    it('may be large, read or not', async () => {
      const body = 'x'.repeat(5_000_000)
      for (const inbound of ['<base />', '<base /><set-body>@(context.Request.Body.As<string>() + "y")</set-body>']) {
        gateway.received.splice(0)
        deploy(document({ inbound }))
        const answer = await gateway.call('/shop', { method: 'POST', body })
        expect((await answer.text()).length).toBeGreaterThan(body.length)
        expect(gateway.received[0]?.body.length).toBe(body.length + (inbound === '<base />' ? 0 : 1))
      }
    })

    it('answers HEAD with the backend’s headers alone', async () => {
      deploy(undefined)
      const answer = await gateway.call('/shop', { method: 'HEAD' })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('X-Backend')).toBe('yes')
      expect(await answer.text()).toBe('')
    })

    it('drops a body that a policy answers before reading', async () => {
      deploy(document({ inbound: '<return-response><set-body>done</set-body></return-response>' }))
      const answer = await gateway.call('/shop', { method: 'POST', body: 'x'.repeat(1_000_000) })
      expect(await answer.text()).toBe('done')
    })
  })

  describe('and its address', () => {
    it('cannot leave the path of the backend', async () => {
      deploy(undefined)
      const target = new URL(gateway.url)
      const socket = connect(Number(target.port), target.hostname)
      socket.end('GET /shop/%2e%2e/secret HTTP/1.1\r\nHost: x:1\r\nConnection: close\r\n\r\n')
      let text = ''
      for await (const chunk of socket) text += String(chunk)
      expect(text).toMatch(/^HTTP\/1\.1 404 /)
      expect(gateway.received).toEqual([])
    })

    it('goes through the gateway again for a name of the service', async () => {
      gateway.deploy({
        apis: {
          inner: {
            operations: {
              'GET /x': document({ inbound: '<return-response><set-body>inner</set-body></return-response>' }),
            },
          },
          outer: { serviceUrl: 'https://contoso.azure-api.net/inner', operations: { 'GET /x': undefined } },
        },
      })
      expect(await (await gateway.call('/outer/x')).text()).toBe('inner')
    })

    it('needs a backend to be forwarded to', async () => {
      gateway.deploy({
        policy: document({ backend: '<forward-request />', onError: lastError }),
        apis: { shop: { serviceUrl: null, operations: { 'GET /': undefined } } },
      })
      const answer = await gateway.call('/shop')
      expect(answer.status).toBe(500)
      expect(answer.headers.get('X-Last-Error')).toContain('There is no backend to forward to')
    })
  })

  it('shares nothing with another one', async () => {
    deploy(
      document({
        inbound: `<set-variable name="id" value="@(context.Request.MatchedParameters["id"])" />
          <send-request mode="new" response-variable-name="r"><set-url>@("https://backend.test/" + context.Variables["id"])</set-url><set-method>GET</set-method></send-request>
          <return-response><set-body>@(context.Variables["id"] + " " + ((IResponse)context.Variables["r"]).Body.As<JObject>()["url"])</set-body></return-response>`,
      }),
    )
    const ids = Array.from({ length: 50 }, (_, index) => `id-${index}`)
    const bodies = await Promise.all(ids.map(async (id) => (await gateway.call(`/shop/${id}`)).text()))
    expect(bodies).toEqual(ids.map((id) => `${id} /${id}`))
  })

  it('ends its backend call when the caller goes away', async () => {
    let closed: (() => void) | undefined
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve
    })
    const silent = await startTestGateway((request) => {
      request.socket.once('close', () => closed?.())
    })
    silent.deploy({ apis: { shop: { operations: { 'GET /': undefined } } } })
    const controller = new AbortController()
    const call = silent.call('/shop', { signal: controller.signal })
    setTimeout(() => controller.abort(), 50)
    await expect(call).rejects.toThrow(/abort/i)
    await isClosed
    await silent.close()
  })

  describe('leaves a trace', () => {
    it('of the policies that ran, without values', async () => {
      deploy(
        document({
          inbound: `<base /><choose><when condition="true"><set-header name="Authorization"><value>Bearer top-secret</value></set-header></when></choose>
            <trace source="test"><message>hello</message></trace>`,
        }),
      )
      await gateway.call('/shop?key=top-secret')
      const trace = gateway.gateway.traces.at(-1)
      expect(trace).toMatchObject({ method: 'GET', path: '/shop', api: 'shop', operation: 'GET /', status: 200 })
      expect(trace?.steps.map(({ section, scope, path }) => `${section} ${scope} ${path}`)).toEqual([
        'inbound operation choose',
        'inbound operation choose/when/set-header',
        'inbound operation trace',
        'backend global forward-request',
      ])
      expect(JSON.stringify(trace)).not.toContain('top-secret')
      expect(trace?.messages.map(({ message }) => message)).toEqual(['hello'])
    })

    it('adds nothing to the answer', async () => {
      deploy(document({ inbound: '<return-response />' }))
      const answer = await gateway.call('/shop')
      expect([...answer.headers.keys()].toSorted()).toEqual(['connection', 'content-length', 'date', 'keep-alive'])
    })
  })
})

describe('a document that cannot be run', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
  })
  afterAll(() => gateway.close())

  it.each([
    ['a policy that nobody has described', '<rate-limit calls="1" renewal-period="60" />', 'rate-limit'],
    ['a Liquid template', '<set-body template="liquid">{{body.name}}</set-body>', 'set-body'],
    [
      'a Service Fabric partition',
      '<set-backend-service base-url="https://backend.test" sf-partition-key="1" />',
      'set-backend-service',
    ],
    ['an external cache', '<cache-remove-value key="k" caching-type="external" />', 'cache-remove-value'],
    [
      'a managed identity in send-request',
      '<send-request response-variable-name="r"><set-url>https://x.example</set-url><set-method>GET</set-method><authentication-managed-identity resource="x" /></send-request>',
      'send-request',
    ],
  ])('is told by name: %s', async (_, inbound, policy) => {
    const text = document({ inbound, onError: lastError })
    const problems = gateway.gateway.check({ text, format: 'rawxml' }, { scope: 'operation' })
    expect(problems).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        path: `inbound/${policy}`,
        line: 1,
        rule: 'emulator/not-supported',
      }),
    )
    gateway.deploy({ apis: { shop: { operations: { 'GET /': text } } } })
    const answer = await gateway.call('/shop')
    expect(answer.status).toBe(500)
    expect(answer.headers.get('X-Last-Error')).toMatch(
      new RegExp(`^${policy}\\|NotSupported\\|${policy} cannot be run: `),
    )
  })

  it.each([
    ['text that is no XML', '<policies><inbound>', { line: 1 }],
    [
      'an expression that does not compile',
      document({ inbound: '<set-variable name="v" value="@(nonsense)" />' }),
      { line: 1, column: expect.any(Number) as number },
    ],
    [
      'a condition that is no boolean',
      document({ inbound: '<choose><when condition="@(1)" /></choose>' }),
      { line: 1 },
    ],
    ['a status that is no number', document({ outbound: '<set-status code="@("x")" reason="x" />' }), { line: 1 }],
    ['a policy in a wrong section', document({ outbound: '<rewrite-uri template="/x" />' }), { line: 1 }],
    ['an unknown attribute', document({ inbound: '<set-method verb="GET">GET</set-method>' }), { line: 1 }],
  ])('has a problem with its place: %s', (_, text, place) => {
    const problems = gateway.gateway.check({ text, format: 'rawxml' }, { scope: 'operation' })
    expect(problems).toContainEqual(expect.objectContaining({ severity: 'error', ...place }))
  })

  it('fails every request when its text does not even read', async () => {
    gateway.deploy({ apis: { shop: { operations: { 'GET /': '<policies><inbound>' } } } })
    expect((await gateway.call('/shop')).status).toBe(500)
  })
})
