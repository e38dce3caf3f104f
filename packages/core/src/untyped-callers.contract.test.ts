import { describe, expect, it } from 'vitest'
import * as core from './index.js'
import { ApimKitError, SecretReference, type KindName, type PolicyContent } from './index.js'

/*
 * Code without types calls functions with anything, or with nothing. Whatever a builder is given, it makes a resource or throws an
 * ApimKitError: never an error that only tells where our own code stumbled.
 */
type Anything = (...parameters: readonly unknown[]) => unknown

const secret = new SecretReference('for tests', () => Promise.resolve('x'))
const policy: PolicyContent = {
  toXml: () => '',
  toRawXml: () => '',
  references: [],
  equals: () => false,
  problems: () => [],
}
const orders = core.api('orders', { path: 'orders' })
const shared = core.backend('shared', { url: 'https://orders.example' })
const provider = core.credentialProvider.aad('entra', { clientCredentials: { resourceUri: 'api://backend' } })
const client = core.connection('client', { provider, clientId: 'a', clientSecret: secret })
const urls = { authorizationUrl: 'https://a.example', tokenUrl: 'https://b.example', refreshUrl: 'https://c.example' }
const app = { clientId: 'a', clientSecret: secret, scopes: 'b' }

/** Every function that declares a resource, with input that it takes. A kind without one has its reason. */
const builders: Readonly<Record<Exclude<KindName, WithoutBuilder>, readonly (readonly [Anything, unknown])[]>> = {
  namedValue: [[core.namedValue as Anything, { value: 'a', tags: ['b'] }]],
  credentialProvider: [
    [
      core.credentialProvider as Anything,
      { identityProvider: 'x', oauth2: { grantTypes: { clientCredentials: { tokenUrl: 'https://a.example' } } } },
    ],
    [core.credentialProvider.aad as Anything, { clientCredentials: { resourceUri: 'api://backend' } }],
    [core.credentialProvider.github as Anything, { authorizationCode: app }],
    [core.credentialProvider.oauth2pkce as Anything, { authorizationCode: { ...app, ...urls } }],
  ],
  connection: [[core.connection as Anything, { provider, clientId: 'a', clientSecret: secret }]],
  accessPolicy: [[core.accessPolicy as Anything, { connection: client, principal: core.service.managedIdentity }]],
  backend: [
    [core.backend as Anything, { url: 'https://orders.example' }],
    [core.backend as Anything, { pool: [shared, { backend: shared, weight: 1 }] }],
  ],
  certificate: [[core.certificate as Anything, { data: secret }]],
  apiVersionSet: [[core.apiVersionSet as Anything, { versioningScheme: 'Segment' }]],
  api: [
    [core.api as Anything, { path: 'a', policy, tags: ['b'], serviceUrl: 'https://orders.example' }],
    [core.apiRevision as Anything, { api: orders, policy, tags: [] }],
  ],
  apiRelease: [[core.apiRelease as Anything, { api: orders, revision: orders }]],
  apiSchema: [[core.apiSchema as Anything, { api: orders, graphql: 'type Query { a: Int }' }]],
  operation: [
    [
      core.operation as Anything,
      {
        api: orders,
        method: 'GET',
        urlTemplate: '/{id}',
        templateParameters: [{ name: 'id', type: 'string' }],
        policy,
      },
    ],
  ],
  resolver: [[core.resolver as Anything, { api: orders, path: 'Query/a', policy }]],
  product: [
    [core.product as Anything, { apis: [orders], groups: ['developers'], tags: [], policy, state: 'published' }],
  ],
  subscription: [[core.subscription as Anything, { scope: 'allApis' }]],
  tag: [[core.tag as Anything, {}]],
  group: [[core.group as Anything, { description: 'a' }]],
  policyFragment: [[core.policyFragment as Anything, { value: policy }]],
  globalPolicy: [[(_, value) => core.globalPolicy(value as PolicyContent), policy]],
  logger: [[core.logger as Anything, { loggerType: 'azureMonitor' }]],
  diagnostic: [[core.diagnostic as Anything, { loggerId: '/loggers/a' }]],
  apiDiagnostic: [[core.apiDiagnostic as Anything, { api: orders, loggerId: '/loggers/a' }]],
  schema: [
    [core.schema as Anything, { json: { type: 'object' } }],
    [core.schema as Anything, { xml: '<a/>' }],
  ],
  cache: [[core.cache as Anything, { connectionString: secret }]],
}

/** They come with another resource, which has a property for them. */
type WithoutBuilder =
  | 'apiPolicy'
  | 'apiTag'
  | 'operationPolicy'
  | 'operationTag'
  | 'productApi'
  | 'productGroup'
  | 'productPolicy'
  | 'productTag'
  | 'resolverPolicy'

const anything: readonly unknown[] = [
  undefined,
  null,
  5,
  10n,
  Number.NaN,
  true,
  'text',
  Symbol('a'),
  [],
  [null],
  {},
  { a: null },
  Object.create(null),
  () => 1,
  new Date(0),
]

/** Lets an error pass that says what to do; a second name of the same error would do too. */
function survives(call: () => unknown): void {
  try {
    call()
  } catch (error) {
    if (!(error instanceof ApimKitError)) throw error
    expect(error.code).toMatch(/^invalid-/)
    expect(error.message).not.toMatch(/\bundefined\b|\[object|Symbol\(/)
  }
}

const rows = Object.entries(builders).flatMap(([kind, forms]) =>
  forms.map(([declare, input], index) => [`${kind} ${index}`, declare, input] as const),
)

describe.each(rows)('%s', (_, declare, input) => {
  it('takes its example', () => {
    expect(declare('name', input)).toMatchObject({ kind: expect.any(String) })
  })

  it('takes no other name, and no other input', () => {
    for (const one of anything) {
      survives(() => declare(one, input))
      survives(() => declare('name', one))
      survives(() => declare(one))
      survives(() => declare(one, one))
    }
    survives(() => declare())
  })

  it('takes no other value of a property, however deep', () => {
    for (const changed of variations(input)) survives(() => declare('name', changed))
  })
})

/** The same with anything in the place of one value. */
function* variations(input: unknown, depth = 0): Generator {
  if (typeof input !== 'object' || input === null || depth > 4) return
  if (core.isResource(input) || core.isPolicyContent(input) || input instanceof SecretReference) return
  for (const [key, value] of Object.entries(input)) {
    const put = (other: unknown): unknown =>
      Array.isArray(input) ? input.with(Number(key), other) : { ...input, [key]: other }
    for (const other of anything) yield put(other)
    for (const inner of variations(value, depth + 1)) yield put(inner)
  }
}

describe('stack', () => {
  it.each(anything.map((value) => [value]))('takes no %o', (value) => {
    survives(() => (core.stack as Anything)(value))
    survives(() => (core.stack as Anything)({ name: value, resources: [] }))
    survives(() => (core.stack as Anything)({ name: 'shop', resources: value }))
    survives(() => (core.stack as Anything)({ name: 'shop', resources: [value] }))
    survives(() => (core.stack as Anything)({ name: 'shop', resources: [], service: value }))
  })

  it('says what to write', () => {
    expect(core.stack as Anything).toThrow(
      "stack: expected an object, got nothing; write stack({ name: 'shop', resources",
    )
  })
})

it.each(anything.map((value) => [value]))('concat and principals take no %o', (value) => {
  survives(() => (core.concat as Anything)(value, value))
  for (const make of Object.values(core.principal)) survives(() => (make as Anything)(value))
})

it('says what was called, what was given, and what to write', () => {
  const message = (call: () => unknown): string => {
    try {
      call()
    } catch (error) {
      return (error as ApimKitError).message
    }
    return ''
  }
  expect(message(() => (core.api as Anything)('x'))).toBe(
    "API x is not valid:\n  expected an object of its properties, got nothing; write api('name', { … })",
  )
  expect(message(() => (core.namedValue as Anything)(5, null)).split('\n')).toEqual([
    'named value is not valid:',
    expect.stringMatching(/^ {2}name: a number is no name for it; allowed are /),
    "  expected an object of its properties, got null; write namedValue('name', { … })",
  ])
  expect(message(() => (core.apiRevision as Anything)('2', {}))).toContain('api: is missing; give the API of which it')
})
