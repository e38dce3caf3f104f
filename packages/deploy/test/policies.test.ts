import { api, connection, credentialProvider, namedValue, operation, stack, type Stack } from '@apim-kit/core'
import { startEmulator, type Emulator } from '@apim-kit/emulator'
import { base, expression, getAuthorizationContext, policies, setHeader } from '@apim-kit/policy-dsl'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { assertDeployed, deployTo, formatPlan, fromValue, type Deployment } from '../src/index.js'
import { forward, startStub, type Answer, type Heard } from './stub.js'

const provider = credentialProvider.aad('provider', { clientCredentials: { resourceUri: 'api://backend' } })
const client = connection('client', { provider, clientId: 'id', clientSecret: fromValue('s3cret') })
const audience = namedValue('audience', { value: 'api://backend' })

function shop(header: string): Stack {
  const orders = api('orders', {
    path: 'orders',
    policy: policies({
      inbound: [
        base(),
        setHeader({ name: 'X-Who', value: expression('@(context.User?.FirstName ?? "no \\"one\\" < you")') }),
      ],
      outbound: [base(), setHeader({ name: header, value: 'a & b' })],
    }),
  })
  const get = operation('get', {
    api: orders,
    method: 'GET',
    urlTemplate: '/{id}',
    policy: policies({
      inbound: [base(), getAuthorizationContext({ connection: client, variable: 'auth' }).setBearerHeader()],
    }),
  })
  // What policies name stands last here; the order of deployment follows from the names.
  return stack({ name: 'shop', resources: [orders, get, audience, client, provider] })
}

let emulator: Emulator
beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(async () => emulator.close())

async function deployment(
  change: (heard: Heard, answer: Answer) => Answer = (_heard, answer) => answer,
): Promise<Deployment> {
  const stub = await startStub(async (heard) => change(heard, await forward(heard, emulator.arm)))
  return deployTo({ ...emulator.service, endpoint: stub.url, environment: {} })
}

it('writes documents after what they name, and again only when they mean something else', async () => {
  const deploy = await deployment()
  const done: string[] = []
  const onEvent = (event: { type: string; change: { kind: string } }): unknown =>
    event.type === 'done' && done.push(event.change.kind)
  assertDeployed({ ...(await deploy.apply(shop('X-One'), { onEvent })), connections: [] })
  expect(done.indexOf('operationPolicy')).toBeGreaterThan(done.indexOf('connection'))
  expect((await deploy.plan(shop('X-One'))).summary).toMatchObject({ create: 0, update: 0 })

  const plan = await deploy.plan(shop('X-Two'))
  expect(plan.changes.filter(({ action }) => action !== 'none')).toMatchObject([
    { kind: 'apiPolicy', fields: [{ path: 'properties.value', before: expect.stringContaining('X-One') as string }] },
  ])
  expect(formatPlan(plan)).toMatch(/- .*X-One[^]*\+ .*X-Two/)
})

it.each([
  ['another layout', (text: string) => text.replaceAll('\n', '\r\n').replaceAll('  ', '\t')],
  ['a byte order mark', (text: string) => `\uFEFF${text}`],
  ['comments of somebody', (text: string) => text.replace('<inbound>', '<inbound><!-- seen -->')],
])('takes a document with %s for the same', async (_title, layout) => {
  await (await deployment()).apply(shop('X-One'))
  const deploy = await deployment(({ path, method }, answer) => {
    if (method !== 'GET' || !path.endsWith('/policies/policy') || answer === 'hang up') return answer
    const body = answer.body as { properties: { value: string } }
    return { ...answer, body: { ...body, properties: { ...body.properties, value: layout(body.properties.value) } } }
  })
  expect((await deploy.plan(shop('X-One'))).summary).toMatchObject({ create: 0, update: 0 })
})

it('asks for documents as people write them', async () => {
  const asked: string[] = []
  const deploy = await deployment(({ method, path, query }, answer) => {
    if (method === 'GET' && path.endsWith('/policies/policy')) asked.push(query.get('format') ?? '')
    return answer
  })
  await deploy.apply(shop('X-One'))
  await deploy.plan(shop('X-One'))
  expect(asked).toEqual(['rawxml', 'rawxml'])
})
