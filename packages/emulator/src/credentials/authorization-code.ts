import { ApimKitError } from '@apim-kit/core'
import { createHash, randomBytes } from 'node:crypto'
import type { ParameterMap } from './credential-store.js'
import type { TokenEndpointRequest } from './token-endpoints.js'

/** Identity providers whose endpoints stand in the provider's parameters; `true` where the code is guarded by PKCE (RFC 7636). */
const identityProviders: Readonly<Record<string, boolean>> = { oauth2: false, oauth2pkce: true }

/** The authorization code grant (RFC 6749, section 4.1) with one identity provider. */
export interface AuthorizationCodeGrant {
  /** Where a person signs in. */
  readonly authorizationUrl: (state: string, redirectUri: string) => string
  /** The request that exchanges the code which came back. */
  readonly codeRequest: (code: string, redirectUri: string) => TokenEndpointRequest
}

/**
 * Begins a sign-in.
 *
 * @throws ApimKitError `not-supported` for an identity provider whose endpoints the emulator does not know
 */
export function authorizationCodeGrant(identityProvider: string, parameters: ParameterMap): AuthorizationCodeGrant {
  const withProof = proofOf(identityProvider)
  const verifier = randomBytes(32).toString('base64url')
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  return {
    authorizationUrl: (state, redirectUri) => {
      const url = new URL(required(parameters, 'authorizationUrl'))
      const query = {
        response_type: 'code',
        client_id: required(parameters, 'clientId'),
        redirect_uri: redirectUri,
        state,
        ...scope(parameters),
        ...(withProof ? { code_challenge: challenge, code_challenge_method: 'S256' } : {}),
      }
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      return url.href
    },
    codeRequest: (code, redirectUri) => ({
      url: required(parameters, 'tokenUrl'),
      form: {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        ...client(parameters),
        ...(withProof ? { code_verifier: verifier } : {}),
      },
    }),
  }
}

/** The request for a new token by a refresh token (RFC 6749, section 6). */
export function refreshRequest(parameters: ParameterMap, refreshToken: string): TokenEndpointRequest {
  const url = parameters['refreshUrl'] ?? ''
  return {
    url: url === '' ? required(parameters, 'tokenUrl') : url,
    form: { grant_type: 'refresh_token', refresh_token: refreshToken, ...client(parameters) },
  }
}

function proofOf(identityProvider: string): boolean {
  const name = identityProvider.toLowerCase()
  const proof = Object.hasOwn(identityProviders, name) ? identityProviders[name] : undefined
  if (proof !== undefined) return proof
  const known = Object.keys(identityProviders).join(' and ')
  throw new ApimKitError(
    'not-supported',
    `The emulator cannot sign people in with identity provider '${identityProvider}'; it can with ${known}, whose endpoints are parameters.`,
  )
}

const client = (parameters: ParameterMap) => ({
  client_id: required(parameters, 'clientId'),
  client_secret: required(parameters, 'clientSecret'),
})

function scope({ scopes }: ParameterMap): { readonly scope?: string } {
  return scopes === undefined || scopes === null || scopes === '' ? {} : { scope: scopes }
}

function required(parameters: ParameterMap, name: string): string {
  const value = parameters[name]
  if (typeof value === 'string' && value !== '') return value
  throw new ApimKitError('invalid-input', `The parameter ${name} is missing; write it and save the provider again.`)
}
