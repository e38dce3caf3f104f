import { inspect } from 'node:util'
import type { SecretResolution } from '@apim-kit/core'
import { expect, it } from 'vitest'
import { fromEnvironment, fromKeyVault, fromValue } from './secrets.js'

const resolution: SecretResolution = {
  keyVault: async (...asked) => Promise.resolve(asked.join(' ')),
  environment: (name) => (name === 'SET' ? 'from the environment' : undefined),
}

it.each([
  [fromValue('given'), 'given'],
  [fromEnvironment('SET'), 'from the environment'],
  [fromKeyVault('Shop', 'name'), 'https://shop.vault.azure.net name '],
  [fromKeyVault('https://shop.vault.azure.cn/', 'name', { version: '1' }), 'https://shop.vault.azure.cn name 1'],
])('%s is found', async (reference, value) => {
  expect(await reference.resolve(resolution)).toBe(value)
})

it('says that a variable is not set', async () => {
  await expect(fromEnvironment('MISSING').resolve(resolution)).rejects.toThrow('it is not set')
})

it('never prints a given value', () => {
  const reference = fromValue('pl4nted')
  const holder = { nested: [reference] }
  const shown = [
    String(reference),
    inspect(holder, { depth: Infinity, showHidden: true }),
    JSON.stringify(holder),
    JSON.stringify(Object.getOwnPropertyDescriptors(reference)),
  ]
  expect(shown.join()).toContain('[secret given value]')
  expect(shown.join()).not.toContain('pl4nted')
})

it.each([
  () => fromValue(''),
  () => fromEnvironment(''),
  () => fromKeyVault('shop', 'no/name'),
  () => fromKeyVault('http://shop.vault.azure.net', 'name'),
  () => fromKeyVault('-', 'name'),
])('%o is refused', (make) => {
  expect(make).toThrow(expect.objectContaining({ code: 'invalid-input' }))
})
