import { expectObject, isResource, type Resource } from '@apim-kit/core'
import type { PolicyList } from '../element.js'
import { setBackendService } from '../policies/set-backend-service.js'
import { setHeader } from '../policies/set-header.js'
import { validateAzureAdToken } from '../policies/validate-azure-ad-token.js'
import type { NamedValue } from '../value.js'

/** What {@link validateAndForward} lets in, and where it goes. */
export interface ValidateAndForward {
  /** The tenant whose tokens count: its id, or a domain. */
  readonly tenantId: string | NamedValue
  /** What a token has to be for: the application id URI or the id of this API's app registration. At least one. */
  readonly audiences: readonly [string | NamedValue, ...(string | NamedValue)[]]
  /** App roles or delegated permissions: the claim, and the values of which one is enough. Default: none is asked for. */
  readonly anyOf?: { readonly claim: 'roles' | 'scp'; readonly values: readonly [string, ...string[]] }
  /** Where the request goes: an address, or a backend. Default: where the API says. */
  readonly backend?: string | NamedValue | Resource<'backend'>
  /** `true` keeps the caller's token from the backend. Default: `false`. */
  readonly removeToken?: boolean
  /** The variable that receives the token as a `Jwt`. Default: none. */
  readonly variable?: string
}

/**
 * The protected side: only callers with a token of the tenant for this API pass, others get 401; the request goes on to the backend
 * without the subscription key, which is between the caller and the gateway.
 *
 * @returns policies for inbound, to stand after `base()`
 * @throws ApimKitError `invalid-input`
 * @example
 * policies({
 *   inbound: [
 *     base(),
 *     validateAndForward({ tenantId, audiences: ['api://orders'], anyOf: { claim: 'roles', values: ['Orders.Read'] } }),
 *   ],
 * })
 */
export function validateAndForward(options: ValidateAndForward): PolicyList<'inbound'> {
  expectObject('validateAndForward', options, "validateAndForward({ tenantId, audiences: ['api://orders'] })")
  const { tenantId, audiences, anyOf, backend, removeToken = false, variable } = options
  return [
    validateAzureAdToken({
      tenantId,
      ...(variable === undefined ? {} : { outputTokenVariableName: variable }),
      audiences,
      ...(anyOf === undefined ? {} : { requiredClaims: [requiredClaim(anyOf)] }),
    }),
    ...(backend === undefined ? [] : [setBackendService(targetOf(backend))]),
    ...(removeToken ? [setHeader({ name: 'Authorization', existsAction: 'delete' })] : []),
    setHeader({ name: 'Ocp-Apim-Subscription-Key', existsAction: 'delete' }),
  ]
}

/** Delegated permissions stand in one text with blanks between them, roles in a list. */
const requiredClaim = ({ claim, values }: NonNullable<ValidateAndForward['anyOf']>) => ({
  name: claim,
  match: 'any' as const,
  ...(claim === 'scp' ? { separator: ' ' } : {}),
  value: values,
})

const isBackend = (backend: NonNullable<ValidateAndForward['backend']>): backend is Resource<'backend'> =>
  isResource(backend) && backend.kind === 'backend'

const targetOf = (backend: NonNullable<ValidateAndForward['backend']>): Parameters<typeof setBackendService>[0] =>
  isBackend(backend) ? { backendId: backend } : { baseUrl: backend }
