import type { SecretReference } from '@apim-kit/core'
import { expect, it, vi } from 'vitest'
import { resolveSecrets } from './secret-values.js'
import { fromEnvironment, fromKeyVault, fromValue } from './secrets.js'

const environment = (): undefined => undefined
const use = (reference: SecretReference, title = 'named value x'): Parameters<typeof resolveSecrets>[0][number] => ({
  title,
  path: 'properties.value',
  reference,
})

it('reads each secret once, however many references name it', async () => {
  const keyVault = vi.fn<(vault: string, name: string) => Promise<string>>(async (_vault, name) =>
    Promise.resolve(`value of ${name}`),
  )
  const [one, same, other] = [fromKeyVault('shop', 'a'), fromKeyVault('shop', 'a'), fromKeyVault('shop', 'b')]
  const values = await resolveSecrets(
    [one, one, same, other].map((reference) => use(reference)),
    { keyVault, environment },
  )
  expect([one, same, other].map((reference) => values.get(reference))).toEqual([
    'value of a',
    'value of a',
    'value of b',
  ])
  expect(keyVault).toHaveBeenCalledTimes(2)
})

const failure = (fields: object): Error => Object.assign(new Error('told by the vault'), fields)

it.each([
  [{ name: 'RestError', statusCode: 404 }, 'there is no such secret'],
  [{ name: 'RestError', statusCode: 403 }, 'the login may not read it (403)'],
  [{ name: 'RestError', statusCode: 500 }, 'the vault answered 500'],
  [{ name: 'RestError', code: 'ENOTFOUND' }, 'the vault does not answer'],
  [{ name: 'CredentialUnavailableError' }, 'there is no Azure login'],
])('says why a vault gives nothing: %o', async (fields, reason) => {
  const keyVault = async (): Promise<string> => Promise.reject(failure(fields))
  await expect(resolveSecrets([use(fromKeyVault('shop', 'a'))], { keyVault, environment })).rejects.toThrow(reason)
})

it('reports all that are missing at once, every place of them', async () => {
  const keyVault = async (): Promise<string> => Promise.resolve('')
  const missing = fromEnvironment('MISSING')
  const uses = [
    use(missing, 'one'),
    use(fromValue('there')),
    use(missing, 'two'),
    use(fromKeyVault('shop', 'empty'), 'three'),
  ]
  await expect(resolveSecrets(uses, { keyVault, environment })).rejects.toMatchObject({
    code: 'secret-unresolved',
    problems: [
      { path: 'one: properties.value', message: 'environment variable MISSING gives no value: it is not set' },
      { path: 'two: properties.value' },
      { path: 'three: properties.value', message: expect.stringContaining('it is empty') as string },
    ],
  })
})
