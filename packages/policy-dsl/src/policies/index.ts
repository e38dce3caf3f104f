import type { AnyPolicyBuilder } from '../define-policy.js'
import { base } from './base.js'
import { cacheLookupValue } from './cache-lookup-value.js'
import { cacheRemoveValue } from './cache-remove-value.js'
import { cacheStoreValue } from './cache-store-value.js'
import { choose } from './choose.js'
import { forwardRequest } from './forward-request.js'
import { getAuthorizationContext } from './get-authorization-context.js'
import { returnResponse } from './return-response.js'
import { rewriteUri } from './rewrite-uri.js'
import { sendRequest } from './send-request.js'
import { setBackendService } from './set-backend-service.js'
import { setBody } from './set-body.js'
import { setHeader } from './set-header.js'
import { setMethod } from './set-method.js'
import { setStatus } from './set-status.js'
import { setVariable } from './set-variable.js'
import { trace } from './trace.js'
import { validateAzureAdToken } from './validate-azure-ad-token.js'

/** Every described policy, by the name of its element. */
export const policyBuilders = {
  base,
  'cache-lookup-value': cacheLookupValue,
  'cache-remove-value': cacheRemoveValue,
  'cache-store-value': cacheStoreValue,
  choose,
  'forward-request': forwardRequest,
  'get-authorization-context': getAuthorizationContext,
  'return-response': returnResponse,
  'rewrite-uri': rewriteUri,
  'send-request': sendRequest,
  'set-backend-service': setBackendService,
  'set-body': setBody,
  'set-header': setHeader,
  'set-method': setMethod,
  'set-status': setStatus,
  'set-variable': setVariable,
  trace,
  'validate-azure-ad-token': validateAzureAdToken,
} as const satisfies Readonly<Record<string, AnyPolicyBuilder>>

/** The element names of the described policies. */
export type PolicyName = keyof typeof policyBuilders
