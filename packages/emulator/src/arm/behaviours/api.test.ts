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
    expect(await answer.text()).toContain(`The API 'a' has this path and version already.`)
  })

  it.each([
    ['/apis/a;rev=2', {}],
    ['/apis/b;rev=2', { apiRevision: '2' }],
    ['/apis/b;rev=2', { isCurrent: true }],
    ['/apis/b', { apiRevision: '2' }],
    ['/apis/b', { isCurrent: false }],
  ])('is no revision that cannot be: %s %j', async (path, more) => {
    await put('/apis/b', { displayName: 'B', path: 'b' })
    const properties = { displayName: 'A', path: 'a', ...more }
    const wrong = path === '/apis/b;rev=2' && !('isCurrent' in more) ? { ...properties, apiRevision: '3' } : properties
    expect((await put(path, wrong)).status).toBe(400)
  })
})

describe('a revision', () => {
  const api = { displayName: 'A', path: 'a' }
  const read = async (path: string): Promise<{ name: string; properties: Record<string, unknown> }> =>
    (await (await send(emulator, 'GET', path)).json()) as { name: string; properties: Record<string, unknown> }

  beforeEach(async () => {
    await put('/apis/a', { ...api, description: 'one' })
    await put('/apis/a/operations/get', { displayName: 'One', method: 'GET', urlTemplate: '/' })
    await put('/apis/a;rev=2', { ...api, description: 'two' })
    await put('/apis/a;rev=2/operations/get', { displayName: 'Two', method: 'GET', urlTemplate: '/' })
  })

  it('stands beside its API and is not listed', async () => {
    expect(await read('/apis/a;rev=2')).toMatchObject({ properties: { apiRevision: '2', isCurrent: false } })
    expect(await (await send(emulator, 'GET', '/apis')).json()).toMatchObject({ count: 1, value: [{ name: 'a' }] })
    expect(await read('/apis/a;rev=1')).toMatchObject({ name: 'a', properties: { description: 'one' } })
  })

  it('is the API once it is released, with what is below it', async () => {
    const released = await put('/apis/a/releases/june', { apiId: '/apis/a;rev=2', notes: 'New' })
    expect(released.status).toBe(201)
    expect(await read('/apis/a')).toMatchObject({
      properties: { apiRevision: '2', isCurrent: true, description: 'two' },
    })
    expect(await read('/apis/a;rev=1')).toMatchObject({ properties: { isCurrent: false, description: 'one' } })
    expect(await read('/apis/a/operations/get')).toMatchObject({ properties: { displayName: 'Two' } })
    expect(await read('/apis/a;rev=2/operations/get')).toMatchObject({ properties: { displayName: 'Two' } })
    expect(await read('/apis/a/releases/june')).toMatchObject({ properties: { notes: 'New' } })
    // Written again it changes its notes, and nothing else.
    await put('/apis/a/releases/june', { apiId: '/apis/a;rev=1', notes: 'Newer' })
    expect(await read('/apis/a')).toMatchObject({ properties: { apiRevision: '2' } })
  })

  it('is told by the list of revisions', async () => {
    expect(await (await send(emulator, 'GET', '/apis/a/revisions')).json()).toMatchObject({
      count: 2,
      value: [
        { apiId: '/apis/a;rev=1', apiRevision: '1', isCurrent: true },
        { apiId: '/apis/a;rev=2', apiRevision: '2', isCurrent: false },
      ],
    })
    expect((await send(emulator, 'GET', '/apis/none/revisions')).status).toBe(404)
    expect((await send(emulator, 'POST', '/apis/a/revisions')).status).toBe(501)
  })

  it('goes with its API', async () => {
    await send(emulator, 'DELETE', '/apis/a?deleteRevisions=true', { headers: { 'If-Match': '*' } })
    expect((await send(emulator, 'GET', '/apis/a;rev=2')).status).toBe(404)
  })

  it('is refused where it is not there', async () => {
    const answer = await put('/apis/a/releases/june', { apiId: '/apis/a;rev=7' })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain("'apiId' names a resource that is not there")
  })
})

describe('versions of one set', () => {
  it('may share a path', async () => {
    await put('/apiVersionSets/v', { displayName: 'V', versioningScheme: 'Segment' })
    const version = { path: 'a', apiVersionSetId: '/apiVersionSets/v' }
    expect((await put('/apis/one', { displayName: 'A', ...version, apiVersion: 'v1' })).status).toBe(201)
    expect((await put('/apis/two', { displayName: 'A', ...version, apiVersion: 'v2' })).status).toBe(201)
    expect((await put('/apis/three', { displayName: 'A', ...version, apiVersion: 'V2' })).status).toBe(400)
  })
})

describe('an imported document', () => {
  const document = {
    openapi: '3.0.1',
    info: { title: 'Stock', version: '1', description: 'What there is' },
    servers: [{ url: 'https://stock.example' }],
    paths: {
      '/items/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { operationId: 'getItem', summary: 'One item' },
        delete: { parameters: [{ name: 'why', in: 'query', required: true }] },
      },
    },
  }
  const importing = (value: unknown, format = 'openapi+json'): Promise<Response> =>
    put('/apis/a', { displayName: 'A', path: 'a', format, value: JSON.stringify(value) })
  const operations = async (): Promise<unknown> =>
    ((await (await send(emulator, 'GET', '/apis/a/operations')).json()) as { value: unknown }).value

  it('becomes operations, and is not shown again', async () => {
    const answer = await importing(document)
    expect(answer.status).toBe(201)
    const { properties } = (await answer.json()) as { properties: object }
    expect(properties).toMatchObject({ description: 'What there is', serviceUrl: 'https://stock.example' })
    expect(Object.keys(properties)).not.toContain('value')
    expect(await operations()).toMatchObject([
      {
        name: 'getItem',
        properties: {
          displayName: 'One item',
          method: 'GET',
          urlTemplate: '/items/{id}',
          templateParameters: [{ name: 'id', type: 'integer', required: true }],
        },
      },
      { name: 'delete-items-id', properties: { method: 'DELETE', urlTemplate: '/items/{id}?why={why}' } },
    ])
  })

  it('replaces the operations, and keeps what is below those that stay', async () => {
    await importing(document)
    const value = '<policies><inbound><base /></inbound><backend /><outbound /><on-error /></policies>'
    await put('/apis/a/operations/getItem/policies/policy', { value, format: 'rawxml' })
    const { get } = document.paths['/items/{id}']
    await importing({ ...document, paths: { '/things': { get } } })
    expect(await operations()).toMatchObject([{ name: 'getItem', properties: { urlTemplate: '/things' } }])
    expect((await send(emulator, 'GET', '/apis/a/operations/getItem/policies/policy')).status).toBe(200)
    // A write without a document leaves the operations.
    await put('/apis/a', { displayName: 'B', path: 'a' })
    expect(await operations()).toMatchObject([{ name: 'getItem' }])
  })

  it.each([
    [{}, 'openapi+json', 400],
    [document, 'wsdl', 501],
    [document, 'openapi-link', 501],
  ])('that cannot be read is refused: %j as %s', async (value, format, status) => {
    expect((await importing(value, format)).status).toBe(status)
    expect((await send(emulator, 'GET', '/apis/a')).status).toBe(404)
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
    expect(await answer.text()).toContain('{rest} of the URL template is not declared')
  })

  it('has its method and template alone', async () => {
    const simple = { displayName: 'Get', method: 'GET', urlTemplate: '/x' }
    await put('/apis/a/operations/one', simple)
    const answer = await put('/apis/a/operations/two', { ...simple, method: 'get' })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(`The operation 'one' has this method and URL template already.`)
  })
})
