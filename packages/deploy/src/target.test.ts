import { expect, it } from 'vitest'
import { deployTo } from './deploy-to.js'
import { resolveTarget } from './target.js'

const subscriptionId = '00000000-0000-0000-0000-000000000000'
const given = { subscriptionId, resourceGroup: 'group', service: 'contoso' }
const none = { environment: {} }

it('prefers what the caller says to the environment, and that to the stack', () => {
  const environment = { AZURE_SUBSCRIPTION_ID: subscriptionId, AZURE_RESOURCE_GROUP: 'env', APIM_SERVICE_NAME: '' }
  const declared = { resourceGroup: 'declared', service: 'declared' }
  const { address, endpoint, local } = resolveTarget({ environment }, declared)
  expect(address).toEqual({ subscriptionId, resourceGroup: 'env', service: 'declared' })
  expect({ endpoint, local }).toEqual({ endpoint: 'https://management.azure.com', local: false })
  expect(resolveTarget({ environment, resourceGroup: 'given' }, declared).address.resourceGroup).toBe('given')
})

it('names everything that is missing, and where to set it', () => {
  expect(() => resolveTarget({ ...none, subscriptionId: 'no-guid' })).toThrow(
    expect.objectContaining({
      code: 'invalid-input',
      problems: [
        expect.objectContaining({
          path: 'resourceGroup',
          message: expect.stringContaining('AZURE_RESOURCE_GROUP') as string,
        }),
        expect.objectContaining({ path: 'service', message: expect.stringContaining('APIM_SERVICE_NAME') as string }),
        expect.objectContaining({ path: 'subscriptionId', message: expect.stringContaining('is no GUID') as string }),
      ],
    }),
  )
})

it.each(['a b', '1st', 'ends-', 'x'.repeat(51)])('refuses %j, which no service can be called', (service) => {
  expect(() => resolveTarget({ ...given, ...none, service })).toThrow('is no name of a service')
})

it.each(['http://127.0.0.1:8445', 'http://localhost:8445/', 'http://[::1]:1', 'http://127.1.2.3'])(
  'asks for no login at %s',
  (endpoint) => {
    expect(resolveTarget({ ...given, ...none, endpoint })).toMatchObject({ local: true })
  },
)

it('takes another cloud', () => {
  expect(
    resolveTarget({ ...given, environment: { APIM_KIT_ENDPOINT: 'https://management.chinacloudapi.cn/' } }),
  ).toMatchObject({
    endpoint: 'https://management.chinacloudapi.cn',
    local: false,
  })
})

it.each([
  'http://emulator.example:8445',
  'http://127.0.0.1.example',
  'http://10.0.0.1',
  'ftp://127.0.0.1',
  'localhost:8445',
  'no url',
])('refuses %s', (endpoint) => {
  expect(() => resolveTarget({ ...given, ...none, endpoint })).toThrow(
    expect.objectContaining({ code: 'invalid-input' }),
  )
})

it('refuses an option that does not exist: a misspelt endpoint would mean Azure', () => {
  // @ts-expect-error -- untyped callers write anything
  expect(() => deployTo({ endpont: 'http://127.0.0.1:8445' })).toThrow('did you mean "endpoint"?')
})
