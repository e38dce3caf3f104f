import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { document, startTestGateway, type TestApi, type TestGateway } from '../../test/test-gateway.js'

/** An API that answers with its name, its version and revision. */
const api = (properties: Partial<TestApi>): TestApi => ({
  policy: document({
    inbound: `<return-response><set-body>@(context.Api.Id + " " + context.Api.Version + " " + context.Api.Revision + " " + context.Api.IsCurrentRevision)</set-body></return-response>`,
  }),
  operations: { 'GET /items': undefined },
  ...properties,
})
const versioned = (set: string, apiVersion: string | null, more: Partial<TestApi> = {}): TestApi =>
  api({ path: set, apiVersionSetId: `/apiVersionSets/${set}`, apiVersion, ...more })

describe('placeOf', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
    gateway.deploy({
      versionSets: {
        segment: { versioningScheme: 'Segment' },
        header: { versioningScheme: 'Header', versionHeaderName: 'X-Version' },
        query: { versioningScheme: 'Query', versionQueryName: 'api-version' },
        nameless: { versioningScheme: 'Query' },
      },
      products: { shop: { apis: ['revised'] } },
      apis: {
        's-0': versioned('segment', null),
        's-1': versioned('segment', 'v1'),
        's-2': versioned('segment', 'v2'),
        's-2;rev=3': versioned('segment', 'v2', { isCurrent: false, apiRevision: '3' }),
        'h-1': versioned('header', 'v1'),
        'h-2': versioned('header', 'v2'),
        'q-0': versioned('query', ''),
        'q-1': versioned('query', '2024-01-01'),
        lost: versioned('lost', 'v1'),
        nameless: versioned('nameless', 'v1'),
        revised: api({ path: 'revised', subscriptionRequired: true }),
        'revised;rev=2': api({ path: 'revised', subscriptionRequired: true, isCurrent: false, apiRevision: '2' }),
      },
      subscriptions: { product: { scope: '/products/shop' }, one: { scope: '/apis/revised' } },
    })
  })
  afterAll(() => gateway.close())

  it.each([
    ['/segment/items', {}, 's-0  1 True'],
    ['/segment/v1/items', {}, 's-1 v1 1 True'],
    ['/Segment/V2/items', {}, 's-2 v2 1 True'],
    ['/segment/v2;rev=3/items', {}, 's-2 v2 3 False'],
    ['/segment/v2;rev=1/items', {}, 's-2 v2 1 True'],
    ['/header/items', { 'x-version': 'v1' }, 'h-1 v1 1 True'],
    ['/header/items', { 'x-version': 'V2' }, 'h-2 v2 1 True'],
    ['/query/items', {}, 'q-0  1 True'],
    ['/query/items?API-Version=2024-01-01', {}, 'q-1 2024-01-01 1 True'],
    ['/revised/items', { 'Ocp-Apim-Subscription-Key': 'one-1' }, 'revised  1 True'],
    ['/revised;rev=2/items', { 'Ocp-Apim-Subscription-Key': 'one-1' }, 'revised  2 False'],
    ['/revised;rev=2/items', { 'Ocp-Apim-Subscription-Key': 'product-1' }, 'revised  2 False'],
  ])('sends %s with %o to its API', async (path, headers, expected) => {
    const answer = await gateway.call(path, { headers })
    expect([answer.status, await answer.text()]).toEqual([200, expected])
  })

  it.each([
    ['/segment/v3/items', {}],
    ['/segment/v2;rev=9/items', {}],
    ['/header/items', {}],
    ['/header/items', { 'x-version': 'v3' }],
    ['/query/items?api-version=2020-01-01', {}],
  ])('finds nothing for %s with %o', async (path, headers) => {
    expect((await gateway.call(path, { headers })).status).toBe(404)
  })

  it.each([
    ['/lost/items', "'/apiVersionSets/lost', which is not there"],
    ['/nameless/items', "'nameless' has the scheme Query and no name"],
  ])('refuses %s by name', async (path, message) => {
    const answer = await gateway.call(path)
    expect(answer.status).toBe(500)
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining(message) })
  })
})
