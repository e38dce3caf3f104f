import { inspect } from 'node:util'
import {
  accessPolicy,
  api,
  connection,
  credentialProvider,
  namedValue,
  operation,
  service,
  stack,
  type Stack,
} from '@apim-kit/core'
import { startEmulator, type Emulator, type EmulatorOptions } from '@apim-kit/emulator'
import { afterEach, expect, it } from 'vitest'
import {
  assertDeployed,
  deployTo,
  formatPlan,
  fromEnvironment,
  fromKeyVault,
  problemsOf,
  type ApplyEvent,
  type Deployment,
} from '../src/index.js'

const clientId = '44444444-4444-4444-4444-444444444444'
const planted = 'pl4nted-secret-of-the-client'
const other = 'pl4nted-secret-after-rotation'

const applications: NonNullable<EmulatorOptions['applications']> = [
  {
    appId: '33333333-3333-3333-3333-333333333333',
    identifierUris: ['api://backend'],
    appRoles: ['Sample.Read'],
  },
  {
    appId: clientId,
    clientSecrets: [planted, other],
    appRoleAssignments: [{ resource: 'api://backend', roles: ['Sample.Read'] }],
  },
]

let emulator: Emulator
afterEach(async () => emulator.close())

async function start(options: EmulatorOptions = {}): Promise<void> {
  emulator = await startEmulator({ applications, keyVaults: { shop: { 'client-secret': planted } }, ...options })
}

/** A deployer of another machine: nothing is shared but the service. */
function anyMachine(environment: Record<string, string> = {}): Deployment {
  return deployTo({
    ...emulator.service,
    endpoint: emulator.arm,
    environment: { TOKEN: 'pl4nted-token', ...environment },
  })
}

const provider = credentialProvider.aad('provider', {
  clientCredentials: { resourceUri: 'api://backend', tenantId: '11111111-1111-1111-1111-111111111111' },
})
const client = connection('client', { provider, clientId, clientSecret: fromKeyVault('shop', 'client-secret') })
const orders = api('orders', { path: 'orders', serviceUrl: service.gatewayUrl })

function shop(...more: Parameters<typeof stack>[0]['resources']): Stack {
  return stack({
    name: 'shop',
    resources: [
      namedValue('audience', { value: 'api://backend' }),
      namedValue('token', { value: fromEnvironment('TOKEN') }),
      namedValue('vault-token', { value: fromKeyVault('https://shop.vault.azure.net', 'client-secret') }),
      accessPolicy('managed-identity', { connection: client, principal: service.managedIdentity }),
      provider,
      client,
      orders,
      operation('get', { api: orders, method: 'GET', urlTemplate: '/{id}' }),
      ...more,
    ],
  })
}

/** Requests that change something on the service, below the service's address. */
function writes(): string[] {
  return emulator.requests.entries
    .filter(({ method }) => ['PUT', 'PATCH', 'DELETE'].includes(method))
    .map(({ method, path }) => `${method} ${path.replace(/^.*\/service\/[^/]+/, '')}`)
}

it('writes what is missing, each after what it needs, and then nothing', async () => {
  await start()
  const events: ApplyEvent[] = []
  const plan = await anyMachine().plan(shop())
  expect(plan.summary).toEqual({ create: 8, update: 0, delete: 0, none: 0 })
  const result = await anyMachine().apply(shop(), { onEvent: (event) => events.push(event) })
  expect(problemsOf(result)).toEqual([])
  assertDeployed(result)
  expect(result.results.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(Array(8).fill('create done'))
  expect(result.connections).toMatchObject([{ status: 'Connected', error: null, loginLink: null }])
  expect(events.filter(({ type }) => type === 'done')).toHaveLength(8)
  const ended = events.filter(({ type }) => type === 'done').map(({ change }) => change.kind)
  expect(ended.indexOf('credentialProvider')).toBeLessThan(ended.indexOf('connection'))
  expect(ended.indexOf('connection')).toBeLessThan(ended.indexOf('accessPolicy'))
  expect(new Set(writes()).size).toBe(9)

  emulator.requests.clear()
  const again = await anyMachine().apply(shop())
  expect(again.summary).toEqual({ create: 0, update: 0, delete: 0, none: 8 })
  expect(again.results).toEqual([])
  expect(again.connections).toMatchObject([{ status: 'Connected' }])
  expect(writes()).toEqual([])
})

it('asks for every collection once, and below nothing for nothing', async () => {
  await start()
  await anyMachine().plan(shop())
  const paths = emulator.requests.entries.map(
    ({ method, path }) => `${method} ${path.replace(/^.*\/service\/emulator/, '')}`,
  )
  expect(paths.toSorted()).toEqual(
    [
      'GET ',
      'GET /apis',
      'GET /authorizationProviders',
      'GET /namedValues',
      'POST /namedValues/apim-kit.shop/listValue',
    ].toSorted(),
  )
})

it('finds a rotated secret from any machine and updates what has it, once', async () => {
  await start()
  await anyMachine().apply(shop())
  emulator.requests.clear()
  const rotated = { TOKEN: other }
  const plan = await anyMachine(rotated).plan(shop())
  expect(plan.changes.filter(({ action }) => action !== 'none')).toMatchObject([
    {
      name: 'token',
      action: 'update',
      fields: [{ path: 'properties.value', before: '[secret]', after: '[secret]' }],
      reason: 'its secret has changed',
    },
  ])
  await anyMachine(rotated).apply(shop())
  expect(writes()).toEqual(['PUT /namedValues/token'])
  expect((await anyMachine(rotated).plan(shop())).summary.update).toBe(0)
  expect((await anyMachine().plan(shop())).summary.update).toBe(1)
})

it('takes over what is there and matches, and leaves alone what is not its own', async () => {
  await start()
  const mine = stack({ name: 'mine', resources: [orders, namedValue('audience', { value: 'api://backend' })] })
  await anyMachine().apply(mine)
  emulator.requests.clear()
  const yours = stack({ name: 'yours', resources: [orders] })
  expect((await anyMachine().apply(yours)).summary).toMatchObject({ none: 1 })
  expect(writes()).toEqual([])
})

it('repairs what somebody else changed or deleted', async () => {
  await start()
  await anyMachine().apply(shop())
  const changed = stack({ name: 'by-hand', resources: [namedValue('audience', { value: 'api://other' })] })
  await anyMachine().apply(changed)
  const plan = await anyMachine().plan(shop())
  expect(plan.changes.filter(({ action }) => action !== 'none')).toMatchObject([
    { name: 'audience', fields: [{ path: 'properties.value', before: 'api://other', after: 'api://backend' }] },
  ])
  expect(formatPlan(plan)).toContain('value: "api://other" → "api://backend"')
})

it('applies the plan it is given, and only once', async () => {
  await start()
  const deployment = anyMachine()
  const plan = await deployment.plan(shop())
  await deployment.apply(plan)
  await expect(deployment.apply(plan)).rejects.toMatchObject({ code: 'invalid-input' })
  const copy = JSON.parse(JSON.stringify(plan)) as typeof plan
  await expect(deployment.apply(copy)).rejects.toMatchObject({ code: 'invalid-input' })
})

it('names every secret that cannot be found, before anything is written', async () => {
  await start()
  const missing = [
    namedValue('a', { value: fromEnvironment('NOT_SET') }),
    namedValue('b', { value: fromKeyVault('shop', 'not-there') }),
    namedValue('c', { value: fromKeyVault('no-such-vault', 'x') }),
  ]
  const error = await anyMachine()
    .apply(shop(...missing))
    .catch((caught: unknown) => caught)
  expect(error).toMatchObject({
    code: 'secret-unresolved',
    problems: [
      {
        path: 'named value a: properties.value',
        message: 'environment variable NOT_SET gives no value: it is not set',
      },
      {
        path: 'named value b: properties.value',
        message: expect.stringContaining('there is no such secret') as string,
      },
      { path: 'named value c: properties.value' },
    ],
  })
  expect(writes()).toEqual([])
})

it('reports a connection whose credentials are refused', async () => {
  await start({ keyVaults: { shop: { 'client-secret': 'wr0ng-secret' } } })
  const result = await anyMachine().apply(shop())
  expect(result.results.every(({ outcome }) => outcome === 'done')).toBe(true)
  expect(result.connections).toMatchObject([{ status: 'Error', error: { code: 'Unauthorized' }, loginLink: null }])
  expect(problemsOf(result)).toMatchObject([{ rule: 'deploy/connection-error' }])
  expect(() => assertDeployed(result)).toThrow('Failed to acquire access token')
  expect(await anyMachine().status(shop())).toMatchObject([{ status: 'Error' }])
  expect(JSON.stringify(result)).not.toContain('wr0ng-secret')
})

it('waits for long-running operations', async () => {
  await start({ longRunning: 'accepted' })
  assertDeployed(await anyMachine().apply(shop()))
  expect((await anyMachine().plan(shop())).summary).toMatchObject({ none: 8 })
}, 20_000)

it('shows no secret anywhere', async () => {
  await start()
  const events: ApplyEvent[] = []
  const first = shop()
  const plan = await anyMachine().plan(first)
  const result = await anyMachine().apply(plan, { onEvent: (event) => events.push(event) })
  const stored = await fetch(
    `${emulator.arm}${plan.changes[0]?.id.replace(/\/namedValues.*$/, '')}/namedValues?api-version=2024-05-01`,
  )
  const shown = [
    ...[first, plan, result, events].flatMap((value) => [
      JSON.stringify(value),
      inspect(value, { depth: Infinity, showHidden: true }),
    ]),
    formatPlan(plan),
    await stored.text(),
  ].join('\n')
  expect(shown).toContain('[secret')
  for (const secret of [planted, 'pl4nted', Buffer.from(planted).toString('base64')])
    expect(shown).not.toContain(secret)
})

it('stops when it is told to, finishes what has begun, and goes on from there', async () => {
  await start()
  const stop = new AbortController()
  const result = await anyMachine().apply(shop(), {
    concurrency: 1,
    signal: stop.signal,
    onEvent: ({ type }) => type === 'done' && stop.abort(),
  })
  const outcomes = result.results.map(({ outcome }) => outcome)
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
  expect(outcomes.filter((outcome) => outcome === 'skipped')).toHaveLength(7)
  const rest = await anyMachine().apply(shop())
  expect(rest.summary).toEqual({ create: 7, update: 0, delete: 0, none: 1 })
  assertDeployed(rest)
})

it('ends with the caller’s reason where the caller ends a plan', async () => {
  await start()
  const reason = new Error('enough')
  await expect(anyMachine().plan(shop(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  expect(writes()).toEqual([])
})

it('keeps the names for itself in which it remembers', async () => {
  await start()
  const planned = anyMachine().plan(shop(namedValue('Apim-Kit.shop', { value: 'x' })))
  await expect(planned).rejects.toMatchObject({ code: 'invalid-stack' })
})
