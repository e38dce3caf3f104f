import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { diff } from '../diff.js'
import { fillOutputs, secretsOf } from '../properties.js'
import type { PolicyContent } from '../policy-content.js'
import { referencesOf } from '../references.js'
import type { Resource } from '../resource.js'
import { SecretReference } from '../secrets.js'
import { stack } from '../stack.js'
import { apiRelease } from './api-release.js'
import { apiSchema } from './api-schema.js'
import { apiVersionSet } from './api-version-set.js'
import { api, apiRevision } from './api.js'
import { backend } from './backend.js'
import { cache } from './cache.js'
import { certificate } from './certificate.js'
import { diagnostic } from './diagnostic.js'
import { group } from './group.js'
import { kindOf } from './index.js'
import { logger } from './logger.js'
import { namedValue } from './named-value.js'
import { product } from './product.js'
import { policyFragment } from './policy-fragment.js'
import { subscription } from './subscription.js'
import { tag } from './tag.js'

const secret = new SecretReference('test', () => Promise.resolve('planted'))
const address = { subscriptionId: 's', resourceGroup: 'g', service: 'apim' }
const base = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/apim'
const outputs = { name: 'apim', gatewayUrl: 'https://apim', principalId: 'p', tenantId: 't' }
const filled = (resource: Resource): Readonly<Record<string, unknown>> => fillOutputs(resource, outputs, address)
const changed = (resource: Resource, observed: Record<string, unknown>): unknown[] =>
  diff(kindOf(resource.kind)?.fields ?? {}, filled(resource), observed, () => false)

const key = namedValue('key', { displayName: 'the-key', value: secret })
const orders = api('orders', { path: 'orders' })

describe('backend', () => {
  const east = backend('east', {
    url: 'https://east.example',
    credentials: { header: { 'x-key': [key, 'a {{the-key}}'] } },
  })

  it('writes named values and other resources as the service does', () => {
    const client = certificate('client', { data: secret })
    const secured = backend('b', { url: 'https://b', credentials: { certificateIds: [client] } })
    expect(filled(secured)['credentials']).toEqual({ certificateIds: [`${base}/certificates/client`] })
    expect(filled(east)['credentials']).toEqual({ header: { 'x-key': ['{{the-key}}', 'a {{the-key}}'] } })
    expect(referencesOf(east)).toMatchObject([
      { kind: 'namedValue', name: 'key', path: 'properties.credentials.header.x-key[0]' },
      { kind: 'namedValue', name: 'the-key', path: 'properties.credentials.header.x-key[1]' },
    ])
  })

  it('is a pool of others, whose shares the service fills in', () => {
    const pool = backend('pool', { pool: [{ backend: east, weight: 3 }, backend('west', { url: 'https://west' })] })
    expect(filled(pool)).toEqual({
      type: 'Pool',
      pool: { services: [{ id: `${base}/backends/east`, weight: 3 }, { id: `${base}/backends/west` }] },
    })
    const observed = [
      { id: '/BACKENDS/east', weight: 3, priority: 1 },
      { id: `${base}/backends/West`, weight: 1 },
    ]
    expect(changed(pool, { type: 'Pool', pool: { services: observed } })).toEqual([])
    const [first, second] = observed
    expect(changed(pool, { type: 'Pool', pool: { services: [{ ...first, weight: 4 }, second] } })).toEqual([
      { path: 'properties.pool.services[0].weight', before: 4, after: 3 },
    ])
  })

  it('takes no secret that the service would show', () => {
    const credentials = { authorization: { scheme: 'Basic', parameter: secret } }
    // @ts-expect-error: it has to stand in a named value
    expect(() => backend('b', { url: 'https://b', credentials })).toThrow('credentials.authorization.parameter')
  })

  it('has no managed identity in this API version', () => {
    const credentials = { managedIdentity: { resource: 'x' } }
    expect(() => backend('b', { url: 'https://b', credentials })).toThrow(
      'credentials.managedIdentity: there is no such field',
    )
  })

  it('needs an address, spans of time and status codes that are some', () => {
    expect(() => backend('b', {} as never)).toThrow('url: is missing')
    const rule = { name: 'r', tripDuration: '1m', failureCondition: { statusCodeRanges: [{ min: 99, max: 600 }] } }
    expect(() => backend('b', { url: 'https://b', circuitBreaker: { rules: [rule] } })).toThrow(
      /min: is too small; it has to be at least 200[^]*max: is too great[^]*tripDuration: has to match/,
    )
  })
})

describe('logger and cache', () => {
  it('take a secret, a named value or its name, and never a text', () => {
    const of = (connectionString: never): Resource =>
      logger('l', { loggerType: 'applicationInsights', credentials: { connectionString } })
    expect(secretsOf(of(secret as never).properties)).toMatchObject([
      { path: 'properties.credentials.connectionString' },
    ])
    expect(filled(of(key as never))['credentials']).toEqual({ connectionString: '{{the-key}}' })
    expect(referencesOf(of('{{the-key}}' as never))).toMatchObject([{ kind: 'namedValue', name: 'the-key' }])
    expect(() => of('InstrumentationKey=planted' as never)).toThrow(/^(?!.*planted)[^]*is a secret/)
    expect(() => cache('default', { connectionString: 'planted' as never })).toThrow(
      /^(?!.*planted)[^]*connectionString/,
    )
    expect(inspect(of(secret as never), { depth: 9 })).not.toContain('planted')
  })

  it('are the same where the service shows the named value that it made', () => {
    const insights = logger('l', { loggerType: 'applicationInsights', credentials: { connectionString: secret } })
    const credentials = { instrumentationKey: '{{Logger-Credentials--1}}' }
    expect(changed(insights, { loggerType: 'ApplicationInsights', credentials, isBuffered: true })).toEqual([])
  })
})

describe('references', () => {
  it('stand as the service writes them, and compare as what they mean', () => {
    const insights = logger('insights', { loggerType: 'azureMonitor' })
    const logged = diagnostic('applicationinsights', { loggerId: insights })
    expect(filled(logged)).toEqual({ loggerId: '/loggers/insights' })
    expect(changed(logged, { loggerId: `${base.toUpperCase()}/loggers/Insights`, verbosity: 'information' })).toEqual(
      [],
    )
    expect(changed(logged, { loggerId: `${base}/loggers/other` })).toHaveLength(1)
    const opened = subscription('s', { scope: 'allApis' })
    expect(changed(opened, { displayName: 's', scope: `${base}/apis/`, state: 'active' })).toEqual([])
  })

  it('give the order: what is named comes first', () => {
    const set = apiVersionSet('v', { versioningScheme: 'Segment' })
    const second = api('orders-v2', { path: 'orders', apiVersionSetId: set, apiVersion: 'v2', tags: [tag('t')] })
    const shop = product('shop', { apis: [second], groups: [group('partners'), 'developers'] })
    const opened = subscription('s', { scope: shop })
    const resources = [opened, shop, second, set, tag('t'), group('partners')]
    const order = stack({ name: 's', resources }).resources.map(({ kind }) => kind)
    for (const [first, then] of [
      ['apiVersionSet', 'api'],
      ['tag', 'apiTag'],
      ['api', 'productApi'],
      ['group', 'productGroup'],
      ['product', 'subscription'],
    ] as const)
      expect(order.indexOf(first)).toBeLessThan(order.indexOf(then))
  })

  it('to nothing are problems: a tie as well as a text', () => {
    const shop = product('shop', { apis: [orders], tags: [tag('t')] })
    const open = backend('b', { url: 'https://b', credentials: { query: { code: ['{{nowhere}}'] } } })
    expect(() => stack({ name: 's', resources: [shop, open] })).toThrow(
      /API "orders" is not in the stack[^]*tag "t" is not in the stack[^]*named value "nowhere" is not in the stack/,
    )
  })
})

describe('revisions and releases', () => {
  const second = apiRevision('2', { api: orders, description: 'two' })

  it('begin as their API, under its name', () => {
    expect(second).toMatchObject({
      name: 'orders;rev=2',
      properties: { displayName: 'orders', path: 'orders', apiRevision: '2', description: 'two' },
    })
  })

  it('come after it', () => {
    const release = apiRelease('june', { api: orders, revision: second })
    expect(filled(release)).toEqual({ apiId: '/apis/orders;rev=2' })
    const order = stack({ name: 's', resources: [release, second, orders] }).resources.map(({ name }) => name)
    expect(order).toEqual(['orders', 'orders;rev=2', 'june'])
    expect(() => stack({ name: 's', resources: [second] })).toThrow('API "orders" is not in the stack')
  })
})

describe('an imported document', () => {
  const value = 'openapi: 3.0.1'
  const stock = api('stock', { path: 'stock', format: 'openapi', value })

  it('is kept as a reference that is content and no secret', () => {
    expect(secretsOf(stock.properties)).toMatchObject([{ path: 'properties.value', reference: { noun: 'content' } }])
    expect(String(stock.properties['value'])).toBe('[content value of API stock]')
  })

  it('is sent when it is another one, and fills in what is not declared', () => {
    const fields = kindOf('api')?.fields ?? {}
    const observed = { displayName: 'stock', path: 'stock', description: 'of the document', type: 'http' }
    expect(diff(fields, stock.properties, observed, () => false)).toEqual([])
    expect(diff(fields, stock.properties, observed, () => true)).toEqual([
      { path: 'properties.value', before: '[content]', after: '[content]' },
    ])
    // Nobody fills in anything without a document.
    expect(
      diff(fields, filled(orders), { ...observed, displayName: 'orders', path: 'orders' }, () => false),
    ).toHaveLength(1)
  })
})

describe('a schema', () => {
  it('knows its content type, and compares as data', () => {
    const order = apiSchema('order', { api: orders, components: { schemas: { order: { type: 'object', a: 1 } } } })
    const observed = { schemas: { order: { a: 1, type: 'object' } } }
    const contentType = 'application/vnd.oai.openapi.components+json'
    expect(changed(order, { contentType, document: { components: observed } })).toEqual([])
    const graphql = apiSchema('graphql', { api: orders, graphql: 'type Query {\n}' })
    expect(changed(graphql, { ...graphql.properties, document: { value: 'type Query {\r\n}' } })).toEqual([])
  })

  it('is one document', () => {
    expect(() => apiSchema('s', { api: orders } as never)).toThrow('contentType: is missing')
    expect(() => apiSchema('s', { api: orders, wsdl: 'x' } as never)).toThrow('wsdl: there is no such field')
  })
})

describe('a policy fragment', () => {
  const content = (problems: PolicyContent['problems']): PolicyContent => ({
    toXml: () => '',
    toRawXml: () => '',
    references: [],
    equals: () => true,
    problems,
  })

  it('is checked as a document of its form', () => {
    const seen: unknown[] = []
    const value = content((place) => {
      seen.push(place)
      return [{ rule: 'policy/root', severity: 'error', message: 'wrong', path: '' }]
    })
    expect(() => policyFragment('f', { value })).toThrow('policy fragment f is not valid')
    expect(seen).toEqual([{ form: 'fragment' }])
    expect(() => policyFragment('-f', { value: content(() => []) })).toThrow('is no name for it')
  })
})
