import {
  cache,
  certificate,
  connection,
  credentialProvider,
  logger,
  namedValue,
  product,
  stack,
  subscription,
  type Stack,
} from '@apim-kit/core'
import { startEmulator, type Emulator } from '@apim-kit/emulator'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  assertDeployed,
  deployTo,
  exportStack,
  formatDrift,
  formatPlan,
  fromEnvironment,
  fromKeyVault,
  fromValue,
  problemsOf,
  type ApplyOptions,
  type Deployment,
} from '../src/index.js'
import { leaksIn, plant, shown } from './leaks.js'
import { forward, startStub, type Answer, type Heard } from './stub.js'

/*
 * Plants a secret in every field that takes one, by every way to give one, lets the service and the identity provider repeat them
 * in their errors, and looks for them in everything that comes out.
 */
const names = [
  'given',
  'environment',
  'vault',
  'provider',
  'connection',
  'logger',
  'cache',
  'key',
  'certificate',
  'password',
] as const
const planted = (round: number): Readonly<Record<(typeof names)[number], string>> =>
  Object.fromEntries(names.map((name) => [name, plant(`${name}${round}`)])) as Record<(typeof names)[number], string>
const first = planted(1)
const second = planted(2)
const all = [...Object.values(first), ...Object.values(second)]

function shop(texts: typeof first, round: number): Stack {
  const provider = credentialProvider.oauth2('provider', {
    authorizationCode: {
      clientId: 'id',
      clientSecret: fromValue(texts.provider),
      authorizationUrl: 'https://login.example/authorize',
      tokenUrl: 'https://login.example/token',
      refreshUrl: 'https://login.example/token',
    },
  })
  const entra = credentialProvider.aad('entra', {
    clientCredentials: { resourceUri: 'api://backend', tenantId: '11111111-1111-1111-1111-111111111111' },
  })
  const things = product('things', {})
  return stack({
    name: 'shop',
    service: emulator.service,
    resources: [
      namedValue('given', { value: fromValue(texts.given) }),
      namedValue('environment', { value: fromEnvironment('PLANTED') }),
      namedValue('vault', { value: fromKeyVault('shop', `secret-${round}`) }),
      provider,
      connection('person', { provider }),
      entra,
      connection('client', { provider: entra, clientId: 'id', clientSecret: fromValue(texts.connection) }),
      logger('insights', {
        loggerType: 'applicationInsights',
        credentials: { connectionString: fromValue(texts.logger) },
      }),
      cache('default', { connectionString: fromValue(texts.cache) }),
      things,
      subscription('storefront', { scope: things, primaryKey: fromValue(texts.key) }),
      certificate('own', { data: fromValue(texts.certificate), password: fromValue(texts.password) }),
    ],
  })
}

let emulator: Emulator
beforeEach(async () => {
  const vault = { 'secret-1': first.vault, 'secret-2': second.vault }
  emulator = await startEmulator({
    applications: [{ appId: '33333333-3333-3333-3333-333333333333', identifierUris: ['api://backend'] }],
    keyVaults: { shop: vault },
  })
})
afterEach(async () => emulator.close())

const deploymentAt = (endpoint: string, round: number): Deployment =>
  deployTo({
    ...emulator.service,
    endpoint,
    environment: { PLANTED: round === 1 ? first.environment : second.environment },
  })

/** Deploys through something that may answer otherwise. */
async function through(answer: (heard: Heard) => Answer | undefined, round = 1): Promise<Deployment> {
  const stub = await startStub(async (heard) => answer(heard) ?? forward(heard, emulator.arm))
  return deploymentAt(stub.url, round)
}

/** Everything that an apply shows, whichever way it ends. */
async function applied(deployment: Deployment, what: Stack, options: ApplyOptions = {}): Promise<string> {
  const events: unknown[] = []
  try {
    const result = await deployment.apply(what, { ...options, onEvent: (event) => events.push(event) })
    let thrown: unknown
    try {
      assertDeployed(result)
    } catch (error) {
      thrown = error
    }
    return shown(result, events, problemsOf(result), formatPlan(result), thrown)
  } catch (error) {
    return shown(error, events)
  }
}

/** What the emulator lists of the service, and what it remembers of requests. */
async function listings(): Promise<string> {
  const { subscriptionId, resourceGroup, service } = emulator.service
  const base = `${emulator.arm}/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ApiManagement/service/${service}`
  const collections = [
    'namedValues',
    'authorizationProviders',
    'authorizationProviders/provider/authorizations',
    'authorizationProviders/entra/authorizations',
    'loggers',
    'caches',
    'subscriptions',
    'certificates',
  ]
  const texts = collections.map(async (collection) => {
    const list = await (await fetch(`${base}/${collection}?api-version=2024-05-01`)).text()
    const { value = [] } = JSON.parse(list) as { value?: readonly { readonly name: string }[] }
    const each = value.map(async ({ name }) =>
      (await fetch(`${base}/${collection}/${name}?api-version=2024-05-01`)).text(),
    )
    return [list, ...(await Promise.all(each))]
  })
  return shown((await Promise.all(texts)).flat(), emulator.requests.entries)
}

it('finds what is planted, in whatever form', () => {
  const text = plant('x')
  const seen = [
    text,
    JSON.stringify({ text }),
    encodeURIComponent(text),
    Buffer.from(`a${text}`).toString('base64'),
    `…${text.slice(-8)}`,
    shown(new Error('outer', { cause: new Error(text) })),
  ]
  for (const each of seen) expect(leaksIn(each, ['other', text])).not.toEqual([])
  expect(leaksIn('nothing of it', [text])).toEqual([])
})

it('shows no secret in any output of plan, apply, status, drift, destroy and export, nor does the service', async () => {
  const out: string[] = []
  for (const [round, texts] of [
    [1, first],
    [2, second],
  ] as const) {
    const what = shop(texts, round)
    const deployment = deploymentAt(emulator.arm, round)
    const plan = await deployment.plan(what)
    expect(plan.changes.flatMap(({ fields }) => fields).filter(({ after }) => after === '[secret]')).toHaveLength(10)
    out.push(shown(what, plan, formatPlan(plan)), await applied(deployment, what), await listings())
    const again = await deployment.plan(what, { prune: true })
    expect(again.summary).toMatchObject({ create: 0, update: 0 })
    const drift = await deployment.drift(what)
    out.push(shown(again, formatPlan(again), drift, formatDrift(drift), await deployment.status(what)))
    for (const to of ['arm-template', 'bicep'] as const)
      for (const limits of [{}, { resources: 4 }]) out.push(shown(await exportStack(what, { to, limits })))
  }
  const what = shop(second, 2)
  out.push(shown(await deploymentAt(emulator.arm, 2).planDestroy(what)), await listings())
  out.push(shown(await deploymentAt(emulator.arm, 2).destroy(what)))
  expect(leaksIn(out.join('\n'), all)).toEqual([])
}, 60_000)

it('shows none where ARM deploys, nor do its deployments', async () => {
  const names: string[] = []
  const deployment = await through((heard) => {
    const [, name] = /\/deployments\/([^/?]+)/.exec(heard.target) ?? []
    if (name !== undefined && heard.method === 'PUT') names.push(heard.target)
    return undefined
  })
  const out = [await applied(deployment, shop(first, 1), { engine: 'arm' })]
  expect(names.length).toBeGreaterThan(0)
  for (const target of names)
    for (const address of [target, target.replace('?', '/operations?')])
      out.push(await (await fetch(`${emulator.arm}${address}`)).text())
  out.push(await listings())
  expect(leaksIn(out.join('\n'), all)).toEqual([])
})

/** A service that says what it was sent, in one of the ways in which texts travel. */
const echoes: Readonly<Record<string, (body: string) => string>> = {
  'as it stands': (body) => secretsIn(body).join(' '),
  'as JSON': (body) => body,
  'in Base64': (body) =>
    secretsIn(body)
      .map((text) => Buffer.from(text).toString('base64'))
      .join(' '),
  'for addresses': (body) => secretsIn(body).map(encodeURIComponent).join(' '),
  'as a form': (body) => new URLSearchParams(secretsIn(body).map((text): [string, string] => ['s', text])).toString(),
  'in XML': (body) =>
    secretsIn(body)
      .map((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'))
      .join(' '),
}

/** Every planted text of a request. */
function secretsIn(body: string): string[] {
  const found: string[] = []
  JSON.parse(body, (_key, value: unknown) => {
    if (typeof value === 'string' && all.includes(value)) found.push(value)
    return value
  })
  return found
}

it.each(Object.entries(echoes))(
  'shows none where the service repeats what it was sent, %s, whichever engine writes',
  async (_how, echo) => {
    const out: string[] = []
    let repeated = 0
    for (const engine of ['sdk', 'arm'] as const)
      for (const status of [400, 401, 403, 409, 412]) {
        const deployment = await through(({ method, text, path }) => {
          if (method !== 'PUT' || path.includes('apim-kit.')) return undefined
          const message = `Refused: ${echo(text)}`
          repeated += secretsIn(text).length
          return {
            status,
            body: { error: { code: 'Refused', message, details: [{ message, target: message, code: message }] } },
          }
        })
        out.push(await applied(deployment, shop(first, 1), { engine }))
      }
    expect(repeated).toBeGreaterThan(10)
    expect(leaksIn(out.join('\n'), all)).toEqual([])
  },
)

it('shows none where the service repeats what it holds when it is asked', async () => {
  await deploymentAt(emulator.arm, 1).apply(shop(first, 1))
  const message = `Cannot tell ${Object.values(first).join(' ')}`
  for (const [method, path] of [
    ['POST', '/namedValues/given/listValue'],
    ['POST', '/subscriptions/storefront/listSecrets'],
    ['POST', '/namedValues/apim-kit.shop/listValue'],
    ['GET', '/namedValues'],
    ['GET', '/authorizationProviders'],
  ] as const) {
    const deployment = await through((heard) =>
      heard.method === method && heard.path === path
        ? { status: 400, body: { error: { code: 'No', message } } }
        : undefined,
    )
    expect(leaksIn(await applied(deployment, shop(first, 1)), all), `${method} ${path}`).toEqual([])
  }
})

it('shows none where a connection says why it does not work', async () => {
  const what = shop(first, 1)
  await deploymentAt(emulator.arm, 1).apply(what)
  const message = `The client secret ${first.connection} is wrong.`
  const deployment = await through(({ method, path }) =>
    method === 'GET' && path === '/authorizationProviders/entra/authorizations'
      ? {
          body: {
            value: [
              {
                name: 'client',
                properties: {
                  oauth2grantType: 'ClientCredentials',
                  status: 'Error',
                  error: { code: message, message },
                },
              },
            ],
          },
        }
      : undefined,
  )
  const statuses = await deployment.status(what)
  expect(JSON.stringify(statuses)).toContain('The client secret [secret] is wrong.')
  expect(leaksIn(shown(statuses, await applied(deployment, what)), all)).toEqual([])
})

it('shows none of those that were found where others are missing, nor what a reference says in its error', async () => {
  const missing = stack({
    name: 'shop',
    resources: [...shop(first, 1).resources, namedValue('none', { value: fromKeyVault('shop', 'nothing') })],
  })
  const error: unknown = await deploymentAt(emulator.arm, 1)
    .plan(missing)
    .catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'secret-unresolved' })
  expect(leaksIn(shown(error), all)).toEqual([])
})
