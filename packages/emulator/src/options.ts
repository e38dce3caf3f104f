import { ApimKitError, refuseUnknown, serviceKind, type ServiceAddress } from '@apim-kit/core'
import type { Application } from './identity/applications.js'

/** What {@link startEmulator} takes; everything has a default. */
export interface EmulatorOptions {
  /** Port of the management plane, the identity provider and Key Vault. Default: 0, a free one. */
  readonly port?: number
  /** Port of the gateway. Default: 0, a free one. */
  readonly gatewayPort?: number
  /**
   * The one service there is. Default: subscription `00000000-0000-0000-0000-000000000000`, resource group `apim-kit`, service
   * `emulator`.
   */
  readonly service?: Partial<ServiceAddress>
  /** The region, as answers show it. Default: `East US`. */
  readonly location?: string
  /** The pricing tier, as answers show it. Default: `BasicV2`. */
  readonly sku?: string
  /** Tenant of the service and of the identity provider. Default: `11111111-1111-1111-1111-111111111111`. */
  readonly tenantId?: string
  /** Object id of the service's system-assigned identity. Default: `22222222-2222-2222-2222-222222222222`. */
  readonly principalId?: string
  /**
   * Applications of the tenant: who gets tokens, and for what. Default: none.
   *
   * @example
   * [{ appId: backendId, identifierUris: ['api://backend'], appRoles: ['Sample.Read'] },
   *  { appId: clientId, clientSecrets: ['s3cret'], appRoleAssignments: [{ resource: 'api://backend', roles: ['Sample.Read'] }] }]
   */
  readonly applications?: readonly Application[]
  /**
   * Secrets by vault and name. The first vault is the one that is meant where no host name tells. Default: none.
   *
   * @example { shop: { 'client-secret': 's3cret' } }
   */
  readonly keyVaults?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /**
   * A JSON file that keeps resources and vaults from run to run. It holds **secrets in clear**; only its owner may read it.
   * Default: nothing is kept.
   */
  readonly state?: string
  /** Where the clock starts, milliseconds since 1970. Default: now. */
  readonly startAt?: number
  /**
   * Host names that policies use and that something else shall answer, by base URL: a backend on this machine. Default: none.
   *
   * @example { 'orders.example': 'http://127.0.0.1:3000' }
   */
  readonly hosts?: Readonly<Record<string, string>>
  /** Most items of one page of a list. Default: 100. */
  readonly pageSize?: number
  /**
   * How long-running operations answer: at once, or first 202 with an address that has to be polled, as the service mostly does.
   * Default: `immediate`.
   */
  readonly longRunning?: 'immediate' | 'accepted'
}

/** Options with the defaults filled in. */
export type Settings = Required<Omit<EmulatorOptions, 'service' | 'state' | 'startAt'>> & {
  readonly service: ServiceAddress
  readonly state: string | undefined
  readonly startAt: number | undefined
}

/** Every option there is. */
const emulatorOptions = {
  port: true,
  gatewayPort: true,
  service: true,
  location: true,
  sku: true,
  tenantId: true,
  principalId: true,
  applications: true,
  keyVaults: true,
  state: true,
  startAt: true,
  hosts: true,
  pageSize: true,
  longRunning: true,
} as const satisfies Record<keyof EmulatorOptions, true>

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Fills in the defaults.
 *
 * @throws ApimKitError `invalid-input`
 */
export function settingsOf(options: EmulatorOptions): Settings {
  refuseUnknown('startEmulator', options, emulatorOptions)
  const service = {
    subscriptionId: '00000000-0000-0000-0000-000000000000',
    resourceGroup: 'apim-kit',
    service: 'emulator',
    ...options.service,
  }
  const settings: Settings = {
    port: 0,
    gatewayPort: 0,
    location: 'East US',
    sku: 'BasicV2',
    tenantId: '11111111-1111-1111-1111-111111111111',
    principalId: '22222222-2222-2222-2222-222222222222',
    applications: [],
    keyVaults: {},
    hosts: {},
    pageSize: 100,
    longRunning: 'immediate',
    state: undefined,
    startAt: undefined,
    ...options,
    service,
  }
  for (const [fits, message] of rules(settings)) if (!fits) throw new ApimKitError('invalid-input', message)
  return settings
}

function rules({
  service,
  tenantId,
  principalId,
  pageSize,
  longRunning,
  port,
  gatewayPort,
}: Settings): [boolean, string][] {
  const isPort = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 65535
  return [
    [guid.test(service.subscriptionId), `service.subscriptionId has to be a GUID, not '${service.subscriptionId}'`],
    [serviceKind.name.pattern.test(service.service), `service.service has to be ${serviceKind.name.words}`],
    [
      /^[\w.()-]{1,90}$/.test(service.resourceGroup),
      'service.resourceGroup has to be 1 to 90 letters, digits, . _ - ( )',
    ],
    [guid.test(tenantId), `tenantId has to be a GUID, not '${tenantId}'`],
    [guid.test(principalId), `principalId has to be a GUID, not '${principalId}'`],
    [Number.isInteger(pageSize) && pageSize > 0, `pageSize has to be a whole number above 0, not ${pageSize}`],
    [
      ['immediate', 'accepted'].includes(longRunning),
      `longRunning has to be 'immediate' or 'accepted', not '${longRunning}'`,
    ],
    [isPort(port), `port has to be 0 to 65535, not ${port}`],
    [isPort(gatewayPort), `gatewayPort has to be 0 to 65535, not ${gatewayPort}`],
  ]
}
