import { api, connection, credentialProvider, namedValue, stack, type Stack } from '@apim-kit/core'
import { startEmulator, type Emulator } from '@apim-kit/emulator'
import { base, namedValueReference, policies, setHeader } from '@apim-kit/policy-dsl'
import { afterAll, expect, it } from 'vitest'
import { deployTo, fromValue, type ApplyOptions, type Deployment } from '../src/index.js'
import { limit } from '../src/limit.js'
import { everyKind, everyKindOptions } from './every-kind.js'
import { forward, startStub, type Answer, type Heard, type Stub } from './stub.js'

/*
 * A deployment in which one request goes wrong, each in its turn and in every way; then the deployment once more, undisturbed.
 * It has to end as one does that nothing went wrong in.
 */

const refused = (status: number, code: string, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  body: { error: { code, message: 'Not now.' } },
})

/** What goes wrong with a request; undefined where it gets its answer all the same. */
type Fault = (send: () => Promise<Answer>) => Promise<Answer>

const faults: Readonly<Record<string, Fault>> = {
  '429': async () => Promise.resolve(refused(429, 'TooManyRequests', { 'retry-after-ms': '1' })),
  '500': async () => Promise.resolve(refused(500, 'InternalServerError')),
  '409 for a busy parent': async () => Promise.resolve(refused(409, 'PessimisticConcurrencyConflict')),
  '409': async () => Promise.resolve(refused(409, 'Conflict')),
  '412': async () => Promise.resolve(refused(412, 'PreconditionFailed')),
  'a cut before the effect': async () => Promise.resolve('hang up'),
  'a cut after the effect': async (send) => {
    await send()
    return 'hang up'
  },
}

/** The process is gone after that request: nothing that it sends is heard any more. */
const killed = 'a killed process'

const token = namedValue('token', { value: fromValue('pl4nted-token') })
const provider = credentialProvider.aad('provider', { clientCredentials: { resourceUri: 'api://backend' } })
const client = connection('client', { provider, clientId: 'id', clientSecret: fromValue('pl4nted-client') })
const orders = api('orders', {
  path: 'orders',
  policy: policies({ inbound: [base(), setHeader({ name: 'X', value: namedValueReference('token') })] }),
})
const small = stack({ name: 'small', resources: [token, provider, client, orders] })

const open = new Set<{ close(): Promise<void> }>()
afterAll(async () => {
  await Promise.all([...open].map(async (each) => each.close()))
})

/** A service, and what stands before it. */
interface Subject {
  readonly deployment: Deployment
  readonly close: () => Promise<void>
}

type Disturb = (heard: Heard, index: number, send: () => Promise<Answer>) => Promise<Answer>

async function subject(emulator: Emulator, disturb: Disturb): Promise<Subject> {
  let index = 0
  const stub: Stub = await startStub(async (heard) => disturb(heard, index++, async () => forward(heard, emulator.arm)))
  const deployment = deployTo({ ...emulator.service, endpoint: stub.url, environment: {} })
  return { deployment, close: async () => stub.close() }
}

const directly = (emulator: Emulator): Deployment =>
  deployTo({ ...emulator.service, endpoint: emulator.arm, environment: {} })

/** Everything that a later deployment can know of the service: what it has, what is remembered, and whose it is. */
async function stateOf(emulator: Emulator, what: Stack): Promise<unknown> {
  const deployment = directly(emulator)
  // A drift has exactly what the stack owns.
  const [plan, drift] = [await deployment.plan(what, { prune: true }), await deployment.drift(what)]
  const pending = plan.changes.filter(({ action }) => action !== 'none').map(({ id, action }) => `${action} ${id}`)
  return { pending, owned: drift.changes.map(({ id, action }) => `${action} ${id}`) }
}

async function begin(what: Stack): Promise<Emulator> {
  const emulator = await startEmulator(what === small ? {} : everyKindOptions)
  open.add(emulator)
  return emulator
}

/** Deploys through one fault, then undisturbed; gives what is there then. */
async function afterFault(at: number, fault: string, options: ApplyOptions): Promise<unknown> {
  const emulator = await begin(small)
  let dead = false
  const disturbed = await subject(emulator, async (_heard, index, send) => {
    if (dead) return refused(401, 'Gone')
    if (index !== at) return send()
    if (fault !== killed) return faults[fault]?.(send) ?? send()
    await send()
    dead = true
    return refused(401, 'Gone')
  })
  await disturbed.deployment.apply(small, { ...options, concurrency: 1 }).catch((error: unknown) => error)
  await disturbed.close()
  await directly(emulator).apply(small, options)
  const state = await stateOf(emulator, small)
  open.delete(emulator)
  await emulator.close()
  return state
}

async function undisturbed(
  what: Stack,
  options: ApplyOptions = {},
): Promise<{ readonly state: unknown; readonly requests: number }> {
  const emulator = await begin(what)
  await directly(emulator).apply(what, { ...options, concurrency: 1 })
  const requests = emulator.requests.entries.length
  return { state: await stateOf(emulator, what), requests }
}

// With that limit the engine of Resource Manager has several deployments to make of the stack.
it.each<ApplyOptions>([{ engine: 'sdk' }, { engine: 'arm', limits: { resources: 2 } }])(
  'ends as ever, whatever happens to any one request: %o',
  async (options) => {
    const { state, requests } = await undisturbed(small, options)
    expect(state).toMatchObject({
      pending: [],
      owned: small.resources.map(() => expect.stringMatching(/^none /) as string),
    })
    const bounded = limit(24)
    const cases = Array.from({ length: requests }, (_, at) =>
      [...Object.keys(faults), killed].map((fault) => ({ at, fault })),
    ).flat()
    expect(cases.length).toBeGreaterThan(80)
    const ends = cases.map(async (each) =>
      bounded(async () => ({ ...each, state: await afterFault(each.at, each.fault, options) })),
    )
    const wrong = (await Promise.all(ends)).filter((end) => JSON.stringify(end.state) !== JSON.stringify(state))
    expect(wrong).toEqual([])
  },
  120_000,
)

// Each request meets one fault, and the faults take turns; so in as many runs as there are faults each meets every one.
it.each(Object.keys(faults).map((_name, index) => index))(
  'ends as ever with every kind, where every request goes wrong once (faults from %i)',
  async (first) => {
    const shop = everyKind()
    const { state } = await undisturbed(shop)
    const emulator = await begin(shop)
    const met = new Set<string>()
    const { deployment, close } = await subject(emulator, async ({ method, path }, _index, send) => {
      const request = `${method} ${path}`
      if (met.has(request)) return send()
      met.add(request)
      const fault = Object.values(faults)[(first + met.size) % Object.keys(faults).length]
      return fault?.(send) ?? send()
    })
    // What the service refuses for good ends a run, at the worst at every request of a plan.
    for (let run = 0; run < 60; run++) {
      const ended = await deployment.apply(shop).catch(() => undefined)
      if (ended?.results.length === 0) break
    }
    await close()
    expect(await stateOf(emulator, shop)).toEqual(state)
  },
  120_000,
)

it('ends as ever with every kind, where the process is killed after every single write', async () => {
  const shop = everyKind()
  const { state } = await undisturbed(shop)
  const emulator = await begin(shop)
  const written = new Set<string>()
  let runs = 0
  for (; runs < 100; runs++) {
    let dead = false
    const { deployment, close } = await subject(emulator, async ({ method, path }, _index, send) => {
      if (dead) return refused(401, 'Gone')
      const answer = await send()
      // What is remembered is written again and again; that it is killed after it too is seen to above.
      dead = method === 'PUT' && !path.includes('/apim-kit.') && !written.has(path)
      if (dead) written.add(path)
      return dead ? refused(401, 'Gone') : answer
    })
    const ended = await deployment.apply(shop, { concurrency: 1 }).catch(() => undefined)
    await close()
    if (ended?.results.length === 0) break
  }
  expect(runs).toBeGreaterThanOrEqual(shop.resources.length)
  expect(await stateOf(emulator, shop)).toEqual(state)
}, 120_000)

it('ends as ever with every kind, where two deploy at once', async () => {
  const shop = everyKind()
  const { state } = await undisturbed(shop)
  const emulator = await begin(shop)
  await Promise.all([directly(emulator).apply(shop), directly(emulator).apply(shop)])
  await directly(emulator).apply(shop)
  expect(await stateOf(emulator, shop)).toEqual(state)
})
