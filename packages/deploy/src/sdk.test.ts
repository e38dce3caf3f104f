import { kinds, type Kind } from '@apim-kit/core'
import type { Field } from '@apim-kit/core/fields'
import { describe, expect, it } from 'vitest'
import { clientOf, startStub } from '../test/stub.js'
import { get, list, put, remove } from './sdk.js'

/** A value for a field, made of its description: whatever a kind has is sent. */
function sample(field: Field, name: string): unknown {
  switch (field.type) {
    case 'flag':
      return true
    case 'integer':
    case 'number':
      return field.options.min ?? 7
    case 'oneOf':
      return field.values?.[0]
    case 'list':
      return [sample(field.item ?? field, `${name}-1`), sample(field.item ?? field, `${name}-2`)]
    case 'group':
      return samples(field.fields ?? {})
    case 'map':
      return field.item?.type === 'text'
        ? { clientId: `${name}-id`, 'any-other.key': '', scopes: null }
        : { 'X-Key': sample(field.item ?? field, name), 'any-other.key': sample(field.item ?? field, name) }
    case 'json':
      return { a: { 'b.c': [1, 'x', null] } }
    case 'text':
    case 'secret':
    case 'document':
      return field.options.example ?? `${name} text`
  }
}

/** What answers hold: the SDK's models of answers have no place for what the service never gives back. */
function shownOf(fields: Kind['fields'], properties: Readonly<Record<string, unknown>>): object {
  const forgotten = Object.entries(fields).filter(
    ([, { type, options }]) => type === 'secret' || options.writeOnly === true || options.remembered === true,
  )
  const names = new Set(forgotten.map(([name]) => name))
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.has(name)))
}

function samples(fields: Kind['fields']): Record<string, unknown> {
  const inputs = Object.entries(fields).filter(([, field]) => field.options.computed !== true)
  return Object.fromEntries(inputs.map(([name, field]) => [name, sample(field, name)]))
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

function namesFor(kind: Kind): string[] {
  return [...(kind.parent?.parent === undefined ? [] : namesFor(kind.parent)), kind.name.fixed ?? `${kind.kind}-1`]
}

function collectionOf(kind: Kind): string {
  const parents = namesFor(kind).slice(0, -1)
  return `${kind.parent?.parent === undefined ? '' : `${collectionOf(kind.parent)}/${parents.at(-1)}`}/${kind.segment}`
}

describe.each(Object.values<Kind>(kinds).map((kind) => [kind.kind, kind] as const))('%s', (_name, kind) => {
  const names = namesFor(kind)
  const name = names.at(-1)
  const path = `${collectionOf(kind)}/${name}`
  const properties = samples(kind.fields)

  it('sends every field and reads every field', async () => {
    const stub = await startStub(({ body }) => ({ body: { id: path, name, ...(body as object) } }))
    const answer = await put(clientOf(stub), kind, names, properties)
    expect(stub.heard).toMatchObject([{ method: 'PUT', path }])
    expect(stub.heard[0]?.body).toEqual(kind.links === undefined ? { properties } : undefined)
    const { name: named, properties: read } = answer
    expect(named).toBe(name)
    if (kind.links === undefined) expect(shownOf(kind.fields, read)).toEqual(shownOf(kind.fields, properties))
  })

  it('reads fields that the service sets', async () => {
    const stub = await startStub(() => ({
      body: { id: path, name, properties: { ...properties, status: 'Connected' } },
    }))
    const answer = await put(clientOf(stub), kind, names, properties)
    expect(answer.properties['status']).toBe('status' in kind.fields ? 'Connected' : undefined)
    expect(answer.name).toBe(name)
  })

  it('reads the collection page by page, until the next link is empty', async () => {
    const stub = await startStub(({ query }) => {
      const last = query.get('page') === '2'
      const nextLink = last ? '' : `${stub.url}/subscriptions/s/providers/x/service/contoso${collectionOf(kind)}?page=2`
      return { body: { value: [{ name: last ? 'b' : 'a', properties }], nextLink } }
    })
    if (kind.sdk.get !== undefined && kind.sdk.getOnly === undefined) return
    const shown = shownOf(kind.fields, properties)
    const pages = await all(list(clientOf(stub), kind, names.slice(0, -1)))
    const read = pages.map((page) =>
      page.map((item) => ({ name: item.name, properties: shownOf(kind.fields, item.properties) })),
    )
    expect(read).toEqual([[{ name: 'a', properties: shown }], [{ name: 'b', properties: shown }]])
    expect(stub.heard.map((heard) => heard.path)).toEqual([collectionOf(kind), collectionOf(kind)])
  })

  it('reads what lists leave out', async () => {
    const stub = await startStub(() => ({ body: { name, properties } }))
    if (kind.sdk.get === undefined) return
    expect(await get(clientOf(stub), kind, names)).toEqual({ name, properties })
    const isDocument = Object.values(kind.fields).some(({ type }) => type === 'document')
    expect(stub.heard[0]?.query.get('format')).toBe(isDocument ? 'rawxml' : null)
  })

  it('takes what is not there for nothing', async () => {
    const stub = await startStub(() => ({ status: 404, body: { error: { code: 'ResourceNotFound', message: '-' } } }))
    const service = clientOf(stub)
    if (kind.sdk.get === undefined) expect(await all(list(service, kind, names.slice(0, -1)))).toEqual([])
    else expect(await get(service, kind, names)).toBeUndefined()
  })

  it('deletes whatever version there is', async () => {
    const stub = await startStub(() => ({ status: 204 }))
    await remove(clientOf(stub), kind, names)
    expect(stub.heard).toMatchObject([{ method: 'DELETE', path }])
    expect(stub.heard[0]?.headers['if-match']).toBe(kind.links === undefined ? '*' : undefined)
  })
})

describe('put', () => {
  const { namedValue } = kinds
  const properties = { displayName: 'x', value: 'v' }

  it('waits for a long-running operation: 202 with a Location', async () => {
    let polls = 0
    const stub = await startStub(({ method, query }) => {
      const location = `${stub.url}/subscriptions/s/providers/x/service/contoso/namedValues/x?asyncId=1`
      if (method === 'PUT') return { status: 202, headers: { location, 'retry-after': '0' } }
      expect(query.get('asyncId')).toBe('1')
      return ++polls < 3
        ? { status: 202, headers: { location, 'retry-after': '0' } }
        : { body: { name: 'x', properties } }
    })
    expect(await put(clientOf(stub), namedValue, ['x'], properties)).toEqual({ name: 'x', properties })
    expect(polls).toBe(3)
  })

  it.each([
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '0' } }],
    ['429 without', { status: 429 }],
    ['500', { status: 500 }],
    ['409 while the parent is changed', { status: 409, body: { error: { code: 'PessimisticConcurrencyConflict' } } }],
    ['a lost connection', 'hang up'],
  ] as const)('asks again after %s', async (_title, fault) => {
    const stub = await startStub(({ method }) =>
      method === 'PUT' && stub.heard.length === 2 ? { body: { name: 'x', properties } } : fault,
    )
    expect(await put(clientOf(stub), namedValue, ['x'], properties)).toEqual({ name: 'x', properties })
    expect(stub.heard).toHaveLength(2)
    expect(stub.heard[1]?.body).toEqual(stub.heard[0]?.body)
  })
})
