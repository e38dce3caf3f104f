import { describe, expect, it } from 'vitest'
import { createRouter, type ApiRoute } from './routing.js'

const api = (path: string, ...operations: string[]): ApiRoute<string, string> => ({
  path,
  target: path,
  operations: operations.map((operation) => {
    const space = operation.indexOf(' ')
    return { method: operation.slice(0, space), urlTemplate: operation.slice(space + 1), target: operation }
  }),
})

const router = createRouter([
  api('', 'GET /', 'GET /{*rest}'),
  api('orders', 'GET /', 'GET /{id}', 'GET /latest', 'GET /{id}/items/{item}', 'POST /', 'GET /a b/{x}'),
  api('/orders/archive/', 'GET /{year}-{month}', 'GET /{*rest}'),
  api('calc', 'GET /add?a={a}&b={b}', 'GET /add?mode=fast', 'GET /add', 'DELETE /*'),
  api('odata', 'GET /Find(Text={text},Page={page})'),
])

describe('createRouter', () => {
  it.each([
    // request, API, operation, parameters
    ['GET /', '', 'GET /', {}],
    ['GET /x/y', '', 'GET /{*rest}', { rest: 'x/y' }],
    ['GET /orders', 'orders', 'GET /', {}],
    ['GET /orders/', 'orders', 'GET /', {}],
    ['GET /Orders/Latest', 'orders', 'GET /latest', {}],
    ['get /orders/latest', 'orders', 'GET /latest', {}],
    ['POST /orders', 'orders', 'POST /', {}],
    ['GET /orders/4711', 'orders', 'GET /{id}', { id: '4711' }],
    ['GET /orders/a%2Fb', 'orders', 'GET /{id}', { id: 'a/b' }],
    ['GET /orders/50%', 'orders', 'GET /{id}', { id: '50%' }],
    ['GET /orders/1/items/2', 'orders', 'GET /{id}/items/{item}', { id: '1', item: '2' }],
    ['GET /orders/a%20b/1', 'orders', 'GET /a b/{x}', { x: '1' }],
    ['PUT /orders', 'orders', undefined, {}],
    ['GET /orders/1/2/3', 'orders', undefined, {}],
    ['GET /ordersX', '', 'GET /{*rest}', { rest: 'ordersX' }],
    ['GET /orders/archive/2024-07', '/orders/archive/', 'GET /{year}-{month}', { year: '2024', month: '07' }],
    ['GET /orders/archive/2024/07', '/orders/archive/', 'GET /{*rest}', { rest: '2024/07' }],
    ['GET /calc/add?a=1&b=2', 'calc', 'GET /add?a={a}&b={b}', { a: '1', b: '2' }],
    ['GET /calc/add?B=2&A=1&c=3', 'calc', 'GET /add?a={a}&b={b}', { a: '1', b: '2' }],
    ['GET /calc/add?mode=fast', 'calc', 'GET /add?mode=fast', {}],
    ['GET /calc/add?a=1', 'calc', 'GET /add', {}],
    ['DELETE /calc/any/thing', 'calc', 'DELETE /*', {}],
    ["GET /odata/find(text='a',page=2)", 'odata', 'GET /Find(Text={text},Page={page})', { text: "'a'", page: '2' }],
  ])('%s', (request, expectedApi, operation, parameters) => {
    const [method = '', url = ''] = request.split(' ')
    const mark = url.indexOf('?')
    const match = router.match(method, mark < 0 ? url : url.slice(0, mark), mark < 0 ? '' : url.slice(mark))
    expect(match).toMatchObject({ api: expectedApi, operation })
    expect(Object.fromEntries(match?.parameters ?? [])).toEqual(parameters)
  })

  it('keeps what a template names apart from the rest of the query, and values as they stood', () => {
    const match = router.match('GET', '/orders/a%2Fb', '')
    expect(match?.encodedParameters.get('id')).toBe('a%2Fb')
    expect([...(router.match('GET', '/calc/add', '?a=1&b=x%26y')?.encodedParameters ?? [])]).toEqual([
      ['a', '1'],
      ['b', 'x%26y'],
    ])
    expect(router.match('GET', '/calc/add', '?a=1&b=2')?.templateQuery).toEqual(new Set(['a', 'b']))
  })

  it('finds nothing where no API has the path', () => {
    expect(createRouter([api('orders', 'GET /')]).match('GET', '/other', '')).toBeUndefined()
  })

  it('gives the path below the API', () => {
    expect(router.match('GET', '/orders/1/items/2', '')?.rest).toBe('/1/items/2')
    expect(router.match('GET', '/orders', '')?.rest).toBe('')
  })

  it('does not take long over hostile paths', () => {
    const started = performance.now()
    createRouter([api('x', 'GET /{a}-{b}-{c}-{d}')]).match('GET', `/x/${'-'.repeat(3000)}/`, '')
    expect(performance.now() - started).toBeLessThan(100)
  })
})
