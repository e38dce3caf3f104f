import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { apiManagementClient, scopeOf, send } from '../../../test/azure-clients.js'
import { startEmulator, type Emulator } from '../../index.js'

let emulator: Emulator
beforeEach(async () => {
  emulator = await startEmulator()
  await put('/apis/orders', { displayName: 'Orders', path: 'orders' })
  await put('/products/shop', { displayName: 'Shop' })
})
afterEach(() => emulator.close())

const put = (path: string, properties?: object): Promise<Response> =>
  send(emulator, 'PUT', path, properties === undefined ? {} : { body: { properties } })
const names = async (path: string): Promise<string[]> => {
  const { value } = (await (await send(emulator, 'GET', path)).json()) as { value: { name: string }[] }
  return value.map(({ name }) => name)
}

describe('a product', () => {
  it('is seen by administrators from the beginning', async () => {
    expect(await names('/products/shop/groups')).toEqual(['administrators'])
    expect(await names('/groups')).toEqual(['administrators', 'developers', 'guests'])
    expect((await send(emulator, 'DELETE', '/groups/guests', { headers: { 'If-Match': '*' } })).status).toBe(400)
  })

  it('shows its APIs as they are, and loses those that go', async () => {
    expect((await put('/products/shop/apis/orders')).status).toBe(201)
    const { value } = (await (await send(emulator, 'GET', '/products/shop/apis')).json()) as { value: object[] }
    expect(value).toMatchObject([{ name: 'orders', properties: { path: 'orders', protocols: ['https'] } }])
    await send(emulator, 'DELETE', '/apis/orders', { headers: { 'If-Match': '*' } })
    expect(await names('/products/shop/apis')).toEqual([])
  })

  it('goes after its subscriptions, or with them', async () => {
    await put('/subscriptions/s', { displayName: 'S', scope: '/products/shop' })
    const remove = (query: string): Promise<Response> =>
      send(emulator, 'DELETE', `/products/shop${query}`, { headers: { 'If-Match': '*' } })
    expect((await remove('')).status).toBe(400)
    expect((await remove('?deleteSubscriptions=true')).status).toBe(200)
    expect(await names('/subscriptions')).toEqual([])
  })

  it('has approval and a limit only with subscriptions', async () => {
    const answer = await put('/products/open', {
      displayName: 'O',
      subscriptionRequired: false,
      approvalRequired: true,
    })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain("'approvalRequired' may only be given")
  })
})

describe('a subscription', () => {
  it('gets keys that nothing but listSecrets shows, and keeps them', async () => {
    const client = apiManagementClient(emulator)
    const scope = scopeOf(emulator)
    const made = await put('/subscriptions/s', { displayName: 'S', scope: '/products/shop' })
    expect(await made.json()).toMatchObject({
      properties: { state: 'active', scope: expect.stringMatching(/^\/subscriptions\/.*\/products\/shop$/) as string },
    })
    const first = await client.subscription.listSecrets(...scope, 's')
    expect(first.primaryKey).toMatch(/^[0-9a-f]{32}$/)
    expect(await (await send(emulator, 'GET', '/subscriptions/s')).text()).not.toContain(first.primaryKey)
    await put('/subscriptions/s', { displayName: 'T', scope: '/products/shop' })
    expect(await client.subscription.listSecrets(...scope, 's')).toMatchObject({ primaryKey: first.primaryKey })
    await client.subscription.regeneratePrimaryKey(...scope, 's')
    const second = await client.subscription.listSecrets(...scope, 's')
    expect(second.primaryKey).not.toBe(first.primaryKey)
    expect(second.secondaryKey).toBe(first.secondaryKey)
  })

  it.each(['/products/other', '/groups/guests', 'shop'])('opens nothing that is not there: %s', async (scope) => {
    expect((await put('/subscriptions/s', { displayName: 'S', scope })).status).toBe(400)
  })
})

describe('what documents name', () => {
  const document = (policy: string): object => ({
    format: 'rawxml',
    value: `<policies><inbound><base />${policy}</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`,
  })

  it.each([
    ['<set-backend-service backend-id="east" />', 'Backend', '/backends/east', { url: 'https://east.example' }],
    [
      '<include-fragment fragment-id="sign-in" />',
      'Fragment',
      '/policyFragments/sign-in',
      { format: 'rawxml', value: '<fragment><set-header name="a"><value>1</value></set-header></fragment>' },
    ],
  ])('has to be there first and to go last: %s', async (policy, title, path, properties) => {
    const name = path.split('/').at(-1)
    const refused = await put('/apis/orders/policies/policy', document(policy))
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain(`${title} with id '${name}' could not be found.`)
    expect((await put(path, properties)).status).toBe(201)
    expect((await put('/apis/orders/policies/policy', document(policy))).status).toBe(201)
    const kept = await send(emulator, 'DELETE', path, { headers: { 'If-Match': '*' } })
    expect(kept.status).toBe(400)
    expect(await kept.text()).toContain('/apis/orders/policies/policy')
  })

  it.each([
    ['/policies/policy', { format: 'rawxml', value: '<fragment></fragment>' }],
    ['/policyFragments/f', document('')],
    ['/apis/orders/policies/policy', { format: 'rawxml', value: '<http-data-source></http-data-source>' }],
  ])('is of the form of its place: %s', async (path, properties) => {
    const answer = await put(path, properties)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('is no root of the document that belongs here')
  })
})
