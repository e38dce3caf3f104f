import type { SecretResolution } from '@apim-kit/core'
import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
} from '@azure/core-rest-pipeline'
import type { TokenCredential } from '@azure/identity'
import type { SecretClient } from '@azure/keyvault-secrets'

/**
 * Reads secrets by the real `SecretClient`, one client a vault, every secret once.
 *
 * @param endpoint - where requests go instead of to the vault itself; undefined for Azure
 */
export function keyVaultReader(
  credential: TokenCredential,
  endpoint: string | undefined,
): SecretResolution['keyVault'] {
  const clients = new Map<string, Promise<SecretClient>>()
  const clientOf = async (vaultUrl: string): Promise<SecretClient> => {
    const known = clients.get(vaultUrl)
    if (known !== undefined) return known
    const client = import('@azure/keyvault-secrets').then(
      (sdk) =>
        new sdk.SecretClient(vaultUrl, credential, {
          retryOptions: { maxRetries: 3, retryDelayInMs: 250 },
          ...(endpoint === undefined ? {} : { httpClient: redirected(endpoint) }),
        }),
    )
    clients.set(vaultUrl, client)
    return client
  }
  return async (vaultUrl, name, version) => {
    const client = await clientOf(vaultUrl)
    const { value } = await client.getSecret(name, version === undefined ? {} : { version })
    return value ?? ''
  }
}

/**
 * Sends what is meant for a vault to another endpoint, with the vault's name in `Host`. The client above it goes on seeing
 * `https://<vault>.vault.azure.net`, which its own checks insist on.
 */
function redirected(endpoint: string): HttpClient {
  const direct = createDefaultHttpClient()
  return {
    sendRequest: async (request) => {
      const asked = new URL(request.url)
      const headers = createHttpHeaders(request.headers.toJSON({ preserveCase: true }))
      headers.set('Host', asked.host)
      const url = `${endpoint}${asked.pathname}${asked.search}`
      const sent = createPipelineRequest({ ...request, url, headers, allowInsecureConnection: true })
      return { ...(await direct.sendRequest(sent)), request }
    },
  }
}
