import { describe, expect, it } from 'vitest'
import { TestConfiguration } from '../../test/test-gateway.js'
import type { BackendProperties } from '../emulator-context.js'
import { createBackends } from './backends.js'

const single = (more: Partial<BackendProperties>): BackendProperties => ({
  type: 'Single',
  url: 'https://backend.test',
  ...more,
})

function backends(properties: BackendProperties, namedValues: Readonly<Record<string, string>> = {}) {
  const configuration = new TestConfiguration()
  configuration.deploy({ backends: { one: properties }, namedValues })
  return { ...createBackends(configuration), configuration }
}

describe('createBackends', () => {
  it('reads a backend once, and again after a change', () => {
    const header = { 'X-Key': ['{{key}}'] }
    const { get, configuration } = backends(single({ credentials: { header } }), { key: '$& 1' })
    const first = get('one')
    expect(first.headers).toEqual([['X-Key', '$& 1']])
    expect(get('one')).toBe(first)
    configuration.deploy({ backends: { one: single({ credentials: { header } }) }, namedValues: { key: '2' } })
    expect(get('one').headers).toEqual([['X-Key', '2']])
  })

  it.each<readonly [string, BackendProperties]>([
    ['it is a pool', { type: 'Pool', pool: { services: [{ id: '/backends/other' }] } }],
    ['it has a circuit breaker', single({ circuitBreaker: { rules: [{}] } })],
    ['it wants a client certificate', single({ credentials: { certificateIds: ['/certificates/c'] } })],
    ['it wants a client certificate', single({ credentials: { certificate: ['AB'] } })],
    ['it speaks soap', single({ protocol: 'soap' })],
    ['it is behind a proxy', single({ proxy: { url: 'http://proxy.test' } })],
    ['its certificate is not to be looked at', single({ tls: { validateCertificateChain: false } })],
    ["is 'nonsense'; write an http or https address", single({ url: 'nonsense' })],
    ["the named value 'nobody', which is not there", single({ credentials: { header: { X: ['{{nobody}}'] } } })],
  ])('refuses by name: %s', (message, properties) => {
    expect(() => backends(properties).get('one')).toThrow(/'one'/)
    expect(() => backends(properties).get('one')).toThrow(message)
  })

  it('refuses a backend that is not there, in the words of the service', () => {
    expect(() => backends(single({})).get('two')).toThrow("Backend with id 'two' could not be found.")
  })

  it('takes what is there and says nothing', () => {
    const quiet = {
      circuitBreaker: { rules: [] },
      credentials: { certificate: [] },
      proxy: null,
      pool: null,
      protocol: 'http',
    }
    expect(backends(single({ ...quiet, tls: { validateCertificateChain: true } })).get('one').query).toBe('')
  })
})
