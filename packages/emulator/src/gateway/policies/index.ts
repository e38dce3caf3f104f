import type { PolicyName } from '@apim-kit/policy-dsl'
import type { Behaviour } from '../behaviour.js'
import { runBase } from './base.js'
import { runCacheLookupValue } from './cache-lookup-value.js'
import { runCacheRemoveValue } from './cache-remove-value.js'
import { runCacheStoreValue } from './cache-store-value.js'
import { runChoose } from './choose.js'
import { runForwardRequest } from './forward-request.js'
import { runGetAuthorizationContext } from './get-authorization-context.js'
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
  base: runBase,
  'cache-lookup-value': runCacheLookupValue,
  'cache-remove-value': runCacheRemoveValue,
  'cache-store-value': runCacheStoreValue,
  choose: runChoose,
  'forward-request': runForwardRequest,
  'get-authorization-context': runGetAuthorizationContext,
  'return-response': runReturnResponse,
  'rewrite-uri': runRewriteUri,
  'send-request': runSendRequest,
  'set-backend-service': runSetBackendService,
  'set-body': runSetBody,
  'set-header': runSetHeader,
  'set-method': runSetMethod,
  'set-status': runSetStatus,
  'set-variable': runSetVariable,
  trace: runTrace,
  'validate-azure-ad-token': runValidateAzureAdToken,
} as const satisfies Record<PolicyName, Behaviour>
