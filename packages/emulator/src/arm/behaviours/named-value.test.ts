import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { apiManagementClient, scopeOf, secretClient, send } from '../../../test/azure-clients.js'
import { startEmulator, type Emulator } from '../../index.js'

let emulator: Emulator
beforeEach(async () => {
  emulator = await startEmulator({ keyVaults: { shop: { 'client-secret': 'from-vault' } } })
})
afterEach(() => emulator.close())

const put = (name: string, properties: object): Promise<Response> =>
  send(emulator, 'PUT', `/namedValues/${name}`, { body: { properties } })
const read = async (name: string): Promise<unknown> => (await send(emulator, 'GET', `/namedValues/${name}`)).json()
const listValue = async (name: string): Promise<string | undefined> =>
  (await apiManagementClient(emulator).namedValue.listValue(...scopeOf(emulator), name)).value
const details = async (answer: Promise<Response>): Promise<string[]> => {
  const { error } = (await (await answer).json()) as { error: { details: { target: string; message: string }[] } }
  return error.details.map(({ target, message }) => `${target}: ${message}`)
}
const secretIdentifier = 'https://shop.vault.azure.net/secrets/client-secret'
const document = (name: string): object => ({
  format: 'rawxml',
  value: `<policies><inbound><base /><set-header name="x"><value>{{${name}}}</value></set-header></inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`,
})

describe('values', () => {
  it('shows a plain one and hides a secret one', async () => {
    await put('plain', { displayName: 'plain', value: 'seen' })
    await put('hidden', { displayName: 'hidden', value: 'planted', secret: true })
    expect(await read('plain')).toMatchObject({ properties: { value: 'seen', secret: false, tags: [] } })
    expect(await read('hidden')).not.toHaveProperty('properties.value')
    expect(await listValue('hidden')).toBe('planted')
  })

  it.each([
    [{ displayName: 'x' }, `value: 'value' must not be empty.`],
    [{ displayName: 'x', value: '   ' }, `value: 'value' has to match /\\S/.`],
    [{ displayName: 'x', value: 'v'.repeat(4097) }, `value: 'value' has to have at most 4096 characters.`],
    [{ displayName: 'taken', value: 'v' }, 'displayName: Another named value has this display name.'],
  ])('refuses %j', async (properties, message) => {
    await put('first', { displayName: 'taken', value: 'v' })
    expect(await details(put('x', properties))).toEqual([message])
  })

  it('may differ in the case of their display names alone', async () => {
    await put('first', { displayName: 'Name', value: 'v' })
    expect((await put('second', { displayName: 'name', value: 'v' })).status).toBe(201)
  })
})

describe('Key Vault references', () => {
  it('are secret, are read from the vault and follow it', async () => {
    await put('x', { displayName: 'x', keyVault: { secretIdentifier } })
    expect(await read('x')).toMatchObject({ properties: { secret: true, keyVault: { secretIdentifier } } })
    expect(await listValue('x')).toBe('from-vault')
    await secretClient(emulator, 'shop').setSecret('client-secret', 'rotated')
    expect(await listValue('x')).toBe('rotated')
    const refreshed = await apiManagementClient(emulator).namedValue.beginRefreshSecretAndWait(
      ...scopeOf(emulator),
      'x',
    )
    expect(refreshed).toMatchObject({ name: 'x', secret: true })
  })

  it('with a version stay with it', async () => {
    const client = secretClient(emulator, 'shop')
    const { version = '' } = (await client.getSecret('client-secret')).properties
    await put('x', { displayName: 'x', keyVault: { secretIdentifier: `${secretIdentifier}/${version}` } })
    await client.setSecret('client-secret', 'rotated')
    expect(await listValue('x')).toBe('from-vault')
  })

  it.each([
    [
      'https://shop.vault.azure.net/secrets/nobody',
      `Secret 'nobody' was not found in the vault 'shop'; set it there first.`,
    ],
    ['https://other.example/secrets/x', 'has to be https://<vault>.vault.azure.net/secrets/<name>[/<version>].'],
  ])('to %s are refused', async (address, message) => {
    const [detail] = await details(put('x', { displayName: 'x', keyVault: { secretIdentifier: address } }))
    expect(detail).toContain(message)
  })

  it('whose secret is gone say so', async () => {
    await put('x', { displayName: 'x', keyVault: { secretIdentifier } })
    await secretClient(emulator, 'shop').beginDeleteSecret('client-secret')
    await expect(listValue('x')).rejects.toMatchObject({ statusCode: 404 })
  })
})

describe('in a policy', () => {
  beforeEach(async () => {
    await put('x', { displayName: 'first', value: 'v' })
    await send(emulator, 'PUT', '/apis/a', { body: { properties: { displayName: 'A', path: 'a' } } })
    await send(emulator, 'PUT', '/apis/a/policies/policy', { body: { properties: document('first') } })
  })
  const remove = (): Promise<Response> => send(emulator, 'DELETE', '/namedValues/x', { headers: { 'If-Match': '*' } })

  it('cannot be deleted', async () => {
    expect(await details(remove())).toEqual([
      `namedValue: 'first' is used by /apis/a/policies/policy and cannot be deleted.`,
    ])
    await send(emulator, 'DELETE', '/apis/a/policies/policy', { headers: { 'If-Match': '*' } })
    expect((await remove()).status).toBe(200)
  })

  it('takes the document along when its display name changes', async () => {
    await put('x', { displayName: 'second', value: 'v' })
    const policy = await (await send(emulator, 'GET', '/apis/a/policies/policy')).text()
    expect(policy).toContain('{{second}}')
    expect(policy).not.toContain('{{first}}')
  })
})
