import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { apiManagementClient, scopeOf, secretClient, send } from '../test/azure-clients.js'
import { startEmulator } from './index.js'

let folder: string
let state: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apim-kit-state-'))
  state = join(folder, 'state.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const value = { body: { properties: { displayName: 'x', value: 'planted', secret: true } } }

describe('a state file', () => {
  it('brings resources, secrets and entity tags back', async () => {
    const keyVaults = { shop: { seeded: 'one' } }
    const first = await startEmulator({ state, keyVaults })
    const created = await send(first, 'PUT', '/namedValues/x', value)
    const { properties } = await secretClient(first, 'shop').getSecret('seeded')
    await first.close()

    const second = await startEmulator({ state, keyVaults })
    const found = await send(second, 'GET', '/namedValues/x')
    expect(found.headers.get('etag')).toBe(created.headers.get('etag'))
    const client = apiManagementClient(second)
    expect(await client.namedValue.listValue(...scopeOf(second), 'x')).toMatchObject({ value: 'planted' })
    expect((await secretClient(second, 'shop').getSecret('seeded')).properties.version).toBe(properties.version)
    await second.close()
  })

  it('is for its owner alone, and complete at any time', async () => {
    const emulator = await startEmulator({ state })
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        send(emulator, 'PUT', `/namedValues/x${index}`, {
          body: { properties: { displayName: `x${index}`, value: 'v' } },
        }),
      ),
    )
    await emulator.close()
    expect(statSync(state).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['state.json'])
    const { format, resources } = JSON.parse(readFileSync(state, 'utf8')) as {
      format: number
      resources: { kind: string }[]
    }
    expect(format).toBe(1)
    expect(resources.filter(({ kind }) => kind === 'namedValue')).toHaveLength(20)
  })

  it.each([
    ['no JSON', '{"secret": planted', /it is no JSON$/],
    ['something else', '{"planted": true}', /is no state file of format 1; name another file/],
    ['a later format', '{"format":2,"resources":[],"secrets":[]}', /is no state file of format 1/],
    [
      'an unknown kind',
      '{"format":1,"resources":[{"kind":"planted","names":["x"],"properties":{},"version":1}],"secrets":[]}',
      /kind 'planted'/,
    ],
  ])('with %s is refused, and left as it is', async (_, text, message) => {
    writeFileSync(state, text)
    await expect(startEmulator({ state })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(message) as string,
    })
    expect(readFileSync(state, 'utf8')).toBe(text)
  })

  it('in a folder that is not there is refused at the start', async () => {
    await expect(startEmulator({ state: join(folder, 'nowhere', 'state.json') })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('nowhere') as string,
    })
  })

  it('that cannot be written any more fails the close, by name', async () => {
    const emulator = await startEmulator({ state })
    rmSync(folder, { recursive: true })
    await send(emulator, 'PUT', '/namedValues/x', value)
    await expect(emulator.close()).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('state.json cannot be written') as string,
    })
    mkdirSync(folder)
  })
})
