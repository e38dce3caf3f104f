import { accessPolicy, api, connection, credentialProvider, operation, service, stack } from '@apim-kit/core'
import { fromEnvironment } from '@apim-kit/deploy'
import { base, getAuthorizationContext, policies } from '@apim-kit/policy-dsl'

const tenantId = '11111111-1111-1111-1111-111111111111'

const warehouse = credentialProvider.aad('warehouse', {
  displayName: 'Warehouse',
  clientCredentials: { resourceUri: 'api://warehouse', tenantId },
})

const shop = connection('shop', {
  provider: warehouse,
  clientId: '33333333-3333-3333-3333-333333333333',
  clientSecret: fromEnvironment('SHOP_SECRET'),
})

export const callWarehouse = policies({
  inbound: [base(), getAuthorizationContext({ connection: shop, variable: 'auth-context' }).setBearerHeader()],
})

const orders = api('orders', {
  displayName: 'Orders',
  path: 'orders',
  serviceUrl: 'https://warehouse.example',
  subscriptionRequired: false,
  policy: callWarehouse,
})

export const shopStack = stack({
  name: 'shop',
  resources: [
    warehouse,
    shop,
    accessPolicy('shop-gateway', { connection: shop, principal: service.managedIdentity }),
    orders,
    operation('list', { displayName: 'List', api: orders, method: 'GET', urlTemplate: '/' }),
  ],
})
