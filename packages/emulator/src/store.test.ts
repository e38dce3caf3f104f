import { kinds } from '@apim-kit/core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { resourcePath, ResourceStore, type StoreChange } from './store.js'

const { api, apiPolicy, connection, credentialProvider, operation } = kinds
let store: ResourceStore
beforeEach(() => {
  store = new ResourceStore()
  store.put(api, ['Orders'], { path: 'orders' })
  store.put(operation, ['orders', 'Get'], { method: 'GET' })
  store.put(operation, ['ORDERS', 'put'], { method: 'PUT' })
  store.put(apiPolicy, ['orders', 'policy'], { value: '<policies />' })
  store.put(api, ['orders-2'], { path: 'orders-2' })
  store.put(operation, ['orders-2', 'get'], { method: 'GET' })
})

describe('ResourceStore', () => {
  it('finds without regard to case and keeps the case of creation, also of parents', () => {
    const found = store.get(operation, ['oRDERS', 'PUT'])
    expect(found?.names).toEqual(['Orders', 'put'])
    expect(found && resourcePath(found)).toBe('/apis/Orders/operations/put')
    store.put(api, ['ORDERS'], { path: 'other' })
    expect(store.get(api, ['orders'])).toMatchObject({ names: ['Orders'], properties: { path: 'other' } })
  })

  it('lists below one parent, in the order of creation, also after an update', () => {
    store.put(operation, ['orders', 'get'], { method: 'HEAD' })
    expect(store.list(operation, ['orders']).map(({ names }) => names.at(-1))).toEqual(['Get', 'put'])
    expect(store.list(operation, ['nobody'])).toEqual([])
    expect(store.all(operation)).toHaveLength(3)
  })

  it('numbers every write', () => {
    const before = store.get(api, ['orders'])?.version ?? 0
    const other = store.put(credentialProvider, ['p'], {})
    expect(store.put(api, ['orders'], {}).version).toBeGreaterThan(other.version)
    expect(other.version).toBeGreaterThan(before)
  })

  it('deletes with everything below, children first, and nothing beside it', () => {
    const seen: string[] = []
    store.onChange(({ action, resource }) => seen.push(`${action} ${resourcePath(resource)}`))
    expect(store.delete(api, ['ORDERS'])).toBe(true)
    expect(seen.at(-1)).toBe('delete /apis/Orders')
    expect(seen).toHaveLength(4)
    expect(store.get(operation, ['orders', 'get'])).toBeUndefined()
    expect(store.get(operation, ['orders-2', 'get'])).toBeDefined()
    expect(store.delete(api, ['orders'])).toBe(false)
  })

  it('tells what stood there before, until nobody listens any more', () => {
    const listener = vi.fn<(change: StoreChange) => void>()
    const end = store.onChange(listener)
    store.put(api, ['orders'], { path: 'new' })
    expect(listener.mock.calls[0]?.[0]).toMatchObject({
      before: { properties: { path: 'orders' } },
      resource: { properties: { path: 'new' } },
    })
    end()
    store.put(api, ['orders'], {})
    expect(listener).toHaveBeenCalledTimes(1)
  })

  it('is the same again from its rows', () => {
    store.put(credentialProvider, ['p'], {})
    store.put(connection, ['p', 'c'], { parameters: { clientSecret: 's' } })
    store.delete(api, ['orders-2'])
    const copy = new ResourceStore()
    expect(copy.restore(JSON.parse(JSON.stringify(store.rows())) as ReturnType<ResourceStore['rows']>)).toEqual([])
    expect(copy.rows()).toEqual(store.rows())
    expect(copy.put(api, ['x'], {}).version).toBe(store.put(api, ['x'], {}).version)
  })

  it('hands back rows of kinds that it does not know', () => {
    const row = { kind: 'unheardOf', names: ['x'], properties: {}, version: 1 }
    expect(new ResourceStore().restore([row])).toEqual([row])
  })
})
