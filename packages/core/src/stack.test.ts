import { describe, expect, it } from 'vitest'
import { ApimKitError } from './errors.js'
import { accessPolicy, principal } from './kinds/access-policy.js'
import { apiVersionSet } from './kinds/api-version-set.js'
import { api, apiRevision } from './kinds/api.js'
import { connection } from './kinds/connection.js'
import { credentialProvider } from './kinds/credential-provider.js'
import { namedValue } from './kinds/named-value.js'
import { operation } from './kinds/operation.js'
import { resolver } from './kinds/resolver.js'
import { service } from './kinds/service.js'
import type { PolicyContent } from './policy-content.js'
import type { Reference } from './references.js'
import type { Resource } from './resource.js'
import { SecretReference } from './secrets.js'
import { isStack, stack } from './stack.js'

const clientSecret = new SecretReference('test', () => Promise.resolve('s3cret'))
const provider = credentialProvider.aad('backend', { clientCredentials: { resourceUri: 'api://backend' } })
const client = connection('client', { provider, clientId: 'c', clientSecret })
const mayUse = accessPolicy('managed-identity', { connection: client, principal: service.managedIdentity })

function naming(...references: Reference[]): PolicyContent {
  return { toXml: () => '', toRawXml: () => '', references, equals: () => false, problems: () => [] }
}

function problemsOf(action: () => unknown): ApimKitError['problems'] {
  try {
    action()
  } catch (error) {
    if (error instanceof ApimKitError && error.code === 'invalid-stack') return error.problems
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('limits of the service', () => {
  const declared = (count: number): ReturnType<typeof accessPolicy>[] =>
    Array.from({ length: count }, (_, index) =>
      accessPolicy(`p${index}`, {
        connection: client,
        principal: principal.servicePrincipal({ objectId: `o${index}` }),
      }),
    )

  it('are kept: 100 access policies of a connection', () => {
    expect(() => stack({ name: 's', resources: [provider, client, ...declared(100)] })).not.toThrow()
    expect(problemsOf(() => stack({ name: 's', resources: [provider, client, ...declared(101)] }))).toMatchObject([
      {
        rule: 'stack/too-many',
        path: 'connection client',
        message: 'has 101 resources of the kind access policy; the service allows 100',
      },
    ])
  })

  it('are kept: 1,000 providers of a service, counted apart from others', () => {
    const providers = Array.from({ length: 1000 }, (_, index) =>
      credentialProvider.aad(`p${index}`, { clientCredentials: { resourceUri: 'x' } }),
    )
    expect(problemsOf(() => stack({ name: 's', resources: [provider, ...providers] }))).toMatchObject([
      { path: 'the service', message: 'has 1001 resources of the kind credential provider; the service allows 1000' },
    ])
  })
})

it('tells two of one name from two that go by one name', () => {
  const resources = [
    namedValue('one', { displayName: 'audience', value: '1' }),
    namedValue('two', { displayName: 'audience', value: '2' }),
    namedValue('TWO', { displayName: 'other', value: '3' }),
  ]
  expect(problemsOf(() => stack({ name: 's', resources }))).toMatchObject([
    { path: 'named value TWO', message: expect.stringMatching('^is declared twice') as string },
    { path: 'named value two', message: expect.stringContaining('has its displayName "audience"') as string },
  ])
})

it('keeps the limit of 10,000 connections of a provider', () => {
  const connections = Array.from({ length: 10_001 }, (_, index) =>
    connection(`c${index}`, { provider, clientId: 'c', clientSecret }),
  )
  expect(() => stack({ name: 's', resources: [provider, ...connections.slice(1)] })).not.toThrow()
  expect(problemsOf(() => stack({ name: 's', resources: [provider, ...connections] }))).toMatchObject([
    { path: 'credential provider backend', message: expect.stringContaining('the service allows 10000') as string },
  ])
})

describe('what only one may have', () => {
  const orders = api('orders', { path: 'orders' })
  const get = (name: string, urlTemplate: string, parent = orders, method = 'GET'): Resource =>
    operation(name, { api: parent, method, urlTemplate })
  const versions = apiVersionSet('versions', { versioningScheme: 'Segment' })
  const version = (name: string, apiVersion: string): Resource =>
    api(name, { path: 'orders', apiVersionSetId: versions, apiVersion })

  const refused: Readonly<Record<string, readonly [readonly Resource[], { path: string; message: string }]>> = {
    'the path of an API': [
      [orders, api('others', { path: '/Orders/' })],
      {
        path: 'API others: properties.path',
        message: 'has the same path and version as API orders; the service allows only one',
      },
    ],
    'the version of an API': [
      [versions, version('one', 'v1'), version('two', 'V1')],
      {
        path: 'API two: properties.path',
        message: 'has the same path and version as API one; the service allows only one',
      },
    ],
    'the route of an operation, whatever its parameters are called': [
      [orders, get('one', '/{id}'), get('two', '/{number}', orders, 'get')],
      {
        path: 'operation two: properties.urlTemplate',
        message: 'has the same method and URL template as operation one; the service allows only one',
      },
    ],
    'the principal of an access policy': [
      [provider, client, mayUse, accessPolicy('other', { connection: client, principal: service.managedIdentity })],
      {
        path: 'access policy other: properties.objectId',
        message: 'has the same principal as access policy managed-identity; the service allows only one',
      },
    ],
    'the field of a resolver': [
      [orders, resolver('one', { api: orders, path: 'Query/a' }), resolver('two', { api: orders, path: 'Query/a' })],
      {
        path: 'GraphQL resolver two: properties.path',
        message: 'has the same field of the schema as GraphQL resolver one; the service allows only one',
      },
    ],
  }

  it.each(Object.entries(refused))('is refused twice: %s', (_what, [resources, problem]) => {
    expect(problemsOf(() => stack({ name: 's', resources }))).toEqual([
      { rule: 'stack/not-unique', severity: 'error', ...problem },
    ])
  })

  it('is told apart by parent, version, method and wildcard', () => {
    const others = api('others', { path: 'others' })
    const resources = [
      orders,
      others,
      apiRevision('2', { api: orders }),
      versions,
      version('one', 'v1'),
      version('two', 'v2'),
      get('a', '/{id}'),
      get('b', '/{*id}'),
      get('c', '/{id}', orders, 'DELETE'),
      get('d', '/{id}', others),
    ]
    expect(stack({ name: 's', resources }).resources).toHaveLength(resources.length)
  })
})

describe('stack', () => {
  it('puts what a resource needs before it, whatever order it was given in', () => {
    const { resources, dependenciesOf } = stack({ name: 's', resources: [mayUse, client, provider] })
    expect(resources.map(({ name }) => name)).toEqual(['backend', 'client', 'managed-identity'])
    expect(dependenciesOf(client)).toEqual([provider])
  })

  it('takes in the policy of an API, behind what the policy names', () => {
    const policy = naming(
      { kind: 'connection', parent: 'Backend', name: 'CLIENT', path: 'inbound' },
      { kind: 'namedValue', name: 'audience', path: 'inbound' },
    )
    const orders = api('orders', { path: 'orders', policy })
    const audience = namedValue('nv', { displayName: 'audience', value: 'x' })
    const { resources } = stack({ name: 's', resources: [orders, audience, provider, client] })
    expect(resources.map(({ kind }) => kind)).toEqual([
      'api',
      'credentialProvider',
      'connection',
      'namedValue',
      'apiPolicy',
    ])
  })

  it('names every reference to something that is not there, and what was probably meant', () => {
    const policy = naming(
      { kind: 'namedValue', name: 'audiense', path: 'inbound/set-header[1]', line: 3, column: 9 },
      { kind: 'connection', parent: 'backend', name: 'gone', path: 'inbound' },
      { kind: 'fragment', name: 'of a kind that core does not know', path: 'inbound' },
    )
    const resources = [api('orders', { path: 'orders', policy }), namedValue('audience', { value: 'x' }), client]
    expect(problemsOf(() => stack({ name: 's', resources }))).toMatchObject([
      { message: 'named value "audiense" is not in the stack; did you mean "audience"?', line: 3, column: 9 },
      { message: expect.stringContaining('connection "gone" of backend is not in the stack') as string },
      { path: 'connection client', message: expect.stringContaining('credential provider backend') as string },
    ])
  })

  it('refuses two resources of one name, and two named values of one display name', () => {
    const resources = [
      namedValue('a', { value: 'x' }),
      namedValue('A', { value: 'y', displayName: 'other' }),
      namedValue('b', { value: 'z', displayName: 'a' }),
    ]
    expect(problemsOf(() => stack({ name: 's', resources }))).toMatchObject([
      { path: 'named value A' },
      { path: 'named value b' },
    ])
  })

  it('lets two APIs have operations of one name', () => {
    const apis = ['a', 'b'].map((name) => api(name, { path: name }))
    const operations = apis.map((parent) => operation('get', { api: parent, method: 'GET', urlTemplate: '/' }))
    expect(stack({ name: 's', resources: [...apis, ...operations] }).resources).toHaveLength(4)
  })

  it('prints a whole circle', () => {
    const first = api('a', { path: 'a', policy: naming({ kind: 'apiPolicy', name: 'policy', parent: 'b', path: '' }) })
    const second = api('b', { path: 'b', policy: naming({ kind: 'apiPolicy', name: 'policy', parent: 'a', path: '' }) })
    expect(() => stack({ name: 's', resources: [first, second] })).toThrow(
      'API policy of a => API policy of b => API policy of a',
    )
  })

  it('refuses a bad name and things that are no resources', () => {
    expect(problemsOf(() => stack({ name: 'a b', resources: [] }))).toMatchObject([{ rule: 'stack/name' }])
    // @ts-expect-error: untyped callers pass anything
    expect(() => stack({ name: 's', resources: [{}] })).toThrow('resources[0] is no resource')
  })

  it('is known as a stack', () => {
    expect(isStack(stack({ name: 's', resources: [] }))).toBe(true)
    expect(isStack({ name: 's', resources: [] })).toBe(false)
  })
})
