import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { send } from '../../../test/azure-clients.js'
import { startEmulator, type Emulator } from '../../index.js'

const clientId = '55555555-5555-5555-5555-555555555555'
const tenantId = '11111111-1111-1111-1111-111111111111'
let emulator: Emulator
beforeEach(async () => {
  emulator = await startEmulator({
    applications: [
      { appId: '77777777-7777-7777-7777-777777777777', identifierUris: ['api://backend'] },
      { appId: clientId, clientSecrets: ['right'] },
    ],
  })
  const grantTypes = { clientCredentials: { resourceUri: 'api://backend', tenantId } }
  await put('/authorizationProviders/entra', { identityProvider: 'aad', oauth2: { grantTypes } })
})
afterEach(() => emulator.close())

const put = (path: string, properties: object): Promise<Response> =>
  send(emulator, 'PUT', path, { body: { properties } })
const connect = async (clientSecret: string, oauth2grantType = 'ClientCredentials'): Promise<unknown> => {
  const parameters = { clientId, clientSecret }
  const path = '/authorizationProviders/entra/authorizations/client'
  return (await put(path, { authorizationType: 'OAuth2', oauth2grantType, parameters })).json()
}

describe('a connection', () => {
  it('is connected once its credentials were exchanged', async () => {
    const properties = { status: 'Connected', parameters: { clientId } }
    const answer = await connect('right')
    expect(answer).toMatchObject({ properties })
    expect(answer).not.toHaveProperty('properties.error')
    expect(answer).not.toHaveProperty('properties.parameters.clientSecret')
  })

  it('says what the identity provider said, is still saved, and never shows the secret', async () => {
    const answer = await connect('planted')
    expect(answer).toMatchObject({ properties: { status: 'Error', error: { code: 'Unauthorized' } } })
    expect(JSON.stringify(answer)).toContain('AADSTS7000215')
    expect(JSON.stringify(answer)).not.toContain('planted')
    expect(await connect('right')).toMatchObject({ properties: { status: 'Connected' } })
  })

  it('has to have the grant of its provider', async () => {
    expect(await connect('right', 'AuthorizationCode')).toMatchObject({
      error: { details: [{ target: 'oauth2grantType' }] },
    })
  })

  it('without its secret is none any more: a put replaces everything', async () => {
    await connect('right')
    const answer = await put('/authorizationProviders/entra/authorizations/client', {
      authorizationType: 'OAuth2',
      oauth2grantType: 'ClientCredentials',
      parameters: { clientId },
    })
    expect(await answer.json()).toMatchObject({ properties: { status: 'Error' } })
  })

  it('has no login link yet, and says so', async () => {
    await connect('right')
    const path = '/authorizationProviders/entra/authorizations/client/getLoginLinks'
    const answer = await send(emulator, 'POST', path, { body: { postLoginRedirectUrl: 'https://x.example' } })
    expect(answer.status).toBe(501)
    expect(await answer.json()).toMatchObject({ error: { code: 'NotSupportedByEmulator' } })
  })
})

describe('an access policy', () => {
  const path = '/authorizationProviders/entra/authorizations/client/accessPolicies'
  const principal = { tenantId, objectId: '33333333-3333-3333-3333-33333333333A' }
  beforeEach(async () => {
    await connect('right')
    await put(`${path}/one`, principal)
  })

  it('is the only one of its principal on a connection', async () => {
    const second = await put(`${path}/two`, { ...principal, objectId: principal.objectId.toLowerCase() })
    expect(second.status).toBe(400)
    expect(await second.text()).toContain(`The access policy 'one' has this principal already.`)
  })

  it('is the only one also when many come at once', async () => {
    const other = { ...principal, objectId: '44444444-4444-4444-4444-444444444444' }
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => put(`${path}/many-${index}`, other)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('may be written again under its own name', async () => {
    expect((await put(`${path}/one`, { ...principal, appIds: [clientId] })).status).toBe(200)
  })
})

describe('a provider', () => {
  it.each([[{}], [{ authorizationCode: {}, clientCredentials: {} }]])(
    'with the grants %j is refused',
    async (grantTypes) => {
      const answer = await put('/authorizationProviders/x', { identityProvider: 'aad', oauth2: { grantTypes } })
      expect(answer.status).toBe(400)
      expect(await answer.text()).toContain('exactly one of authorizationCode and clientCredentials')
    },
  )

  it('takes its connections and their access policies along when it is deleted', async () => {
    await connect('right')
    await send(emulator, 'DELETE', '/authorizationProviders/entra')
    expect((await send(emulator, 'GET', '/authorizationProviders/entra/authorizations/client')).status).toBe(404)
  })
})
