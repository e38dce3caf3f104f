import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { document, startTestGateway, type TestDeployment, type TestGateway } from '../../test/test-gateway.js'
import { scopeOf } from './subscription-keys.js'

const serviceId = '/subscriptions/1/resourceGroups/g/providers/Microsoft.ApiManagement/service/contoso'

describe('scopeOf', () => {
  it.each([
    ['/products/Shop', { kind: 'product', name: 'shop' }],
    [`${serviceId}/products/Shop`, { kind: 'product', name: 'shop' }],
    [`${serviceId}/apis/orders`, { kind: 'api', name: 'orders' }],
    [`${serviceId}/apis`, { kind: 'all' }],
    ['/apis', { kind: 'all' }],
    [serviceId, { kind: 'all' }],
    [`${serviceId}/workspaces/w/apis/orders`, { kind: 'unknown' }],
  ])('reads %s', (scope, expected) => expect(scopeOf(scope)).toEqual(expected))
})

/** Leaves a mark in the header that tells the order of execution. */
const mark = (name: string) => `<set-header name="X-Order" exists-action="append"><value>${name}</value></set-header>`

const seen = `<set-header name="X-Seen"><value>@{
  var s = context.Subscription;
  var p = context.Product;
  return (s == null ? "-" : s.Id + " " + s.Name + " " + s.Key) + "|" + (p == null ? "-" : p.Id + " " + p.Apis.Count());
}</value></set-header>`

const deployment = {
  policy: document({ inbound: `${mark('global')}${seen}`, backend: '<forward-request />' }),
  apis: {
    orders: {
      subscriptionRequired: true,
      policy: document({ inbound: `<base />${mark('api')}` }),
      operations: { 'GET /': undefined, 'GET /alone': document({ inbound: mark('operation') }) },
    },
    stock: { subscriptionRequired: true, operations: { 'GET /': undefined } },
    open: { operations: { 'GET /': undefined } },
    free: { subscriptionRequired: true, operations: { 'GET /': undefined } },
    custom: {
      subscriptionRequired: true,
      subscriptionKeyParameterNames: { header: 'X-Key', query: 'key' },
      operations: { 'GET /': undefined },
    },
  },
  products: {
    shop: { apis: ['orders', 'stock'], policy: document({ inbound: `<base />${mark('product')}` }) },
    bare: { apis: ['orders'] },
    gratis: { apis: ['free'], subscriptionRequired: false, policy: document({ inbound: `<base />${mark('gratis')}` }) },
  },
  subscriptions: {
    shopper: { scope: `${serviceId}/products/Shop`, displayName: 'Shopper' },
    bare: { scope: '/products/bare' },
    orders: { scope: `${serviceId}/apis/Orders` },
    all: { scope: '/apis' },
    sleeping: { scope: '/apis', state: 'suspended' },
    strange: { scope: '/workspaces/w' },
    owned: { scope: '/apis', ownerId: '/users/1' },
  },
} satisfies TestDeployment

describe('a request', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
  })
  beforeEach(() => {
    gateway.received.splice(0)
    gateway.deploy(deployment)
  })
  afterAll(() => gateway.close())

  const call = (path: string, key?: string) =>
    gateway.call(path, key === undefined ? {} : { headers: { 'Ocp-Apim-Subscription-Key': key } })
  const sent = (name: string) => gateway.received[0]?.headers.find((field) => field[0] === name)?.[1]

  it.each([
    // path, key, subscription|product as expressions see them, order of the policies
    ['/orders', 'shopper-1', 'shopper Shopper shopper-1|shop 2', 'global, product, api'],
    ['/orders', 'shopper-2', 'shopper Shopper shopper-2|shop 2', 'global, product, api'],
    ['/stock', 'shopper-1', 'shopper Shopper shopper-1|shop 2', 'global, product'],
    ['/orders', 'bare-1', 'bare bare bare-1|bare 1', 'global, api'],
    ['/orders', 'orders-1', 'orders orders orders-1|-', 'global, api'],
    ['/orders', 'all-1', 'all all all-1|-', 'global, api'],
    ['/open', 'all-1', 'all all all-1|-', 'global'],
    ['/open', undefined, '-|-', 'global'],
    ['/free', undefined, '-|gratis 1', 'global, gratis'],
    ['/free', 'nobody', '-|gratis 1', 'global, gratis'],
    ['/free', 'all-1', 'all all all-1|-', 'global'],
  ])('to %s with the key %s is let in as %s', async (path, key, access, order) => {
    const answer = await call(path, key)
    expect(answer.status).toBe(200)
    expect([sent('X-Seen'), sent('X-Order')]).toEqual([access, order])
  })

  it('leaves the product out where base is missing', async () => {
    await call('/orders/alone', 'shopper-1')
    expect(sent('X-Order')).toBe('operation')
  })

  it.each([
    ['/orders', undefined, 'missing'],
    ['/orders', '', 'missing'],
    ['/orders', 'nobody', 'invalid'],
    ['/orders', 'sleeping-1', 'invalid'],
    ['/stock', 'orders-1', 'invalid'],
    ['/custom', 'shopper-1', 'missing'],
    ['/open', 'nobody', 'invalid'],
  ])('to %s with the key %s is denied: %s', async (path, key, why) => {
    const answer = await call(path, key)
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining(`due to ${why} subscription key`) })
    expect(gateway.received).toEqual([])
  })

  it('may name its key as the API wants, in the header or the query, and the backend sees it', async () => {
    expect((await gateway.call('/custom', { headers: { 'X-Key': 'all-1' } })).status).toBe(200)
    expect((await gateway.call('/custom?Key=all-2')).status).toBe(200)
    expect(gateway.received.map(({ url }) => url)).toEqual(['/base', '/base?Key=all-2'])
    expect(gateway.received[0]?.headers).toContainEqual(['X-Key', 'all-1'])
  })

  it('finds the header before the query', async () => {
    const headers = { 'Ocp-Apim-Subscription-Key': 'nobody' }
    expect((await gateway.call('/orders?subscription-key=all-1', { headers })).status).toBe(401)
  })

  it('is refused by name with a subscription whose scope is not known', async () => {
    const answer = await call('/orders', 'strange-1')
    expect(answer.status).toBe(500)
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining("'/workspaces/w'") })
  })

  it.each(['context.Subscription.CreatedDate', 'context.Product.Groups.Count()', 'context.User'])(
    'is refused by name when an expression wants %s',
    async (member) => {
      const policy = document({ inbound: `<set-header name="X"><value>@("" + ${member})</value></set-header>` })
      gateway.deploy({ ...deployment, apis: { orders: { operations: { 'GET /': policy } } } })
      const key = member === 'context.User' ? 'owned-1' : 'shopper-1'
      const answer = await call('/orders', key)
      expect(answer.status).toBe(500)
      expect(await answer.json()).toMatchObject({ message: expect.stringContaining('cannot be had') })
    },
  )

  it.each([
    [{ type: 'graphql' }, 'graphql'],
    [{ protocols: ['wss'] }, 'wss'],
  ])('to an API that cannot be served is refused by name: %o', async (properties, name) => {
    gateway.deploy({ apis: { orders: { ...properties, operations: { 'GET /': undefined } } } })
    const answer = await call('/orders')
    expect(answer.status).toBe(500)
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining(name) })
    expect(gateway.received).toEqual([])
  })
})
