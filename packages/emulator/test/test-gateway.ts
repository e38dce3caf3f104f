import { serve } from '@hono/node-server'
import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { createClock, type Clock } from '../src/clock.js'
import { createCredentialManager } from '../src/credentials/credential-manager.js'
import type { CredentialStore } from '../src/credentials/credential-store.js'
import type {
  ApiProperties,
  BackendProperties,
  ConfigurationChange,
  Deployed,
  Gateway,
  GatewayConfiguration,
  OperationProperties,
  PolicyAddress,
  ProductProperties,
  SubscriptionProperties,
  VersionSetProperties,
} from '../src/emulator-context.js'
import { createGateway } from '../src/gateway/gateway.js'
import { createIdentityProvider, type IdentityProvider } from '../src/identity/identity-provider.js'
import { listen } from '../src/listener.js'
import { createOutbound } from '../src/outbound.js'

/** An API of a test: its operations as `GET /orders/{id}`, each with its policies in format `rawxml`, or undefined for none. */
export interface TestApi extends Partial<ApiProperties> {
  readonly policy?: string
  readonly operations: Readonly<Record<string, string | undefined>>
}

/** A product of a test, with the names of its APIs. */
export interface TestProduct extends Partial<ProductProperties> {
  readonly apis: readonly string[]
  readonly policy?: string
}

/** What is deployed in a test. */
export interface TestDeployment {
  readonly apis?: Readonly<Record<string, TestApi>>
  readonly namedValues?: Readonly<Record<string, string>>
  readonly backends?: Readonly<Record<string, BackendProperties>>
  /** Documents of fragments. */
  readonly fragments?: Readonly<Record<string, string>>
  readonly products?: Readonly<Record<string, TestProduct>>
  readonly subscriptions?: Readonly<Record<string, Partial<SubscriptionProperties>>>
  readonly versionSets?: Readonly<Record<string, VersionSetProperties>>
  /** The document of the global scope. */
  readonly policy?: string
}

/** What the backend saw of a request. */
export interface BackendRequest {
  readonly method: string
  readonly url: string
  /** Fields as they stood on the wire. */
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

/** A gateway between real listeners: an echoing backend as `https://backend.test`, Entra under its own name. */
export interface TestGateway {
  readonly url: string
  readonly gateway: Gateway
  readonly clock: Clock
  readonly identity: IdentityProvider
  /** The requests that reached the backend, newest last. */
  readonly received: BackendRequest[]
  /** Replaces what is deployed. */
  deploy(deployment: TestDeployment): void
  call(path: string, init?: RequestInit): Promise<Response>
  close(): Promise<void>
}

export const tenantId = '11111111-2222-3333-4444-555555555555'
export const backendAppId = 'aaaaaaaa-0000-0000-0000-000000000001'
export const clientAppId = 'aaaaaaaa-0000-0000-0000-000000000002'
export const strangerAppId = 'aaaaaaaa-0000-0000-0000-000000000003'

const applications = [
  { appId: backendAppId, identifierUris: ['api://backend'], appRoles: ['Sample.Read', 'Sample.Write'] },
  { appId: '00000000-0000-0000-0000-00000000000b', identifierUris: ['api://other'] },
  {
    appId: clientAppId,
    clientSecrets: ['client-secret'],
    appRoleAssignments: [{ resource: 'api://backend', roles: ['Sample.Read'] }],
  },
  { appId: strangerAppId, clientSecrets: ['stranger-secret'] },
]

/** How the backend answers; its default is an echo of the request as JSON. */
export type BackendHandler = (request: IncomingMessage, response: ServerResponse) => void

export async function startTestGateway(backend?: BackendHandler): Promise<TestGateway> {
  const clock = createClock()
  const received: BackendRequest[] = []
  const backendListener = await listen(backend ?? echo(received), 0, 'port')
  const identity = createIdentityProvider({ tenantId, applications, clock })
  const entra = serve({ fetch: (request) => identity.fetch(request), hostname: '127.0.0.1', port: 0 }) as Server
  await once(entra, 'listening')
  const address = entra.address()
  const entraUrl = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : ''
  const hosts: Record<string, string> = {
    'backend.test': backendListener.url,
    'login.microsoftonline.com': entraUrl,
  }
  const outbound = createOutbound({ hosts })
  const configuration = new TestConfiguration()
  const gateway = createGateway({
    service: { name: 'contoso', id: '/contoso', location: 'West Europe', tenantId, gatewayUrl: '' },
    configuration,
    credentials: createCredentialManager({
      service: 'contoso',
      managementUrl: () => 'http://127.0.0.1:1',
      store: connections,
      outbound,
      clock,
    }),
    outbound,
    clock,
  })
  const listener = await listen(gateway.listener, 0, 'port')
  hosts['contoso.azure-api.net'] = listener.url
  return {
    url: listener.url,
    gateway,
    clock,
    identity,
    received,
    deploy: (deployment) => configuration.deploy(deployment),
    call: (path, init) => fetch(listener.url + path, init),
    close: async () => {
      gateway.close()
      outbound.close()
      entra.closeAllConnections()
      entra.close()
      await Promise.all([listener.close(), backendListener.close()])
    },
  }
}

const serviceIdentity = { objectId: 'bbbbbbbb-0000-0000-0000-000000000001', tenantId }

/** The article's connection `client-connection`, and `closed-connection`, which nobody may use. */
const connections: CredentialStore = {
  getProvider: (providerId) =>
    providerId === 'credential-provider'
      ? {
          identityProvider: 'aad',
          oauth2: { grantTypes: { clientCredentials: { resourceUri: 'api://backend', tenantId } } },
        }
      : undefined,
  getConnection: () => ({
    oauth2grantType: 'ClientCredentials',
    parameters: { clientId: clientAppId, clientSecret: 'client-secret' },
  }),
  listAccessPolicies: (_, authorizationId) => (authorizationId === 'client-connection' ? [serviceIdentity] : []),
  setConnectionStatus: () => undefined,
  getManagedIdentity: () => serviceIdentity,
}

function echo(received: BackendRequest[]): BackendHandler {
  return (request, response) => {
    void buffer(request).then((body) => {
      const fields: [string, string][] = []
      const { rawHeaders, method = '', url = '' } = request
      for (let at = 0; at < rawHeaders.length; at += 2) fields.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? ''])
      const seen = { method, url, headers: fields, body: body.toString() }
      received.push(seen)
      response.writeHead(200, { 'Content-Type': 'application/json', 'X-Backend': 'yes' }).end(JSON.stringify(seen))
    })
  }
}

/** The deployed resources of a test. */
export class TestConfiguration implements GatewayConfiguration {
  #deployment: TestDeployment = {}
  readonly #listeners = new Set<(change: ConfigurationChange) => void>()

  deploy(deployment: TestDeployment): void {
    this.#deployment = deployment
    for (const listener of this.#listeners) listener({ kind: 'namedValue' })
  }

  listApis(): readonly Deployed<ApiProperties>[] {
    return this.#apis().filter(({ properties }) => properties.isCurrent)
  }

  listRevisions(): readonly Deployed<ApiProperties>[] {
    return this.#apis().filter(({ properties }) => !properties.isCurrent)
  }

  #apis(): readonly Deployed<ApiProperties>[] {
    return Object.entries(this.#deployment.apis ?? {}).map(([id, api]) => ({
      id,
      properties: {
        displayName: id,
        path: id,
        serviceUrl: 'https://backend.test/base',
        protocols: ['https'],
        subscriptionRequired: false,
        subscriptionKeyParameterNames: { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' },
        apiRevision: '1',
        isCurrent: true,
        ...propertiesOf(api),
      },
    }))
  }

  listOperations(apiId: string): readonly Deployed<OperationProperties>[] {
    return Object.keys(this.#deployment.apis?.[apiId]?.operations ?? {}).map((id) => {
      const space = id.indexOf(' ')
      return { id, properties: { displayName: id, method: id.slice(0, space), urlTemplate: id.slice(space + 1) } }
    })
  }

  getBackend(backendId: string) {
    const properties = this.#deployment.backends?.[backendId]
    return properties === undefined ? undefined : { id: backendId, properties }
  }

  getFragment(fragmentId: string) {
    const text = this.#deployment.fragments?.[fragmentId]
    return text === undefined ? undefined : { text, format: 'rawxml' as const }
  }

  listProducts(apiId: string): readonly Deployed<ProductProperties>[] {
    return Object.entries(this.#deployment.products ?? {})
      .filter(([, { apis }]) => apis.includes(apiId))
      .map(([id, product]) => ({
        id,
        properties: { displayName: id, subscriptionRequired: true, state: 'published', ...product },
      }))
  }

  listSubscriptions(): readonly Deployed<SubscriptionProperties>[] {
    return Object.entries(this.#deployment.subscriptions ?? {}).map(([id, subscription]) => ({
      id,
      properties: {
        displayName: id,
        scope: '/apis',
        state: 'active',
        primaryKey: `${id}-1`,
        secondaryKey: `${id}-2`,
        ...subscription,
      },
    }))
  }

  getVersionSet(versionSetId: string) {
    const properties = this.#deployment.versionSets?.[versionSetId]
    return properties === undefined ? undefined : { id: versionSetId, properties }
  }

  listCertificates() {
    return []
  }

  getPolicy(address: PolicyAddress) {
    const text = this.#textAt(address)
    return text === undefined ? undefined : { text, format: 'rawxml' as const }
  }

  getNamedValue(displayName: string): string | undefined {
    return this.#deployment.namedValues?.[displayName]
  }

  onChange(listener: (change: ConfigurationChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #textAt(address: PolicyAddress): string | undefined {
    const { apis = {}, policy } = this.#deployment
    if (address.scope === 'global') return policy
    if (address.scope === 'product') return this.#deployment.products?.[address.productId]?.policy
    const api = apis[address.apiId]
    return address.scope === 'api' ? api?.policy : api?.operations[address.operationId]
  }
}

/** What a test says of an API beside its documents. */
function propertiesOf(api: TestApi): Partial<ApiProperties> {
  return Object.fromEntries(Object.entries(api).filter(([name]) => name !== 'policy' && name !== 'operations'))
}

/** A document with these sections, each of them `base` unless said otherwise. */
export function document(sections: {
  readonly inbound?: string
  readonly backend?: string
  readonly outbound?: string
  readonly onError?: string
}): string {
  const { inbound = '<base />', backend = '<base />', outbound = '<base />', onError = '<base />' } = sections
  return `<policies><inbound>${inbound}</inbound><backend>${backend}</backend><outbound>${outbound}</outbound><on-error>${onError}</on-error></policies>`
}
