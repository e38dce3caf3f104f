import { type Kind, type KindName, kinds } from '@apim-kit/core'
import type { Behaviour } from './behaviour.js'
import { accessPolicyBehaviour } from './behaviours/access-policy.js'
import { apiBehaviour } from './behaviours/api.js'
import { connectionBehaviour } from './behaviours/connection.js'
import { credentialProviderBehaviour } from './behaviours/credential-provider.js'
import { namedValueBehaviour } from './behaviours/named-value.js'
import { operationBehaviour } from './behaviours/operation.js'
import { policyBehaviour } from './behaviours/policy.js'

/** What every kind does; a new kind does not compile without its row. */
const behaviours = {
  namedValue: namedValueBehaviour,
  credentialProvider: credentialProviderBehaviour,
  connection: connectionBehaviour,
  accessPolicy: accessPolicyBehaviour,
  api: apiBehaviour,
  apiPolicy: policyBehaviour,
  operation: operationBehaviour,
  operationPolicy: policyBehaviour,
} as const satisfies Record<KindName, Behaviour>

/** What a kind does beyond its description. */
export function behaviourOf(kind: Kind): Behaviour {
  return isKindName(kind.kind) ? behaviours[kind.kind] : {}
}

function isKindName(name: string): name is KindName {
  return Object.hasOwn(kinds, name)
}
