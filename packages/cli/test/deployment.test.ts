import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startEmulator, type Emulator } from '@apim-kit/emulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apimKit, type Outcome } from './run.js'

const secret = 'planted-secret-of-the-command-line'
const module = `
  import { accessPolicy, connection, credentialProvider, namedValue, service, stack } from '@apim-kit/core'
  import { fromEnvironment } from '@apim-kit/deploy'
  const provider = credentialProvider.aad('backend', { clientCredentials: { resourceUri: 'api://backend', tenantId: '11111111-1111-1111-1111-111111111111' } })
  const client = connection('client', { provider, clientId: '44444444-4444-4444-4444-444444444444', clientSecret: fromEnvironment('CLIENT_SECRET') })
  const mayUse = accessPolicy('managed-identity', { connection: client, principal: service.managedIdentity })
  export default stack({ name: 'cli', resources: [provider, client, mayUse, namedValue('greeting', { value: process.env.GREETING ?? 'hello' })] })
`

let emulator: Emulator
let folder: string
let file: string

beforeAll(async () => {
  emulator = await startEmulator({
    applications: [
      { appId: '55555555-5555-5555-5555-555555555555', identifierUris: ['api://backend'], appRoles: ['Sample.Read'] },
      { appId: '44444444-4444-4444-4444-444444444444', clientSecrets: [secret] },
    ],
  })
  folder = mkdtempSync(join(import.meta.dirname, 'stack-'))
  file = join(folder, 'stack.ts')
  writeFileSync(file, module)
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await emulator.close()
})

/** Runs a deployment command against the emulator, by the environment. */
function deployment(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const { subscriptionId, resourceGroup, service } = emulator.service
  return apimKit([...args], {
    AZURE_SUBSCRIPTION_ID: subscriptionId,
    AZURE_RESOURCE_GROUP: resourceGroup,
    APIM_SERVICE_NAME: service,
    APIM_KIT_ENDPOINT: emulator.arm,
    CLIENT_SECRET: secret,
    ...env,
  })
}

// One story, in this order: each step stands on the one before.
describe('plan, apply and status', () => {
  it('plan shows what is missing, and no secret', async () => {
    const { code, out, err } = await deployment(['plan', file])
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('4 to create')
    expect(out).not.toContain(secret)
  })

  it('plan --json has the agreed form, and --detailed-exitcode says that changes are pending', async () => {
    const { code, out } = await deployment(['plan', file, '--json', '--detailed-exitcode'])
    expect(code).toBe(3)
    expect(JSON.parse(out)).toEqual({
      service: 'emulator',
      changes: expect.arrayContaining([
        {
          id: expect.stringMatching(/^\/subscriptions\/.*\/namedValues\/greeting$/) as string,
          kind: 'namedValue',
          name: 'greeting',
          action: 'create',
          fields: expect.arrayContaining([{ path: 'properties.value', before: null, after: 'hello' }]) as unknown[],
        },
      ]) as unknown[],
      summary: { create: 4, update: 0, delete: 0, none: 0 },
    })
  })

  it('apply --json reports results and connections, progress apart', async () => {
    const { code, out, err } = await deployment(['apply', file, '--yes', '--json'])
    expect(code).toBe(0)
    const result = JSON.parse(out) as { results: unknown[]; connections: unknown[] }
    expect(result.results).toHaveLength(4)
    expect(result.results[0]).toEqual({
      id: expect.any(String) as string,
      action: 'create',
      outcome: 'done',
      ms: expect.any(Number) as number,
    })
    expect(result.connections).toEqual([
      {
        id: expect.stringMatching(/authorizations\/client$/) as string,
        status: 'Connected',
        error: null,
        loginLink: null,
      },
    ])
    expect(err).toContain('✓ create')
    expect(out + err).not.toContain(secret)
  })

  it('says when there is nothing to do', async () => {
    expect(await deployment(['plan', file, '--detailed-exitcode'])).toMatchObject({ code: 0, out: '4 unchanged\n' })
    expect((await deployment(['apply', file])).out).toContain('nothing to do')
  })

  it('applies a change without asking where nobody can answer', async () => {
    const { code, err } = await deployment(['apply', file, '--concurrency', '1'], { GREETING: 'good day' })
    expect(code).toBe(0)
    // The module reads process.env, which this test does not change: the environment given is for the target only.
    expect(err).toContain('4 unchanged')
  })

  it('status tells of every connection', async () => {
    expect((await deployment(['status', file])).out).toContain('connection client of backend: Connected')
    const { code, out } = await deployment(['status', file, '--json'])
    expect([code, JSON.parse(out)]).toMatchObject([0, { connections: [{ status: 'Connected' }] }])
  })

  it('a wrong client secret ends with 1, says why and does not repeat it', async () => {
    const { code, out, err } = await deployment(['apply', file, '--yes'], { CLIENT_SECRET: 'wrong-planted-secret' })
    expect(code).toBe(1)
    expect(out).toContain('connection client of backend: Error (Unauthorized')
    expect(out + err).not.toContain('wrong-planted-secret')
  })
})

describe('drift, prune and destroy', () => {
  const smaller = module.replace(/resources: \[.*\]/, 'resources: [provider, client]')

  it('drift is silent where nothing differs, and ends with 1 where something does', async () => {
    expect((await deployment(['apply', file, '--yes'])).code).toBe(0)
    expect(await deployment(['drift', file])).toEqual({ code: 0, out: 'no drift: 4 as applied\n', err: '' })
    const { subscriptionId, resourceGroup, service } = emulator.service
    const base = `${emulator.arm}/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ApiManagement/service/${service}`
    const body = JSON.stringify({ properties: { displayName: 'greeting', value: 'changed by hand' } })
    await fetch(`${base}/namedValues/greeting?api-version=2024-05-01`, { method: 'PUT', body })
    const { code, out } = await deployment(['drift', file])
    expect([code, out]).toEqual([1, expect.stringContaining('"changed by hand" → "hello"')])
    const json = await deployment(['drift', file, '--json'])
    expect([json.code, JSON.parse(json.out)]).toMatchObject([
      1,
      { service: 'emulator', summary: { create: 0, update: 1, delete: 0, none: 3 } },
    ])
  })

  it('prune deletes what is not declared, and never unasked', async () => {
    const other = join(folder, 'smaller.ts')
    writeFileSync(other, smaller)
    expect((await deployment(['plan', other, '--detailed-exitcode'])).code).toBe(0)
    const plan = await deployment(['plan', other, '--prune', '--detailed-exitcode'])
    expect([plan.code, plan.out]).toEqual([3, expect.stringContaining('2 to delete')])
    const unasked = await deployment(['apply', other, '--prune'])
    expect([unasked.code, unasked.err]).toEqual([1, expect.stringContaining('--yes')])
    const { code, out } = await deployment(['apply', other, '--prune', '--yes', '--json'])
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      {
        results: [
          { action: 'delete', outcome: 'done' },
          { action: 'delete', outcome: 'done' },
        ],
      },
    ])
  })

  it('destroy deletes the rest, needs no secret, and never goes unasked', async () => {
    expect((await deployment(['destroy', file], { CLIENT_SECRET: '' })).code).toBe(1)
    const { code, out, err } = await deployment(['destroy', file, '--yes'], { CLIENT_SECRET: '' })
    expect([code, out]).toEqual([0, '2 done\n'])
    expect(err).toContain('✓ delete connection backend/client')
    expect((await deployment(['destroy', file, '--yes', '--json'])).out).toContain('"results":[]')
  })
})

describe('export', () => {
  it('prints one template, and no secret', async () => {
    const { code, out } = await deployment(['export', file, '--to', 'arm-template'])
    expect([code, Object.keys(JSON.parse(out) as object)]).toEqual([
      0,
      ['$schema', 'contentVersion', 'parameters', 'resources'],
    ])
    expect(out).not.toContain(secret)
    expect((await deployment(['export', file, '--to', 'bicep'])).out).toContain('param serviceName string')
  })

  it('writes files, and refuses other languages', async () => {
    const out = join(folder, 'main.bicep')
    expect(await deployment(['export', file, '--to', 'bicep', '--out', out])).toMatchObject({ code: 0, out: '' })
    expect(readFileSync(out, 'utf8')).toContain('parent: credentialProvider_backend')
    expect((await deployment(['export', file, '--to', 'terraform'])).code).toBe(2)
    expect((await deployment(['export', file])).code).toBe(2)
    expect((await deployment(['export', file, '--to', 'bicep', '--out', join(folder, 'no', 'such')])).code).toBe(2)
  })
})

describe('what can go wrong', () => {
  it('a secret that is not there', async () => {
    const { code, err } = await deployment(['apply', file, '--yes'], { CLIENT_SECRET: '' })
    expect([code, err]).toEqual([1, expect.stringContaining('CLIENT_SECRET')])
  })

  it('an endpoint that is down', async () => {
    const { code, err } = await deployment(['plan', file, '--endpoint', 'http://127.0.0.1:9'])
    expect([code, err]).toEqual([1, expect.stringContaining('http://127.0.0.1:9')])
  })

  it('plain http to another machine', async () => {
    const { code, err } = await deployment(['plan', file, '--endpoint', 'http://example.com'])
    expect([code, err]).toEqual([2, expect.stringContaining('plain http')])
  })

  it('a service that nobody names', async () => {
    const { code, err } = await apimKit(['plan', file])
    expect([code, err]).toEqual([2, expect.stringContaining('AZURE_SUBSCRIPTION_ID')])
  })

  it('a service that is not there', async () => {
    const { code, err } = await deployment(['plan', file, '--service', 'another'])
    expect([code, err]).toEqual([1, expect.stringContaining('another')])
  })
})
