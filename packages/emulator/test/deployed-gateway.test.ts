import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEmulator, type Emulator } from '../src/index.js'
import { apiManagementClient, scopeOf } from './azure-clients.js'

// What Azure's own client deploys, as callers of the gateway meet it: product, subscription, fragment, backend, versions.

let emulator: Emulator
let backend: Server
const mark = (name: string): string =>
  `<set-header name="X-Order" exists-action="append"><value>${name}</value></set-header>`
const inbound = (policies: string): { format: 'rawxml'; value: string } => ({
  format: 'rawxml',
  value: `<policies><inbound><base />${policies}</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`,
})

beforeAll(async () => {
  backend = createServer(({ url, headers }, response) => {
    response.end(JSON.stringify({ url, order: headers['x-order'], key: headers['x-key'] }))
  }).listen(0, '127.0.0.1')
  await once(backend, 'listening')
  const url = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`
  emulator = await startEmulator()
  const client = apiManagementClient(emulator)
  const scope = scopeOf(emulator)
  await client.namedValue.beginCreateOrUpdateAndWait(...scope, 'key', {
    displayName: 'key',
    value: 'secret',
    secret: true,
  })
  await client.backend.createOrUpdate(...scope, 'east', {
    protocol: 'http',
    url: `${url}/east`,
    credentials: { header: { 'X-Key': ['{{key}}'] } },
  })
  await client.backend.createOrUpdate(...scope, 'both', {
    typePropertiesType: 'Pool',
    pool: {
      services: [
        {
          id: `/subscriptions/${emulator.service.subscriptionId}/resourceGroups/${scope[0]}/providers/Microsoft.ApiManagement/service/${scope[1]}/backends/east`,
        },
      ],
    },
  })
  await client.policyFragment.beginCreateOrUpdateAndWait(...scope, 'marks', {
    format: 'rawxml',
    value: `<fragment>${mark('fragment')}<set-backend-service backend-id="east" /></fragment>`,
  })
  await client.apiVersionSet.createOrUpdate(...scope, 'orders', {
    displayName: 'Orders',
    versioningScheme: 'Header',
    versionHeaderName: 'X-Version',
  })
  for (const version of ['v1', 'v2']) {
    const name = `orders-${version}`
    await client.api.beginCreateOrUpdateAndWait(...scope, name, {
      displayName: 'Orders',
      path: 'orders',
      protocols: ['https'],
      subscriptionRequired: true,
      apiVersionSetId: '/apiVersionSets/orders',
      apiVersion: version,
    })
    await client.apiOperation.createOrUpdate(...scope, name, 'list', {
      displayName: 'List',
      method: 'GET',
      urlTemplate: '/items',
    })
  }
  await client.apiPolicy.createOrUpdate(
    ...scope,
    'orders-v1',
    'policy',
    inbound('<include-fragment fragment-id="marks" />'),
  )
  await client.apiPolicy.createOrUpdate(
    ...scope,
    'orders-v2',
    'policy',
    inbound('<set-backend-service backend-id="both" />'),
  )
  await client.product.createOrUpdate(...scope, 'shop', {
    displayName: 'Shop',
    subscriptionRequired: true,
    state: 'published',
  })
  await client.productApi.createOrUpdate(...scope, 'shop', 'orders-v1')
  await client.productPolicy.createOrUpdate(...scope, 'shop', 'policy', inbound(mark('product')))
  await client.subscription.createOrUpdate(...scope, 'shopper', { displayName: 'Shopper', scope: '/products/shop' })
  await client.subscription.createOrUpdate(...scope, 'everything', { displayName: 'Everything', scope: '/apis' })
})
afterAll(async () => {
  await emulator.close()
  backend.close()
})

async function call(subscription: string | undefined, version: string): Promise<{ status: number; body: unknown }> {
  const keys =
    subscription === undefined
      ? {}
      : await apiManagementClient(emulator).subscription.listSecrets(...scopeOf(emulator), subscription)
  const headers = { 'X-Version': version, 'Ocp-Apim-Subscription-Key': keys.primaryKey ?? '' }
  const answer = await fetch(`${emulator.gateway}/orders/items?a=1`, { headers })
  return { status: answer.status, body: await answer.json() }
}

it('runs the policies of the product and the fragment, and goes to the backend with its credentials', async () => {
  const body = { url: '/east/items?a=1', order: 'product, fragment', key: 'secret' }
  expect(await call('shopper', 'v1')).toEqual({ status: 200, body })
})

it('leaves the product out for a subscription to all APIs', async () => {
  expect((await call('everything', 'v1')).body).toMatchObject({ order: 'fragment' })
})

it('wants a key, and one for this API', async () => {
  expect((await call(undefined, 'v1')).status).toBe(401)
  expect((await call('shopper', 'v2')).status).toBe(401)
})

it('refuses what it cannot do by name', async () => {
  const refused = await call('everything', 'v2')
  expect(refused.status).toBe(500)
  expect(refused.body).toMatchObject({
    message: expect.stringContaining("The backend 'both' cannot be used: it is a pool"),
  })
})

it('knows no other version', async () => {
  expect((await call('everything', 'v3')).status).toBe(404)
})

it('runs a fragment as it is now, and forgets a subscription that was suspended', async () => {
  const client = apiManagementClient(emulator)
  const scope = scopeOf(emulator)
  await client.policyFragment.beginCreateOrUpdateAndWait(...scope, 'marks', {
    format: 'rawxml',
    value: `<fragment>${mark('changed')}<set-backend-service backend-id="east" /></fragment>`,
  })
  expect((await call('everything', 'v1')).body).toMatchObject({ order: 'changed' })
  await client.subscription.update(...scope, 'everything', '*', { state: 'suspended' })
  expect((await call('everything', 'v1')).status).toBe(401)
})
