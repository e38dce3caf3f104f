import { getRequestListener } from '@hono/node-server'
import { kinds, serviceId, type ServiceAddress } from '@apim-kit/core'
import { RequestJournal } from './arm/request-journal.js'
import { armRoutes } from './arm/routes.js'
import { createClock, type Clock } from './clock.js'
import { controlRoutes } from './control.js'
import type { CredentialManager } from './credentials/credential-manager.js'
import type { EmulatorContext, Gateway } from './emulator-context.js'
import { gatewayConfiguration } from './gateway-configuration.js'
import type { RequestTrace } from './gateway/trace.js'
import { entraHosts } from './identity/addresses.js'
import { createIdentityProvider, type IdentityProvider, type TokenRequest } from './identity/identity-provider.js'
import { keyVaultRoutes, vaultOfHost } from './key-vault/routes.js'
import { SecretStore } from './key-vault/secret-store.js'
import { listen, type Listener } from './listener.js'
import { settingsOf, type EmulatorOptions, type Settings } from './options.js'
import { createOutbound } from './outbound.js'
import { createCredentialManager, createGateway } from './stand-ins.js'
import { readState, StateFile } from './state-file.js'
import { ResourceStore } from './store.js'
import { storedCredentials } from './stored-credentials.js'

/** A running emulator. The addresses are URLs without a slash at the end. */
export interface Emulator extends AsyncDisposable {
  /** Azure Resource Manager. */
  readonly arm: string
  /** Where clients call the APIs. */
  readonly gateway: string
  /** Microsoft Entra ID: `<identity>/<tenant>/oauth2/token` and the like. */
  readonly identity: string
  /** Key Vault, for requests whose host name is no vault's: the first vault of the options. */
  readonly keyVault: string
  /** Where the one service stands. */
  readonly service: ServiceAddress
  /** The tenant of the service and of the identity provider. */
  readonly tenantId: string
  /** Object id of the service's system-assigned identity. */
  readonly principalId: string
  /** The time of everything in the emulator. */
  readonly clock: Clock
  /** What was asked of the management plane. */
  readonly requests: RequestJournal
  /** What happened to the last requests in the gateway. */
  readonly traces: readonly RequestTrace[]
  /** An access token of the identity provider, for calling protected APIs. */
  issueToken(request: TokenRequest): Promise<string>
  /** Ends both listeners with all their connections and, with `state`, waits until the file is written. */
  close(): Promise<void>
}

/**
 * Starts Azure API Management in this process: management plane, gateway, credential manager, identity provider and Key Vault,
 * reachable from this machine only.
 *
 * @throws ApimKitError `port-in-use` for a port that is taken, `invalid-input` for an option or a state file that does not fit
 * @example
 * const emulator = await startEmulator({ keyVaults: { shop: { 'client-secret': 's3cret' } } })
 * await fetch(`${emulator.gateway}/orders`)
 * await emulator.close()
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const settings = settingsOf(options)
  const parts = assemble(settings)
  const management = await listen(getRequestListener(parts.management), settings.port, 'port')
  const gateway = await listen(parts.gateway.listener, settings.gatewayPort, 'gatewayPort').catch(
    async (error: unknown) => {
      await management.close()
      throw error
    },
  )
  parts.connect(management.url, gateway.url)
  const close = (): Promise<void> => closeAll(parts, [management, gateway])
  return {
    arm: management.url,
    identity: management.url,
    keyVault: management.url,
    gateway: gateway.url,
    service: settings.service,
    tenantId: settings.tenantId,
    principalId: settings.principalId,
    clock: parts.clock,
    requests: parts.requests,
    get traces() {
      return parts.gateway.traces
    },
    issueToken: (request) => parts.identity.issueToken(request),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Everything between the two listeners. */
interface Parts {
  readonly clock: Clock
  readonly requests: RequestJournal
  readonly identity: IdentityProvider
  readonly gateway: Gateway
  readonly management: (request: Request) => Response | Promise<Response>
  /** Tells the parts where they are reached, once that is known. */
  readonly connect: (managementUrl: string, gatewayUrl: string) => void
  readonly close: () => Promise<void>
}

function assemble(settings: Settings): Parts {
  const { service, tenantId, principalId, location } = settings
  const clock = createClock(settings.startAt)
  const store = new ResourceStore()
  const secrets = new SecretStore(clock)
  const state = keepState(settings, store, secrets)
  const hosts: Record<string, string> = {}
  const outbound = createOutbound({ hosts })
  const identity = createIdentityProvider({ tenantId, applications: settings.applications, clock })
  const credentials = createCredentialManager({ store: storedCredentials(store, settings), outbound, clock })
  forgetWhatChanges(store, credentials)
  let gatewayUrl = ''
  const info: EmulatorContext['service'] = {
    name: service.service,
    id: serviceId(service),
    location,
    tenantId,
    get gatewayUrl() {
      return gatewayUrl
    },
  }
  const configuration = gatewayConfiguration(store, secrets)
  const gateway = createGateway({ service: info, configuration, credentials, outbound, clock })
  const requests = new RequestJournal()
  const arm = armRoutes(
    {
      store,
      secrets,
      credentials,
      service: {
        address: service,
        location,
        sku: settings.sku,
        identity: { principalId, tenantId },
        gatewayUrl: () => gatewayUrl,
      },
      checkPolicy: (document, place) => gateway.check(document, place),
      pageSize: settings.pageSize,
      longRunning: settings.longRunning,
    },
    requests,
  )
  const [defaultVault = 'apim-kit'] = Object.keys(settings.keyVaults)
  const keyVault = keyVaultRoutes({ secrets, tenantId, defaultVault })
  const control = controlRoutes(clock, requests)
  return {
    clock,
    requests,
    identity,
    gateway,
    management: (request) => {
      const { pathname } = new URL(request.url)
      if (vaultOfHost(request.headers.get('host') ?? '') !== undefined) return keyVault.fetch(request)
      if (/^\/subscriptions\//i.test(pathname)) return arm.fetch(request)
      if (/^\/secrets(?:\/|$)/i.test(pathname)) return keyVault.fetch(request)
      if (/^\/emulator\//.test(pathname)) return control.fetch(request)
      return identity.fetch(request)
    },
    connect: (managementUrl, ownGatewayUrl) => {
      gatewayUrl = ownGatewayUrl
      for (const host of [...entraHosts, '*.vault.azure.net']) hosts[host] = managementUrl
      hosts[`${service.service}.azure-api.net`] = gatewayUrl
      Object.assign(hosts, settings.hosts)
    },
    close: async () => {
      gateway.close()
      outbound.close()
      await state?.flush()
    },
  }
}

/** Fills the stores from the state file and the options, and keeps the file up to date from then on. */
function keepState(
  { state: path, keyVaults }: Settings,
  store: ResourceStore,
  secrets: SecretStore,
): StateFile | undefined {
  const state = path === undefined ? undefined : readState(path)
  store.restore(state?.resources ?? [])
  secrets.restore(state?.secrets ?? [])
  const file =
    path === undefined ? undefined : new StateFile(path, () => ({ resources: store.rows(), secrets: secrets.rows() }))
  if (file !== undefined) {
    store.onChange(() => file.save())
    secrets.onChange(() => file.save())
  }
  for (const [vault, values] of Object.entries(keyVaults))
    for (const [name, value] of Object.entries(values)) secrets.seed(vault, name, value)
  return file
}

/** Tokens of a provider or connection that was changed or deleted are worth nothing any more. */
function forgetWhatChanges(store: ResourceStore, credentials: CredentialManager): void {
  store.onChange(({ action, resource: { kind, names } }) => {
    const [provider = '', connection] = names
    if (kind.kind === kinds.credentialProvider.kind) credentials.forget(provider)
    // A connection that was written is connected anew, which forgets by itself.
    if (kind.kind === kinds.connection.kind && action === 'delete') credentials.forget(provider, connection)
  })
}

async function closeAll(parts: Parts, listeners: readonly Listener[]): Promise<void> {
  await Promise.all(listeners.map((listener) => listener.close()))
  await parts.close()
}
