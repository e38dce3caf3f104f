import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { all, plainSecretClient, secretClient } from '../../test/azure-clients.js'
import { startEmulator, type Emulator } from '../index.js'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator({ startAt: Date.UTC(2026, 0, 2), keyVaults: { shop: { seeded: 'one' }, other: {} } })
})
afterAll(() => emulator.close())

describe('SecretClient', () => {
  it('reads a seeded secret', async () => {
    const secret = await secretClient(emulator, 'shop').getSecret('seeded')
    expect(secret).toMatchObject({ name: 'seeded', value: 'one' })
    expect(secret.properties).toMatchObject({ vaultUrl: 'https://shop.vault.azure.net', enabled: true })
    expect(secret.properties.version).toMatch(/^[0-9a-f]{32}$/)
    expect(secret.properties.createdOn?.toISOString()).toMatch(/^2026-01-02T00:00:/)
  })

  it('sets, reads by version, lists and deletes', async () => {
    const client = secretClient(emulator, 'shop')
    const first = await client.setSecret('rotated', 'first', { contentType: 'text/plain', tags: { a: 'b' } })
    const second = await client.setSecret('rotated', 'second')
    expect((await client.getSecret('Rotated')).value).toBe('second')
    const { version = '' } = first.properties
    const again = await client.getSecret('rotated', { version })
    expect(again).toMatchObject({ value: 'first', properties: { contentType: 'text/plain', tags: { a: 'b' } } })
    const versions = await all(client.listPropertiesOfSecretVersions('rotated'))
    expect(versions.map((each) => each.version)).toEqual([version, second.properties.version])
    expect((await all(client.listPropertiesOfSecrets())).map(({ name }) => name)).toContain('rotated')
    const poller = await client.beginDeleteSecret('rotated', { intervalInMs: 1 })
    expect((await poller.pollUntilDone()).name).toBe('rotated')
    await expect(client.getSecret('rotated')).rejects.toMatchObject({ statusCode: 404, code: 'SecretNotFound' })
  })

  it('is asked for a token as by Key Vault', async () => {
    const challenge = await new Promise<string | undefined>((resolve) =>
      request(`${emulator.keyVault}/secrets/seeded`, { headers: { Host: 'shop.vault.azure.net' } })
        .on('response', (answer) => resolve(`${answer.statusCode} ${answer.headers['www-authenticate']}`))
        .end(),
    )
    expect(challenge).toBe(
      `401 Bearer authorization="https://login.microsoftonline.com/${emulator.tenantId}", resource="https://vault.azure.net"`,
    )
  })

  it('keeps vaults apart', async () => {
    await expect(secretClient(emulator, 'other').getSecret('seeded')).rejects.toMatchObject({ statusCode: 404 })
  })

  it.each(['bad_name', 'with space'])('refuses the name %j', async (name) => {
    await expect(secretClient(emulator, 'shop').setSecret(name, 'x')).rejects.toMatchObject({ code: 'BadParameter' })
  })

  it('is told by name what is not there', async () => {
    const updated = secretClient(emulator, 'shop').updateSecretProperties('seeded', '', { enabled: false })
    await expect(updated).rejects.toMatchObject({ statusCode: 501, code: 'NotImplemented' })
  })
})

describe('over plain http', () => {
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${emulator.keyVault}${path}`, { headers })

  it('means the first vault of the options', async () => {
    const answer = await get('/secrets/seeded?api-version=7.4')
    expect(await answer.json()).toMatchObject({ value: 'one' })
  })

  it('lets SecretClient read; it would not write without https anywhere', async () => {
    const client = plainSecretClient(emulator)
    expect(await client.getSecret('seeded')).toMatchObject({ value: 'one' })
    await expect(client.setSecret('new', 'value')).rejects.toMatchObject({ code: 'BadParameter' })
  })

  it('lists without values', async () => {
    for (const path of ['/secrets', '/secrets/seeded/versions'])
      expect(await (await get(path)).text()).not.toContain('one')
  })
})
