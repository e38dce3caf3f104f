import {
  base,
  namedValueReference,
  policies,
  text,
  tokenByClientSecret,
  validateAndForward,
  type PolicyDocument,
} from '@apim-kit/policy-dsl'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { backendAppId, clientAppId, startTestGateway, tenantId, type TestGateway } from './test-gateway.js'

let gateway: TestGateway
/** What the backend answers, and the Authorization headers that it saw. */
let status = 200
const tokens: (string | undefined)[] = []

beforeAll(async () => {
  gateway = await startTestGateway((request, response) => {
    tokens.push(request.headers.authorization)
    response.writeHead(status).end()
  })
})
afterAll(() => gateway.close())
beforeEach(() => {
  status = 200
  tokens.length = 0
})

const deploy = (policy: PolicyDocument, secret = 'client-secret'): void =>
  gateway.deploy({
    apis: { orders: { policy: policy.toRawXml(), operations: { 'GET /': undefined } } },
    namedValues: { 'tenant-id': tenantId, 'client-id': clientAppId, 'client-secret': secret },
  })

const call = async (): Promise<Response> => gateway.call('/orders/')

describe('tokenByClientSecret', () => {
  let documents = 0
  /** The cache outlives a deployment, as it does in the service: each test has a key of its own. */
  const recipe = (): PolicyDocument => {
    const token = tokenByClientSecret({
      tokenEndpoint: text`https://login.microsoftonline.com/${namedValueReference('tenant-id')}/oauth2/v2.0/token`,
      clientId: namedValueReference('client-id'),
      clientSecret: namedValueReference('client-secret'),
      scope: 'api://backend/.default',
      cacheKey: `token ${++documents}`,
    })
    return policies({ inbound: [base(), token.inbound], outbound: [base(), token.outbound] })
  }

  it('sends a token, and asks for a new one when 95 % of its life are over', async () => {
    deploy(recipe())
    expect((await call()).status).toBe(200)
    gateway.clock.advance({ seconds: 3400 })
    await call()
    gateway.clock.advance({ seconds: 100 })
    await call()
    const [first, second, third] = tokens
    expect(first).toMatch(/^Bearer eyJ/)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
    expect(third).toMatch(/^Bearer eyJ/)
  })

  it.each([401, 403])('drops a token that the backend answers with %d', async (refusal) => {
    deploy(recipe())
    status = refusal
    expect((await call()).status).toBe(refusal)
    gateway.clock.advance({ seconds: 1 })
    status = 200
    expect((await call()).status).toBe(200)
    expect(tokens[1]).not.toBe(tokens[0])
  })

  it('answers 502 with nothing in it where no token comes', async () => {
    deploy(recipe(), 'wrong')
    const response = await call()
    expect([response.status, await response.text()]).toEqual([502, ''])
    expect(tokens).toEqual([])
    const trace = JSON.stringify(gateway.gateway.traces)
    expect(trace).toContain('The identity provider gave no access token; its status: 401')
    expect(trace).not.toContain('AADSTS')
  })

  it('answers 502 where the identity provider cannot be reached', async () => {
    const token = tokenByClientSecret({
      tokenEndpoint: 'http://127.0.0.1:9/token',
      clientId: 'a',
      clientSecret: namedValueReference('client-secret'),
      scope: 'b',
    })
    deploy(policies({ inbound: [base(), token.inbound] }))
    expect((await call()).status).toBe(502)
  })
})

describe('validateAndForward', () => {
  it('lets in who has a token for the API, without the subscription key', async () => {
    const validate = validateAndForward({
      tenantId: namedValueReference('tenant-id'),
      audiences: [backendAppId, 'api://backend'],
      anyOf: { claim: 'roles', values: ['Sample.Read'] },
      removeToken: true,
    })
    deploy(policies({ inbound: [base(), validate] }))
    expect((await call()).status).toBe(401)
    const form = {
      grant_type: 'client_credentials',
      client_id: clientAppId,
      client_secret: 'client-secret',
      scope: 'api://backend/.default',
    }
    const endpoint = `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`
    const answer = await gateway.identity.fetch(
      new Request(endpoint, { method: 'POST', body: new URLSearchParams(form) }),
    )
    const { access_token: token } = (await answer.json()) as { access_token: string }
    const response = await gateway.call('/orders/', { headers: { Authorization: `Bearer ${token}` } })
    expect(response.status).toBe(200)
    expect(tokens).toEqual([undefined])
  })
})
