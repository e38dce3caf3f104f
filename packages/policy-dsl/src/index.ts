export {
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
  expression,
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
export { type ParametersOf } from './parameters.js'
export { policyBuilders, type PolicyName } from './policies/index.js'
export { base } from './policies/base.js'
export { choose } from './policies/choose.js'
export { getAuthorizationContext } from './policies/get-authorization-context.js'
export { setHeader } from './policies/set-header.js'
