import { ApimKitError, type ServiceOutputName } from '@apim-kit/core'
import { asApimKitError, statusOf } from './errors.js'
import type { Service } from './client.js'
import type { RequestOptions } from './sdk.js'
import { describeService } from './target.js'

/** What the service says of itself. Reading an output that it does not have throws, and says how to get it. */
export type ServiceOutputs = Readonly<Record<ServiceOutputName, string>>

/**
 * Asks the service for what resources may refer to. It is the first request of every deployment, so what is wrong with the
 * endpoint, the login or the service's name is found here, before anything else is asked.
 *
 * @throws ApimKitError `service-unreachable`, `not-authorized`, `not-found` where there is no such service, `request-failed`
 */
export async function readOutputs(service: Service, { signal }: RequestOptions = {}): Promise<ServiceOutputs> {
  const { resourceGroup, service: name } = service.address
  try {
    const options = signal === undefined ? {} : { abortSignal: signal }
    const found = await service.client.apiManagementService.get(resourceGroup, name, options)
    if (found.id === undefined && found.gatewayUrl === undefined) throw noResourceManager(service)
    return {
      name,
      gatewayUrl: (found.gatewayUrl ?? `https://${name}.azure-api.net`).replace(/\/+$/, ''),
      get principalId() {
        return found.identity?.principalId ?? noIdentity(service)
      },
      get tenantId() {
        return found.identity?.tenantId ?? noIdentity(service)
      },
    }
  } catch (error) {
    if (statusOf(error) === 404) throw noService(service)
    throw asApimKitError(error, service, `read the service ${name}`)
  }
}

function noService(service: Service): ApimKitError {
  return new ApimKitError(
    'not-found',
    `there is no API Management service ${describeService(service)}; say which one is meant with --subscription, ` +
      '--resource-group and --service, or AZURE_SUBSCRIPTION_ID, AZURE_RESOURCE_GROUP and APIM_SERVICE_NAME',
  )
}

/** A proxy's page, for example, which the SDK takes for a service that says nothing of itself. */
function noResourceManager({ endpoint }: Service): ApimKitError {
  return new ApimKitError(
    'request-failed',
    `${endpoint} answers, but not as Azure Resource Manager does; check the endpoint (--endpoint, APIM_KIT_ENDPOINT)`,
  )
}

function noIdentity({ address }: Service): never {
  throw new ApimKitError(
    'not-found',
    `the service ${address.service} has no system-assigned identity, which service.managedIdentity and service.tenantId ` +
      `mean; switch it on: az apim update --name ${address.service} --resource-group ${address.resourceGroup} --enable-managed-identity true`,
  )
}
