import { namedValue, stack } from '@apim-kit/core'
import type { TokenCredential } from '@azure/identity'
import { expect, it } from 'vitest'
import { address } from '../test/stub.js'
import { connect } from './client.js'
import { deployTo } from './deploy-to.js'
import { fromKeyVault } from './secrets.js'

const policies = (local: boolean, endpoint: string): string[] =>
  connect({ address, endpoint, local }, { getToken: async () => Promise.resolve(null) })
    .client.pipeline.getOrderedPolicies()
    .map(({ name }) => name)

it('signs in to Azure and to no emulator', () => {
  expect(policies(false, 'https://management.azure.com')).toContain('bearerTokenAuthenticationPolicy')
  expect(policies(true, 'http://127.0.0.1:1')).not.toContain('bearerTokenAuthenticationPolicy')
})

it('asks whether anybody answers inside of the retries, so that they do not repeat it', () => {
  const names = policies(false, 'https://management.azure.com')
  expect(names.indexOf('apimKitFirstAnswer')).toBeGreaterThan(names.indexOf('defaultRetryPolicy'))
})

it('says how to sign in where there is no login', async () => {
  const error = Object.assign(new Error('no login here\nmany more lines'), { name: 'CredentialUnavailableError' })
  const credential: TokenCredential = { getToken: async () => Promise.reject(error) }
  const deployment = deployTo({ ...address, credential, environment: {} })
  const planned = deployment.plan(
    stack({ name: 's', resources: [namedValue('n', { value: fromKeyVault('vault', 'x') })] }),
  )
  await expect(planned).rejects.toMatchObject({
    code: 'not-authorized',
    message: expect.stringMatching(
      /^https:\/\/management.azure.com accepts no login \(no login here\); run "az login"/,
    ) as string,
  })
})
