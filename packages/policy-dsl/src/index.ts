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
export { policyBuilders, type PolicyName } from './policies/index.js'
export { authenticationBasic } from './policies/authentication-basic.js'
export { authenticationCertificate } from './policies/authentication-certificate.js'
export { authenticationManagedIdentity } from './policies/authentication-managed-identity.js'
export { authenticationToken } from './policies/authentication-token.js'
export { authenticationTokenStore } from './policies/authentication-token-store.js'
export { azureOpenaiEmitTokenMetric } from './policies/azure-openai-emit-token-metric.js'
export { azureOpenaiSemanticCacheLookup } from './policies/azure-openai-semantic-cache-lookup.js'
export { azureOpenaiSemanticCacheStore } from './policies/azure-openai-semantic-cache-store.js'
export { azureOpenaiTokenLimit } from './policies/azure-openai-token-limit.js'
export { base } from './policies/base.js'
export { block } from './policies/block.js'
export { cacheLookup } from './policies/cache-lookup.js'
export { cacheLookupValue } from './policies/cache-lookup-value.js'
export { cacheRemoveValue } from './policies/cache-remove-value.js'
export { cacheStore } from './policies/cache-store.js'
export { cacheStoreValue } from './policies/cache-store-value.js'
export { cacheValue } from './policies/cache-value.js'
export { checkHeader } from './policies/check-header.js'
export { choose } from './policies/choose.js'
export { cors } from './policies/cors.js'
export { cosmosdbDataSource } from './policies/cosmosdb-data-source.js'
export { crossDomain } from './policies/cross-domain.js'
export { emitMetric } from './policies/emit-metric.js'
export { findAndReplace } from './policies/find-and-replace.js'
export { forwardRequest } from './policies/forward-request.js'
export { getAuthorizationContext } from './policies/get-authorization-context.js'
export { graphqlDataSource } from './policies/graphql-data-source.js'
export { httpDataSource } from './policies/http-data-source.js'
export { includeFragment } from './policies/include-fragment.js'
export { invokeDaprBinding } from './policies/invoke-dapr-binding.js'
export { invokeRequest } from './policies/invoke-request.js'
export { ipFilter } from './policies/ip-filter.js'
export { jsonToXml } from './policies/json-to-xml.js'
export { jsonp } from './policies/jsonp.js'
export { limitConcurrency } from './policies/limit-concurrency.js'
export { llmContentSafety } from './policies/llm-content-safety.js'
export { llmEmitTokenMetric } from './policies/llm-emit-token-metric.js'
export { llmSemanticCacheLookup } from './policies/llm-semantic-cache-lookup.js'
export { llmSemanticCacheStore } from './policies/llm-semantic-cache-store.js'
export { llmTokenLimit } from './policies/llm-token-limit.js'
export { logToEventhub } from './policies/log-to-eventhub.js'
export { mockResponse } from './policies/mock-response.js'
export { proxy } from './policies/proxy.js'
export { publishEvent } from './policies/publish-event.js'
export { publishToDapr } from './policies/publish-to-dapr.js'
export { quota } from './policies/quota.js'
export { quotaByKey } from './policies/quota-by-key.js'
export { rateLimit } from './policies/rate-limit.js'
export { rateLimitByKey } from './policies/rate-limit-by-key.js'
export { redirectContentUrls } from './policies/redirect-content-urls.js'
export { retry } from './policies/retry.js'
export { returnResponse } from './policies/return-response.js'
export { rewriteUri } from './policies/rewrite-uri.js'
export { sendOneWayRequest } from './policies/send-one-way-request.js'
export { sendRequest } from './policies/send-request.js'
export { sendServiceBusMessage } from './policies/send-service-bus-message.js'
export { setBackendService } from './policies/set-backend-service.js'
export { setBody } from './policies/set-body.js'
export { setHeader } from './policies/set-header.js'
export { setMethod } from './policies/set-method.js'
export { setQueryParameter } from './policies/set-query-parameter.js'
export { setRequestMetricDimensionValue } from './policies/set-request-metric-dimension-value.js'
export { setStatus } from './policies/set-status.js'
export { setVariable } from './policies/set-variable.js'
export { sqlDataSource } from './policies/sql-data-source.js'
export { trace } from './policies/trace.js'
export { validateAzureAdToken } from './policies/validate-azure-ad-token.js'
export { validateClientCertificate } from './policies/validate-client-certificate.js'
export { validateContent } from './policies/validate-content.js'
export { validateGraphqlRequest } from './policies/validate-graphql-request.js'
export { validateHeaders } from './policies/validate-headers.js'
export { validateJwt } from './policies/validate-jwt.js'
export { validateOdataRequest } from './policies/validate-odata-request.js'
export { validateParameters } from './policies/validate-parameters.js'
export { validateStatusCode } from './policies/validate-status-code.js'
export { wait } from './policies/wait.js'
export { xmlToJson } from './policies/xml-to-json.js'
export { xslTransform } from './policies/xsl-transform.js'
