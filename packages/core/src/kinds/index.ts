import type { Kind } from '../kind.js'
import { accessPolicyKind } from './access-policy.js'
import { apiReleaseKind } from './api-release.js'
import { apiSchemaKind } from './api-schema.js'
import { apiVersionSetKind } from './api-version-set.js'
import { apiKind, apiPolicyKind, apiTagKind } from './api.js'
import { backendKind } from './backend.js'
import { cacheKind } from './cache.js'
import { certificateKind } from './certificate.js'
import { connectionKind } from './connection.js'
import { credentialProviderKind } from './credential-provider.js'
import { apiDiagnosticKind, diagnosticKind } from './diagnostic.js'
import { globalPolicyKind } from './global-policy.js'
import { groupKind } from './group.js'
import { loggerKind } from './logger.js'
import { namedValueKind } from './named-value.js'
import { operationKind, operationPolicyKind, operationTagKind } from './operation.js'
import { policyFragmentKind } from './policy-fragment.js'
import { productApiKind, productGroupKind, productKind, productPolicyKind, productTagKind } from './product.js'
import { resolverKind, resolverPolicyKind } from './resolver.js'
import { schemaKind } from './schema.js'
import { serviceKind } from './service.js'
import { subscriptionKind } from './subscription.js'
import { tagKind } from './tag.js'

/** Every kind that can be declared, by its name; parents, and what others name, stand before them. */
export const kinds = {
  namedValue: namedValueKind,
  credentialProvider: credentialProviderKind,
  connection: connectionKind,
  accessPolicy: accessPolicyKind,
  certificate: certificateKind,
  backend: backendKind,
  logger: loggerKind,
  cache: cacheKind,
  schema: schemaKind,
  policyFragment: policyFragmentKind,
  globalPolicy: globalPolicyKind,
  diagnostic: diagnosticKind,
  tag: tagKind,
  group: groupKind,
  apiVersionSet: apiVersionSetKind,
  api: apiKind,
  apiPolicy: apiPolicyKind,
  apiTag: apiTagKind,
  apiDiagnostic: apiDiagnosticKind,
  apiSchema: apiSchemaKind,
  apiRelease: apiReleaseKind,
  operation: operationKind,
  operationPolicy: operationPolicyKind,
  operationTag: operationTagKind,
  resolver: resolverKind,
  resolverPolicy: resolverPolicyKind,
  product: productKind,
  productApi: productApiKind,
  productGroup: productGroupKind,
  productTag: productTagKind,
  productPolicy: productPolicyKind,
  subscription: subscriptionKind,
} as const

/** The names of the kinds: what plans print as `kind`. */
export type KindName = keyof typeof kinds

/** The kind of that name; undefined where there is none. */
export function kindOf(name: string): Kind | undefined {
  return Object.hasOwn(kinds, name) ? kinds[name as KindName] : undefined
}

export { serviceKind }
