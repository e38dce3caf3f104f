import { Element, validateAzureAdToken, type ParametersOf } from '@apim-kit/policy-dsl'
import { Jwt } from '../../expression/index.js'
import { handle } from '../behaviour.js'
import { PolicyError } from '../policy-error.js'
import { refuseAttributes } from '../refusals.js'
import type { RequestContext } from '../request-context.js'
import { checkToken } from '../token-rules.js'

type Parameters = ParametersOf<typeof validateAzureAdToken>

/** Lets valid tokens of the tenant pass; every refusal has the policy's status and, where one is given, its message. */
export const runValidateAzureAdToken = handle(
  validateAzureAdToken,
  async (parameters, context) => {
    try {
      const { header, payload } = await validated(parameters, context)
      const { outputTokenVariableName } = parameters
      if (outputTokenVariableName !== undefined) {
        context.variables.set(outputTokenVariableName, new Jwt(header, payload))
      }
    } catch (error) {
      throw error instanceof PolicyError && error.status === 401 ? asConfigured(error, parameters) : error
    }
  },
  (element) =>
    refuseDecryption(element) ??
    refuseAttributes(element, ['allow-protected-forwarded-tokens', 'allow-proof-of-possession-tokens']),
)

function refuseDecryption(element: Element): string | undefined {
  return element.children.some((child) => child instanceof Element && child.name === 'decryption-keys')
    ? 'decryption-keys need certificates of the service, which the emulator does not have yet'
    : undefined
}

async function validated(parameters: Parameters, context: RequestContext) {
  const token = findToken(parameters, context)
  if (token === undefined) throw new PolicyError('JWT not present.', { status: 401, reason: 'TokenNotPresent' })
  const signed = await context.services.signingKeys.verify(token, configurationsOf(parameters))
  const { audiences, backendApplicationIds, clientApplicationIds, requiredClaims } = parameters
  const accepted =
    audiences === undefined && backendApplicationIds === undefined
      ? undefined
      : [...(audiences ?? []), ...(backendApplicationIds ?? [])]
  checkToken(
    signed.payload,
    { issuers: signed.issuers, audiences: accepted, clientApplicationIds, requiredClaims },
    context.now(),
  )
  return signed
}

/** The token, without its scheme; undefined where there is none. */
function findToken(parameters: Parameters, { request }: RequestContext): string | undefined {
  const { tokenValue, queryParameterName, headerName, requireScheme } = parameters
  if (tokenValue !== undefined) return found(tokenValue)
  if (queryParameterName !== undefined) return found(request.url.query.get(queryParameterName)?.[0])
  const header = request.headers.get(headerName ?? 'Authorization')?.[0]?.trim()
  if (header === undefined) return undefined
  const [, scheme, value] = /^(\S+)\s+(\S.*)$/.exec(header) ?? []
  const isDefault = (headerName ?? 'Authorization').toLowerCase() === 'authorization'
  // A header of one's own carries the bare token; whether Bearer may stand before it, editions of the page disagree.
  if (!isDefault) return found(scheme?.toLowerCase() === 'bearer' ? value : header)
  return scheme?.toLowerCase() === (requireScheme ?? 'Bearer').toLowerCase() ? found(value) : undefined
}

const found = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : text.trim()

/** The OpenID configurations of both versions of the tenant's endpoints: the resource decides which version its tokens have. */
function configurationsOf({ tenantId, authenticationEndpoint }: Parameters): string[] {
  const endpoint = withScheme(authenticationEndpoint.trim().replace(/\/+$/, ''))
  const tenant = tenantId.trim().replace(/\/+$/, '')
  // A tenant may be given as its address.
  const authority = /^https?:\/\//i.test(tenant) ? tenant : `${endpoint}/${encodeURIComponent(tenant)}`
  const below = '.well-known/openid-configuration'
  return [`${authority}/${below}`, `${authority}/v2.0/${below}`]
}

function withScheme(endpoint: string): string {
  return /^https?:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`
}

function asConfigured(error: PolicyError, parameters: Parameters): PolicyError {
  const { failedValidationHttpcode: status, failedValidationErrorMessage: message } = parameters
  return new PolicyError(message ?? error.message, {
    status,
    answer: message ?? error.message,
    ...(error.reason === null ? {} : { reason: error.reason }),
    cause: error,
  })
}
