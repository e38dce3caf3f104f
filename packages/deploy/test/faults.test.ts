import { accessPolicy, connection, credentialProvider, namedValue, service, stack } from '@apim-kit/core'
import { startEmulator, type Emulator } from '@apim-kit/emulator'
import { afterEach, describe, expect, it } from 'vitest'
import { assertDeployed, deployTo, fromValue, type ApplyResult, type Deployment } from '../src/index.js'
import { address, forward, startStub, type Answer, type Heard } from './stub.js'

const provider = credentialProvider.aad('provider', { clientCredentials: { resourceUri: 'api://backend' } })
const client = connection('client', { provider, clientId: 'id', clientSecret: fromValue('s3cret-one') })
const mayUse = accessPolicy('identity', { connection: client, principal: service.managedIdentity })
const first = namedValue('first', { value: fromValue('s3cret-two') })
const shop = stack({ name: 'shop', resources: [first, provider, client, mayUse, namedValue('last', { value: 'x' })] })

let emulator: Emulator | undefined
afterEach(async () => {
  await emulator?.close()
  emulator = undefined
})

/** A deployment through something that may answer in place of the emulator; `writes` counts what comes by. */
async function through(fault: (heard: Heard, write: number) => Promise<Answer | undefined>): Promise<Deployment> {
  emulator ??= await startEmulator()
  const { arm } = emulator
  let writes = 0
  const stub = await startStub(async (heard) => {
    if (heard.method === 'PUT') writes++
    return (await fault(heard, heard.method === 'PUT' ? writes : 0)) ?? forward(heard, arm)
  })
  return deployTo({ ...emulator.service, endpoint: stub.url, environment: {} })
}

const undisturbed = async (): Promise<Deployment> => through(async () => Promise.resolve(undefined))

/** What the service has, as far as a stack says it. */
async function state(): Promise<unknown> {
  const names = ['namedValues', 'authorizationProviders', 'authorizationProviders/provider/authorizations']
  const { subscriptionId, resourceGroup, service: name } = emulator?.service ?? address
  const base = `${emulator?.arm ?? ''}/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ApiManagement/service/${name}`
  const lists = names.map(async (collection) => {
    const { value } = (await (await fetch(`${base}/${collection}?api-version=2024-05-01`)).json()) as {
      value: { name: string }[]
    }
    return value.map((item) => item.name).toSorted()
  })
  return Promise.all(lists)
}

function outcomes({ results }: ApplyResult): Record<string, string> {
  return Object.fromEntries(results.map(({ id, outcome }) => [id.split('/').at(-1) ?? id, outcome]))
}

it('skips what needs a failed resource, does the rest, and does the rest of the rest the next time', async () => {
  const message = 'One or more fields contain incorrect values:'
  const details = [{ code: 'ValidationError', target: 'clientId', message: 'The client s3cret-one is not known.' }]
  const faulty = await through(async ({ method, path }) =>
    Promise.resolve(
      method === 'PUT' && path.endsWith('/authorizations/client')
        ? { status: 400, body: { error: { code: 'ValidationError', message, details } } }
        : undefined,
    ),
  )
  const result = await faulty.apply(shop)
  expect(outcomes(result)).toEqual({
    first: 'done',
    provider: 'done',
    client: 'failed',
    identity: 'skipped',
    last: 'done',
  })
  expect(result.results.flatMap(({ error }) => error ?? [])).toEqual([
    {
      code: 'ValidationError',
      // A service that repeats what it was sent does not make apim-kit repeat it.
      message: `${message} The client [secret] is not known.`,
      status: 400,
      details: [{ code: 'ValidationError', target: 'clientId', message: 'The client [secret] is not known.' }],
    },
    { code: 'dependency-failed', message: 'it was not begun: connection client, which it needs, failed' },
  ])
  expect(() => assertDeployed(result)).toThrow(expect.objectContaining({ code: 'deployment-failed' }))

  const rest = await (await undisturbed()).apply(shop)
  expect(rest.summary).toEqual({ create: 2, update: 0, delete: 0, none: 3 })
  expect(outcomes(rest)).toEqual({ client: 'done', identity: 'done' })
})

it('shows where a policy document is wrong', async () => {
  const message = `Error in element 'set-header' on line 4, column 10: Required attribute 'name' is missing`
  const deployment = await through(async ({ path, method }) =>
    Promise.resolve(
      method === 'PUT' && path.endsWith('/last')
        ? { status: 400, body: { error: { code: 'ValidationError', message: 'Wrong:', details: [{ message }] } } }
        : undefined,
    ),
  )
  const { results } = await deployment.apply(shop)
  expect(results.at(-1)?.error).toMatchObject({ line: 4, column: 10, details: [{ message }] })
})

describe('a run that ends at any write is repeated and ends where an undisturbed one does', () => {
  // Five resources, and the state before and after them.
  const cuts = Array.from({ length: 7 }, (_, index) => index + 1)

  it.each(cuts)('before the effect of write %i', async (cut) => cutAt(cut, false))
  it.each(cuts)('after the effect of write %i', async (cut) => cutAt(cut, true))

  async function cutAt(cut: number, effect: boolean): Promise<void> {
    let dead = false
    const dying = await through(async (heard, write) => {
      // 401 stands for the end: nothing is retried after it, and nothing goes on.
      const gone = { status: 401, body: { error: { code: 'Gone', message: 'The process has ended.' } } }
      if (dead) return gone
      if (write !== cut) return undefined
      dead = true
      if (effect && emulator !== undefined) await forward(heard, emulator.arm)
      return gone
    })
    const ended = await dying.apply(shop, { concurrency: 1 }).catch((error: unknown) => error)
    expect(JSON.stringify(ended)).toMatch(/Gone|not-authorized/)

    const deployment = await undisturbed()
    await deployment.apply(shop)
    expect(await state()).toEqual([['apim-kit.shop', 'first', 'last'], ['provider'], ['client']])
    const again = await deployment.apply(shop)
    expect(again.summary).toEqual({ create: 0, update: 0, delete: 0, none: 5 })
  }
})

it.each([
  ['a lost connection before the effect', false],
  ['a lost connection after the effect', true],
] as const)(
  'gets over %s, at every write',
  async (_title, effect) => {
    const hit = new Set<number>()
    const deployment = await through(async (heard, write) => {
      if (write === 0 || write % 2 === 0 || hit.has(write)) return undefined
      hit.add(write)
      if (effect && emulator !== undefined) await forward(heard, emulator.arm)
      return 'hang up'
    })
    const result = await deployment.apply(shop, { concurrency: 1 })
    expect(Object.values(outcomes(result))).toEqual(Array(5).fill('done'))
  },
  20_000,
)

describe('an endpoint that cannot be used', () => {
  const at = (endpoint: string): Deployment => deployTo({ ...address, endpoint, environment: {} })
  const failing = async (
    status: number,
    body: unknown = { error: { code: 'No', message: 'No.' } },
  ): Promise<unknown> => {
    const stub = await startStub(() => ({ status, body }))
    const error = await at(stub.url)
      .apply(shop)
      .catch((caught: unknown) => caught)
    expect(stub.heard.map(({ method }) => method)).toEqual(['GET'])
    return error
  }

  it('is down', async () => {
    const stub = await startStub(() => ({}))
    await stub.close()
    const begin = performance.now()
    await expect(at(stub.url).plan(shop)).rejects.toMatchObject({
      code: 'service-unreachable',
      message: expect.stringContaining(stub.url) as string,
    })
    expect(performance.now() - begin).toBeLessThan(1_000)
  })

  it('answers 401', async () => {
    expect(await failing(401)).toMatchObject({
      code: 'not-authorized',
      message: expect.stringContaining('az login') as string,
    })
  })

  it('answers 403', async () => {
    expect(await failing(403)).toMatchObject({
      code: 'not-authorized',
      message: expect.stringContaining('Contributor') as string,
    })
  })

  it('does not have the service', async () => {
    expect(await failing(404)).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('APIM_SERVICE_NAME') as string,
    })
  })

  it('is no Resource Manager', async () => {
    expect(await failing(400, 'hello')).toMatchObject({ code: 'request-failed' })
  })

  it('is somebody else', async () => {
    expect(await failing(200, 'hello')).toMatchObject({ code: 'request-failed' })
  })

  it('has a service without an identity', async () => {
    expect(await failing(200, { name: 'contoso', gatewayUrl: 'https://contoso.azure-api.net' })).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('--enable-managed-identity') as string,
    })
  })
})

it('stops when the login ends in the middle', async () => {
  const deployment = await through(async ({ method, path }) =>
    Promise.resolve(
      method === 'PUT' && path.endsWith('/provider')
        ? { status: 401, body: { error: { code: 'ExpiredAuthenticationToken' } } }
        : undefined,
    ),
  )
  const result = await deployment.apply(shop, { concurrency: 1 })
  expect(outcomes(result)).toEqual({
    first: 'done',
    provider: 'failed',
    client: 'skipped',
    identity: 'skipped',
    last: 'skipped',
  })
})

it('stops when a listener throws, and remembers what was done', async () => {
  const deployment = await undisturbed()
  const onEvent = (): never => {
    throw new Error('from the listener')
  }
  await expect(deployment.apply(shop, { concurrency: 1, onEvent })).rejects.toThrow('from the listener')
  const rest = await deployment.apply(shop)
  expect(rest.summary).toEqual({ create: 4, update: 0, delete: 0, none: 1 })
})
