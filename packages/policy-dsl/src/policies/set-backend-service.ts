import { flag, oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { atLeastOneOf, atMostOneOf, needs, noEffect } from '../rules.js'

/**
 * Sends the request to another base address, or to a backend that the service knows. The path behind the API's own prefix stays.
 *
 * @example
 * setBackendService({ baseUrl: 'https://orders.example.com/v2' })
 */
export const setBackendService = definePolicy('set-backend-service', {
  sections: ['inbound', 'backend'],
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The new base address. */
    baseUrl: text(),
    /** The name of a backend, or of a pool of them; `dapr` selects the Dapr form. */
    backendId: text({ refersTo: 'backend', keyword: 'dapr', valueGateways: { dapr: ['self-hosted'] } }),
    /** Service Fabric: whether to resolve the service again and repeat the call. */
    sfResolveCondition: flag(),
    /** Service Fabric: an instance chosen at run time. */
    sfServiceInstanceName: text(),
    /** Service Fabric: the partition. */
    sfPartitionKey: text(),
    /** Service Fabric: the replica. */
    sfReplicaType: oneOf(['primary', 'secondary']),
    /** Service Fabric, with `backendId`: the listener. Default: the one without a name. */
    sfListenerName: text(),
    /** Dapr, required there: the target microservice. */
    daprAppId: text(),
    /** Dapr, required there: the method, or the address to invoke. */
    daprMethod: text(),
    /** Dapr: the namespace of the microservice. */
    daprNamespace: text(),
  },
  rules: [
    atLeastOneOf(['baseUrl', 'backendId']),
    atMostOneOf(['baseUrl', 'backendId'], { severity: 'warning', because: 'the policy toolkit refuses both together' }),
    needs('daprAppId', { when: { backendId: 'dapr' } }),
    needs('daprMethod', { when: { backendId: 'dapr' } }),
    ...(['daprAppId', 'daprMethod', 'daprNamespace'] as const).map((property) =>
      noEffect({ property, unless: { backendId: 'dapr' } }),
    ),
    needs('backendId', {
      with: 'sfListenerName',
      severity: 'warning',
      because: 'a listener belongs to a Service Fabric backend',
    }),
  ],
  examples: [
    {
      input: { baseUrl: 'https://orders.example.com/v2' },
      xml: '<set-backend-service base-url="https://orders.example.com/v2" />',
    },
    { input: { backendId: 'orders' }, xml: '<set-backend-service backend-id="orders" />' },
  ],
})
