import {
  accessPolicy,
  api,
  concat,
  connection,
  credentialProvider,
  kindOf,
  namedValue,
  operation,
  service,
  stack,
  type Resource,
  type Stack,
} from '@apim-kit/core'
import { startEmulator, type Emulator } from '@apim-kit/emulator'
import { base, namedValueReference, policies, setHeader } from '@apim-kit/policy-dsl'
import { assert, asyncProperty, string } from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deployTo, exportStack, fromKeyVault, fromValue, type ExportOptions } from '../src/index.js'
import { secretClient } from '../../emulator/test/azure-clients.js'
import { readBicep } from './bicep-reader.js'
import { forward, startStub } from './stub.js'

const provider = credentialProvider.aad('provider', { clientCredentials: { resourceUri: 'api://backend' } })
const client = connection('client', { provider, clientId: 'id', clientSecret: fromKeyVault('shop', 'client-secret') })
const orders = api('orders', {
  path: 'orders',
  displayName: `It's [not] an expression`,
  description: "[parameters('nothing')]",
  serviceUrl: concat(service.gatewayUrl, '/behind'),
  policy: policies({ inbound: [base(), setHeader({ name: 'X', value: namedValueReference('audience') })] }),
})
/** A text that both languages would take for something else. */
const evil = ['[$', `{evil}' "quoted"\\`].join('')

const all: Resource[] = [
  namedValue('audience', { value: evil }),
  namedValue('token', { value: fromValue('pl4nted-token') }),
  provider,
  client,
  accessPolicy('identity', { connection: client, principal: service.managedIdentity }),
  orders,
  operation('get', { api: orders, method: 'GET', urlTemplate: '/{id}' }),
]
const shop = (...more: Resource[]): Stack => stack({ name: 'shop', resources: [...all, ...more] })
const where = { subscriptionId: '00000000-0000-0000-0000-000000000000', resourceGroup: 'group', service: 'contoso' }

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator({ keyVaults: { shop: { 'client-secret': 'x' } } })
})
afterAll(async () => emulator.close())

/** Deploys a template as `az deployment group create` would, and says how it ended. */
async function deployTemplate(template: string, parameters: Record<string, unknown>): Promise<unknown> {
  const { subscriptionId, resourceGroup } = emulator.service
  const url = `${emulator.arm}/subscriptions/${subscriptionId}/resourcegroups/${resourceGroup}/providers/Microsoft.Resources/deployments/test?api-version=2022-09-01`
  // What a file of parameters holds stands as it is, values are wrapped.
  const isWhole = (value: unknown): boolean => typeof value === 'object' && value !== null && 'reference' in value
  const values = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, isWhole(value) ? value : { value }]),
  )
  const body = { properties: { mode: 'Incremental', template: JSON.parse(template) as unknown, parameters: values } }
  const started = await fetch(url, { method: 'PUT', body: JSON.stringify(body) })
  if (started.status >= 300) return started.json()
  for (;;) {
    const { properties } = (await (await fetch(url)).json()) as {
      properties: { provisioningState: string; error?: object }
    }
    if (['Succeeded', 'Failed'].includes(properties.provisioningState))
      return properties.error ?? properties.provisioningState
  }
}

async function pendingAfter(template: string, parameters: Record<string, unknown>, what: Stack): Promise<string[]> {
  expect(await deployTemplate(template, { serviceName: emulator.service.service, ...parameters })).toBe('Succeeded')
  const plan = await deployTo({ ...emulator.service, endpoint: emulator.arm, environment: {} }).plan(what)
  return plan.changes
    .filter(({ action, reason }) => action !== 'none' && reason === undefined)
    .map(({ action, name, fields }) => `${action} ${name} ${JSON.stringify(fields)}`)
}

const texts = async (what: Stack, options: ExportOptions): Promise<Record<string, string>> =>
  Object.fromEntries((await exportStack(what, options)).map(({ name, text }) => [name, text]))

const secrets = {
  namedValuesTokenValue: 'pl4nted-token',
  authorizationProvidersProviderAuthorizationsClientClientSecret: 'x',
}

describe('an ARM template', () => {
  it('deploys to what the stack says', async () => {
    const files = await texts(shop(), { to: 'arm-template', service: where })
    expect(Object.keys(files)).toEqual(['shop.json', 'shop.parameters.json'])
    expect(await pendingAfter(files['shop.json'] ?? '', secrets, shop())).toEqual([])
  })

  it('deploys with the file of parameters as it is written: ARM reads the vault itself', async () => {
    const { version = '' } = (await secretClient(emulator, 'shop').getSecret('client-secret')).properties
    const versioned = namedValue('versioned', { value: fromKeyVault('shop', 'client-secret', { version }) })
    const what = stack({ name: 'vault', resources: [provider, client, versioned] })
    const files = await texts(what, { to: 'arm-template', service: where })
    const { parameters } = JSON.parse(files['vault.parameters.json'] ?? '{}') as {
      parameters: Record<string, { reference?: { secretName: string; secretVersion?: string } }>
    }
    const { serviceName: _name, ...references } = parameters
    expect(Object.values(references)).toMatchObject([
      { reference: { secretName: 'client-secret' } },
      { reference: { secretName: 'client-secret', secretVersion: version } },
    ])
    expect(await pendingAfter(files['vault.json'] ?? '', references, what)).toEqual([])
    const { versioned: missing, ...rest } = { ...references, versioned: references['namedValuesVersionedValue'] }
    const wrong = { reference: { ...missing?.reference, secretName: 'nobody' } }
    expect(
      await deployTemplate(files['vault.json'] ?? '', {
        serviceName: emulator.service.service,
        ...rest,
        namedValuesVersionedValue: wrong,
      }),
    ).toMatchObject({ error: { code: 'KeyVaultParameterReferenceNotFound' } })
  })

  it('is the same every time, and holds no secret', async () => {
    const [first, second] = [await texts(shop(), { to: 'arm-template' }), await texts(shop(), { to: 'arm-template' })]
    expect(first).toEqual(second)
    expect(JSON.stringify(first)).not.toContain('pl4nted')
  })

  it('refers to Key Vault secrets, and asks for the others', async () => {
    const files = await texts(shop(), { to: 'arm-template', service: where })
    const template = JSON.parse(files['shop.json'] ?? '') as {
      parameters: object
      resources: { dependsOn?: string[]; name: string }[]
    }
    expect(template.parameters).toMatchObject({
      serviceName: { type: 'string' },
      namedValuesTokenValue: { type: 'secureString', metadata: { description: 'given value' } },
    })
    expect(JSON.parse(files['shop.parameters.json'] ?? '')).toMatchObject({
      parameters: {
        serviceName: { value: 'contoso' },
        authorizationProvidersProviderAuthorizationsClientClientSecret: {
          reference: {
            keyVault: {
              id: `/subscriptions/${where.subscriptionId}/resourceGroups/group/providers/Microsoft.KeyVault/vaults/shop`,
            },
            secretName: 'client-secret',
          },
        },
      },
    })
    const policy = template.resources.find(({ name }) => name.includes('/orders/policy'))
    expect(policy?.dependsOn).toEqual([
      `[resourceId('Microsoft.ApiManagement/service/apis', parameters('serviceName'), 'orders')]`,
      `[resourceId('Microsoft.ApiManagement/service/namedValues', parameters('serviceName'), 'audience')]`,
    ])
  })

  it('is cut where ARM asks for it, into nested deployments or into files', async () => {
    const nested = await texts(shop(), { to: 'arm-template', limits: { resources: 3 } })
    expect(Object.keys(nested)).toEqual(['shop.json'])
    const other = stack({ name: 'other', resources: all.map((each) => each) })
    expect(await pendingAfter(nested['shop.json'] ?? '', secrets, other)).toEqual([])
    const many = Array.from({ length: 1000 }, (_, index) => namedValue(`big-${index}`, { value: 'x'.repeat(4000) }))
    const linked = await texts(shop(...many), { to: 'arm-template' })
    expect(Object.keys(linked)).toEqual(['shop.json', 'shop.part1.json', 'shop.part2.json'])
    for (const text of Object.values(linked))
      expect(Buffer.byteLength(JSON.stringify(JSON.parse(text)))).toBeLessThan(4 * 1024 * 1024)
  })

  it('is whole up to 800 resources, and in two parts from there on', async () => {
    const values = (count: number): Stack =>
      stack({
        name: 'x'.repeat(60),
        resources: Array.from({ length: count }, (_, index) => namedValue(`v-${index}`, { value: 'x' })),
      })
    const resourcesOf = async (count: number): Promise<{ type: string; name: string }[]> => {
      const [file] = await exportStack(values(count), { to: 'arm-template' })
      return (JSON.parse(file?.text ?? '{}') as { resources: { type: string; name: string }[] }).resources
    }
    expect(await resourcesOf(800)).toHaveLength(800)
    const parts = await resourcesOf(801)
    expect(parts.map(({ type }) => type)).toEqual(Array(2).fill('Microsoft.Resources/deployments'))
    for (const { name } of parts) expect(name.length).toBeLessThanOrEqual(64)
    const [text] = await exportStack(values(801), { to: 'arm-template' })
    expect(await pendingAfter(text?.text ?? '', {}, values(801))).toEqual([])
  }, 30_000)

  it('stays below 4 MB with all that ARM fills in, in whatever parts, and so does what is handed to ARM', async () => {
    // Three bytes a letter: ARM counts bytes.
    const wide = Array.from({ length: 900 }, (_, index) => namedValue(`w-${index}`, { value: '€'.repeat(2000) }))
    const files = await exportStack(stack({ name: 'wide', resources: wide }), { to: 'arm-template' })
    expect(files).toHaveLength(3)
    for (const { text } of files) expect(Buffer.byteLength(text)).toBeLessThan(4_000_000)
    const secret = Array.from({ length: 790 }, (_, index) =>
      namedValue(`s-${index}`, { value: fromValue(`${index}${'x'.repeat(4000)}`), tags: ['y'.repeat(2000)] }),
    )
    const requests: number[] = []
    const stub = await startStub(async (heard) => {
      if (heard.method === 'PUT' && heard.target.includes('/deployments/')) requests.push(heard.text.length)
      return forward(heard, emulator.arm)
    })
    const large = stack({ name: 'large', resources: secret })
    const deployment = deployTo({ ...emulator.service, endpoint: stub.url, environment: {} })
    const { results } = await deployment.apply(large, { engine: 'arm' })
    expect(results.every(({ outcome }) => outcome === 'done')).toBe(true)
    expect(requests).toHaveLength(2)
    for (const length of requests) expect(length).toBeLessThan(4_000_000)
  }, 60_000)

  it('bundles secrets where there are more than ARM takes as parameters', async () => {
    const many = Array.from({ length: 300 }, (_, index) => namedValue(`s-${index}`, { value: fromValue(`v-${index}`) }))
    const what = stack({ name: 'many', resources: many })
    const text = (await texts(what, { to: 'arm-template' }))['many.json'] ?? ''
    const values = Object.fromEntries(
      many.map(({ name }, index) => [`namedValuesS${name.slice(2)}Value`, `v-${index}`]),
    )
    expect(await pendingAfter(text, { secrets: values }, what)).toEqual([])
  })

  it('keeps any text as it is', async () => {
    await assert(
      asyncProperty(string({ unit: 'binary', minLength: 1, maxLength: 40 }), async (text) => {
        const what = stack({
          name: 'text',
          resources: [
            api('text', { path: 'text', description: `[${text}`, displayName: 'x' }),
            namedValue('text', { value: `x${text}]` }),
          ],
        })
        const json = (await texts(what, { to: 'arm-template' }))['text.json'] ?? ''
        expect(await pendingAfter(json, {}, what)).toEqual([])
      }),
      { numRuns: 15, seed: 7 },
    )
  }, 30_000)
})

describe('a Bicep file', () => {
  it('says what the ARM template says', async () => {
    const files = await texts(shop(), { to: 'bicep', service: where })
    expect(Object.keys(files)).toEqual(['shop.bicep', 'shop.bicepparam'])
    const bicep = readBicep(files['shop.bicep'] ?? '')
    const resources = bicep.filter(({ keyword, existing }) => keyword === 'resource' && !existing)
    expect(resources.map(({ type }) => type)).toEqual(
      shop().resources.map(({ kind }) => `${kindOf(kind)?.armType.replace(/\/$/, '')}@2024-05-01`),
    )
    const audience = resources.find(({ name }) => name === 'namedValue_audience')
    expect(audience?.value).toMatchObject({ name: 'audience', properties: { value: evil } })
    const policy = resources.find(({ name }) => name === 'apiPolicy_orders_policy')
    expect(policy?.value).toMatchObject({
      parent: { code: 'api_orders' },
      dependsOn: [{ code: 'namedValue_audience' }],
      properties: { format: 'rawxml', value: expect.stringContaining('<policies>') as string },
    })
    expect(resources.find(({ name }) => name === 'api_orders')?.value).toMatchObject({
      properties: { serviceUrl: [{ code: 'service.properties.gatewayUrl' }, '/behind'] },
    })
    expect(resources.find(({ name }) => name === 'accessPolicy_provider_client_identity')?.value).toMatchObject({
      properties: {
        objectId: { code: 'service.identity.principalId' },
        tenantId: { code: 'service.identity.tenantId' },
      },
    })
    expect(files['shop.bicepparam']).toContain(
      `param authorizationProvidersProviderAuthorizationsClientClientSecret = az.getSecret('${where.subscriptionId}', 'group', 'shop', 'client-secret')`,
    )
  })

  it('is cut into modules, which know the parents that stand elsewhere', async () => {
    const files = await texts(shop(), { to: 'bicep', limits: { resources: 3 } })
    expect(Object.keys(files)).toEqual(['shop.bicep', 'shop.part1.bicep', 'shop.part2.bicep', 'shop.part3.bicep'])
    const main = readBicep(files['shop.bicep'] ?? '').filter(({ keyword }) => keyword === 'module')
    expect(main.map(({ value }) => (value as { dependsOn?: unknown }).dependsOn)).toEqual([
      undefined,
      [{ code: 'part1' }],
      [{ code: 'part2' }],
    ])
    for (const text of Object.values(files)) {
      const declared = new Set(readBicep(text).map(({ name }) => name))
      for (const { value } of readBicep(text)) {
        const { parent } = (value ?? {}) as { parent?: { code: string } }
        if (parent !== undefined) expect(declared).toContain(parent.code)
      }
    }
  })

  it('keeps any text as it is', async () => {
    await assert(
      asyncProperty(string({ unit: 'binary', minLength: 1, maxLength: 60 }), async (text) => {
        const what = stack({ name: 'text', resources: [namedValue('text', { value: `x${text}\${y}'\n` })] })
        const [file] = await exportStack(what, { to: 'bicep' })
        const found = readBicep(file?.text ?? '').find(({ name }) => name === 'namedValue_text')
        expect(found?.value).toMatchObject({ properties: { value: `x${text}\${y}'\n` } })
      }),
      { seed: 7 },
    )
  })
})
