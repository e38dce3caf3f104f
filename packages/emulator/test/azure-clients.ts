import { ApiManagementClient } from '@azure/arm-apimanagement'
import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline'
import { SecretClient } from '@azure/keyvault-secrets'
import type { Emulator } from '../src/index.js'

/** Stands where a login would: the emulator takes any token. */
const credential: ConstructorParameters<typeof SecretClient>[1] = {
  getToken: async () => ({ token: 'any', expiresOnTimestamp: Date.now() + 3_600_000 }),
}

/** Azure's own client for API Management, talking to an emulator. */
export function apiManagementClient(emulator: Emulator): ApiManagementClient {
  const options = { endpoint: emulator.arm, allowInsecureConnection: true, retryOptions: { maxRetries: 0 } }
  const client = new ApiManagementClient(credential, emulator.service.subscriptionId, options)
  // It refuses to send a token over plain http, whatever allowInsecureConnection says.
  client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' })
  return client
}

/** What every method of {@link apiManagementClient} takes first. */
export function scopeOf({ service }: Emulator): [resourceGroup: string, service: string] {
  return [service.resourceGroup, service.service]
}

/** Azure's own client for the secrets of a vault, talking to an emulator and believing in https. */
export function secretClient(emulator: Emulator, vault: string): SecretClient {
  return new SecretClient(`https://${vault}.vault.azure.net`, credential, {
    httpClient: loopback(emulator.keyVault),
    retryOptions: { maxRetries: 0 },
  })
}

/** The same client, told to use the emulator's own address. */
export function plainSecretClient(emulator: Emulator): SecretClient {
  return new SecretClient(emulator.keyVault, credential, {
    allowInsecureConnection: true,
    retryOptions: { maxRetries: 0 },
  })
}

/** Sends what goes to a vault to the emulator; the vault's name stays in `Host`. */
function loopback(endpoint: string): HttpClient {
  const inner = createDefaultHttpClient()
  return {
    sendRequest: (request) => {
      const asked = new URL(request.url)
      const sent = { ...request, url: `${endpoint}${asked.pathname}${asked.search}`, allowInsecureConnection: true }
      sent.headers.set('Host', asked.host)
      return inner.sendRequest(sent)
    },
  }
}

/** A request without any client: what is really on the wire. */
export async function send(
  emulator: Emulator,
  method: string,
  path: string,
  options: { readonly body?: unknown; readonly headers?: Record<string, string> } = {},
): Promise<Response> {
  const { subscriptionId, resourceGroup, service } = emulator.service
  const base = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ApiManagement/service/${service}`
  const address = new URL(`${/^\/subscriptions\/[^/]+\/resourceGroups/i.test(path) ? '' : base}${path}`, emulator.arm)
  if (!address.searchParams.has('api-version')) address.searchParams.set('api-version', '2024-05-01')
  const { body, headers = {} } = options
  return fetch(address, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
}

/** Everything that an SDK's list gives, page after page. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}
