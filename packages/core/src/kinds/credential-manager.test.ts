import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { concat } from '../outputs.js'
import { SecretReference } from '../secrets.js'
import { accessPolicy, principal } from './access-policy.js'
import { connection } from './connection.js'
import { credentialProvider } from './credential-provider.js'
import { namedValue } from './named-value.js'
import { operation } from './operation.js'
import { api } from './api.js'
import { service } from './service.js'

const clientSecret = new SecretReference('environment variable CLIENT_SECRET', () => Promise.resolve('planted'))
const provider = credentialProvider.aad('backend', {
  clientCredentials: { resourceUri: 'api://backend', tenantId: 't' },
})

describe('credential provider', () => {
  it('has the wire form of the article', () => {
    expect(provider.properties).toEqual({
      displayName: 'backend',
      identityProvider: 'aad',
      oauth2: { grantTypes: { clientCredentials: { resourceUri: 'api://backend', tenantId: 't' } } },
    })
  })

  it('refuses parameters that its identity provider does not have', () => {
    const clientCredentials = { resourceUri: 'api://backend', resourceUrl: 'x' }
    expect(() => credentialProvider.aad('p', { clientCredentials })).toThrow(
      'oauth2.grantTypes.clientCredentials.resourceUrl: there is no such field; did you mean "resourceUri"?',
    )
  })

  it('lets parameters of unknown identity providers pass', () => {
    const oauth2 = { grantTypes: { authorizationCode: { anything: 'x', clientSecret } } }
    expect(credentialProvider('p', { identityProvider: 'contoso', oauth2 }).properties['oauth2']).toEqual(oauth2)
  })

  it.each([{}, { clientCredentials: {}, authorizationCode: {} }])('has exactly one grant: %o', (grantTypes) => {
    expect(() => credentialProvider('p', { identityProvider: 'contoso', oauth2: { grantTypes } })).toThrow(
      'exactly one grant',
    )
  })

  it('never takes a secret as text, and never repeats it', () => {
    const grantTypes = { authorizationCode: { clientSecret: 'planted' } }
    expect(() => credentialProvider('p', { identityProvider: 'contoso', oauth2: { grantTypes } })).toThrow(
      /^(?!.*planted)[^]*is a secret: give fromKeyVault/,
    )
  })
})

describe('connection', () => {
  it('has the grant of its provider and the parameters on the wire', () => {
    expect(connection('c', { provider, clientId: 'id', clientSecret }).properties).toEqual({
      authorizationType: 'OAuth2',
      oauth2grantType: 'ClientCredentials',
      parameters: { clientId: 'id', clientSecret },
    })
  })

  it('needs client id and secret for the client credentials grant', () => {
    // @ts-expect-error: clientSecret is missing
    expect(() => connection('c', { provider, clientId: 'id' })).toThrow('clientSecret: is a secret: give fromKeyVault')
  })

  it('refuses parameters that its provider keeps, and takes any of a provider that nobody has listed', () => {
    const github = credentialProvider.github('github', { authorizationCode: { clientId: 'x', clientSecret } })
    // @ts-expect-error: somebody signs in, so there are no parameters
    expect(() => connection('c', { provider: github, clientId: 'id' })).toThrow('clientId: there is no such field')
    const grantTypes = { clientCredentials: { tokenUrl: 'https://t' } }
    const contoso = credentialProvider('contoso', { identityProvider: 'contoso', oauth2: { grantTypes } })
    expect(connection('c', { provider: contoso, parameters: { audience: 'x' } }).properties['parameters']).toEqual({
      audience: 'x',
    })
  })

  it('has no parameters for the authorization code grant', () => {
    const oauth2 = { grantTypes: { authorizationCode: { clientId: 'x', clientSecret } } }
    const github = credentialProvider('github', { identityProvider: 'github', oauth2 })
    expect(connection('c', { provider: github }).properties).toEqual({
      authorizationType: 'OAuth2',
      oauth2grantType: 'AuthorizationCode',
    })
  })

  it('never shows its secret', () => {
    const shown = connection('c', { provider, clientId: 'id', clientSecret })
    expect([JSON.stringify(shown), inspect(shown, { depth: 9 }), String(clientSecret)].join()).not.toContain('planted')
  })
})

describe('access policy', () => {
  it('takes the identity of the service, known only once it is asked', () => {
    const client = connection('c', { provider, clientId: 'id', clientSecret })
    const { properties } = accessPolicy('x', { connection: client, principal: service.managedIdentity })
    expect(String(properties['objectId'])).toBe('{service.principalId}')
    expect(
      accessPolicy('x', { connection: client, principal: principal.user({ objectId: 'u', appIds: ['a'] }) }).properties,
    ).toEqual({
      objectId: 'u',
      tenantId: service.tenantId,
      appIds: ['a'],
    })
  })
})

it('an access policy without a principal is refused, not a crash', () => {
  const client = connection('c', { provider, clientId: 'id', clientSecret })
  // @ts-expect-error -- untyped callers leave out anything
  expect(() => accessPolicy('x', { connection: client })).toThrow('objectId: is missing')
})

describe('named value', () => {
  it('is secret exactly when its value is not in clear text', () => {
    expect(namedValue('n', { value: 'x' }).properties['secret']).toBe(false)
    expect(namedValue('n', { value: clientSecret }).properties['secret']).toBe(true)
    const keyVault = { secretIdentifier: 'https://v.vault.azure.net/secrets/s' }
    expect(namedValue('n', { keyVault }).properties).toEqual({ displayName: 'n', secret: true, keyVault })
  })

  it('refuses values that the service refuses', () => {
    expect(() => namedValue('n', { value: ' ' })).toThrow('value: has to match')
    expect(() => namedValue('n', { value: 'x'.repeat(4097) })).toThrow('value: is too long; at most 4096')
    expect(() => namedValue('n', { displayName: 'a b', value: 'x' })).toThrow('displayName: has to match')
  })
})

describe('operation', () => {
  it('declares the parameters of its template', () => {
    const orders = api('orders', { path: 'orders', serviceUrl: concat(service.gatewayUrl, '/protected') })
    const urlTemplate = '/{id}/files/{*path}?full={full}'
    expect(operation('get', { api: orders, method: 'GET', urlTemplate }).properties['templateParameters']).toEqual(
      ['id', 'path', 'full'].map((name) => ({ name, type: 'string', required: true })),
    )
  })
})
