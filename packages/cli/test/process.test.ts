import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEmulator, type Emulator } from '@apim-kit/emulator'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { leaksIn, plant } from '../../deploy/test/leaks.js'

/*
 * The built command in a process of its own: what only a process can show. Signals, and everything that any library in it prints
 * where it is asked to say all.
 */
const bin = join(import.meta.dirname, '../bin/apim-kit.js')
const module = `
  import { connection, credentialProvider, namedValue, stack } from '@apim-kit/core'
  import { fromEnvironment, fromValue } from '@apim-kit/deploy'
  const provider = credentialProvider.aad('backend', { clientCredentials: { resourceUri: 'api://backend', tenantId: '11111111-1111-1111-1111-111111111111' } })
  const values = Array.from({ length: 12 }, (_, index) => namedValue('value-' + index, { value: 'x' }))
  export default stack({ name: 'process', resources: [
    ...values,
    namedValue('token', { value: fromEnvironment('PLANTED_TOKEN') }),
    provider,
    connection('client', { provider, clientId: 'id', clientSecret: fromEnvironment('PLANTED_CLIENT') }),
    namedValue('given', { value: fromValue(process.env.PLANTED_GIVEN) }),
  ] })
`
const resources = 16
const planted = { PLANTED_TOKEN: plant('token'), PLANTED_CLIENT: plant('client'), PLANTED_GIVEN: plant('given') }

interface Heard {
  readonly method: string
  readonly path: string
  readonly body: string
}

/** What a service in the way of the emulator does with a request; undefined hands it on. */
type InTheWay = (heard: Heard) => Promise<{ readonly status: number; readonly body: object } | undefined>

let emulator: Emulator
let folder: string
let file: string
let inTheWay: InTheWay
let endpoint: string
let close: () => void
beforeEach(async () => {
  emulator = await startEmulator()
  folder = mkdtempSync(join(import.meta.dirname, 'process-'))
  file = join(folder, 'stack.ts')
  writeFileSync(file, module)
  inTheWay = async () => Promise.resolve(undefined)
  const server = createServer((request, response) => {
    void (async () => {
      const { method = '', url = '', headers } = request
      const body = await text(request)
      const answer = await inTheWay({ method, path: url, body })
      if (answer !== undefined) {
        response.writeHead(answer.status, { 'content-type': 'application/json' })
        return response.end(JSON.stringify(answer.body))
      }
      const forwarded = send(`${emulator.arm}${url}`, { method, headers }, (got) => {
        response.writeHead(got.statusCode ?? 500, got.headers)
        got.pipe(response)
      })
      return forwarded.end(body)
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  close = () => {
    server.closeAllConnections()
    server.close()
  }
})
afterEach(async () => {
  close()
  rmSync(folder, { recursive: true })
  await emulator.close()
})

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the command; `onError` hears what it says on the way, and may send it a signal. */
async function apimKit(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  onError: (said: string, stop: () => void) => void = () => {},
): Promise<Ended> {
  const { subscriptionId, resourceGroup, service } = emulator.service
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      AZURE_SUBSCRIPTION_ID: subscriptionId,
      AZURE_RESOURCE_GROUP: resourceGroup,
      APIM_SERVICE_NAME: service,
      APIM_KIT_ENDPOINT: endpoint,
      ...planted,
      ...env,
    },
  })
  let err = ''
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
    onError(err, () => child.kill('SIGINT'))
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const out = await text(child.stdout)
  return { code: await ended, out, err }
}

it('stops cleanly at Ctrl-C: what has begun ends, nothing new begins, the next run goes on from there', async () => {
  const begun = new Set<string>()
  inTheWay = async ({ method, path }) => {
    if (method !== 'PUT') return undefined
    if (!path.includes('apim-kit.')) begun.add(path)
    await sleep(30)
    return undefined
  }
  let stopped = false
  const { code, out, err } = await apimKit(
    ['apply', file, '--yes', '--json', '--concurrency', '2'],
    {},
    (said, stop) => {
      if (stopped || !said.includes('✓ create')) return
      stopped = true
      stop()
    },
  )
  expect(code).toBe(1)
  expect(err).toContain('stopping: what has begun is finished, nothing new begins')
  const { results } = JSON.parse(out) as { results: { id: string; outcome: string; error?: { code: string } }[] }
  const done = results.filter(({ outcome }) => outcome === 'done')
  expect(done.length).toBeLessThan(resources)
  // Everything that was sent is among what is said to be done, and the other way round.
  expect(done.map(({ id }) => id.toLowerCase()).toSorted()).toEqual(
    [...begun].map((path) => path.replace(/\?.*$/, '').toLowerCase()).toSorted(),
  )
  expect(new Set(results.filter(({ outcome }) => outcome !== 'done').map(({ error }) => error?.code))).toEqual(
    new Set(['stopped']),
  )

  inTheWay = async () => Promise.resolve(undefined)
  const rest = JSON.parse((await apimKit(['plan', file, '--json'])).out) as { summary: unknown }
  expect(rest.summary).toEqual({ create: resources - done.length, update: 0, delete: 0, none: done.length })
  await apimKit(['apply', file, '--yes'])
  expect((await apimKit(['plan', file, '--detailed-exitcode'])).code).toBe(0)
}, 60_000)

it('shows no secret on either stream, whichever command, however much is asked for', async () => {
  // All that Azure's libraries log, too.
  const talkative = { AZURE_LOG_LEVEL: 'verbose', DEBUG: '*' }
  const commands = [
    ['plan', file],
    ['plan', file, '--json'],
    ['apply', file, '--yes', '--json', '--debug'],
    ['apply', file, '--yes', '--engine', 'arm'],
    ['status', file],
    ['status', file, '--json'],
    ['drift', file, '--json'],
    ['export', file, '--to', 'arm-template'],
    ['export', file, '--to', 'bicep'],
    ['destroy', file, '--yes', '--json'],
    ['apply', file, '--yes', '--engine', 'arm', '--json', '--debug'],
  ]
  const said: string[] = []
  for (const command of commands) {
    const { out, err } = await apimKit(command, talkative)
    said.push(out, err)
  }
  // The service repeats what it is sent.
  inTheWay = async ({ method, body }) =>
    Promise.resolve(
      method === 'PUT'
        ? { status: 400, body: { error: { code: body, message: body, details: [{ message: body }] } } }
        : undefined,
    )
  await apimKit(['destroy', file, '--yes'])
  for (const command of [
    ['apply', file, '--yes', '--debug'],
    ['apply', file, '--yes', '--json', '--engine', 'arm'],
  ]) {
    const { code, out, err } = await apimKit(command, { ...talkative, PLANTED_TOKEN: plant('other') })
    expect(code).toBe(1)
    // Its other words are shown.
    expect(out + err).toContain('displayName')
    said.push(out, err)
  }
  const whole = said.join('\n')
  expect(whole).toContain('azure:')
  expect(leaksIn(whole, [...Object.values(planted), plant('other')])).toEqual([])
}, 120_000)
