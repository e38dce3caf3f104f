import { connection, credentialProvider, stack } from '@apim-kit/core'
import { startEmulator, type Emulator } from '@apim-kit/emulator'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { assertDeployed, deployTo, fromValue, needSignIn, type Deployment } from '../src/index.js'
import { forward, startStub, type Answer, type Heard } from './stub.js'

const github = credentialProvider('github', {
  identityProvider: 'github',
  oauth2: { grantTypes: { authorizationCode: { clientId: 'id', clientSecret: fromValue('s3cret'), scopes: 'repo' } } },
})
const octocat = connection('octocat', { provider: github })
const consent = stack({ name: 'consent', resources: [github, octocat] })

let emulator: Emulator
beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(async () => emulator.close())

/** The emulator, with some answers replaced: consent is a matter of the service and of a person. */
async function deployment(replace: (heard: Heard) => Answer | undefined): Promise<Deployment> {
  const stub = await startStub(async (heard) => replace(heard) ?? forward(heard, emulator.arm))
  return deployTo({ ...emulator.service, endpoint: stub.url, environment: {} })
}

const link = 'https://authorization-manager.consent.azure-apim.net/redirect/apim/contoso/login?data=e30='

it('gives a login link for a connection that waits for a person, and does not write it again', async () => {
  const asked: unknown[] = []
  const deploy = await deployment((heard) => {
    if (!heard.path.endsWith('/authorizations/octocat/getLoginLinks')) return undefined
    asked.push(heard.body)
    return { body: { loginLink: link } }
  })
  const result = await deploy.apply(consent)
  assertDeployed(result)
  expect(result.connections).toMatchObject([{ status: 'Error', error: { code: 'Unauthenticated' }, loginLink: link }])
  expect(needSignIn(result.connections)).toHaveLength(1)
  expect(await deploy.status(consent)).toEqual(result.connections)
  expect(asked).toEqual(Array(2).fill({ postLoginRedirectUrl: 'https://portal.azure.com/' }))
  emulator.requests.clear()
  expect((await deploy.apply(consent)).summary).toMatchObject({ none: 2 })
  expect(emulator.requests.entries.filter(({ method }) => method === 'PUT')).toEqual([])
})

it('says why there is no link', async () => {
  const deploy = await deployment(({ path }) =>
    path.endsWith('getLoginLinks')
      ? { status: 400, body: { error: { code: 'No', message: 'Not today.' } } }
      : undefined,
  )
  const { connections } = await deploy.apply(consent)
  expect(connections).toMatchObject([
    { loginLink: null, error: { message: expect.stringContaining('Not today.') as string } },
  ])
})

it('knows connections that are not deployed', async () => {
  const deploy = await deployment(() => undefined)
  expect(await deploy.status(consent)).toMatchObject([
    { status: 'Error', error: { code: 'not-found' }, loginLink: null },
  ])
})

it('asks again where the answer to a write does not say how the connection is', async () => {
  const deploy = await deployment(({ method, path }) => {
    if (method === 'PUT' && path.endsWith('/octocat'))
      return { body: { name: 'octocat', properties: { oauth2grantType: 'AuthorizationCode' } } }
    return path.endsWith('/authorizations')
      ? {
          body: {
            value: [{ name: 'octocat', properties: { oauth2grantType: 'AuthorizationCode', status: 'Connected' } }],
          },
        }
      : undefined
  })
  const plan = await deploy.plan(stack({ name: 'consent', resources: [github] }))
  await deploy.apply(plan)
  const { connections } = await deploy.apply(consent)
  expect(connections).toMatchObject([{ status: 'Connected', error: null, loginLink: null }])
})

it('waits until a person has signed in, and no longer than it is told', async () => {
  let looks = 0
  const deploy = await deployment(({ method, path }) => {
    if (path.endsWith('getLoginLinks')) return { body: { loginLink: link } }
    if (method !== 'GET' || !path.endsWith('/authorizations')) return undefined
    const status = ++looks > 3 ? 'Connected' : 'Error'
    return { body: { value: [{ name: 'octocat', properties: { oauth2grantType: 'AuthorizationCode', status } }] } }
  })
  await deploy.apply(consent)
  looks = 0
  const waiting: number[] = []
  const onWaiting = (ids: readonly string[]): unknown => waiting.push(ids.length)
  expect(await deploy.waitForSignIn(consent, { interval: 0.01, timeout: 0.005, onWaiting })).toMatchObject([
    { loginLink: link },
  ])
  looks = 0
  expect(await deploy.waitForSignIn(consent, { interval: 0.01, onWaiting })).toMatchObject([
    { status: 'Connected', loginLink: null },
  ])
  expect(waiting.every((count) => count === 1)).toBe(true)
  const reason = new Error('enough')
  looks = -1000
  await expect(deploy.waitForSignIn(consent, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
    name: 'TimeoutError',
  })
  await expect(deploy.waitForSignIn(consent, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})

it('gives the link of the emulator, which a person could open', async () => {
  const parameters = {
    clientId: 'id',
    clientSecret: fromValue('s3cret'),
    authorizationUrl: 'https://login.example/authorize',
    tokenUrl: 'https://login.example/token',
    refreshUrl: 'https://login.example/token',
  }
  const own = credentialProvider('own', {
    identityProvider: 'oauth2',
    oauth2: { grantTypes: { authorizationCode: parameters } },
  })
  const what = stack({ name: 'own', resources: [own, connection('person', { provider: own })] })
  const deploy = await deployment(() => undefined)
  const { connections } = await deploy.apply(what)
  const [waiting] = needSignIn(connections)
  const answer = await fetch(waiting?.loginLink ?? '', { redirect: 'manual' })
  expect(answer.headers.get('location')).toMatch(
    /^https:\/\/login\.example\/authorize\?response_type=code&client_id=id&/,
  )
})

/** What a service may answer for one and the same connection: its values in other words, and what it adds. */
const cosmetics: Readonly<Record<string, object>> = {
  'words in another case': { authorizationType: 'oauth2', oauth2grantType: 'authorizationCode' },
  'null for what is not there': { parameters: null, error: null },
  'empty parameters': { parameters: {} },
  'no parameters at all': { parameters: undefined },
  'what nobody knows yet': { lastRefreshed: '2026-01-01T00:00:00Z', connectionParameters: { a: 'b' } },
  'another order of its fields': { status: 'Connected' },
}

it.each(Object.entries(cosmetics))('never writes a connection again that works, for %s', async (_what, answered) => {
  const first = await deployment(() => undefined)
  await first.apply(consent)
  const deploy = await deployment(({ method, path }) => {
    if (method !== 'GET' || !path.endsWith('/authorizations')) return undefined
    const properties = {
      status: 'Connected',
      authorizationType: 'OAuth2',
      oauth2grantType: 'AuthorizationCode',
      ...answered,
    }
    return { body: { value: [{ name: 'OctoCat', location: 'East US', properties, type: 'x' }], nextLink: '' } }
  })
  emulator.requests.clear()
  const result = await deploy.apply(consent)
  expect(result.summary).toMatchObject({ none: 2, update: 0 })
  expect(result.connections).toMatchObject([{ status: 'Connected' }])
  // Nor when its provider changes: the consent hangs on the connection.
  const renamed = credentialProvider('github', { ...github.properties, displayName: 'Renamed' } as Parameters<
    typeof credentialProvider
  >[1])
  await deploy.apply(stack({ name: 'consent', resources: [renamed, connection('octocat', { provider: renamed })] }))
  const written = emulator.requests.entries.filter(({ method }) => method === 'PUT').map(({ path }) => path)
  expect(written.map((path) => path.replace(/^.*\/service\/[^/]+/, ''))).toEqual(['/authorizationProviders/github'])
})

it('writes no connection again whose parameters the service does not show', async () => {
  const entra = credentialProvider.aad('entra', { clientCredentials: { resourceUri: 'api://backend' } })
  const client = connection('client', { provider: entra, clientId: 'id', clientSecret: fromValue('s3cret') })
  const what = stack({ name: 'silent', resources: [entra, client] })
  const deploy = await deployment(({ method, path }) =>
    method === 'GET' && path.endsWith('/authorizations')
      ? {
          body: {
            value: [
              {
                name: 'client',
                properties: {
                  authorizationType: 'OAuth2',
                  oauth2grantType: 'ClientCredentials',
                  status: 'Connected',
                },
              },
            ],
          },
        }
      : undefined,
  )
  await deploy.apply(what)
  emulator.requests.clear()
  expect((await deploy.apply(what)).summary).toMatchObject({ none: 2 })
  expect(emulator.requests.entries.filter(({ method }) => method === 'PUT')).toEqual([])
})
