import {
  accessPolicy,
  api,
  apiDiagnostic,
  apiRelease,
  apiRevision,
  apiSchema,
  apiVersionSet,
  backend,
  cache,
  certificate,
  connection,
  credentialProvider,
  diagnostic,
  globalPolicy,
  group,
  logger,
  namedValue,
  operation,
  policyFragment,
  principal,
  product,
  resolver,
  schema,
  subscription,
  tag,
  type KindName,
  type Resource,
} from '@apim-kit/core'
import { base, fragment, httpDataSource, policies, resolverPolicy, setHeader } from '@apim-kit/policy-dsl'
import { fromValue } from '../src/index.js'

/** Resources of a kind, in one of two states that differ in one field; ties have one state. */
export type Row = (changed: boolean) => readonly Resource[]

const document = (name: string): ReturnType<typeof policies> =>
  policies({ inbound: [base(), setHeader({ name, value: 'a & b' })] })
const key = namedValue('key', { value: fromValue('planted-key') })
const provider = credentialProvider.aad('entra', {
  clientCredentials: { resourceUri: 'api://backend', tenantId: '11111111-1111-1111-1111-111111111111' },
})
const clientId = '44444444-4444-4444-4444-444444444444'
const client = (clientSecret: string): Resource<'connection'> =>
  connection('client', { provider, clientId, clientSecret: fromValue(clientSecret) })
export const orders = api('orders', { path: 'orders', serviceUrl: 'https://orders.example' })
const get = operation('get', { api: orders, method: 'GET', urlTemplate: '/{id}' })
const east = backend('east', { url: 'https://east.example' })
const insights = logger('insights', {
  loggerType: 'applicationInsights',
  credentials: { connectionString: fromValue('planted-insights') },
})
const sales = tag('sales')
const shop = product('shop', {})
const graph = api('graph', { path: 'graph', type: 'graphql', serviceUrl: 'https://graph.example' })
const all = resolver('all', { api: graph, path: 'Query/orders' })
export const openApi = (summary: string): string =>
  JSON.stringify({
    openapi: '3.0.1',
    info: { title: 'Stock', version: '1', description: 'Of the document' },
    servers: [{ url: 'https://stock.example' }],
    paths: { '/items/{id}': { get: { operationId: 'get', summary } } },
  })

/** Every kind, written and changed. A new kind needs a row here and nothing else. */
export const rows: Readonly<Record<KindName, Row>> = {
  namedValue: (changed) => [namedValue('audience', { value: changed ? 'b' : 'a', tags: ['x'] })],
  credentialProvider: (changed) => [
    credentialProvider.oauth2('generic', {
      displayName: changed ? 'B' : 'A',
      authorizationCode: {
        clientId: 'id',
        clientSecret: fromValue('planted-provider'),
        authorizationUrl: 'https://login.example/authorize',
        tokenUrl: 'https://login.example/token',
        refreshUrl: 'https://login.example/token',
      },
    }),
  ],
  connection: (changed) => [provider, client(changed ? 'planted-2' : 'planted-1')],
  accessPolicy: (changed) => {
    const used = client('planted-1')
    const tenantId = changed ? '22222222-2222-2222-2222-222222222222' : '11111111-1111-1111-1111-111111111111'
    return [
      provider,
      used,
      accessPolicy('me', { connection: used, principal: principal.user({ objectId: 'o', tenantId }) }),
    ]
  },
  certificate: (changed) => [
    certificate('own', {
      data: fromValue(changed ? 'planted-b' : 'planted-a'),
      password: fromValue('planted-password'),
    }),
    certificate('vault', { keyVault: { secretIdentifier: 'https://shop.vault.azure.net/secrets/certificate' } }),
  ],
  backend: (changed) => [
    key,
    east,
    backend('west', {
      url: 'https://west.example',
      credentials: { header: { 'x-key': [key] }, authorization: { scheme: 'Basic', parameter: '{{key}}' } },
      circuitBreaker: {
        rules: [
          {
            name: 'down',
            tripDuration: 'PT1M',
            failureCondition: { count: changed ? 5 : 3, interval: 'PT5M', statusCodeRanges: [{ min: 500, max: 599 }] },
          },
        ],
      },
    }),
    backend('both', { pool: [{ backend: east, weight: 3, priority: 1 }] }),
  ],
  logger: (changed) => [
    key,
    logger('events', {
      loggerType: 'azureEventHub',
      credentials: { name: 'orders', connectionString: key },
      isBuffered: !changed,
    }),
  ],
  cache: (changed) => [cache('default', { connectionString: fromValue(changed ? 'planted-d' : 'planted-c') })],
  schema: (changed) => [
    schema('order', { json: { type: changed ? 'object' : 'string', title: 'Order' } }),
    schema('old-order', { xml: '<schema xmlns="http://www.w3.org/2001/XMLSchema" />', description: 'Of the old shop' }),
  ],
  policyFragment: (changed) => [
    policyFragment('sign-in', { value: fragment([setHeader({ name: changed ? 'X-B' : 'X-A', value: '1' })]) }),
  ],
  globalPolicy: (changed) => [
    globalPolicy(
      policies({
        inbound: [setHeader({ name: changed ? 'X-B' : 'X-A', value: '1' })],
        backend: [],
        outbound: [],
        onError: [],
      }),
    ),
  ],
  diagnostic: (changed) => [
    insights,
    diagnostic('applicationinsights', { loggerId: insights, sampling: { percentage: changed ? 10 : 50 } }),
  ],
  tag: (changed) => [tag('sales', { displayName: changed ? 'B' : 'A' })],
  group: (changed) => [group('partners', { description: changed ? 'B' : 'A' })],
  apiVersionSet: (changed) => [
    apiVersionSet('orders', { versioningScheme: 'Header', versionHeaderName: changed ? 'X-B' : 'X-A' }),
  ],
  api: (changed) => [
    api('stock', {
      path: 'stock',
      apiVersionSetId: apiVersionSet('v', { versioningScheme: 'Segment' }),
      apiVersion: 'v1',
      contact: { name: changed ? 'B' : 'A' },
    }),
    apiVersionSet('v', { versioningScheme: 'Segment' }),
    api('events', { path: 'events', type: 'websocket', serviceUrl: 'wss://events.example' }),
  ],
  apiPolicy: (changed) => [api('stock', { path: 'stock', policy: document(changed ? 'X-B' : 'X-A') })],
  apiTag: () => [sales, api('stock', { path: 'stock', tags: [sales] })],
  apiDiagnostic: (changed) => [
    orders,
    insights,
    apiDiagnostic('applicationinsights', {
      api: orders,
      loggerId: insights,
      frontend: { request: { headers: ['x'], body: { bytes: changed ? 10 : 20 } } },
    }),
  ],
  apiSchema: (changed) => [
    orders,
    apiSchema('order', { api: orders, components: { schemas: { order: { type: changed ? 'object' : 'string' } } } }),
  ],
  apiRelease: (changed) => {
    const second = apiRevision('2', { api: orders })
    return [orders, second, apiRelease('june', { api: orders, revision: second, notes: changed ? 'B' : 'A' })]
  },
  operation: (changed) => [
    orders,
    operation('put', {
      api: orders,
      method: 'PUT',
      urlTemplate: '/{id}',
      templateParameters: [{ name: 'id', type: 'string', required: true, values: ['a', 'b'] }],
      request: {
        headers: [{ name: 'X-Who', type: 'string' }],
        representations: [
          {
            contentType: 'application/json',
            examples: { default: { value: { amount: 1 } } },
          },
        ],
      },
      responses: [{ statusCode: 200, description: changed ? 'B' : 'A' }, { statusCode: 404 }],
    }),
  ],
  operationPolicy: (changed) => [
    orders,
    operation('list', { api: orders, method: 'GET', urlTemplate: '/', policy: document(changed ? 'X-B' : 'X-A') }),
  ],
  operationTag: () => [
    orders,
    sales,
    operation('list', { api: orders, method: 'GET', urlTemplate: '/', tags: [sales] }),
    get,
  ],
  resolver: (changed) => [graph, resolver('one', { api: graph, path: changed ? 'Query/b' : 'Query/a' })],
  resolverPolicy: (changed) => [
    graph,
    resolver('one', {
      api: graph,
      path: 'Query/a',
      policy: resolverPolicy(
        httpDataSource({ httpRequest: { setMethod: 'GET', setUrl: `https://orders.example/${changed ? 'b' : 'a'}` } }),
      ),
    }),
    all,
  ],
  product: (changed) => [product('shop', { terms: changed ? 'B' : 'A', state: 'published', approvalRequired: true })],
  productApi: () => [orders, product('shop', { apis: [orders] })],
  productGroup: () => [group('partners'), product('shop', { groups: [group('partners'), 'developers'] })],
  productTag: () => [sales, product('shop', { tags: [sales] })],
  productPolicy: (changed) => [product('shop', { policy: document(changed ? 'X-B' : 'X-A') })],
  subscription: (changed) => [
    shop,
    orders,
    subscription('one', {
      scope: shop,
      displayName: changed ? 'B' : 'A',
      primaryKey: fromValue('planted-subscription'),
    }),
    subscription('two', { scope: orders }),
    subscription('three', { scope: 'allApis' }),
  ],
}
