import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { document, startTestGateway, type TestGateway } from '../../test/test-gateway.js'

/** Leaves a mark in the header that tells the order of execution. */
const mark = (name: string) => `<set-header name="X-Order" exists-action="append"><value>${name}</value></set-header>`

describe('compose', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
  })
  beforeEach(() => gateway.received.splice(0))
  afterAll(() => gateway.close())

  const deploy = (global: string | undefined, api: string | undefined, operation: string | undefined) =>
    gateway.deploy({
      ...(global === undefined ? {} : { policy: global }),
      apis: { shop: { ...(api === undefined ? {} : { policy: api }), operations: { 'GET /': operation } } },
    })
  const orderSeen = () => gateway.received[0]?.headers.find(([name]) => name === 'X-Order')?.[1]

  it('forwards a request without any document', async () => {
    deploy(undefined, undefined, undefined)
    const answer = await gateway.call('/shop')
    expect(answer.status).toBe(200)
    expect(gateway.received[0]).toMatchObject({ method: 'GET', url: '/base' })
  })

  it.each([
    ['base first', `<base />${mark('operation')}`, 'global, api, operation'],
    ['base last', `${mark('operation')}<base />`, 'operation, global, api'],
    ['base in the middle', `${mark('before')}<base />${mark('after')}`, 'before, global, api, after'],
    ['base alone', '<base />', 'global, api'],
    ['no base', mark('operation'), 'operation'],
    ['base twice', `<base />${mark('operation')}<base />`, 'global, api, operation, global, api'],
  ])('composes inbound with %s', async (_, inbound, expected) => {
    deploy(
      document({ inbound: mark('global'), backend: '<forward-request />' }),
      document({ inbound: `<base />${mark('api')}` }),
      document({ inbound }),
    )
    await gateway.call('/shop')
    expect(orderSeen()).toBe(expected)
  })

  it('cuts off every broader scope where base is missing, not only the next', async () => {
    deploy(
      document({ inbound: mark('global'), backend: '<forward-request />' }),
      document({ inbound: mark('api') }),
      document({}),
    )
    await gateway.call('/shop')
    expect(orderSeen()).toBe('api')
  })

  it('passes over scopes without a document', async () => {
    deploy(
      document({ inbound: mark('global'), backend: '<forward-request />' }),
      undefined,
      document({ inbound: `<base />${mark('operation')}` }),
    )
    await gateway.call('/shop')
    expect(orderSeen()).toBe('global, operation')
  })

  it('lets a section that is missing inherit', async () => {
    deploy(undefined, undefined, `<policies><inbound>${mark('operation')}</inbound></policies>`)
    expect((await gateway.call('/shop')).status).toBe(200)
    expect(orderSeen()).toBe('operation')
  })

  it('takes base in the global document for nothing', async () => {
    deploy(document({ inbound: '<base />', backend: '<base />' }), undefined, undefined)
    const answer = await gateway.call('/shop')
    expect(answer.status).toBe(200)
    expect(gateway.received).toEqual([])
  })

  it('composes each section on its own', async () => {
    deploy(
      document({ inbound: mark('global'), backend: '<forward-request />', outbound: mark('global') }),
      document({ inbound: `<base />${mark('api')}`, outbound: mark('api') }),
      document({ outbound: `<base />${mark('operation')}` }),
    )
    const answer = await gateway.call('/shop')
    expect(orderSeen()).toBe('global, api')
    expect(answer.headers.get('X-Order')).toBe('api, operation')
  })

  it.each([
    // where base stands in the operation's inbound, and where the request goes
    ['<base /><set-backend-service base-url="https://backend.test/operation" />', '/entity'],
    ['<set-backend-service base-url="https://backend.test/operation" /><base />', '/entity'],
    ['<base /><set-backend-service backend-id="other" />', '/other'],
  ])('keeps a backend that is inherited from being replaced by an address: %s', async (inbound, url) => {
    gateway.deploy({
      backends: {
        entity: { type: 'Single', url: 'https://backend.test/entity' },
        other: { type: 'Single', url: 'https://backend.test/other' },
      },
      apis: {
        shop: {
          policy: document({ inbound: '<base /><set-backend-service backend-id="entity" />' }),
          operations: { 'GET /': document({ inbound }) },
        },
      },
    })
    expect((await gateway.call('/shop')).status).toBe(200)
    expect(gateway.received[0]?.url).toBe(url)
  })

  it('uses what is deployed at the time of the request', async () => {
    deploy(undefined, undefined, document({ inbound: `<base />${mark('first')}` }))
    await gateway.call('/shop')
    deploy(undefined, undefined, document({ inbound: `<base />${mark('second')}` }))
    await gateway.call('/shop')
    expect(gateway.received.map(({ headers }) => headers.find(([name]) => name === 'X-Order')?.[1])).toEqual([
      'first',
      'second',
    ])
  })
})
