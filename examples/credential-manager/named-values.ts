import { namedValue, service, type Resource } from '@apim-kit/core'
import { fromKeyVault } from '@apim-kit/deploy'
import type { Settings } from './settings.js'

/** The texts that the policies insert by `{{name}}`. */
export type NamedValues = Readonly<
  Record<'gatewayUrl' | 'tenantId' | 'audience' | 'scope' | 'clientId' | 'clientSecret', Resource<'namedValue'>>
>

export function createNamedValues({ tenantId, resourceUri, clientId, keyVaultUrl }: Settings): NamedValues {
  return {
    gatewayUrl: namedValue('apim-gateway-url', { value: service.gatewayUrl }),
    tenantId: namedValue('tenant-id', { value: tenantId }),
    audience: namedValue('oauth-audience', { value: resourceUri }),
    scope: namedValue('oauth-scope', { value: `${resourceUri}/.default` }),
    clientId: namedValue('client-id', { value: clientId }),
    clientSecret: namedValue('client-secret', { value: fromKeyVault(keyVaultUrl, 'client-secret') }),
  }
}
