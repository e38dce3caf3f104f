import { kinds } from '@apim-kit/core'
import type {
  ApiProperties,
  BackendProperties,
  ConfigurationChange,
  Deployed,
  GatewayConfiguration,
  OperationProperties,
  PolicyAddress,
  PolicyDocument,
  ProductProperties,
  SubscriptionProperties,
  StoredCertificate,
  VersionSetProperties,
} from './emulator-context.js'
import type { SecretStore } from './key-vault/secret-store.js'
import { keyVaultText, namedValueText } from './named-value-text.js'
import type { ResourceStore, StoredResource } from './store.js'

/** The stored resources as the gateway reads them. */
export function gatewayConfiguration(store: ResourceStore, secrets: SecretStore): GatewayConfiguration {
  return {
    listApis: () =>
      store
        .list(kinds.api, [])
        .map(deployed<ApiProperties>)
        .filter(({ properties }) => properties.isCurrent),
    listRevisions: () =>
      store
        .list(kinds.api, [])
        .map(deployed<ApiProperties>)
        .filter(({ properties }) => !properties.isCurrent),
    listOperations: (apiId) => store.list(kinds.operation, [apiId]).map(deployed<OperationProperties>),
    getBackend: (backendId) => found<BackendProperties>(store.get(kinds.backend, [backendId])),
    getFragment: (fragmentId) => documentOf(store.get(kinds.policyFragment, [fragmentId])),
    listProducts: (apiId) =>
      store
        .list(kinds.product, [])
        .filter(({ names }) => store.get(kinds.productApi, [...names, apiId]) !== undefined)
        .map(deployed<ProductProperties>),
    listSubscriptions: () => store.list(kinds.subscription, []).map(deployed<SubscriptionProperties>),
    getVersionSet: (versionSetId) => found<VersionSetProperties>(store.get(kinds.apiVersionSet, [versionSetId])),
    listCertificates: () => store.list(kinds.certificate, []).map((resource) => certificateOf(resource, secrets)),
    getPolicy: (address) => documentOf(policyAt(address, store)),
    getNamedValue: (displayName) => {
      const found = store.list(kinds.namedValue, []).find(({ properties }) => properties['displayName'] === displayName)
      return found === undefined ? undefined : namedValueText(found, secrets)
    },
    onChange: (listener) => {
      const endStore = store.onChange(({ resource }) => {
        const change = changes[resource.kind.kind]?.(resource)
        if (change !== undefined) listener(change)
      })
      const endSecrets = secrets.onChange(() => listener({ kind: 'namedValue' }))
      return () => {
        endStore()
        endSecrets()
      }
    },
  }
}

function certificateOf(resource: StoredResource, secrets: SecretStore): StoredCertificate {
  const { data, password, keyVault } = resource.properties as Readonly<Record<string, string | undefined>>
  return {
    id: resource.names.at(-1) ?? '',
    data: keyVault === undefined ? data : keyVaultText(resource, secrets),
    password,
  }
}

/** What a write means to the gateway. Kinds that it does not read have no row. */
const changes: Readonly<Record<string, (resource: StoredResource) => ConfigurationChange>> = {
  [kinds.namedValue.kind]: () => ({ kind: 'namedValue' }),
  [kinds.api.kind]: ({ names: [apiId = ''] }) => ({ kind: 'api', apiId }),
  [kinds.operation.kind]: ({ names: [apiId = ''] }) => ({ kind: 'api', apiId }),
  [kinds.backend.kind]: () => ({ kind: 'backend' }),
  [kinds.certificate.kind]: () => ({ kind: 'certificate' }),
  [kinds.policyFragment.kind]: () => ({ kind: 'fragment' }),
  [kinds.product.kind]: () => ({ kind: 'product' }),
  [kinds.productApi.kind]: () => ({ kind: 'product' }),
  [kinds.subscription.kind]: () => ({ kind: 'subscription' }),
  [kinds.apiVersionSet.kind]: () => ({ kind: 'versionSet' }),
  [kinds.globalPolicy.kind]: () => ({ kind: 'policy', address: { scope: 'global' } }),
  [kinds.productPolicy.kind]: ({ names: [productId = ''] }) => ({
    kind: 'policy',
    address: { scope: 'product', productId },
  }),
  [kinds.apiPolicy.kind]: ({ names: [apiId = ''] }) => ({ kind: 'policy', address: { scope: 'api', apiId } }),
  [kinds.operationPolicy.kind]: ({ names: [apiId = '', operationId = ''] }) => ({
    kind: 'policy',
    address: { scope: 'operation', apiId, operationId },
  }),
}

function policyAt(address: PolicyAddress, store: ResourceStore): StoredResource | undefined {
  switch (address.scope) {
    case 'global':
      return store.get(kinds.globalPolicy, ['policy'])
    case 'product':
      return store.get(kinds.productPolicy, [address.productId, 'policy'])
    case 'api':
      return store.get(kinds.apiPolicy, [address.apiId, 'policy'])
    case 'operation':
      return store.get(kinds.operationPolicy, [address.apiId, address.operationId, 'policy'])
  }
}

function documentOf(resource: StoredResource | undefined): PolicyDocument | undefined {
  if (resource === undefined) return undefined
  const { value, format } = resource.properties as { value: string; format: PolicyDocument['format'] }
  return { text: value, format }
}

function found<P>(resource: StoredResource | undefined): Deployed<P> | undefined {
  return resource === undefined ? undefined : deployed<P>(resource)
}

function deployed<P>({ names, properties }: StoredResource): Deployed<P> {
  return { id: names.at(-1) ?? '', properties: properties as P }
}
