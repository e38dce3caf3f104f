import type { EndpointVersion } from './addresses.js'
import type { RefusalName } from './refusals.js'

/** A request to the token endpoint in the words of RFC 6749 and RFC 8707. */
export interface TokenForm {
  readonly parameters: URLSearchParams
  /** The `Authorization` header, where the client authenticates with it. */
  readonly authorization: string | null
  /** What the client authenticates with. */
  readonly credential: 'secret' | 'assertion' | 'none'
  /** Application ID URI or application id of the resource. */
  readonly resource: string
}

/** A request that Entra refuses for its form. */
export interface Refused {
  readonly refusal: RefusalName
  readonly subject: string
}

/** Fields that mean the same in both protocols. */
const passedOn = ['grant_type', 'client_id', 'client_secret', 'client_assertion', 'client_assertion_type'] as const

/** Turns Entra's form into the standard one: `resource` (v1) and `scope` (v2) become a resource indicator. */
export function readTokenRequest(
  version: EndpointVersion,
  form: URLSearchParams,
  authorization: string | null,
): TokenForm | Refused {
  const grantType = form.get('grant_type')
  if (!grantType) return missing('grant_type')
  // Others are known to Entra; this list grows with what the emulator can do.
  if (grantType !== 'client_credentials') return { refusal: 'unsupportedGrantType', subject: grantType }
  const assertion = form.has('client_assertion')
  if (!form.get('client_id') && authorization === null && !assertion) return missing('client_id')
  const resource = version === 1 ? resourceOf(form) : defaultScopeOf(form)
  if (typeof resource !== 'string') return resource
  const parameters = new URLSearchParams([...form].filter(([name]) => passedOn.some((known) => known === name)))
  parameters.set('resource', toIndicator(resource))
  const secret = authorization !== null || form.has('client_secret')
  const credential = assertion ? 'assertion' : secret ? 'secret' : 'none'
  return { parameters, authorization, credential, resource }
}

const missing = (subject: string): Refused => ({ refusal: 'parameterMissing', subject })

function resourceOf(form: URLSearchParams): string | Refused {
  const resource = form.get('resource')
  // Entra falls back to the retired Azure AD Graph when a v1 request names no resource; nobody wants that token.
  return resource === null || resource === '' ? missing('resource') : resource
}

function defaultScopeOf(form: URLSearchParams): string | Refused {
  const scope = form.get('scope')
  if (!scope) return missing('scope')
  const resource = /^(\S+)\/\.default$/.exec(scope)?.[1]
  return resource ?? { refusal: 'scopeWithoutDefault', subject: scope }
}

/** RFC 8707 wants an absolute URI; Entra also takes an application id. So every name travels inside a URI. */
export const toIndicator = (resource: string): string => `resource:${encodeURIComponent(resource)}`

/** The name that {@link toIndicator} was given. */
export const fromIndicator = (indicator: string): string => decodeURIComponent(indicator.slice('resource:'.length))
