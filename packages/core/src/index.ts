export { ApimKitError, type ErrorCode, type ErrorDetails } from './errors.js'
export { expectObject, expectText } from './expected.js'
export { refuseUnknown } from './unknown-names.js'
export { nearest, suggestion, type Problem, type Severity } from './problems.js'
export { SecretReference, type SecretResolution } from './secrets.js'
export { concat, Output, type ServiceOutputName } from './outputs.js'
export { inputProblems, type InputOf, type InputValue } from './input.js'
export { document, isPolicyContent, type PolicyContent, type PolicyPlace } from './policy-content.js'
export { referencesOf, type Reference } from './references.js'
export { createResource } from './create-resource.js'
export { isResource, resourceTitle, type Resource } from './resource.js'
export {
  defineKind,
  type Kind,
  type KindDescription,
  type NameRule,
  type PolicyScope,
  type Protocol,
  type SdkBinding,
} from './kind.js'
export { kindOf, kinds, serviceKind, type KindName } from './kinds/index.js'
export { policyPlace } from './kinds/policy.js'
export { service, type Principal } from './kinds/service.js'
export { namedValue, type NamedValueInput } from './kinds/named-value.js'
export {
  credentialProvider,
  type CredentialProvider,
  type CredentialProviderInput,
  type CredentialProviderInputOf,
  type GrantInput,
} from './kinds/credential-provider.js'
export {
  identityProviders,
  type Grant,
  type GrantOf,
  type GrantParameters,
  type IdentityProvider,
  type IdentityProviderId,
} from './kinds/identity-providers.js'
export {
  connection,
  type ConnectionInput,
  type ConnectionParameters,
  type OpenConnectionParameters,
} from './kinds/connection.js'
export { accessPolicy, principal, type AccessPolicyInput } from './kinds/access-policy.js'
export { backend, type BackendInput, type PoolInput, type SingleBackendInput } from './kinds/backend.js'
export { certificate, type CertificateInput } from './kinds/certificate.js'
export { type KeyVaultSecret } from './kinds/key-vault-secret.js'
export { apiVersionSet, type ApiVersionSetInput } from './kinds/api-version-set.js'
export { api, apiRevision, type ApiInput, type ApiRevisionInput } from './kinds/api.js'
export { apiRelease, type ApiReleaseInput } from './kinds/api-release.js'
export { apiSchema, type ApiSchemaInput } from './kinds/api-schema.js'
export { operation, type OperationInput } from './kinds/operation.js'
export { resolver, type ResolverInput } from './kinds/resolver.js'
export { product, type ProductInput } from './kinds/product.js'
export { subscription, type SubscriptionInput } from './kinds/subscription.js'
export { tag, type TagInput } from './kinds/tag.js'
export { group, type GroupInput } from './kinds/group.js'
export { policyFragment, type PolicyFragmentInput } from './kinds/policy-fragment.js'
export { globalPolicy } from './kinds/global-policy.js'
export { logger, type LoggerInput, type SecretOrNamedValue } from './kinds/logger.js'
export { apiDiagnostic, diagnostic, type DiagnosticInput, type DiagnosticName } from './kinds/diagnostic.js'
export { schema, type SchemaInput } from './kinds/schema.js'
export { cache, type CacheInput } from './kinds/cache.js'
export {
  armId,
  childrenOf,
  keyOf,
  namesOf,
  parsePath,
  pathOf,
  serviceId,
  type ParsedPath,
  type ServiceAddress,
} from './arm-path.js'
export { isStack, stack, type Stack, type StackInput } from './stack.js'
export { fillOutputs, secretsOf, toWire, type SecretField } from './properties.js'
export { uniqueMarks, type UniqueMark } from './unique.js'
export { diff, redacted, type FieldChange, type SecretChanged } from './diff.js'
