import { serviceId, serviceKind } from '@apim-kit/core'
import type { Answer } from './answer.js'
import type { ArmContext } from './arm-context.js'

/** The service itself, as a GET shows it. */
export function serviceAnswer({ service }: ArmContext): Answer {
  const { address, location, sku, identity } = service
  const body = {
    id: serviceId(address),
    name: address.service,
    type: serviceKind.armType,
    tags: {},
    location,
    etag: 'AAAAAAAAAAE=',
    properties: {
      publisherEmail: 'apim-kit@localhost',
      publisherName: 'apim-kit emulator',
      provisioningState: 'Succeeded',
      targetProvisioningState: '',
      gatewayUrl: service.gatewayUrl(),
      virtualNetworkType: 'None',
    },
    sku: { name: sku, capacity: 1 },
    identity: { type: 'SystemAssigned', ...identity },
  }
  return { status: 200, body, pretty: true, headers: { 'Cache-Control': 'no-cache' } }
}
