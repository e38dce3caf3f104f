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
