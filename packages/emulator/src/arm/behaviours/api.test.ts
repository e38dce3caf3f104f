import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { send } from '../../../test/azure-clients.js'
import { startEmulator, type Emulator } from '../../index.js'

let emulator: Emulator
beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(() => emulator.close())

const put = (path: string, properties: object): Promise<Response> =>
  send(emulator, 'PUT', path, { body: { properties } })

describe('an API', () => {
  it('gets what the service fills in', async () => {
    const answer = await put('/apis/a', { displayName: 'A', path: 'a' })
    expect(await answer.json()).toMatchObject({
      properties: {
        apiRevision: '1',
        isCurrent: true,
        description: null,
        serviceUrl: null,
        protocols: ['https'],
        subscriptionRequired: true,
        subscriptionKeyParameterNames: { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' },
      },
    })
  })

  it('may stand at the root, and needs a path all the same', async () => {
    expect((await put('/apis/a', { displayName: 'A', path: '' })).status).toBe(201)
    expect((await put('/apis/b', { displayName: 'B' })).status).toBe(400)
  })

  it.each(['orders', '/Orders/'])('has its path alone: %s is taken', async (path) => {
    await put('/apis/a', { displayName: 'A', path: 'orders' })
    const answer = await put('/apis/b', { displayName: 'B', path })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(`The API 'a' has the path '${path}' already.`)
  })

  it.each([
    ['/apis/a;rev=2', {}],
    ['/apis/a', { apiRevision: '2' }],
    ['/apis/a', { isCurrent: false }],
  ])('has no revisions yet, and says so: %s %j', async (path, more) => {
    expect((await put(path, { displayName: 'A', path: 'a', ...more })).status).toBe(501)
  })
})

describe('an operation', () => {
  beforeEach(() => put('/apis/a', { displayName: 'A', path: 'a' }))
  const operation = { displayName: 'Get', method: 'GET', urlTemplate: '/{id}/{*rest}' }

  it('declares the parameters of its template', async () => {
    const answer = await put('/apis/a/operations/o', {
      ...operation,
      templateParameters: [{ name: 'ID', type: 'string' }],
    })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('Parameters of the URL template are not declared: rest.')
  })

  it('has its method and template alone', async () => {
    const simple = { displayName: 'Get', method: 'GET', urlTemplate: '/x' }
    await put('/apis/a/operations/one', simple)
    const answer = await put('/apis/a/operations/two', { ...simple, method: 'get' })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(`The operation 'one' has this method and URL template already.`)
  })
})
