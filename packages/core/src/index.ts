export { ApimKitError, type ErrorCode, type ErrorDetails } from './errors.js'
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
  type AadCredentialProviderInput,
  type CredentialProviderInput,
} from './kinds/credential-provider.js'
export { identityProviders, type Grant, type GrantParameters } from './kinds/identity-providers.js'
export { connection, type ConnectionInput } from './kinds/connection.js'
export { accessPolicy, principal, type AccessPolicyInput } from './kinds/access-policy.js'
export { api, type ApiInput } from './kinds/api.js'
export { operation, type OperationInput } from './kinds/operation.js'
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
export { diff, redacted, type FieldChange, type SecretChanged } from './diff.js'
