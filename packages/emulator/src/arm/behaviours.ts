import { type Kind, type KindName, kinds } from '@apim-kit/core'
import type { Behaviour } from './behaviour.js'
import { apiBehaviour } from './behaviours/api.js'
import { apiReleaseBehaviour } from './behaviours/api-release.js'
import { backendBehaviour } from './behaviours/backend.js'
import { certificateBehaviour } from './behaviours/certificate.js'
import { connectionBehaviour } from './behaviours/connection.js'
import { credentialProviderBehaviour } from './behaviours/credential-provider.js'
import { namedValueBehaviour } from './behaviours/named-value.js'
import { groupBehaviour } from './behaviours/group.js'
import { policyFragmentBehaviour } from './behaviours/policy-fragment.js'
import { productBehaviour } from './behaviours/product.js'
import { subscriptionBehaviour } from './behaviours/subscription.js'
import { policyBehaviour } from './behaviours/policy.js'

/** What every kind does; a new kind does not compile without its row. */
const behaviours = {
  namedValue: namedValueBehaviour,
  credentialProvider: credentialProviderBehaviour,
  connection: connectionBehaviour,
  accessPolicy: {},
  certificate: certificateBehaviour,
  backend: backendBehaviour,
  logger: { patch: true },
  cache: { patch: true },
  schema: {},
  policyFragment: policyFragmentBehaviour,
  globalPolicy: policyBehaviour,
  diagnostic: { patch: true },
  tag: { patch: true },
  group: groupBehaviour,
  apiVersionSet: { patch: true },
  api: apiBehaviour,
  apiPolicy: policyBehaviour,
  apiTag: {},
  apiDiagnostic: { patch: true },
  apiSchema: {},
  apiRelease: apiReleaseBehaviour,
  operation: { patch: true },
  operationPolicy: policyBehaviour,
  operationTag: {},
  resolver: { patch: true },
  resolverPolicy: policyBehaviour,
  product: productBehaviour,
  productApi: {},
  productGroup: {},
  productTag: {},
  productPolicy: policyBehaviour,
  subscription: subscriptionBehaviour,
} as const satisfies Record<KindName, Behaviour>

/** What a kind does beyond its description. */
export function behaviourOf(kind: Kind): Behaviour {
  return isKindName(kind.kind) ? behaviours[kind.kind] : {}
}

function isKindName(name: string): name is KindName {
  return Object.hasOwn(kinds, name)
}
