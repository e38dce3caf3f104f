import { kinds } from '@apim-kit/core'
import type {
  ApiProperties,
  ConfigurationChange,
  Deployed,
  GatewayConfiguration,
  OperationProperties,
  PolicyAddress,
  PolicyDocument,
} from './emulator-context.js'
import type { SecretStore } from './key-vault/secret-store.js'
import { namedValueText } from './named-value-text.js'
import type { ResourceStore, StoredResource } from './store.js'

/** The stored resources as the gateway reads them. */
export function gatewayConfiguration(store: ResourceStore, secrets: SecretStore): GatewayConfiguration {
  return {
    listApis: () => store.list(kinds.api, []).map(deployed<ApiProperties>),
    listOperations: (apiId) => store.list(kinds.operation, [apiId]).map(deployed<OperationProperties>),
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

/** What a write means to the gateway. Kinds that it does not read have no row. */
const changes: Readonly<Record<string, (resource: StoredResource) => ConfigurationChange>> = {
  [kinds.namedValue.kind]: () => ({ kind: 'namedValue' }),
  [kinds.api.kind]: ({ names: [apiId = ''] }) => ({ kind: 'api', apiId }),
  [kinds.operation.kind]: ({ names: [apiId = ''] }) => ({ kind: 'api', apiId }),
  [kinds.apiPolicy.kind]: ({ names: [apiId = ''] }) => ({ kind: 'policy', address: { scope: 'api', apiId } }),
  [kinds.operationPolicy.kind]: ({ names: [apiId = '', operationId = ''] }) => ({
    kind: 'policy',
    address: { scope: 'operation', apiId, operationId },
  }),
}

function policyAt(address: PolicyAddress, store: ResourceStore): StoredResource | undefined {
  switch (address.scope) {
    case 'global':
      // No kind describes the document of all APIs yet, so nobody can have saved one.
      return undefined
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

function deployed<P>({ names, properties }: StoredResource): Deployed<P> {
  return { id: names.at(-1) ?? '', properties: properties as P }
}
