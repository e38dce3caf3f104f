import { serve, type ServerType } from '@hono/node-server'
import fc from 'fast-check'
import { createHash, createPrivateKey, randomUUID, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createRemoteJWKSet, decodeJwt, jwtVerify, SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientCertificate } from '../../test/client-certificate.js'
import { createClock, type Clock } from '../clock.js'
import type { Application } from './applications.js'
import { createIdentityProvider, type IdentityProvider } from './identity-provider.js'

const tenantId = '5d4ae58c-9c5a-4f4e-9e3b-7f1c7e6e2a10'
const backend = {
  appId: 'b0000000-0000-4000-8000-000000000001',
  displayName: 'backend',
  identifierUris: ['api://backend'],
  appRoles: ['Sample.Read', 'Sample.Write'],
}
const modern: Application = {
  appId: 'b0000000-0000-4000-8000-000000000002',
  identifierUris: ['api://modern'],
  appRoles: ['Sample.Read'],
  requestedAccessTokenVersion: 2,
}
const closed: Application = {
  appId: 'b0000000-0000-4000-8000-000000000003',
  identifierUris: ['api://closed'],
  appRoleAssignmentRequired: true,
}
const client = {
  appId: 'c0000000-0000-4000-8000-000000000001',
  objectId: 'c0000000-0000-4000-8000-0000000000aa',
  clientSecrets: ['first~secret+/=', 'second secret'],
  certificates: [clientCertificate.certificate],
  appRoleAssignments: [
    { resource: 'api://backend', roles: ['Sample.Read'] },
    { resource: modern.appId, roles: ['Sample.Read'] },
  ],
}
const stranger = { appId: 'c0000000-0000-4000-8000-000000000002', clientSecrets: ['stranger'] }
const applications = [backend, modern, closed, client, stranger]
const secret = 'first~secret+/='

let clock: Clock
let identity: IdentityProvider
let server: ServerType
let base: string

beforeAll(async () => {
  server = serve({ fetch: (request) => identity.fetch(request), hostname: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  clock = createClock()
  identity = createIdentityProvider({ tenantId, applications, clock })
})

afterAll(() => new Promise((resolve) => server.close(resolve)))

type Fields = Record<string, string>

const v1 = `${tenantId}/oauth2/token`
const v2 = `${tenantId}/oauth2/v2.0/token`
const post = (path: string, fields: Fields, headers: Fields = {}) =>
  fetch(`${base}/${path}`, { method: 'POST', body: new URLSearchParams(fields), headers })
const form = (fields: Fields = {}): Fields => ({
  grant_type: 'client_credentials',
  client_id: client.appId,
  client_secret: secret,
  resource: 'api://backend',
  ...fields,
})
const formV2 = (fields: Fields = {}): Fields => {
  const { resource, ...rest } = form(fields)
  return { scope: `${resource}/.default`, ...rest }
}
const bodyOf = async (response: Response) => (await response.json()) as Record<string, unknown>
const tokenOf = async (response: Response) => String((await bodyOf(response))['access_token'])
const verify = (token: string, keys = `${tenantId}/discovery/keys`) =>
  jwtVerify(token, createRemoteJWKSet(new URL(`${base}/${keys}`)), { currentDate: new Date(clock.now()) })

describe('v1 endpoint', () => {
  it('answers with a signed token and numbers written as strings', async () => {
    const response = await post(v1, form())
    const now = Math.floor(clock.now() / 1000)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toContain('no-store')
    const { access_token, expires_on, not_before, ...rest } = await bodyOf(response)
    expect(rest).toEqual({
      token_type: 'Bearer',
      expires_in: '3599',
      ext_expires_in: '3599',
      resource: 'api://backend',
    })
    expect(Number(expires_on) - Number(not_before)).toBe(3599)
    expect(Math.abs(Number(not_before) - now)).toBeLessThan(5)
    const { payload, protectedHeader } = await verify(String(access_token))
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT', kid: expect.any(String) as string })
    expect(payload).toEqual({
      iss: `https://sts.windows.net/${tenantId}/`,
      aud: 'api://backend',
      iat: Number(not_before),
      nbf: Number(not_before),
      exp: Number(expires_on),
      appid: client.appId,
      appidacr: '1',
      idp: `https://sts.windows.net/${tenantId}/`,
      oid: client.objectId,
      sub: client.objectId,
      tid: tenantId,
      roles: ['Sample.Read'],
      uti: expect.any(String) as string,
      ver: '1.0',
    })
  })

  it('takes the application id for a resource, and either secret, also by HTTP Basic', async () => {
    const byId = await verify(
      await tokenOf(await post(v1, form({ resource: backend.appId, client_secret: 'second secret' }))),
    )
    expect(byId.payload.aud).toBe(backend.appId)
    const credentials = Buffer.from(`${client.appId}:${encodeURIComponent(secret)}`).toString('base64')
    const { client_id: _id, client_secret: _secret, ...rest } = form()
    const basic = await post(v1, rest, { Authorization: `Basic ${credentials}` })
    expect(basic.status).toBe(200)
  })

  it('leaves roles out where none was granted', async () => {
    const token = await tokenOf(await post(v1, form({ client_id: stranger.appId, client_secret: 'stranger' })))
    expect((await verify(token)).payload).not.toHaveProperty('roles')
  })
})

describe('v2 endpoint', () => {
  it('answers with numbers; the resource decides on the version of the token', async () => {
    const response = await post(v2, formV2({ resource: 'api://modern' }))
    const { access_token, ...rest } = await bodyOf(response)
    expect(rest).toEqual({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 })
    const { payload } = await verify(String(access_token), `${tenantId}/discovery/v2.0/keys`)
    expect(payload).toMatchObject({
      iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
      aud: modern.appId,
      azp: client.appId,
      azpacr: '1',
      oid: client.objectId,
      tid: tenantId,
      roles: ['Sample.Read'],
      ver: '2.0',
    })
    const old = await verify(await tokenOf(await post(v2, formV2())))
    expect(old.payload).toMatchObject({ ver: '1.0', aud: 'api://backend', appid: client.appId })
  })
})

describe('refusals', () => {
  const cases: readonly [what: string, path: string, fields: Fields, status: number, error: string, code: number][] = [
    ['a wrong secret', v1, form({ client_secret: 'wrong' }), 401, 'invalid_client', 7000215],
    ['a secret of another', v2, formV2({ client_secret: 'stranger' }), 401, 'invalid_client', 7000215],
    ['no secret', v1, form({ client_secret: '' }), 401, 'invalid_client', 7000215],
    ['an unknown application', v1, form({ client_id: randomUUID() }), 400, 'unauthorized_client', 700016],
    ['an unknown resource', v1, form({ resource: 'api://nobody' }), 400, 'invalid_resource', 500011],
    ['an unknown resource', v2, formV2({ resource: 'api://nobody' }), 400, 'invalid_resource', 500011],
    ['no role where one is required', v1, form({ resource: 'api://closed' }), 400, 'invalid_grant', 501051],
    ['a scope that is not .default', v2, { ...formV2(), scope: 'api://backend/Read' }, 400, 'invalid_scope', 1002012],
    ['another grant', v1, form({ grant_type: 'password' }), 400, 'unsupported_grant_type', 70003],
    ['another tenant', `${randomUUID()}/oauth2/token`, form(), 400, 'invalid_request', 90002],
    ['common', 'common/oauth2/token', form(), 400, 'invalid_request', 50059],
    ['two credentials', v1, form({ client_assertion: 'x' }), 400, 'invalid_request', 9002313],
  ]
  it.each(cases)('%s at %s', async (_what, path, fields, status, error, code) => {
    const response = await post(path, fields)
    expect(response.status).toBe(status)
    const text = await response.text()
    const body = JSON.parse(text) as Record<string, unknown>
    expect(body).toMatchObject({ error, error_codes: [code], error_uri: `${base}/error?code=${code}` })
    expect(body['error_description']).toMatch(
      new RegExp(
        `^AADSTS${code}: .+\\r\\nTrace ID: .+\\r\\nCorrelation ID: .+\\r\\nTimestamp: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ$`,
      ),
    )
    for (const used of [fields['client_secret'], ...client.clientSecrets]) if (used) expect(text).not.toContain(used)
  })

  it.each(['grant_type', 'client_id', 'resource'])('a request without %s', async (name) => {
    const { [name]: _, ...fields } = form()
    const body = await bodyOf(await post(v1, fields))
    expect(body).toMatchObject({ error: 'invalid_request', error_codes: [900144] })
    expect(body['error_description']).toContain(`'${name}'`)
  })

  it('a request without any credential', async () => {
    const { client_secret: _, ...fields } = form()
    const response = await post(v1, fields)
    expect(response.status).toBe(401)
    expect(await bodyOf(response)).toMatchObject({ error: 'invalid_client', error_codes: [7000218] })
  })

  it('a body that is no form, a field that comes twice', async () => {
    const json = await fetch(`${base}/${v1}`, { method: 'POST', body: '{"grant_type":"client_credentials"}' })
    expect(await bodyOf(json)).toMatchObject({ error_codes: [900144] })
    const twice = await fetch(`${base}/${v1}`, {
      method: 'POST',
      body: new URLSearchParams([...Object.entries(form()), ['client_id', stranger.appId]]),
    })
    expect(await bodyOf(twice)).toMatchObject({ error: 'invalid_request', error_codes: [9002313] })
  })
})

describe('whatever comes', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...Object.values(form()), 'api://backend/.default'),
  )
  const names = [...Object.keys(formV2()), 'resource', 'client_assertion', 'client_assertion_type', 'x']
  const field = fc.tuple(fc.constantFrom(...names), value)

  it('is answered in the form of Entra', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(v1, v2),
        fc.array(field),
        fc.option(fc.base64String()),
        async (path, fields, basic) => {
          const headers = basic === null ? {} : { Authorization: `Basic ${basic}` }
          const body = new URLSearchParams(fields)
          const response = await identity.fetch(new Request(`${base}/${path}`, { method: 'POST', headers, body }))
          const answer = await bodyOf(response)
          if (response.status === 200) expect(answer).toHaveProperty('access_token')
          else
            expect([response.status, answer]).toEqual([
              expect.toBeOneOf([400, 401]),
              expect.objectContaining({ error_codes: [expect.any(Number)] }),
            ])
        },
      ),
    )
  })

  it('may be longer than the library reads', async () => {
    const response = await post(v1, form({ client_assertion: 'x'.repeat(1_000_000) }))
    expect(await bodyOf(response)).toMatchObject({ error: 'invalid_request', error_codes: [9002313] })
  })
})

describe('client assertion', () => {
  const { raw } = new X509Certificate(clientCertificate.certificate)
  const thumbprint = (algorithm: string) => createHash(algorithm).update(raw).digest('base64url')
  const key = createPrivateKey(clientCertificate.privateKey)
  const endpoint = `https://login.microsoftonline.com/${v2}`
  const assertion = (
    claims: JWTPayload = {},
    header: Partial<JWTHeaderParameters> = { 'x5t#S256': thumbprint('sha256') },
  ) => {
    const now = Math.floor(clock.now() / 1000)
    const payload = {
      iss: client.appId,
      sub: client.appId,
      aud: endpoint,
      jti: randomUUID(),
      nbf: now,
      exp: now + 300,
      ...claims,
    }
    return new SignJWT(payload).setProtectedHeader({ alg: 'PS256', typ: 'JWT', ...header }).sign(key)
  }
  const exchange = async (client_assertion: string) => {
    const { client_secret: _, ...fields } = formV2()
    const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
    return post(v2, { ...fields, client_assertion, client_assertion_type })
  }

  it('takes PS256 with x5t#S256 and RS256 with x5t', async () => {
    const { payload } = await verify(await tokenOf(await exchange(await assertion())))
    expect(payload).toMatchObject({ appidacr: '2', roles: ['Sample.Read'] })
    const sha1 = { alg: 'RS256', x5t: thumbprint('sha1'), kid: thumbprint('sha1') }
    expect((await exchange(await assertion({}, sha1))).status).toBe(200)
    expect((await exchange(await assertion({ aud: `${base}/${v2}` }))).status).toBe(200)
  })

  it('takes none twice', async () => {
    const once = await assertion()
    expect((await exchange(once)).status).toBe(200)
    expect(await bodyOf(await exchange(once))).toMatchObject({ error_codes: [700027] })
  })

  it("goes by the emulator's clock", async () => {
    const early = await assertion()
    clock.advance({ hours: 2 })
    expect(await bodyOf(await exchange(early))).toMatchObject({ error: 'invalid_client', error_codes: [700024] })
    expect((await exchange(await assertion())).status).toBe(200)
    const tomorrow = Math.floor(clock.now() / 1000) + 24 * 3600
    expect(await bodyOf(await exchange(await assertion({ nbf: tomorrow, exp: tomorrow + 60 })))).toMatchObject({
      error_codes: [700024],
    })
  })

  it.each([
    ['another audience', { aud: 'https://example.com/token' }, undefined],
    ['another issuer', { iss: stranger.appId }, undefined],
    ['a certificate that is not registered', {}, { 'x5t#S256': 'AAAA' }],
    ['no certificate at all', {}, {}],
  ])('refuses %s', async (_what, claims, header) => {
    expect(await bodyOf(await exchange(await assertion(claims, header)))).toMatchObject({ error_codes: [700027] })
  })
})

describe('clock', () => {
  it('dates the tokens', async () => {
    const before = await verify(await tokenOf(await post(v1, form())))
    clock.advance({ hours: 1, seconds: 1 })
    const after = await verify(await tokenOf(await post(v1, form())))
    expect(Number(after.payload.iat) - Number(before.payload.iat)).toBeGreaterThanOrEqual(3601)
  })
})

describe('metadata', () => {
  it.each([
    ['.well-known/openid-configuration', `https://sts.windows.net/${tenantId}/`, 'oauth2/token', 'discovery/keys'],
    [
      'v2.0/.well-known/openid-configuration',
      `https://login.microsoftonline.com/${tenantId}/v2.0`,
      'oauth2/v2.0/token',
      'discovery/v2.0/keys',
    ],
  ])('%s names endpoints where it was asked for', async (path, issuer, token, keys) => {
    const local = await bodyOf(await fetch(`${base}/${tenantId}/${path}`))
    expect(local).toMatchObject({
      issuer,
      token_endpoint: `${base}/${tenantId}/${token}`,
      jwks_uri: `${base}/${tenantId}/${keys}`,
    })
    const real = await bodyOf(await identity.fetch(new Request(`http://login.microsoftonline.com/${tenantId}/${path}`)))
    expect(real['jwks_uri']).toBe(`https://login.microsoftonline.com/${tenantId}/${keys}`)
  })

  it('of common has a placeholder for the tenant', async () => {
    const body = await bodyOf(await fetch(`${base}/common/v2.0/.well-known/openid-configuration`))
    expect(body['issuer']).toBe('https://login.microsoftonline.com/{tenantid}/v2.0')
  })

  it('shows no private part of the key', async () => {
    const { keys } = (await bodyOf(await fetch(`${base}/common/discovery/keys`))) as { keys: object[] }
    expect(keys).toHaveLength(1)
    expect(Object.keys(keys[0] ?? {}).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
  })
})

describe('other addresses', () => {
  it.each(['/', `/${tenantId}`, `/${tenantId}/oauth2/authorize`, `/${v1}`])('GET %s is 404', async (path) => {
    expect((await fetch(base + path)).status).toBe(404)
  })
})

describe('accessTokenLifetime', () => {
  it('is what the answer and the token say', async () => {
    const brief = createIdentityProvider({ tenantId, applications, clock, accessTokenLifetime: 60 })
    const body = new URLSearchParams(form())
    const answer = await bodyOf(await brief.fetch(new Request(`${base}/${v1}`, { method: 'POST', body })))
    expect(answer).toMatchObject({ expires_in: '60' })
    const { iat, exp } = decodeJwt(String(answer['access_token']))
    expect(Number(exp) - Number(iat)).toBe(60)
  })

  it.each([0, -1, 1.5, Number.NaN])('is not %d', (accessTokenLifetime) => {
    expect(() => createIdentityProvider({ tenantId, applications, clock, accessTokenLifetime })).toThrow(
      /accessTokenLifetime/,
    )
  })
})

describe('issueToken', () => {
  it('goes through the token endpoint, for an application without secret too', async () => {
    const resource = 'https://azure-api.net/authorization-manager'
    const { payload } = await verify(await identity.issueToken({ appId: backend.appId, resource }))
    expect(payload).toMatchObject({ aud: resource, appid: backend.appId, tid: tenantId })
    expect(payload['oid']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('rejects with the error of Entra', async () => {
    await expect(identity.issueToken({ appId: client.appId, resource: 'api://nobody' })).rejects.toThrow(/AADSTS500011/)
    await expect(identity.issueToken({ appId: 'nobody', resource: 'api://backend' })).rejects.toThrow(/AADSTS700016/)
  })
})
