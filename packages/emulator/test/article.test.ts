import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEmulator, type Emulator } from '../src/index.js'
import { apiManagementClient, scopeOf } from './azure-clients.js'

/*
 * The system of credential manager as a whole, deployed with Azure's own client: an unprotected API that calls a protected one
 * with a token of a connection.
 */
const tenantId = '11111111-1111-1111-1111-111111111111'
const clientId = '55555555-5555-5555-5555-555555555555'
const audience = 'api://backend'

const policies = (inbound: string): { format: 'rawxml'; value: string } => ({
  format: 'rawxml',
  value: `<policies><inbound><base />${inbound}</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`,
})

const protectedPolicy = policies(`
  <validate-azure-ad-token tenant-id="{{tenant-id}}" output-token-variable-name="token">
    <audiences><audience>${audience}</audience></audiences>
    <required-claims><claim name="roles" match="all"><value>Sample.Read</value></claim></required-claims>
  </validate-azure-ad-token>
  <return-response>
    <set-status code="200" reason="OK" />
    <set-body>@(((Jwt)context.Variables["token"]).IssuedAt.ToString())</set-body>
  </return-response>`)

const unprotectedPolicy = policies(`
  <get-authorization-context provider-id="credential-provider" authorization-id="client-connection"
    context-variable-name="auth-context" identity-type="managed" ignore-error="false" />
  <set-header name="Authorization" exists-action="override">
    <value>@("Bearer " + ((Authorization)context.Variables.GetValueOrDefault("auth-context"))?.AccessToken)</value>
  </set-header>`)

let emulator: Emulator
const call = async (path: string): Promise<[number, string]> => {
  const answer = await fetch(`${emulator.gateway}${path}`)
  return [answer.status, await answer.text()]
}
const grant = async (): Promise<void> => {
  const { principalId: objectId } = emulator
  await apiManagementClient(emulator).authorizationAccessPolicy.createOrUpdate(
    ...scopeOf(emulator),
    'credential-provider',
    'client-connection',
    'apim',
    { tenantId, objectId },
  )
}

beforeAll(async () => {
  emulator = await startEmulator({
    tenantId,
    longRunning: 'accepted',
    applications: [
      { appId: '66666666-6666-6666-6666-666666666666', identifierUris: [audience], appRoles: ['Sample.Read'] },
      {
        appId: clientId,
        clientSecrets: ['s3cret'],
        appRoleAssignments: [{ resource: audience, roles: ['Sample.Read'] }],
      },
    ],
  })
  const client = apiManagementClient(emulator)
  const scope = scopeOf(emulator)
  const value = { displayName: 'tenant-id', value: tenantId }
  await client.namedValue.beginCreateOrUpdateAndWait(...scope, 'tenant-id', value)
  await client.authorizationProvider.createOrUpdate(...scope, 'credential-provider', {
    displayName: 'Credential Provider',
    identityProvider: 'aad',
    oauth2: { grantTypes: { clientCredentials: { resourceUri: audience, tenantId } } },
  })
  await client.authorization.createOrUpdate(...scope, 'credential-provider', 'client-connection', {
    authorizationType: 'OAuth2',
    oAuth2GrantType: 'ClientCredentials',
    parameters: { clientId, clientSecret: 's3cret' },
  })
  await grant()
  for (const [name, serviceUrl, policy] of [
    ['protected', undefined, protectedPolicy],
    ['unprotected', `${emulator.gateway}/protected`, unprotectedPolicy],
  ] as const) {
    await client.api.beginCreateOrUpdateAndWait(...scope, name, {
      displayName: name,
      path: name,
      protocols: ['https'],
      subscriptionRequired: false,
      ...(serviceUrl === undefined ? {} : { serviceUrl }),
    })
    const operation = { displayName: 'Get', method: 'GET', urlTemplate: '/' }
    await client.apiOperation.createOrUpdate(...scope, name, 'get', operation)
    await client.apiOperationPolicy.createOrUpdate(...scope, name, 'get', 'policy', policy)
  }
})
afterAll(() => emulator.close())

describe('calling a protected backend with credential manager', () => {
  it('has a connection that is connected', async () => {
    const names = ['credential-provider', 'client-connection'] as const
    const connection = await apiManagementClient(emulator).authorization.get(...scopeOf(emulator), ...names)
    expect(connection).toMatchObject({ status: 'Connected', parameters: { clientId } })
  })

  it('needs a token', async () => {
    expect((await call('/protected/'))[0]).toBe(401)
  })

  it('gets one from the connection and keeps it', async () => {
    const [status, issuedAt] = await call('/unprotected/')
    expect(status).toBe(200)
    expect(await call('/unprotected/')).toEqual([200, issuedAt])
  })

  it('gets another one shortly before the first expires', async () => {
    const [, before] = await call('/unprotected/')
    emulator.clock.advance({ minutes: 58 })
    const [status, after] = await call('/unprotected/')
    expect(status).toBe(200)
    expect(after).not.toBe(before)
  })

  it('is refused without the access policy, and works again with it', async () => {
    const names = ['credential-provider', 'client-connection', 'apim'] as const
    await apiManagementClient(emulator).authorizationAccessPolicy.delete(...scopeOf(emulator), ...names, '*')
    expect((await call('/unprotected/'))[0]).toBe(500)
    await grant()
    expect((await call('/unprotected/'))[0]).toBe(200)
  })
})
