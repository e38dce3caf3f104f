import { ApimKitError, kinds, serviceId } from '@apim-kit/core'
import type { RequestListener } from 'node:http'
import { addBuiltInGroups } from './arm/behaviours/group.js'
import { RequestJournal } from './arm/request-journal.js'
import { armRoutes } from './arm/routes.js'
import { createClock, type Clock } from './clock.js'
import { controlRoutes } from './control.js'
import { consentRoutes } from './credentials/routes.js'
import { createCredentialManager, type CredentialManager } from './credentials/credential-manager.js'
import type { Gateway, ServiceInfo } from './emulator-context.js'
import { gatewayConfiguration } from './gateway-configuration.js'
import { createGateway } from './gateway/gateway.js'
import { entraHosts } from './identity/addresses.js'
import { createIdentityProvider, type IdentityProvider } from './identity/identity-provider.js'
import { keyVaultRoutes } from './key-vault/routes.js'
import { SecretStore } from './key-vault/secret-store.js'
import { managementListener } from './management-listener.js'
import type { Settings } from './options.js'
import { createOutbound } from './outbound.js'
import { readState, StateFile } from './state-file.js'
import { ResourceStore } from './store.js'
import { storedCredentials } from './stored-credentials.js'

/** Everything between the two listeners. */
export interface Parts {
  readonly clock: Clock
  readonly requests: RequestJournal
  readonly identity: IdentityProvider
  readonly gateway: Gateway
  readonly management: RequestListener
  /** Tells the parts where they are reached, once that is known. */
  readonly connect: (managementUrl: string, gatewayUrl: string) => void
  readonly close: () => Promise<void>
}

/** Makes the parts of an emulator and ties them together. */
export function assemble(settings: Settings): Parts {
  const { service: address, tenantId, principalId, location, sku } = settings
  const clock = createClock(settings.startAt)
  const store = new ResourceStore()
  addBuiltInGroups(store)
  const secrets = new SecretStore(clock)
  const state = keepState(settings, store, secrets)
  const hosts: Record<string, string> = {}
  const reached = { managementUrl: '' }
  const outbound = createOutbound({ hosts })
  const identity = createIdentityProvider({ tenantId, applications: settings.applications, clock })
  const credentials = createCredentialManager({
    store: storedCredentials(store, settings),
    outbound,
    clock,
    service: address.service,
    managementUrl: () => reached.managementUrl,
  })
  forgetWhatChanges(store, credentials)
  const service = { name: address.service, id: serviceId(address), location, tenantId, gatewayUrl: '' }
  const configuration = gatewayConfiguration(store, secrets)
  const gateway = createGateway({ service: service satisfies ServiceInfo, configuration, credentials, outbound, clock })
  const requests = new RequestJournal()
  const arm = {
    store,
    secrets,
    credentials,
    service: { address, location, sku, identity: { principalId, tenantId }, gatewayUrl: () => service.gatewayUrl },
    checkPolicy: (...args: Parameters<Gateway['check']>) => gateway.check(...args),
    pageSize: settings.pageSize,
    longRunning: settings.longRunning,
  }
  const [defaultVault = 'apim-kit'] = Object.keys(settings.keyVaults)
  return {
    clock,
    requests,
    identity,
    gateway,
    management: managementListener({
      arm: armRoutes(arm, requests),
      keyVault: keyVaultRoutes({ secrets, tenantId, defaultVault }),
      control: controlRoutes(clock, requests),
      consent: consentRoutes(credentials),
      identity,
    }),
    connect: (managementUrl, gatewayUrl) => {
      service.gatewayUrl = gatewayUrl
      reached.managementUrl = managementUrl
      for (const host of [...entraHosts, '*.vault.azure.net']) hosts[host] = managementUrl
      hosts[`${address.service}.azure-api.net`] = gatewayUrl
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
  const [unknown] = store.restore(state?.resources ?? [])
  // Going on would lose it with the next write of the file.
  if (unknown !== undefined)
    throw new ApimKitError(
      'invalid-input',
      `the state file ${path} holds a resource of the kind '${unknown.kind}', which this version does not know; use the version that wrote it, or another file`,
    )
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
