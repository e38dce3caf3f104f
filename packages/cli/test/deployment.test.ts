import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
