import type { PolicyName } from '@apim-kit/policy-dsl'
import { unsupported, type Behaviour, type UnsupportedBehaviour } from '../behaviour.js'
import { runBase } from './base.js'
import { runCacheLookupValue } from './cache-lookup-value.js'
import { runCacheRemoveValue } from './cache-remove-value.js'
import { runCacheStoreValue } from './cache-store-value.js'
import { runChoose } from './choose.js'
import { runForwardRequest } from './forward-request.js'
import { runGetAuthorizationContext } from './get-authorization-context.js'
import { runIncludeFragment } from './include-fragment.js'
import { runReturnResponse } from './return-response.js'
import { runRewriteUri } from './rewrite-uri.js'
import { runSendRequest } from './send-request.js'
import { runSetBackendService } from './set-backend-service.js'
import { runSetBody } from './set-body.js'
import { runSetHeader } from './set-header.js'
import { runSetMethod } from './set-method.js'
import { runSetStatus } from './set-status.js'
import { runSetVariable } from './set-variable.js'
import { runTrace } from './trace.js'
import { runValidateAzureAdToken } from './validate-azure-ad-token.js'

/** What every described policy does. A new policy without a line here does not compile; `unsupported('why')` is a line too. */
export const behaviours = {
  'authentication-basic': unsupported('the emulator does not send credentials of this kind yet'),
  'authentication-certificate': unsupported('the emulator has no client certificates'),
  'authentication-managed-identity': unsupported('the emulator gets no tokens for its own identity yet'),
  'authentication-token': unsupported('it is not documented'),
  'authentication-token-store': unsupported('it is not documented'),
  'azure-openai-emit-token-metric': unsupported('the emulator has no metrics'),
  'azure-openai-semantic-cache-lookup': unsupported('the emulator has no embeddings'),
  'azure-openai-semantic-cache-store': unsupported('the emulator has no embeddings'),
  'azure-openai-token-limit': unsupported('the emulator does not count tokens of language models'),
  base: runBase,
  block: unsupported('it is not documented'),
  'cache-lookup': unsupported('the emulator keeps values, not whole responses, in its cache yet'),
  'cache-lookup-value': runCacheLookupValue,
  'cache-remove-value': runCacheRemoveValue,
  'cache-store': unsupported('the emulator keeps values, not whole responses, in its cache yet'),
  'cache-store-value': runCacheStoreValue,
  'cache-value': unsupported('it is not documented'),
  'check-header': unsupported('the emulator does not check headers yet'),
  choose: runChoose,
  cors: unsupported('the emulator does not answer preflight requests yet'),
  'cosmosdb-data-source': unsupported('the emulator runs no GraphQL resolvers'),
  'cross-domain': unsupported('the emulator serves no cross-domain policy file'),
  'emit-metric': unsupported('the emulator has no metrics'),
  'find-and-replace': unsupported('the emulator does not rewrite bodies yet'),
  'forward-request': runForwardRequest,
  'get-authorization-context': runGetAuthorizationContext,
  'graphql-data-source': unsupported('the emulator runs no GraphQL resolvers'),
  'http-data-source': unsupported('the emulator runs no GraphQL resolvers'),
  'include-fragment': runIncludeFragment,
  'invoke-dapr-binding': unsupported('the emulator has no Dapr sidecar'),
  'invoke-request': unsupported('it is not documented'),
  'ip-filter': unsupported('the emulator sees loopback callers only'),
  'json-to-xml': unsupported('the emulator does not convert bodies yet'),
  jsonp: unsupported('the emulator does not wrap responses yet'),
  'limit-concurrency': unsupported('the emulator does not limit concurrency yet'),
  'llm-content-safety': unsupported('the emulator has no Content Safety service'),
  'llm-emit-token-metric': unsupported('the emulator has no metrics'),
  'llm-semantic-cache-lookup': unsupported('the emulator has no embeddings'),
  'llm-semantic-cache-store': unsupported('the emulator has no embeddings'),
  'llm-token-limit': unsupported('the emulator does not count tokens of language models'),
  'log-to-eventhub': unsupported('the emulator has no event hubs'),
  'mock-response': unsupported('the emulator keeps no examples and schemas of operations yet'),
  proxy: unsupported('the emulator sends requests directly'),
  'publish-event': unsupported('the emulator runs no GraphQL resolvers'),
  'publish-to-dapr': unsupported('the emulator has no Dapr sidecar'),
  quota: unsupported('the emulator keeps no quotas yet'),
  'quota-by-key': unsupported('the emulator keeps no quotas yet'),
  'rate-limit': unsupported('the emulator keeps no rates yet'),
  'rate-limit-by-key': unsupported('the emulator keeps no rates yet'),
  'redirect-content-urls': unsupported('how the service recognises its links is not documented'),
  retry: unsupported('the emulator does not repeat policies yet'),
  'return-response': runReturnResponse,
  'rewrite-uri': runRewriteUri,
  'send-one-way-request': unsupported('the emulator waits for every request that it sends'),
  'send-request': runSendRequest,
  'send-service-bus-message': unsupported('the emulator has no Service Bus'),
  'set-backend-service': runSetBackendService,
  'set-body': runSetBody,
  'set-header': runSetHeader,
  'set-method': runSetMethod,
  'set-query-parameter': unsupported('the emulator does not change query parameters yet'),
  'set-request-metric-dimension-value': unsupported('it is not documented'),
  'set-status': runSetStatus,
  'set-variable': runSetVariable,
  'sql-data-source': unsupported('the emulator runs no GraphQL resolvers'),
  trace: runTrace,
  'validate-azure-ad-token': runValidateAzureAdToken,
  'validate-client-certificate': unsupported('the emulator asks for no client certificates'),
  'validate-content': unsupported('the emulator keeps no schemas yet'),
  'validate-graphql-request': unsupported('the emulator keeps no GraphQL schemas'),
  'validate-headers': unsupported('the emulator keeps no schemas yet'),
  'validate-jwt': unsupported('the emulator does not validate tokens of other issuers yet'),
  'validate-odata-request': unsupported('the emulator knows no OData APIs'),
  'validate-parameters': unsupported('the emulator keeps no schemas yet'),
  'validate-status-code': unsupported('the emulator keeps no schemas yet'),
  wait: unsupported('the emulator runs policies one after another'),
  'xml-to-json': unsupported('the emulator does not convert bodies yet'),
  'xsl-transform': unsupported('the emulator runs no stylesheets'),
} as const satisfies Record<PolicyName, Behaviour>

/** The policies that can run, `base` aside: it is not run, but composed. */
export type RunnablePolicy = {
  [K in PolicyName]: (typeof behaviours)[K] extends UnsupportedBehaviour ? never : K
}[PolicyName]
