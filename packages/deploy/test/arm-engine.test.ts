import { accessPolicy, connection, credentialProvider, namedValue, service, stack, type Stack } from '@apim-kit/core'
import { startEmulator, type Emulator } from '@apim-kit/emulator'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { deployTo, fromValue, type ApplyEvent, type ApplyResult, type Deployment } from '../src/index.js'
import { forward, startStub } from './stub.js'

const provider = credentialProvider.aad('provider', { clientCredentials: { resourceUri: 'api://backend' } })
const connections = Array.from({ length: 10 }, (_, index) =>
  connection(`client-${index}`, { provider, clientId: 'id', clientSecret: fromValue(`pl4nted-${index}`) }),
)
const shop = (value = 'x', more = connections): Stack =>
  stack({
    name: 'shop',
    resources: [
      provider,
      ...more,
      ...more.map((each) => accessPolicy('identity', { connection: each, principal: service.managedIdentity })),
      namedValue('greeting', { value }),
    ],
  })

let emulator: Emulator
let deployment: Deployment
beforeEach(async () => {
  emulator = await startEmulator()
  deployment = deployTo({ ...emulator.service, endpoint: emulator.arm, environment: {} })
})
afterEach(async () => emulator.close())

const writes = (): string[] =>
  emulator.requests.entries.filter(({ method }) => ['PUT', 'DELETE'].includes(method)).map(({ path }) => path)

/** The credentials of these connections are nobody's, so their state is left out. */
function expectDone({ results }: ApplyResult): void {
  expect(results.filter(({ outcome }) => outcome !== 'done')).toEqual([])
}

it('hands a plan to ARM, in as few writes as there are parts, and reports every resource', async () => {
  const events: ApplyEvent[] = []
  const result = await deployment.apply(shop(), {
    engine: 'arm',
    limits: { resources: 8 },
    onEvent: (event) => events.push(event),
  })
  expect(result.results.map(({ outcome }) => outcome)).toEqual(Array(22).fill('done'))
  expect(events.filter(({ type }) => type === 'done')).toHaveLength(22)
  expect(result.connections).toHaveLength(10)
  // 22 resources in parts of 8, and what is remembered before and after.
  expect(writes()).toHaveLength(5)
  expect(JSON.stringify(emulator.requests.entries)).not.toContain('pl4nted')
  emulator.requests.clear()
  const again = await deployment.apply(shop(), { engine: 'arm' })
  expect([again.summary.none, writes()]).toEqual([22, []])
  expectDone(await deployment.apply(shop('y'), { engine: 'arm' }))
  expect((await deployment.plan(shop('y'))).summary.none).toBe(22)
})

it('says which resource failed, skips what needs it, and goes on the next time', async () => {
  const bad = namedValue('bad', { value: fromValue('pl4nted-twice') })
  const other = stack({ name: 'other', resources: [namedValue('taken', { value: 'x', displayName: 'bad' })] })
  await deployment.apply(other)
  const both = stack({ name: 'both', resources: [provider, ...connections.slice(0, 2), bad] })
  const result = await deployment.apply(both, { engine: 'arm' })
  expect(result.results).toMatchObject([
    { outcome: 'done' },
    { outcome: 'done' },
    { outcome: 'done' },
    { outcome: 'failed', error: { code: 'ValidationError' } },
  ])
  await deployment.destroy(other)
  expectDone(await deployment.apply(both, { engine: 'arm' }))
})

it('does not overwrite what somebody changed since the plan was made, and does the rest', async () => {
  await deployment.apply(shop())
  const more = namedValue('farewell', { value: 'ciao' })
  const wanted = stack({ name: 'shop', resources: [...shop('good day').resources, more] })
  const plan = await deployment.plan(wanted)
  await deployment.apply(shop('servus'))
  const result = await deployment.apply(plan, { engine: 'arm' })
  expect(result.results).toMatchObject([
    { outcome: 'failed', error: { code: 'concurrent-change', message: expect.stringContaining('value') as string } },
    { outcome: 'done' },
  ])
  expect((await deployment.plan(wanted)).summary).toMatchObject({ create: 0, update: 1 })
})

it('does not deploy what somebody has written already', async () => {
  await deployment.apply(shop())
  const plan = await deployment.plan(shop('good day'))
  await deployment.apply(shop('good day'))
  emulator.requests.clear()
  expectDone(await deployment.apply(plan, { engine: 'arm' }))
  expect(writes()).toEqual([])
})

it('says of every update that it could not be looked at again', async () => {
  await deployment.apply(shop())
  let planned = false
  const stub = await startStub(async (heard) =>
    planned && heard.method === 'GET' && heard.path === '/namedValues'
      ? { status: 403, body: { error: { code: 'AuthorizationFailed' } } }
      : forward(heard, emulator.arm),
  )
  const faulty = deployTo({ ...emulator.service, endpoint: stub.url, environment: {} })
  const plan = await faulty.plan(shop('good day'))
  planned = true
  expect((await faulty.apply(plan, { engine: 'arm' })).results).toMatchObject([
    { outcome: 'failed', error: { code: 'not-authorized' } },
  ])
})

it('skips a part whose needs failed', async () => {
  const stub = await startStub(async (heard) => {
    if (heard.method === 'PUT' && heard.target.includes('/deployments/') && heard.text.includes("/provider'")) {
      const error = { code: 'InvalidTemplateDeployment', message: 'Not today.' }
      return { status: 400, body: { error } }
    }
    return forward(heard, emulator.arm)
  })
  const faulty = deployTo({ ...emulator.service, endpoint: stub.url, environment: {} })
  const result = await faulty.apply(shop('x', connections.slice(0, 1)), { engine: 'arm', limits: { resources: 1 } })
  const outcomes: unknown = Object.fromEntries(result.results.map(({ id, outcome }) => [id.split('/').at(-1), outcome]))
  expect(outcomes).toEqual({ provider: 'failed', 'client-0': 'skipped', identity: 'skipped', greeting: 'done' })
  expectDone(await deployment.apply(shop('x', connections.slice(0, 1)), { engine: 'arm' }))
})

it('writes what is remembered about many resources at once', async () => {
  const many = stack({
    name: 'many',
    resources: Array.from({ length: 1500 }, (_, index) => namedValue(`v-${index}`, { value: 'x' })),
  })
  expectDone(await deployment.apply(many, { engine: 'arm' }))
  expect(writes().length).toBeLessThan(6)
  expect((await deployment.planDestroy(many)).summary.delete).toBe(1500)
}, 20_000)
