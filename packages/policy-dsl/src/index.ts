export {
  attributeOf,
  childElements,
  Comment,
  Element,
  sectionNames,
  type Attribute,
  type Node,
  type Policy,
  type PolicyList,
  type Section,
} from './element.js'
export {
  Expression,
  fillNamedValues,
  liquid,
  Literal,
  namedValueReference,
  namedValuesIn,
  text,
  type NamedValue,
  type Value,
} from './value.js'
export {
  type AnyPolicyBuilder,
  type Gateway,
  type PolicyDefinition,
  type PolicyDescription,
  type Scope,
} from './define-policy.js'
export { compileParameters, parseLiteral, type ParameterCompiler, type ValuePlace } from './compile-parameters.js'
export { context } from './context.js'
export { type Context, type ContextDictionary, type ContextValue } from './context-members.js'
export { variable } from './variable.js'
export { Variable, type VariableType } from './variable-handle.js'
export { expression } from './written-expression.js'
export { expr } from './expression/expr.js'
export { type ExprData, type ExprValue } from './expression/csharp-literal.js'
export { check } from './check.js'
export { type CheckOptions } from './check-structure.js'
export { ruleDescriptions } from './rules/index.js'
export { type RuleDescription } from './rules/rule.js'
export { type Difference } from './compare.js'
export { resolverPolicy } from './resolver-policy.js'
export { comment, fragment, policies, type DocumentComments, type PoliciesInput } from './build-document.js'
export { PolicyDocument } from './document.js'
export { format, type FormatOptions } from './format.js'
export { importPolicy } from './import/import-policy.js'
export { read, type ReadOptions, type ReadResult } from './read.js'
export { textOf } from './view.js'
export { markup } from './markup.js'
export { rawDocument } from './raw-document.js'
export { rawPolicy } from './raw-policy.js'
export { type Tier } from './tiers.js'
export { type TextFormat } from './parse.js'
export { type ParametersOf } from './parameters.js'
export { tokenByClientAssertion, type ClientAssertionRequest } from './recipes/token-by-client-assertion.js'
export { tokenByClientSecret, type ClientSecretRequest } from './recipes/token-by-client-secret.js'
export { type RecipeText, type TokenPolicies, type TokenRequest } from './recipes/token-policies.js'
export { validateAndForward, type ValidateAndForward } from './recipes/validate-and-forward.js'
export { policyBuilders, type PolicyName } from './policy-builders.js'
export * from './policies/index.js'
