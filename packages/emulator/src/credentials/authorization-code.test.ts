import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { send } from '../../test/azure-clients.js'
import { startEmulator, type Emulator } from '../index.js'

/* A real authorization server on another port, and a browser as far as forms and cookies go. */

let emulator: Emulator
let server: Server
let issuer: string
let refreshes = 0

beforeAll(async () => {
  emulator = await startEmulator()
  const silent = createServer()
  server = silent.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'shop',
        client_secret: 'planted-secret',
        redirect_uris: [`${emulator.arm}/redirect/apim/${emulator.service.service}`],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    scopes: ['openid', 'offline_access'],
    issueRefreshToken: () => true,
    pkce: { required: () => true },
    ttl: { AccessToken: 600, Grant: 86_400, Session: 86_400, Interaction: 600, RefreshToken: 86_400, IdToken: 600 },
  })
  provider.on('grant.success', ({ oidc }) => (refreshes += oidc.params?.['grant_type'] === 'refresh_token' ? 1 : 0))
  const answer = provider.callback()
  server.on('request', (request, response) => void answer(request, response))
  await deploy('oauth2pkce')
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await emulator.close()
})

async function deploy(identityProvider: string): Promise<void> {
  const authorizationCode = {
    clientId: 'shop',
    clientSecret: 'planted-secret',
    authorizationUrl: `${issuer}/auth`,
    tokenUrl: `${issuer}/token`,
    refreshUrl: `${issuer}/token`,
    scopes: 'openid offline_access',
  }
  const provider = { displayName: 'Shop', identityProvider, oauth2: { grantTypes: { authorizationCode } } }
  const connection = { authorizationType: 'OAuth2', oauth2grantType: 'AuthorizationCode' }
  const policy = { tenantId: emulator.tenantId, objectId: emulator.principalId }
  await send(emulator, 'PUT', '/authorizationProviders/shop', { body: { properties: provider } })
  await send(emulator, 'PUT', '/authorizationProviders/shop/authorizations/person', {
    body: { properties: connection },
  })
  await send(emulator, 'PUT', '/authorizationProviders/shop/authorizations/person/accessPolicies/x', {
    body: { properties: policy },
  })
}

/** The token that a policy gets. */
async function tokenInPolicy(): Promise<string> {
  const value = `<policies><inbound><get-authorization-context provider-id="shop" authorization-id="person" context-variable-name="auth" /><return-response><set-body>@(((Authorization)context.Variables["auth"]).AccessToken)</set-body></return-response></inbound><backend /><outbound /><on-error /></policies>`
  const api = { displayName: 'Call', path: 'call', protocols: ['https'], subscriptionRequired: false }
  await send(emulator, 'PUT', '/apis/call', { body: { properties: api } })
  await send(emulator, 'PUT', '/apis/call/operations/get', {
    body: { properties: { displayName: 'Get', method: 'GET', urlTemplate: '/' } },
  })
  await send(emulator, 'PUT', '/apis/call/policies/policy', { body: { properties: { format: 'rawxml', value } } })
  const answer = await fetch(`${emulator.gateway}/call`)
  expect(answer.status).toBe(200)
  return answer.text()
}

async function statusNow(): Promise<unknown> {
  const answer = await send(emulator, 'GET', '/authorizationProviders/shop/authorizations/person')
  return ((await answer.json()) as { properties: unknown }).properties
}

async function loginLink(): Promise<string> {
  const body = { postLoginRedirectUrl: 'https://portal.example/done' }
  const answer = await send(emulator, 'POST', '/authorizationProviders/shop/authorizations/person/getLoginLinks', {
    body,
  })
  return ((await answer.json()) as { loginLink: string }).loginLink
}

/** Follows a link as a person's browser does who signs in and consents; gives the first address of another machine. */
async function browse(link: string): Promise<string> {
  const cookies = new Map<string, string>()
  let url = link
  let form: string | undefined
  for (let step = 0; step < 20; step++) {
    if (new URL(url).hostname !== '127.0.0.1') return url
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
    const answer: Response = await fetch(url, {
      redirect: 'manual',
      headers: form === undefined ? headers : { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    form = undefined
    const location = answer.headers.get('location')
    const page = await answer.text()
    if (location !== null) url = new URL(location, url).href
    else if (page.includes('name="login"')) form = 'prompt=login&login=person&password=any'
    else if (page.includes('value="consent"')) form = 'prompt=consent'
    else throw new Error(`${answer.status} ${url}: ${page.slice(0, 300)}`)
  }
  throw new Error('no end')
}

it('waits for a person, and connects when one has signed in', async () => {
  expect(await statusNow()).toMatchObject({ status: 'Error', error: { code: 'Unauthenticated' } })
  const link = await loginLink()
  expect(link).toMatch(new RegExp(`^${emulator.arm}/redirect/apim/${emulator.service.service}/login\\?data=`))
  expect(await browse(link)).toBe('https://portal.example/done')
  expect(await statusNow()).toMatchObject({ status: 'Connected' })
  expect(JSON.stringify(await statusNow())).not.toContain('planted')
  // The link was for once.
  const again = await fetch(link, { redirect: 'manual' })
  expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('ask for a new one')])
})

it('gives policies the token, and a new one by the refresh token when it is old', async () => {
  const first = await tokenInPolicy()
  expect([await tokenInPolicy(), refreshes]).toEqual([first, 0])
  emulator.clock.advance(20 * 60 * 1000)
  const second = await tokenInPolicy()
  expect([second === first, second.length > 10, refreshes]).toEqual([false, true, 1])
})

it('is an error again when it is written again, and can be signed in to again', async () => {
  await deploy('oauth2pkce')
  expect(await statusNow()).toMatchObject({ status: 'Error', error: { code: 'Unauthenticated' } })
  await browse(await loginLink())
  expect(await statusNow()).toMatchObject({ status: 'Connected' })
})

it('says what the identity provider says where it refuses', async () => {
  const link = await loginLink()
  const begun = await fetch(link, { redirect: 'manual' })
  const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? ''
  const back = `${emulator.arm}/redirect/apim/${emulator.service.service}?state=${state}&error=access_denied&error_description=No`
  expect((await fetch(back, { redirect: 'manual' })).headers.get('location')).toBe('https://portal.example/done')
  expect(await statusNow()).toMatchObject({ status: 'Error', error: { code: 'access_denied', message: 'No' } })
})

it('names identity providers that it does not know the endpoints of', async () => {
  await deploy('github')
  const body = { postLoginRedirectUrl: 'https://portal.example/done' }
  const answer = await send(emulator, 'POST', '/authorizationProviders/shop/authorizations/person/getLoginLinks', {
    body,
  })
  expect([answer.status, await answer.text()]).toEqual([501, expect.stringContaining('github')])
})
