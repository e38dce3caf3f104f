import { flag, group, list, oneOf, text } from '../fields.js'
import type { InputOf } from '../input.js'
import { defineKind } from '../kind.js'
import type { PolicyContent } from '../policy-content.js'
import { createResource } from '../create-resource.js'
import type { Resource } from '../resource.js'
import { definePolicyKind, policyOf } from './policy.js'
import { serviceKind } from './service.js'

/** An API: a path below the gateway, and the backend behind it. */
export const apiKind = defineKind({
  kind: 'api',
  title: 'API',
  parent: serviceKind,
  segment: 'apis',
  name: {
    pattern: /^[^*#&+:<>?/\\%]+$/,
    min: 1,
    max: 256,
    words: '1 to 256 characters, none of * # & + : < > ? / \\ %',
  },
  fields: {
    /** What the portal shows. */
    displayName: text({ required: true, min: 1, max: 300 }),
    /** What stands behind the gateway's host in an address; empty for the root. */
    path: text({ required: true, max: 400 }),
    description: text(),
    /** Address of the backend; without one a policy has to name it or answer by itself. */
    serviceUrl: text({ max: 2000 }),
    /** How clients may call it. */
    protocols: list(oneOf(['http', 'https', 'ws', 'wss']), { default: ['https'] }),
    /** Whether a call needs a subscription key. */
    subscriptionRequired: flag({ default: true }),
    /** Where the key is read from; left out, the service's own names stand. */
    subscriptionKeyParameterNames: group({ header: text(), query: text() }, { filled: true }),
    /** Revision that the resource is; the service begins with 1. */
    apiRevision: text({ filled: true }),
    isCurrent: flag({ filled: true }),
  },
  sdk: { group: 'api', list: 'listByService', put: 'beginCreateOrUpdateAndWait', delete: 'beginDeleteAndWait' },
  protocol: { entityTag: true, longRunning: true, created: 201 },
})

/** The policy document of an API. */
export const apiPolicyKind = definePolicyKind({
  kind: 'apiPolicy',
  parent: apiKind,
  policyScope: 'api',
  sdk: { group: 'apiPolicy', list: 'listByApi', get: 'get', put: 'createOrUpdate', delete: 'delete' },
})

type ApiFields = InputOf<(typeof apiKind)['fields']>

/** What {@link api} takes. */
export type ApiInput = Omit<ApiFields, 'displayName'> & {
  /** What the portal shows. Default: the resource's name. */
  readonly displayName?: ApiFields['displayName']
  /** The policy document of the API's scope. */
  readonly policy?: PolicyContent
}

/**
 * Declares an API, with its policy where one is given.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * api('orders', { path: 'orders', serviceUrl: 'https://orders.example', policy: policies({ inbound: [base()] }) })
 */
export function api(name: string, input: ApiInput): Resource<'api'> {
  const { policy, ...properties } = input
  return createResource(
    apiKind,
    name,
    undefined,
    { displayName: name, protocols: ['https'], ...properties },
    (resource) => (policy === undefined ? [] : [policyOf(apiPolicyKind, resource, policy)]),
  )
}
