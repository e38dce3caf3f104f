import { ApimKitError, serviceId, serviceKind, type Problem, type ServiceAddress } from '@apim-kit/core'
import type { TokenCredential } from '@azure/identity'

/** Where a deployment goes, and as whom. Everything left out comes from the environment, then from the stack. */
export interface TargetOptions {
  /** A GUID. Default: `AZURE_SUBSCRIPTION_ID`, else what the stack says. */
  readonly subscriptionId?: string | undefined
  /** Default: `AZURE_RESOURCE_GROUP`, else what the stack says. */
  readonly resourceGroup?: string | undefined
  /** The service's name. Default: `APIM_SERVICE_NAME`, else what the stack says. */
  readonly service?: string | undefined
  /**
   * Another Azure Resource Manager than the public cloud's: `https` as given, plain `http` for this machine only, and then
   * no Azure login is asked for. Default: `APIM_KIT_ENDPOINT`, else `https://management.azure.com`.
   */
  readonly endpoint?: string | undefined
  /** Who signs in to Azure. Default: `DefaultAzureCredential`, made when the first token is needed. */
  readonly credential?: TokenCredential | undefined
  /** The environment variables that are read, also by `fromEnvironment`. Default: `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined
}

/** Every option there is. */
export const targetOptions = {
  subscriptionId: true,
  resourceGroup: true,
  service: true,
  endpoint: true,
  credential: true,
  environment: true,
} as const satisfies Record<keyof TargetOptions, true>

/** Where a deployment goes, with nothing left open. */
export interface Target {
  readonly address: ServiceAddress
  /** Without a slash at the end. */
  readonly endpoint: string
  /** Plain http to this machine: no login, and Key Vault is asked at the same endpoint. */
  readonly local: boolean
}

/** Azure Resource Manager of the public cloud. */
export const publicEndpoint = 'https://management.azure.com'

const variables = {
  subscriptionId: 'AZURE_SUBSCRIPTION_ID',
  resourceGroup: 'AZURE_RESOURCE_GROUP',
  service: 'APIM_SERVICE_NAME',
} as const satisfies Record<keyof ServiceAddress, string>

/**
 * Decides where to go: what the caller says, then the environment, then the stack.
 *
 * @throws ApimKitError `invalid-input`, naming everything that is missing and where to set it
 */
export function resolveTarget(options: TargetOptions, declared: Partial<ServiceAddress> = {}): Target {
  const environment = options.environment ?? process.env
  // A variable that is set to nothing counts as not set: CI systems do that with those that they do not know.
  const variable = (name: string): string | undefined => (environment[name] === '' ? undefined : environment[name])
  const value = (name: keyof ServiceAddress): string =>
    options[name] ?? variable(variables[name]) ?? declared[name] ?? ''
  const address: ServiceAddress = {
    subscriptionId: value('subscriptionId'),
    resourceGroup: value('resourceGroup'),
    service: value('service'),
  }
  const problems = addressProblems(address)
  if (problems.length > 0)
    throw ApimKitError.of('invalid-input', 'the API Management service to deploy to is not fully known:', problems)
  return { address, ...resolveEndpoint(options.endpoint ?? variable('APIM_KIT_ENDPOINT') ?? publicEndpoint) }
}

/** `contoso-apim`, and where it is: for messages. */
export function describeService({ address, endpoint }: Pick<Target, 'address' | 'endpoint'>): string {
  return `${serviceId(address)} at ${endpoint}`
}

function addressProblems(address: ServiceAddress): Problem[] {
  const names = Object.keys(variables) as (keyof ServiceAddress)[]
  const missing = names
    .filter((name) => address[name] === '')
    .map((name) => problem(name, `is missing; give ${name}, set ${variables[name]}, or say it in the stack's service`))
  // The SDK checks this too, but names neither the setting nor the way out.
  const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
  if (address.subscriptionId !== '' && !guid.test(address.subscriptionId))
    missing.push(
      problem('subscriptionId', 'is no GUID; `az account show --query id` prints that of the current subscription'),
    )
  const { pattern, max, words } = serviceKind.name
  if (address.service !== '' && (address.service.length > max || !pattern.test(address.service)))
    missing.push(problem('service', `${JSON.stringify(address.service)} is no name of a service; allowed are ${words}`))
  return missing
}

function problem(path: string, message: string): Problem {
  return { rule: 'deploy/target', severity: 'error', path, message }
}

function resolveEndpoint(text: string): Pick<Target, 'endpoint' | 'local'> {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const endpoint = text.replace(/\/+$/, '')
  if (url?.protocol === 'https:') return { endpoint, local: false }
  if (url?.protocol === 'http:' && isLoopback(url.hostname)) return { endpoint, local: true }
  throw new ApimKitError(
    'invalid-input',
    url?.protocol === 'http:'
      ? `the endpoint ${text} is plain http on another machine, where secrets would travel in clear; write https, or http with 127.0.0.1 or localhost`
      : `the endpoint ${text} is no https address; write one such as ${publicEndpoint}`,
  )
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}
