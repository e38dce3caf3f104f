import {
  accessPolicy,
  api,
  apiRevision,
  connection,
  credentialProvider,
  operation,
  principal,
  service,
  stack,
  type Principal,
  type Resource,
  type Stack,
} from '@apim-kit/core'
import { startEmulator, type Emulator } from '@apim-kit/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { assertDeployed, deployTo, formatPlan, fromValue, type Deployment, type Plan } from '../src/index.js'
import { forward, startStub } from './stub.js'

/* What the service lets only one resource have, and another one has already. */

// A person would have to sign in to it, which is no failure.
const provider = credentialProvider.oauth2('provider', {
  authorizationCode: {
    clientId: 'id',
    clientSecret: fromValue('s3cret-one'),
    authorizationUrl: 'https://login.example/authorize',
    tokenUrl: 'https://login.example/token',
    refreshUrl: 'https://login.example/token',
  },
})
const client = connection('client', { provider })
const named = (name: string, who: Principal = service.managedIdentity): Resource =>
  accessPolicy(name, { connection: client, principal: who })
const shop = (...resources: readonly Resource[]): Stack => stack({ name: 'shop', resources })

let emulator: Emulator
let deployment: Deployment
beforeEach(async () => {
  emulator = await startEmulator()
  deployment = deployTo({ ...emulator.service, endpoint: emulator.arm, environment: {} })
})
afterEach(async () => emulator.close())

const pending = ({ changes }: Plan): unknown[] =>
  changes.filter(({ action }) => action !== 'none').map(({ action, name }) => `${action} ${name}`)

function writes(): string[] {
  return emulator.requests.entries
    .filter(({ method }) => ['PUT', 'DELETE'].includes(method))
    .map(({ method, path }) => `${method} ${decodeURIComponent(path).replace(/^.*\/service\/[^/]+\//, '')}`)
    .filter((write) => !write.includes('apim-kit.'))
}

describe('an access policy of another name', () => {
  it('serves as well where it has the same principal, whoever made it', async () => {
    await deployment.apply(stack({ name: 'theirs', resources: [provider, client, named('by-the-portal')] }))
    emulator.requests.clear()
    const result = await deployment.apply(shop(provider, client, named('mine')))
    assertDeployed(result)
    expect(writes()).toEqual(['PUT authorizationProviders/provider'])
    expect(formatPlan(result)).toContain('not needed: access policy by-the-portal has the same principal')
    // It was not created, so it is not this stack's to delete.
    expect((await deployment.planDestroy(shop(provider, client, named('mine')))).summary.delete).toBe(0)
  })

  it('goes first where it is pruned: the rename converges', async () => {
    await deployment.apply(shop(provider, client, named('old')))
    expect(pending(await deployment.plan(shop(provider, client, named('new'))))).toEqual([])
    emulator.requests.clear()
    const renamed = shop(provider, client, named('new'))
    const plan = await deployment.plan(renamed, { prune: true })
    expect(plan.changes).toMatchObject([{}, {}, { name: 'new', action: 'create' }, { name: 'old', action: 'delete' }])
    expect(formatPlan(plan)).toContain('access policy old has the same principal, and goes first')
    assertDeployed(await deployment.apply(plan))
    const path = 'authorizationProviders/provider/authorizations/client/accessPolicies'
    expect(writes()).toEqual([`DELETE ${path}/old`, `PUT ${path}/new`])
    expect(pending(await deployment.plan(renamed, { prune: true }))).toEqual([])
  })

  it('is named where it stands in the way', async () => {
    const user = principal.user({ objectId: 'u', tenantId: 't', appIds: ['a'] })
    await deployment.apply(stack({ name: 'theirs', resources: [provider, client, named('theirs', user)] }))
    const other = principal.user({ objectId: 'U', tenantId: 'T', appIds: ['b'] })
    const plan = await deployment.plan(shop(provider, client, named('mine', other)))
    expect(plan.changes.at(-1)).toMatchObject({
      action: 'create',
      reason: 'access policy theirs has the same principal, of which the service allows only one',
    })
  })
})

it('refuses what exceeds a limit together with what others have there', async () => {
  const others = Array.from({ length: 98 }, (_, index) =>
    named(`theirs-${index}`, principal.user({ objectId: `u${index}`, tenantId: 't' })),
  )
  await deployment.apply(stack({ name: 'theirs', resources: [provider, client, ...others] }))
  const mine = (count: number): Stack =>
    shop(
      provider,
      client,
      ...Array.from({ length: count }, (_, index) =>
        named(`mine-${index}`, principal.user({ objectId: `m${index}`, tenantId: 't' })),
      ),
    )
  expect((await deployment.plan(mine(2))).summary.create).toBe(2)
  emulator.requests.clear()
  await expect(deployment.apply(mine(3))).rejects.toMatchObject({
    code: 'invalid-stack',
    problems: [
      {
        path: 'client',
        message: 'has 98 resources of the kind access policy, and 3 more would be created; the service allows 100',
      },
    ],
  })
  expect(writes()).toEqual([])
})

describe('an API of another name', () => {
  const renamed = (name: string): Stack => {
    const orders = api(name, { path: 'orders' })
    return shop(orders, operation('get', { api: orders, method: 'GET', urlTemplate: '/{id}' }))
  }

  it('gives its path away where it is pruned, with what stands below it', async () => {
    await deployment.apply(renamed('old'))
    emulator.requests.clear()
    assertDeployed(await deployment.apply(renamed('new'), { prune: true }))
    expect(writes()).toEqual([
      'DELETE apis/old/operations/get',
      'DELETE apis/old',
      'PUT apis/new',
      'PUT apis/new/operations/get',
    ])
    expect(pending(await deployment.plan(renamed('new'), { prune: true }))).toEqual([])
  })

  it('keeps it where it cannot be deleted: then nothing is written that needs it', async () => {
    await deployment.apply(renamed('old'))
    const stub = await startStub(async (heard) =>
      heard.method === 'DELETE' ? { status: 400, body: { error: { code: 'No' } } } : forward(heard, emulator.arm),
    )
    const faulty = deployTo({ ...emulator.service, endpoint: stub.url, environment: {} })
    const { results } = await faulty.apply(renamed('new'), { prune: true })
    expect(results.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'create skipped',
      'create skipped',
      'delete failed',
      'delete skipped',
    ])
    assertDeployed(await deployment.apply(renamed('new'), { prune: true }))
  })
})

describe('revisions', () => {
  const orders = api('orders', { path: 'orders' })
  const second = apiRevision('2', { api: orders, serviceUrl: 'https://new.example' })
  const get = operation('get', { api: second, method: 'GET', urlTemplate: '/' })

  it('go with their API, where the stack made them', async () => {
    await deployment.apply(shop(orders, second, get))
    expect((await deployment.planDestroy(shop(orders, second, get))).summary.delete).toBe(3)
    const plan = await deployment.plan(shop(), { prune: true })
    expect(pending(plan)).toEqual(['delete get', 'delete orders;rev=2', 'delete orders'])
    assertDeployed(await deployment.apply(plan))
    expect((await deployment.plan(shop(orders))).summary.create).toBe(1)
  })

  it('make room together with their API where it is renamed', async () => {
    await deployment.apply(shop(orders, second, get))
    emulator.requests.clear()
    assertDeployed(await deployment.apply(shop(api('renamed', { path: 'orders' })), { prune: true }))
    expect(writes()).toEqual([
      'DELETE apis/orders;rev=2/operations/get',
      'DELETE apis/orders;rev=2',
      'DELETE apis/orders',
      'PUT apis/renamed',
    ])
  })

  it('of somebody else keep the API', async () => {
    await deployment.apply(shop(orders))
    await deployment.apply(stack({ name: 'theirs', resources: [orders, second] }))
    expect((await deployment.plan(shop(), { prune: true })).changes).toMatchObject([
      { name: 'orders', action: 'none', reason: expect.stringContaining('API orders;rev=2 stands below it') as string },
    ])
  })

  it('are deleted whole with the API', async () => {
    const asked: string[] = []
    const stub = await startStub(async (heard) => {
      if (heard.method === 'DELETE') asked.push(`${heard.path} ${heard.query.get('deleteRevisions') ?? ''}`)
      return forward(heard, emulator.arm)
    })
    await deployment.apply(shop(orders))
    assertDeployed(await deployTo({ ...emulator.service, endpoint: stub.url, environment: {} }).destroy(shop(orders)))
    expect(asked).toEqual(['/apis/orders true', '/namedValues/apim-kit.shop '])
  })
})
