import type { Kind } from '../kind.js'
import { accessPolicyKind } from './access-policy.js'
import { apiKind, apiPolicyKind } from './api.js'
import { connectionKind } from './connection.js'
import { credentialProviderKind } from './credential-provider.js'
import { namedValueKind } from './named-value.js'
import { operationKind, operationPolicyKind } from './operation.js'
import { serviceKind } from './service.js'

/** Every kind that can be declared, by its name; parents stand before their children. */
export const kinds = {
  namedValue: namedValueKind,
  credentialProvider: credentialProviderKind,
  connection: connectionKind,
  accessPolicy: accessPolicyKind,
  api: apiKind,
  apiPolicy: apiPolicyKind,
  operation: operationKind,
  operationPolicy: operationPolicyKind,
} as const

/** The names of the kinds: what plans print as `kind`. */
export type KindName = keyof typeof kinds

/** The kind of that name; undefined where there is none. */
export function kindOf(name: string): Kind | undefined {
  return Object.hasOwn(kinds, name) ? kinds[name as KindName] : undefined
}

export { serviceKind }
