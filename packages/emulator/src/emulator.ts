import type { ServiceAddress } from '@apim-kit/core'
import type { RequestJournal } from './arm/request-journal.js'
import { assemble, type Parts } from './assemble.js'
import type { Clock } from './clock.js'
import type { RequestTrace } from './gateway/trace.js'
import type { TokenRequest } from './identity/identity-provider.js'
import { listen, type Listener } from './listener.js'
import { settingsOf, type EmulatorOptions } from './options.js'

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
  const management = await listen(parts.management, settings.port, 'port')
  const gateway = await listen(parts.gateway.listener, settings.gatewayPort, 'gatewayPort').catch(
    async (error: unknown) => {
      await management.close()
      throw error
    },
  )
  parts.connect(management.url, gateway.url)
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => (closing ??= closeAll(parts, [management, gateway]))
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

async function closeAll(parts: Parts, listeners: readonly Listener[]): Promise<void> {
  await Promise.all(listeners.map((listener) => listener.close()))
  await parts.close()
}
