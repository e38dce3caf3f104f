import { describe, expect, it } from 'vitest'
import type { Fields } from '../fields.js'
import { SecretReference } from '../secrets.js'
import { connection } from './connection.js'
import { credentialProvider } from './credential-provider.js'
import { identityProviderOf, identityProviders, type Grant, type IdentityProvider } from './identity-providers.js'

const own = 'clientId! clientSecret!* scopes'
const server = 'clientId! clientSecret!* authorizationUrl! tokenUrl! refreshUrl! scopes'
const client = 'clientId! clientSecret!*'

/** What the documentation, the specification and public templates say: `!` is required, `*` secret. */
const facts: readonly [id: string, grant: Grant, provider: string, connection: string][] = [
  ['aad', 'authorizationCode', 'clientId! clientSecret!* resourceUri! tenantId loginUri scopes', ''],
  ['aad', 'clientCredentials', 'resourceUri! tenantId loginUri scopes', client],
  ['oauth2', 'authorizationCode', server, ''],
  ['oauth2', 'clientCredentials', 'tokenUrl! authorizationUrl refreshUrl scopes', client],
  ['oauth2pkce', 'authorizationCode', server, ''],
  ['google', 'authorizationCode', own, ''],
  ['github', 'authorizationCode', own, ''],
  ['dropbox', 'authorizationCode', own, ''],
  ['linkedin', 'authorizationCode', own, ''],
  ['spotify', 'authorizationCode', own, ''],
  ['servicenow', 'authorizationCode', `${own} instanceName!`, ''],
  ['stripe', 'authorizationCode', own, ''],
  ['twitter', 'authorizationCode', own, ''],
  ['zendesk', 'authorizationCode', own, ''],
]

const words = (fields: Fields | undefined): string =>
  Object.entries(fields ?? {})
    .map(([name, { type, options }]) => `${name}${options.required ? '!' : ''}${type === 'secret' ? '*' : ''}`)
    .join(' ')

const secret = new SecretReference('test', () => Promise.resolve('planted'))
const inputOf = (fields: Fields, required: boolean): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, { options }]) => !required || options.required)
      .map(([name, { type }]) => [name, type === 'secret' ? secret : 'x']),
  )

describe.each(facts)('%s by %s', (id, grant, provider, connections) => {
  const row = identityProviderOf(id)?.[grant]
  const declare = (input: object): ReturnType<typeof credentialProvider> =>
    // The table is walked by name, which the types of the single functions do not allow.
    (credentialProvider as unknown as Record<string, typeof credentialProvider>)[id]?.('p', input as never) as never

  it('keeps each parameter in its place', () => {
    expect(words(row?.provider)).toBe(provider)
    expect(words(row?.connection)).toBe(connections)
  })

  it.each([true, false])('takes its parameters, required ones alone: %s', (required) => {
    const given = inputOf(row?.provider ?? {}, required)
    const declared = declare({ [grant]: given })
    expect(declared.properties).toEqual({
      displayName: 'p',
      identityProvider: id,
      oauth2: { grantTypes: { [grant]: given } },
    })
    const parameters = inputOf(row?.connection ?? {}, required)
    expect(connection('c', { provider: declared, ...parameters }).properties['parameters']).toEqual(
      connections === '' ? undefined : parameters,
    )
  })

  it('misses what is required', () => {
    for (const [name] of Object.entries(row?.provider ?? {}).filter(([, { options }]) => options.required)) {
      const { [name]: _left, ...rest } = inputOf(row?.provider ?? {}, true)
      expect(() => declare({ [grant]: rest })).toThrow(`oauth2.grantTypes.${grant}.${name}`)
    }
  })
})

describe('identity providers', () => {
  it('are these and no others', () => {
    const rows = Object.entries<IdentityProvider>(identityProviders).flatMap(([id, row]) =>
      Object.keys(row)
        .filter((key) => key !== 'title' && key !== 'assumed')
        .map((grant) => `${id} ${grant}`),
    )
    expect(rows).toEqual(facts.map(([id, grant]) => `${id} ${grant}`))
  })

  it('are known whatever the case of their id', () => {
    const oauth2 = { grantTypes: { authorizationCode: {} } }
    expect(() => credentialProvider('p', { identityProvider: 'GitHub', oauth2 })).toThrow('clientId: is missing')
  })

  it('have the grants that they have', () => {
    const oauth2 = { grantTypes: { clientCredentials: { scopes: 'x' } } }
    expect(() => credentialProvider('p', { identityProvider: 'google', oauth2 })).toThrow(
      'Google does the authorization code grant only',
    )
  })

  it('may have parameters that nobody has listed where only the id is documented', () => {
    const authorizationCode = { clientId: 'x', clientSecret: secret, subdomain: 'contoso' }
    const declare = (identityProvider: string) => () =>
      credentialProvider('p', { identityProvider, oauth2: { grantTypes: { authorizationCode } } })
    expect(declare('zendesk')).not.toThrow()
    expect(declare('google')).toThrow('subdomain: there is no such field')
  })
})
