import type { PolicyContent } from '../policy-content.js'
import type { Resource } from '../resource.js'
import { definePolicyKind, policyOf } from './policy.js'
import { serviceKind } from './service.js'

/** The policy document of all APIs. */
export const globalPolicyKind = definePolicyKind({
  kind: 'globalPolicy',
  parent: serviceKind,
  policyScope: 'global',
  sdk: { group: 'policy', list: 'listByService', get: 'get', put: 'createOrUpdate', delete: 'delete' },
})

/**
 * Declares the policy document of the whole service: it runs around those of products, APIs and operations.
 *
 * @throws ApimKitError `invalid-input`, with the line and column of every fault in the document
 * @example
 * globalPolicy(policies({ inbound: [setHeader({ name: 'X-Gateway', value: 'apim' })] }))
 */
export function globalPolicy(value: PolicyContent): Resource<'globalPolicy'> {
  return policyOf(globalPolicyKind, undefined, value)
}
