import { group, text } from '../fields.js'
import { defineKind } from '../kind.js'
import { Output } from '../outputs.js'

/** The API Management service itself. It is there before a stack is; apim-kit reads it and never writes it. */
export const serviceKind = defineKind({
  kind: 'service',
  title: 'API Management service',
  parent: undefined,
  segment: 'service',
  name: {
    pattern: /^[a-zA-Z](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
    min: 1,
    max: 50,
    words: '1 to 50 letters, digits and hyphens, a letter first and no hyphen last',
  },
  fields: {
    /** Where clients call the APIs. */
    gatewayUrl: text({ computed: true }),
    /** The system-assigned identity. */
    identity: group({ principalId: text({ computed: true }), tenantId: text({ computed: true }) }, { computed: true }),
  },
  sdk: { group: 'apiManagementService', list: 'list', put: 'beginCreateOrUpdateAndWait', delete: 'beginDeleteAndWait' },
  protocol: { entityTag: true, longRunning: true, created: 201 },
})

/** Somebody whom an access policy lets use a connection. */
export interface Principal {
  /** Its object id in Microsoft Entra ID. */
  readonly objectId: string | Output
  /** Its tenant. Default: the tenant of the service's identity. */
  readonly tenantId?: string | Output
  /** Users and groups: the app registrations through which they may come. Default: any. */
  readonly appIds?: readonly string[]
}

const principalId = new Output([{ output: 'principalId' }])
const tenantId = new Output([{ output: 'tenantId' }])

/** What the existing service tells about itself once it is asked: texts that a plan fills in. */
export const service = Object.freeze({
  /** The system-assigned managed identity, as an access policy's principal. */
  managedIdentity: Object.freeze({ objectId: principalId, tenantId }) satisfies Principal,
  /** Where clients call the APIs, without a slash at the end: `https://contoso.azure-api.net`. */
  gatewayUrl: new Output([{ output: 'gatewayUrl' }]),
  /** The tenant of the service's identity. */
  tenantId,
  /** The service's name. */
  name: new Output([{ output: 'name' }]),
})
