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
  product,
  resolver,
  schema,
  service,
  stack,
  subscription,
  tag,
  type Stack,
} from '@apim-kit/core'
import type { EmulatorOptions } from '@apim-kit/emulator'
import {
  base,
  fragment,
  httpDataSource,
  namedValueReference,
  policies,
  resolverPolicy,
  setHeader,
} from '@apim-kit/policy-dsl'
import { fromValue } from '../src/index.js'

const clientId = '44444444-4444-4444-4444-444444444444'

/** An emulator whose identity provider knows the stack's client. */
export const everyKindOptions: EmulatorOptions = {
  keyVaults: { shop: { certificate: 'pl4nted-certificate' } },
  applications: [
    { appId: '33333333-3333-3333-3333-333333333333', identifierUris: ['api://backend'] },
    { appId: clientId, clientSecrets: ['pl4nted-client'] },
  ],
}

/** A stack with at least one resource of every kind; a test proves that none is missing. */
export function everyKind(): Stack {
  const token = namedValue('token', { value: fromValue('pl4nted-token') })
  const provider = credentialProvider.aad('provider', {
    clientCredentials: { resourceUri: 'api://backend', tenantId: '11111111-1111-1111-1111-111111111111' },
  })
  const client = connection('client', { provider, clientId, clientSecret: fromValue('pl4nted-client') })
  const insights = logger('insights', {
    loggerType: 'applicationInsights',
    credentials: { connectionString: fromValue('InstrumentationKey=pl4nted') },
  })
  const sales = tag('sales', { displayName: 'Sales' })
  const signIn = policyFragment('sign-in', { value: fragment([setHeader({ name: 'X-Team', value: 'orders' })]) })
  const policy = policies({ inbound: [base(), setHeader({ name: 'X-Token', value: namedValueReference('token') })] })
  const versions = apiVersionSet('versions', { versioningScheme: 'Segment' })
  const orders = api('orders', {
    path: 'orders',
    apiVersionSetId: versions,
    apiVersion: 'v1',
    serviceUrl: service.gatewayUrl,
    policy,
    tags: [sales],
  })
  const stock = api('stock', { path: 'stock' })
  const second = apiRevision('2', { api: stock, apiRevisionDescription: 'New prices' })
  const graph = api('graph', { path: 'graph', type: 'graphql', serviceUrl: 'https://graph.example' })
  const partners = group('partners', { description: 'Partners' })
  const shop = product('shop', {
    apis: [orders],
    groups: [partners],
    tags: [sales],
    policy: policies({ inbound: [base()] }),
  })
  return stack({
    name: 'every-kind',
    resources: [
      token,
      provider,
      client,
      accessPolicy('identity', { connection: client, principal: service.managedIdentity }),
      certificate('client', { keyVault: { secretIdentifier: 'https://shop.vault.azure.net/secrets/certificate' } }),
      backend('east', { url: 'https://east.example' }),
      insights,
      cache('default', { connectionString: fromValue('pl4nted-redis') }),
      schema('order', { json: { type: 'object', required: ['id'] } }),
      signIn,
      globalPolicy(policies({ inbound: [setHeader({ name: 'X-Gateway', value: 'apim' })] })),
      diagnostic('applicationinsights', { loggerId: insights }),
      sales,
      partners,
      versions,
      orders,
      stock,
      second,
      apiRelease('june', { api: stock, revision: second, notes: 'New prices' }),
      apiDiagnostic('applicationinsights', { api: orders, loggerId: insights }),
      apiSchema('order', { api: orders, components: { schemas: { order: { type: 'object' } } } }),
      operation('get', { api: orders, method: 'GET', urlTemplate: '/{id}', policy, tags: [sales] }),
      graph,
      apiSchema('graphql', { api: graph, graphql: 'type Query { orders: [String] }' }),
      resolver('orders', {
        api: graph,
        path: 'Query/orders',
        policy: resolverPolicy(
          httpDataSource({ httpRequest: { setMethod: 'GET', setUrl: 'https://orders.example/orders' } }),
        ),
      }),
      shop,
      subscription('storefront', { scope: shop }),
    ],
  })
}
