import { describe, expect, it } from 'vitest'
import { ApimKitError } from './errors.js'
import { accessPolicy } from './kinds/access-policy.js'
import { api } from './kinds/api.js'
import { connection } from './kinds/connection.js'
import { credentialProvider } from './kinds/credential-provider.js'
import { namedValue } from './kinds/named-value.js'
import { operation } from './kinds/operation.js'
import { service } from './kinds/service.js'
import type { PolicyContent } from './policy-content.js'
import type { Reference } from './references.js'
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
      accessPolicy(`p${index}`, { connection: client, principal: service.managedIdentity }),
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
