import {
  accessPolicy,
  api,
  connection,
  credentialProvider,
  globalPolicy,
  namedValue,
  operation,
  policyFragment,
  service,
  stack,
  type Resource,
  type Stack,
} from '@apim-kit/core'
import { startEmulator, type Emulator } from '@apim-kit/emulator'
import { base, fragment, includeFragment, namedValueReference, policies, setHeader } from '@apim-kit/policy-dsl'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  assertDeployed,
  deployTo,
  formatDrift,
  formatPlan,
  fromValue,
  type Deployment,
  type Plan,
} from '../src/index.js'

const provider = credentialProvider.aad('provider', { clientCredentials: { resourceUri: 'api://backend' } })
const client = connection('client', { provider, clientId: 'id', clientSecret: fromValue('s3cret-one') })
const audience = namedValue('audience', { value: 'api://backend' })
const orders = api('orders', {
  path: 'orders',
  policy: policies({ inbound: [base(), setHeader({ name: 'Audience', value: namedValueReference('audience') })] }),
})
const all: Resource[] = [
  audience,
  provider,
  client,
  accessPolicy('identity', { connection: client, principal: service.managedIdentity }),
  orders,
  operation('get', { api: orders, method: 'GET', urlTemplate: '/{id}' }),
  namedValue('token', { value: fromValue('s3cret-two') }),
]
const shop = (...resources: readonly Resource[]): Stack => stack({ name: 'shop', resources })

let emulator: Emulator
let deployment: Deployment
beforeEach(async () => {
  emulator = await startEmulator()
  deployment = deployTo({ ...emulator.service, endpoint: emulator.arm, environment: {} })
})
afterEach(async () => emulator.close())

const changesOf = (plan: Plan): string[] =>
  plan.changes.filter(({ action }) => action !== 'none').map(({ action, kind, name }) => `${action} ${kind} ${name}`)

function deletes(): string[] {
  return emulator.requests.entries
    .filter(({ method }) => method === 'DELETE')
    .map(({ path }) => path.replace(/^.*\/service\/[^/]+\//, ''))
}

async function send(method: 'GET' | 'PUT' | 'DELETE', path: string, properties?: object): Promise<Response> {
  const { subscriptionId, resourceGroup, service: name } = emulator.service
  const address = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ApiManagement/service/${name}/${path}`
  return fetch(`${emulator.arm}${address}?api-version=2024-05-01`, {
    method,
    headers: { 'If-Match': '*' },
    ...(properties === undefined ? {} : { body: JSON.stringify({ properties }) }),
  })
}

const namedValues = async (): Promise<string[]> => {
  const { value } = (await (await send('GET', 'namedValues')).json()) as { value: { name: string }[] }
  return value.map(({ name }) => name).toSorted()
}

describe('prune', () => {
  it('deletes what the stack created and declares no longer, users first, and nothing else', async () => {
    await send('PUT', 'namedValues/foreign', { displayName: 'foreign', value: 'x' })
    await deployment.apply(shop(...all))
    const rest = shop(namedValue('token', { value: fromValue('s3cret-two') }))
    expect(changesOf(await deployment.plan(rest))).toEqual([])
    const plan = await deployment.plan(rest, { prune: true })
    expect(plan.summary).toEqual({ create: 0, update: 0, delete: 7, none: 1 })
    expect(formatPlan(plan)).toContain('- connection provider/client')
    emulator.requests.clear()
    const result = await deployment.apply(plan)
    assertDeployed(result)
    const order = deletes()
    expect(order).toHaveLength(7)
    const before = (first: string, second: string): void =>
      expect(order.indexOf(first), `${first} before ${second}`).toBeLessThan(order.indexOf(second))
    before('apis/orders/policies/policy', 'namedValues/audience')
    before('apis/orders/policies/policy', 'apis/orders')
    before('apis/orders/operations/get', 'apis/orders')
    before('authorizationProviders/provider/authorizations/client', 'authorizationProviders/provider')
    expect(await namedValues()).toEqual(['apim-kit.shop', 'foreign', 'token'])
    emulator.requests.clear()
    expect((await deployment.apply(rest, { prune: true })).results).toEqual([])
    expect(emulator.requests.entries.filter(({ method }) => ['PUT', 'DELETE'].includes(method))).toEqual([])
    // Whatever is remembered is about what is declared, so nothing is looked for: service, list, memory, the secret value.
    expect(emulator.requests.entries).toHaveLength(4)
  })

  it('takes over without owning, so that it never deletes what it took over', async () => {
    await send('PUT', 'namedValues/audience', { displayName: 'audience', value: 'api://backend' })
    await deployment.apply(shop(audience, namedValue('own', { value: 'x' })))
    expect(changesOf(await deployment.plan(shop(), { prune: true }))).toEqual(['delete namedValue own'])
  })

  it('keeps what holds something of somebody else', async () => {
    await deployment.apply(shop(provider, client))
    await send('PUT', 'authorizationProviders/provider/authorizations/theirs', {
      authorizationType: 'OAuth2',
      oauth2grantType: 'ClientCredentials',
      parameters: { clientId: 'x', clientSecret: 'y' },
    })
    const plan = await deployment.plan(shop(), { prune: true })
    expect(plan.changes).toMatchObject([
      { name: 'client', action: 'delete' },
      { name: 'provider', action: 'none', reason: expect.stringContaining('connection theirs') as string },
    ])
    expect(formatPlan(plan)).toContain('connection theirs')
    assertDeployed(await deployment.apply(plan))
    expect((await send('GET', 'authorizationProviders/provider/authorizations/theirs')).status).toBe(200)
  })

  it('forgets what somebody else deleted', async () => {
    await deployment.apply(shop(audience, namedValue('own', { value: 'x' })))
    await send('DELETE', 'namedValues/own')
    const rest = shop(audience)
    expect((await deployment.apply(rest, { prune: true })).results).toEqual([])
    emulator.requests.clear()
    await deployment.plan(rest, { prune: true })
    expect(emulator.requests.entries.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST'])
  })

  it('deletes nothing where a write failed', async () => {
    await deployment.apply(shop(provider, client, audience))
    const broken = api('broken', { path: 'b', serviceUrl: 'no address at all' })
    const result = await deployment.apply(shop(audience, broken), { prune: true })
    if (result.results[0]?.outcome === 'failed')
      expect(result.results.map(({ outcome }) => outcome)).toEqual(['failed', 'skipped', 'skipped'])
  })
})

describe('what an imported document became', () => {
  const document = {
    openapi: '3.0.1',
    info: { title: 'Stock', version: '1' },
    paths: { '/items': { get: { operationId: 'items', responses: { 200: { description: 'ok' } } } } },
  }
  const stock = api('stock', { path: 'stock', format: 'openapi+json', value: JSON.stringify(document) })

  it.each(['destroy', 'prune'] as const)('goes with its API: %s', async (verb) => {
    assertDeployed(await deployment.apply(shop(stock)))
    const plan =
      verb === 'prune' ? await deployment.plan(shop(), { prune: true }) : await deployment.planDestroy(shop(stock))
    expect(changesOf(plan)).toEqual(['delete api stock'])
    assertDeployed(await deployment.apply(plan))
    expect((await send('GET', 'apis/stock')).status).toBe(404)
  })

  it('stays where somebody else put something below it', async () => {
    assertDeployed(await deployment.apply(shop(stock)))
    const value = '<policies><inbound><base /></inbound><backend><base /></backend><outbound /><on-error /></policies>'
    await send('PUT', 'apis/stock/operations/items/policies/policy', { format: 'rawxml', value })
    const plan = await deployment.planDestroy(shop(stock))
    expect(plan.changes).toMatchObject([
      { name: 'stock', action: 'none', reason: expect.stringContaining('operation policy of items') as string },
    ])
  })
})

describe('destroy', () => {
  it('deletes documents before the fragments that they include', async () => {
    const signIn = policyFragment('sign-in', { value: fragment([setHeader({ name: 'X-Team', value: 'orders' })]) })
    const policy = policies({ inbound: [base(), includeFragment({ fragmentId: 'sign-in' })] })
    const included = shop(signIn, globalPolicy(policy), api('stock', { path: 'stock', policy }))
    assertDeployed(await deployment.apply(included))
    assertDeployed(await deployment.destroy(included))
  })

  it('deletes what the stack created and what is remembered, and leaves the service as it was', async () => {
    await send('PUT', 'namedValues/foreign', { displayName: 'foreign', value: 'x' })
    await send('PUT', 'namedValues/audience', { displayName: 'audience', value: 'api://backend' })
    await deployment.apply(shop(...all))
    const plan = await deployment.planDestroy(shop(...all))
    expect(plan.summary).toMatchObject({ create: 0, update: 0, delete: 7 })
    expect(plan.changes[0]?.reason).toBe('this stack created it')
    expect(plan.changes.at(-1)).toMatchObject({
      name: 'audience',
      action: 'none',
      reason: expect.stringContaining('kept') as string,
    })
    assertDeployed(await deployment.apply(plan))
    expect(await namedValues()).toEqual(['audience', 'foreign'])
    for (const path of ['apis', 'authorizationProviders'])
      expect(await (await send('GET', path)).json()).toMatchObject({ value: [] })
    expect((await deployment.destroy(shop(...all))).results).toEqual([])
  })

  it('deletes also what is declared no longer', async () => {
    await deployment.apply(shop(...all))
    assertDeployed(await deployment.destroy(shop(audience)))
    expect(await namedValues()).toEqual([])
  })

  it('is repeated after it was stopped', async () => {
    await deployment.apply(shop(...all))
    const stop = new AbortController()
    const options = {
      concurrency: 1,
      signal: stop.signal,
      onEvent: ({ type }: { type: string }) => type === 'done' && stop.abort(),
    }
    const stopped = await deployment.destroy(shop(...all), options)
    expect(stopped.results.map(({ outcome }) => outcome)).toEqual(['done', ...Array<string>(7).fill('skipped')])
    assertDeployed(await deployment.destroy(shop(...all)))
    expect(await namedValues()).toEqual([])
  })
})

describe('drift', () => {
  it('is what somebody else changed or deleted, not what is pending', async () => {
    expect((await deployment.drift(shop(...all))).changes).toEqual([])
    await deployment.apply(shop(...all))
    const more = shop(...all, namedValue('pending', { value: 'x' }))
    expect((await deployment.drift(more)).summary).toEqual({ create: 0, update: 0, delete: 0, none: 8 })
    await send('PUT', 'namedValues/audience', { displayName: 'audience', value: 'api://other' })
    await send('DELETE', 'apis/orders/operations/get')
    const drift = await deployment.drift(more)
    expect(drift.summary).toEqual({ create: 1, update: 1, delete: 0, none: 6 })
    expect(drift.changes.find(({ name }) => name === 'audience')?.fields).toEqual([
      { path: 'properties.value', before: 'api://other', after: 'api://backend' },
    ])
    expect(formatDrift(drift)).toContain('operation orders/get (it is gone)')
    await expect(deployment.apply(drift)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('needs no secret', async () => {
    await deployment.apply(shop(...all))
    const elsewhere = deployTo({ ...emulator.service, endpoint: emulator.arm, environment: {} })
    expect((await elsewhere.drift(shop(...all))).summary.none).toBe(8)
  })
})
