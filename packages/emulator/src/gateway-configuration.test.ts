import { kinds } from '@apim-kit/core'
import { beforeEach, describe, expect, it } from 'vitest'
import { createClock } from './clock.js'
import type { ConfigurationChange, GatewayConfiguration } from './emulator-context.js'
import { gatewayConfiguration } from './gateway-configuration.js'
import { SecretStore } from './key-vault/secret-store.js'
import { ResourceStore } from './store.js'

let store: ResourceStore
let configuration: GatewayConfiguration
let changes: ConfigurationChange[]
beforeEach(() => {
  store = new ResourceStore()
  configuration = gatewayConfiguration(store, new SecretStore(createClock(0)))
  changes = []
  configuration.onChange((change) => changes.push(change))
  store.put(kinds.api, ['Orders'], { path: 'orders', isCurrent: true })
})

describe('what the gateway reads', () => {
  it('are the current revisions of APIs, and the others', () => {
    store.put(kinds.api, ['Orders;rev=2'], { path: 'orders', isCurrent: false })
    expect(configuration.listApis().map(({ id }) => id)).toEqual(['Orders'])
    expect(configuration.listRevisions().map(({ id }) => id)).toEqual(['Orders;rev=2'])
  })

  it('are backends and fragments, whatever the case of their name', () => {
    store.put(kinds.backend, ['East'], { type: 'Single', url: 'https://east.example' })
    store.put(kinds.policyFragment, ['sign-in'], { value: '<fragment />', format: 'rawxml' })
    expect(configuration.getBackend('east')).toMatchObject({ id: 'East', properties: { url: 'https://east.example' } })
    expect(configuration.getFragment('SIGN-IN')).toEqual({ text: '<fragment />', format: 'rawxml' })
    expect([configuration.getBackend('west'), configuration.getFragment('x')]).toEqual([undefined, undefined])
    expect(changes.slice(-2)).toEqual([{ kind: 'backend' }, { kind: 'fragment' }])
  })

  it('are the products of an API, and the documents of products and of the service', () => {
    const document = { value: '<policies />', format: 'rawxml' }
    store.put(kinds.product, ['shop'], { displayName: 'Shop' })
    store.put(kinds.product, ['other'], { displayName: 'Other' })
    store.put(kinds.productApi, ['shop', 'orders'], {})
    store.put(kinds.productPolicy, ['shop', 'policy'], document)
    store.put(kinds.globalPolicy, ['policy'], document)
    expect(configuration.listProducts('Orders').map(({ id }) => id)).toEqual(['shop'])
    expect(configuration.getPolicy({ scope: 'product', productId: 'shop' })?.text).toBe('<policies />')
    expect(configuration.getPolicy({ scope: 'global' })?.text).toBe('<policies />')
    expect(changes.slice(-3)).toEqual([
      { kind: 'product' },
      { kind: 'policy', address: { scope: 'product', productId: 'shop' } },
      { kind: 'policy', address: { scope: 'global' } },
    ])
  })

  it('are subscriptions with their keys, and version sets', () => {
    store.put(kinds.subscription, ['s'], { scope: '/apis', primaryKey: 'one', secondaryKey: 'two', state: 'active' })
    store.put(kinds.apiVersionSet, ['v'], { versioningScheme: 'Header', versionHeaderName: 'X-Version' })
    expect(configuration.listSubscriptions()).toMatchObject([{ id: 's', properties: { primaryKey: 'one' } }])
    expect(configuration.getVersionSet('v')?.properties.versionHeaderName).toBe('X-Version')
    expect(changes.slice(-2)).toEqual([{ kind: 'subscription' }, { kind: 'versionSet' }])
  })
})
