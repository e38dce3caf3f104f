import { api, apiRelease, apiRevision, operation, stack, type Stack } from '@apim-kit/core'
import { startEmulator, type Emulator } from '@apim-kit/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { assertDeployed, deployTo, type Deployment } from '../src/index.js'
import { openApi, orders, rows } from './kind-rows.js'
import { describeEveryKind } from './kind-suite.js'

/** Every kind, against the emulator over HTTP. */

let emulator: Emulator
beforeEach(async () => {
  emulator = await startEmulator({
    keyVaults: { shop: { certificate: 'planted-pfx', other: 'planted-pfx-2' } },
    applications: [
      { appId: '33333333-3333-3333-3333-333333333333', identifierUris: ['api://backend'] },
      { appId: '44444444-4444-4444-4444-444444444444', clientSecrets: ['planted-1', 'planted-2'] },
    ],
  })
})
afterEach(async () => emulator.close())

const deployment = (): Deployment => deployTo({ ...emulator.service, endpoint: emulator.arm, environment: {} })

/** The requests that wrote something, what a deployer remembers left out. */
function writes(): string[] {
  return emulator.requests.entries
    .filter(({ method, path }) => ['PUT', 'PATCH', 'DELETE'].includes(method) && !path.includes('apim-kit.'))
    .map(({ method, path }) => `${method} ${path.replace(/^.*\/service\/[^/]+/, '')}`)
}

describeEveryKind(() => ({
  address: emulator.service,
  endpoint: emulator.arm,
  writes,
  forget: () => emulator.requests.clear(),
}))

describe('an imported document', () => {
  const stock = (summary: string): Stack =>
    stack({
      name: 'shop',
      resources: [api('stock', { path: 'stock', format: 'openapi+json', value: openApi(summary) })],
    })

  it('is sent once, and again when it is another one, from whichever machine', async () => {
    assertDeployed(await deployment().apply(stock('One')))
    expect((await deployment().plan(stock('One'))).summary).toMatchObject({ create: 0, update: 0 })
    emulator.requests.clear()
    const plan = await deployment().plan(stock('Two'))
    expect(plan.changes).toMatchObject([
      {
        action: 'update',
        fields: [{ path: 'properties.value', before: '[content]', after: '[content]' }],
        reason: 'its content has changed',
      },
    ])
    assertDeployed(await deployment().apply(stock('Two')))
    expect(writes()).toEqual(['PUT /apis/stock'])
    expect((await deployment().plan(stock('Two'))).summary).toMatchObject({ create: 0, update: 0 })
  })
})

describe('a revision', () => {
  it('is found though lists leave it out, and is the API once it is released', async () => {
    const second = apiRevision('2', { api: orders })
    const revised = stack({
      name: 'shop',
      resources: [orders, second, operation('get', { api: second, method: 'GET', urlTemplate: '/{id}' })],
    })
    assertDeployed(await deployment().apply(revised))
    expect((await deployment().plan(revised)).summary).toMatchObject({ create: 0, update: 0, none: 3 })
    const released = stack({
      name: 'shop',
      resources: [...revised.resources, apiRelease('june', { api: orders, revision: second })],
    })
    assertDeployed(await deployment().apply(released))
    expect((await deployment().plan(released)).summary).toMatchObject({ create: 0, update: 0, none: 4 })
  })
})

it('takes what is there and matches without writing it', async () => {
  const everything = (name: string): Stack => {
    const resources = new Map(
      Object.values(rows)
        .flatMap((row) => row(false))
        // Secrets and imported documents are sent once by every stack: nobody else can say that they are the same.
        .filter((resource) => !['connection', 'accessPolicy', 'certificate', 'logger', 'cache'].includes(resource.kind))
        .map((resource) => [`${resource.kind} ${resource.name}`, resource]),
    )
    const open = [...resources.values()].filter(
      ({ kind, name: called }) =>
        !['diagnostic', 'apiDiagnostic', 'apiRelease', 'namedValue', 'credentialProvider', 'subscription'].includes(
          kind,
        ) && !['west', 'both', 'orders;rev=2'].includes(called),
    )
    return stack({ name, resources: open })
  }
  assertDeployed(await deployment().apply(everything('mine')))
  emulator.requests.clear()
  const taken = await deployment().apply(everything('yours'))
  expect(taken.summary).toMatchObject({ create: 0, update: 0 })
  expect(writes()).toEqual([])
})
