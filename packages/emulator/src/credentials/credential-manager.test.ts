import { serve, type ServerType } from '@hono/node-server'
import { Hono } from 'hono'
import { decodeJwt } from 'jose'
import { EventEmitter, once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createClock, type Clock } from '../clock.js'
import { createIdentityProvider, type IdentityProvider } from '../identity/identity-provider.js'
import { createOutbound, type Outbound } from '../outbound.js'
import { createCredentialManager, type CredentialManager } from './credential-manager.js'
import type {
  AccessPolicyProperties,
  ConnectionProperties,
  ConnectionStatus,
  Principal,
  ProviderProperties,
} from './credential-store.js'

const tenantId = '5d4ae58c-9c5a-4f4e-9e3b-7f1c7e6e2a10'
const clientId = 'c0000000-0000-4000-8000-000000000001'
const callerId = 'c0000000-0000-4000-8000-000000000002'
const callerObjectId = 'c0000000-0000-4000-8000-0000000000bb'
const secret = 'the-client-secret'
const audience = 'https://azure-api.net/authorization-manager'
const service: Principal = { tenantId, objectId: '50000000-0000-4000-8000-000000000001' }

let clock: Clock
let identity: IdentityProvider
let server: ServerType
let base: string
let outbound: Outbound
let exchanges: number
/** What `/custom` answers, for what Entra never does. */
let custom: (form: URLSearchParams) => Response | Promise<Response>
const hosts: Record<string, string> = {}

const app = new Hono()
  .post('/custom', async (c) => {
    exchanges += 1
    return custom(new URLSearchParams(await c.req.text()))
  })
  .all('*', (c) => {
    if (c.req.path.endsWith('/token')) exchanges += 1
    return identity.fetch(c.req.raw)
  })

beforeAll(async () => {
  server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  hosts['login.microsoftonline.com'] = base
  outbound = createOutbound({ hosts })
  identity = createIdentityProvider({
    tenantId,
    // One signing key for all tests, and for each the clock of the moment.
    clock: { now: () => clock.now(), advance: (duration) => clock.advance(duration) },
    applications: [
      { appId: 'b0000000-0000-4000-8000-000000000001', identifierUris: ['api://backend'], appRoles: ['Sample.Read'] },
      {
        appId: clientId,
        clientSecrets: [secret],
        appRoleAssignments: [{ resource: 'api://backend', roles: ['Sample.Read'] }],
      },
      { appId: callerId, objectId: callerObjectId },
    ],
  })
})

afterAll(async () => {
  outbound.close()
  await new Promise((resolve) => server.close(resolve))
})

let providers: Map<string, ProviderProperties>
let connections: Map<string, ConnectionProperties>
let policies: AccessPolicyProperties[]
let statuses: ConnectionStatus[]
let managedIdentity: Principal | undefined
let manager: CredentialManager

const address = { providerId: 'provider', authorizationId: 'connection' }
const aad = (parameters: Record<string, string | null> = {}): ProviderProperties => ({
  identityProvider: 'aad',
  oauth2: {
    grantTypes: { clientCredentials: { resourceUri: 'api://backend', tenantId, scopes: null, ...parameters } },
  },
})
const oauth2 = (parameters: Record<string, string | null> = {}): ProviderProperties => ({
  identityProvider: 'oauth2',
  oauth2: { grantTypes: { clientCredentials: { tokenUrl: `${base}/custom`, scopes: null, ...parameters } } },
})
const clientCredentials = (parameters: Record<string, string> = {}): ConnectionProperties => ({
  oauth2grantType: 'ClientCredentials',
  parameters: { clientId, clientSecret: secret, ...parameters },
})

beforeEach(() => {
  exchanges = 0
  clock = createClock()
  providers = new Map([['provider', aad()]])
  connections = new Map([['connection', clientCredentials()]])
  policies = [{ ...service, appIds: null }]
  statuses = []
  managedIdentity = service
  manager = createCredentialManager({
    service: 'contoso',
    managementUrl: () => 'http://127.0.0.1:1',
    clock,
    outbound,
    store: {
      getProvider: (id) => providers.get(id.toLowerCase()),
      getConnection: (_provider, id) => connections.get(id.toLowerCase()),
      listAccessPolicies: () => policies,
      setConnectionStatus: (_provider, _id, status) => statuses.push(status),
      getManagedIdentity: () => managedIdentity,
    },
  })
})

const issuedAt = async () => decodeJwt((await manager.authorize(address)).accessToken).iat ?? Number.NaN
const text = (pattern: RegExp) => expect.stringMatching(pattern) as string
const failure = async (request: Partial<Parameters<CredentialManager['authorize']>[0]> = {}) => {
  const error: unknown = await manager.authorize({ ...address, ...request }).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ name: 'CredentialError' })
  return error as { code: string; message: string }
}

describe('authorize', () => {
  it('gives the token and every field of the answer', async () => {
    const { accessToken, claims } = await manager.authorize(address)
    expect(decodeJwt(accessToken)).toMatchObject({ aud: 'api://backend', appid: clientId, roles: ['Sample.Read'] })
    expect(claims).toMatchObject({
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: '3599',
      resource: 'api://backend',
    })
    expect(statuses).toEqual([{ status: 'Connected' }])
  })

  it('keeps the token until 3 minutes before its end', async () => {
    const first = await issuedAt()
    clock.advance({ seconds: 3599 - 180 - 2 })
    expect(await issuedAt()).toBe(first)
    expect(exchanges).toBe(1)
    clock.advance({ seconds: 3 })
    expect(await issuedAt()).toBeGreaterThan(first)
    expect(exchanges).toBe(2)
    expect(statuses).toEqual([{ status: 'Connected' }])
  })

  it.each([180, 60])('keeps a token of %d seconds until its end', async (lifetime) => {
    providers.set('provider', oauth2())
    custom = () => Response.json({ access_token: `t${exchanges}`, expires_in: lifetime })
    await manager.authorize(address)
    clock.advance({ seconds: lifetime - 2 })
    expect((await manager.authorize(address)).accessToken).toBe('t1')
    clock.advance({ seconds: 3 })
    expect((await manager.authorize(address)).accessToken).toBe('t2')
  })

  it('never renews a token that does not say when it ends', async () => {
    providers.set('provider', oauth2())
    custom = () => Response.json({ access_token: `t${exchanges}` })
    await manager.authorize(address)
    clock.advance({ hours: 100_000 })
    expect((await manager.authorize(address)).accessToken).toBe('t1')
  })

  it('makes one exchange of many calls at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => manager.authorize(address)))
    expect(exchanges).toBe(1)
    expect(new Set(all.map(({ accessToken }) => accessToken)).size).toBe(1)
  })

  it('compares names without case', async () => {
    await manager.authorize(address)
    await manager.authorize({ providerId: 'PROVIDER', authorizationId: 'Connection' })
    expect(exchanges).toBe(1)
  })

  it('says what is missing', async () => {
    expect(await failure({ providerId: 'nobody' })).toMatchObject({ code: 'NotFound', message: text(/'nobody'/) })
    expect(await failure({ authorizationId: 'nothing' })).toMatchObject({
      code: 'NotFound',
      message: text(/'nothing' of/),
    })
    expect(exchanges).toBe(0)
  })
})

describe('access policies', () => {
  it('refuse the service without one, also when the token is there', async () => {
    await manager.authorize(address)
    policies = []
    expect((await failure()).message).toMatch(/^Permission denied\. Double check that the access policy /)
    policies = [{ ...service, tenantId: service.tenantId.toUpperCase() }]
    await manager.authorize(address)
  })

  it('hold for the tenant too', async () => {
    policies = [{ ...service, tenantId: 'another' }]
    expect(await failure()).toMatchObject({ code: 'Forbidden' })
  })

  it('cannot match a service without identity', async () => {
    managedIdentity = undefined
    expect((await failure()).message).toMatch(/no system-assigned managed identity/)
  })
})

describe('identity-type jwt', () => {
  const jwt = async (resource = audience) => ({
    ...address,
    identityType: 'jwt' as const,
    identity: await identity.issueToken({ appId: callerId, resource }),
  })

  beforeEach(() => {
    policies = [{ tenantId, objectId: callerObjectId }]
  })

  it('goes by the principal of the token', async () => {
    expect((await manager.authorize(await jwt())).accessToken).toBeTypeOf('string')
    expect(await failure()).toMatchObject({ code: 'Forbidden' })
    policies = [{ ...service }]
    expect(await failure(await jwt())).toMatchObject({ code: 'Forbidden', message: text(new RegExp(callerObjectId)) })
  })

  it('goes by the application where the policy names some', async () => {
    policies = [{ tenantId, objectId: callerObjectId, appIds: [clientId] }]
    expect(await failure(await jwt())).toMatchObject({ code: 'Forbidden' })
    policies = [{ tenantId, objectId: callerObjectId, appIds: [clientId, callerId.toUpperCase()] }]
    await manager.authorize(await jwt())
  })

  it('refuses a token for another audience, one that has ended, and a forged one', async () => {
    expect(await failure(await jwt('api://backend'))).toMatchObject({ code: 'Unauthorized', message: text(/"aud"/) })
    const request = await jwt()
    const [header, payload, signature = ''] = request.identity.split('.')
    const forged = [header, payload, signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))].join('.')
    expect(await failure({ ...request, identity: forged })).toMatchObject({ message: text(/signature/) })
    clock.advance({ hours: 2 })
    expect(await failure(request)).toMatchObject({ message: text(/"exp"/) })
  })

  it.each(['', 'no token', undefined])('refuses %j', async (text) => {
    expect(await failure({ identityType: 'jwt', identity: text })).toMatchObject({ code: 'Unauthorized' })
  })

  it('asks no strange address for keys', async () => {
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const token = `${encoded({ alg: 'RS256' })}.${encoded({ tid: '../../evil' })}.AAAA`
    expect(await failure({ identityType: 'jwt', identity: token })).toMatchObject({ message: text(/claim tid/) })
  })
})

describe('connect', () => {
  const connect = () => manager.connect('provider', 'connection')
  const connectError = async () => {
    const result = await connect()
    expect(statuses.at(-1)).toEqual(result)
    if (result.status !== 'Error') throw new Error('the connection was expected to fail')
    return result.error
  }

  it('leaves a token behind', async () => {
    expect(await connect()).toEqual({ status: 'Connected' })
    expect(statuses).toEqual([{ status: 'Connected' }])
    await manager.authorize(address)
    expect(exchanges).toBe(1)
  })

  it('tells a wrong secret as the service does, and never shows it', async () => {
    connections.set('connection', clientCredentials({ clientSecret: 'wrong-secret-value' }))
    const { code, message } = await connectError()
    expect(code).toBe('Unauthorized')
    expect(message).toMatch(
      /^Failed to acquire access token for service using client credentials flow: IdentityProvider=provider\. Correlation Id=[0-9a-f-]{36}, UTC TimeStamp=\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d\d:\d\d [AP]M, Error: Failed to exchange client credentials for token\. Response code=Unauthorized, Details:\r\n\{.*"error_codes":\[7000215\].*\}$/,
    )
    expect(message).not.toContain('wrong-secret-value')
    expect((await failure()).message).toContain('AADSTS7000215')
    connections.set('connection', clientCredentials())
    expect(await connect()).toEqual({ status: 'Connected' })
  })

  it('writes the time as .NET does', async () => {
    connections.set('connection', clientCredentials({ clientSecret: 'wrong' }))
    clock.advance(Date.UTC(2022, 4, 14, 16, 53, 19) - clock.now())
    expect((await connectError()).message).toContain('UTC TimeStamp=5/14/2022 4:53:')
    clock.advance(Date.UTC(2022, 11, 1, 0, 5, 9) - clock.now())
    expect((await connectError()).message).toMatch(/UTC TimeStamp=12\/1\/2022 12:05:(09|10) AM,/)
  })

  it('leaves a connection with authorization code to a person', async () => {
    connections.set('connection', { oauth2grantType: 'AuthorizationCode' })
    const error = { code: 'Unauthenticated', message: 'This connection is not authenticated.' }
    expect(await connectError()).toEqual(error)
    expect(await failure()).toMatchObject(error)
    expect(exchanges).toBe(0)
  })

  it.each<[string, () => ProviderProperties, string, RegExp]>([
    [
      'a provider without a row',
      () => ({ identityProvider: 'github', oauth2: {} }),
      'NotSupported',
      /'github'.+aad, oauth2/,
    ],
    ['a missing parameter', () => aad({ resourceUri: null }), 'BadRequest', /resourceUri/],
    ['an address that is none', () => oauth2({ tokenUrl: 'token' }), 'BadRequest', /'token'/],
    [
      'nobody there',
      () => oauth2({ tokenUrl: 'http://127.0.0.1:9/token' }),
      'TokenEndpointUnreachable',
      /ECONNREFUSED/,
    ],
    ['an unknown tenant', () => aad({ tenantId: 'nowhere' }), 'BadRequest', /AADSTS90002/],
    ['the default tenant', () => aad({ tenantId: null }), 'BadRequest', /AADSTS50059/],
    ['an unknown path', () => oauth2({ tokenUrl: `${base}/x` }), 'NotFound', /Response code=NotFound, Details:/],
  ])('says so with %s', async (_what, provider, code, message) => {
    providers.set('provider', provider())
    const error = await connectError()
    expect(error.code).toBe(code)
    expect(error.message).toMatch(message)
  })

  it.each(['no json', '[]', '{"token_type":"Bearer"}', '{"access_token":1}'])(
    'does not show a bad answer: %s',
    async (text) => {
      providers.set('provider', oauth2())
      custom = () => new Response(text)
      const error = await connectError()
      expect(error.code).toBe('InvalidTokenResponse')
      expect(error.message).not.toContain(text)
    },
  )

  it('drops the token of the connection as it was', async () => {
    await connect()
    await connect()
    expect(exchanges).toBe(2)
  })
})

describe('oauth2', () => {
  it('sends the scopes and credentials in a form', async () => {
    let seen: Record<string, string> = {}
    custom = (form) => {
      seen = Object.fromEntries(form)
      return Response.json({ access_token: 'opaque', token_type: 'bearer', scope: 'a b' })
    }
    providers.set('provider', oauth2({ scopes: 'a b' }))
    connections.set('connection', clientCredentials({ clientId: 'ö&=', clientSecret: '+/ %' }))
    expect(await manager.authorize(address)).toEqual({
      accessToken: 'opaque',
      claims: { access_token: 'opaque', token_type: 'bearer', scope: 'a b' },
    })
    expect(seen).toEqual({ grant_type: 'client_credentials', client_id: 'ö&=', client_secret: '+/ %', scope: 'a b' })
    providers.set('provider', oauth2())
    await manager.connect('provider', 'connection')
    expect(seen).not.toHaveProperty('scope')
  })
})

describe('forget', () => {
  it.each([
    ['the connection', 'connection'],
    ['the provider', undefined],
  ])('drops the token of %s', async (_what, id) => {
    await manager.authorize(address)
    manager.forget('Another')
    manager.forget('provider', 'another')
    await manager.authorize(address)
    expect(exchanges).toBe(1)
    manager.forget('Provider', id)
    await manager.authorize(address)
    expect(exchanges).toBe(2)
  })

  it('keeps an exchange that was overtaken from leaving anything', async () => {
    providers.set('provider', oauth2())
    const gate = new EventEmitter()
    custom = async () => {
      gate.emit('asked')
      await once(gate, 'go')
      return Response.json({ access_token: 'old' })
    }
    const asked = once(gate, 'asked')
    const first = manager.authorize(address)
    await asked
    manager.forget('provider')
    gate.emit('go')
    expect((await first).accessToken).toBe('old')
    custom = () => Response.json({ access_token: 'new' })
    expect((await manager.authorize(address)).accessToken).toBe('new')
    expect(statuses).toEqual([{ status: 'Connected' }])
  })
})

describe('getLoginLink', () => {
  it('is refused by name', () => {
    expect(() => manager.getLoginLink('provider', 'connection', 'https://example.com')).toThrow(
      /cannot sign people in with identity provider 'aad'/,
    )
  })
})
