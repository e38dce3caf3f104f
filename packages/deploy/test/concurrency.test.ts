import { api, namedValue, operation, stack, type Stack } from '@apim-kit/core'
import { startEmulator, type Emulator } from '@apim-kit/emulator'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { assertDeployed, deployTo, fromValue, type Deployment } from '../src/index.js'
import { forward, startStub, type Answer, type Heard } from './stub.js'

const orders = api('orders', { path: 'orders' })
const shop = (value: string, secret = 's3cret'): Stack =>
  stack({
    name: 'shop',
    resources: [
      namedValue('greeting', { value }),
      namedValue('token', { value: fromValue(secret) }),
      orders,
      operation('get', { api: orders, method: 'GET', urlTemplate: '/' }),
    ],
  })

let emulator: Emulator
beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(async () => emulator.close())

const at = (endpoint: string): Deployment => deployTo({ ...emulator.service, endpoint, environment: {} })

async function through(answer: (heard: Heard) => Promise<Answer | undefined>): Promise<Deployment> {
  const stub = await startStub(async (heard) => (await answer(heard)) ?? forward(heard, emulator.arm))
  return at(stub.url)
}

it('does not overwrite what somebody changed since the plan was made', async () => {
  const [mine, theirs] = [at(emulator.arm), at(emulator.arm)]
  await mine.apply(shop('hello'))
  const plan = await mine.plan(shop('good day'))
  await theirs.apply(shop('servus'))
  emulator.requests.clear()
  const { results } = await mine.apply(plan)
  expect(results).toMatchObject([
    {
      outcome: 'failed',
      error: { code: 'concurrent-change', message: expect.stringContaining('properties.value') as string },
    },
  ])
  expect(emulator.requests.entries.filter(({ method }) => method === 'PUT')).toEqual([])
  assertDeployed(await mine.apply(shop('good day')))
})

it('does not write what somebody has written already', async () => {
  const [mine, theirs] = [at(emulator.arm), at(emulator.arm)]
  await mine.apply(shop('hello'))
  const plan = await mine.plan(shop('good day'))
  await theirs.apply(shop('good day'))
  emulator.requests.clear()
  assertDeployed(await mine.apply(plan))
  expect(emulator.requests.entries.filter(({ method }) => method === 'PUT')).toEqual([])
})

it('names the version that it replaces, and sees a change that comes between', async () => {
  await at(emulator.arm).apply(shop('hello'))
  const tags: unknown[] = []
  const raced = await through(async ({ method, path, headers }) => {
    if (method !== 'PUT' || !path.endsWith('/greeting')) return undefined
    tags.push(headers['if-match'])
    if (tags.length === 1) await at(emulator.arm).apply(shop('servus'))
    return undefined
  })
  const { results } = await raced.apply(shop('good day'))
  expect(tags).toEqual([expect.stringMatching(/^"/)])
  expect(results).toMatchObject([{ outcome: 'failed', error: { code: 'concurrent-change', status: 412 } }])
})

it('gets over an answer that was lost, also of a secret', async () => {
  await at(emulator.arm).apply(shop('hello'))
  const lost = new Set<string>()
  const raced = await through(async (heard) => {
    if (heard.method !== 'PUT' || lost.has(heard.path)) return undefined
    lost.add(heard.path)
    await forward(heard, emulator.arm)
    return 'hang up'
  })
  assertDeployed(await raced.apply(shop('good day', 's3cret-two')))
  expect(lost.size).toBe(2)
  expect((await at(emulator.arm).plan(shop('good day', 's3cret-two'))).summary.none).toBe(4)
})

it('two deployers at once end in one state', async () => {
  const both = await Promise.all([at(emulator.arm).apply(shop('hello')), at(emulator.arm).apply(shop('hello'))])
  for (const result of both) assertDeployed(result)
  emulator.requests.clear()
  expect((await at(emulator.arm).apply(shop('hello'))).results).toEqual([])
  expect((await at(emulator.arm).planDestroy(shop('hello'))).summary.delete).toBe(4)
})

it('asks again as long as the service is busy with another change', async () => {
  const busy = new Map<string, number>()
  const conflict = { error: { code: 'PessimisticConcurrencyConflict', message: 'Operation on the API is in progress' } }
  const deployment = await through(async ({ method, path }) => {
    const count = (busy.get(path) ?? 0) + 1
    busy.set(path, count)
    return Promise.resolve(method === 'PUT' && count === 1 ? { status: 409, body: conflict } : undefined)
  })
  assertDeployed(await deployment.apply(shop('hello')))
})
