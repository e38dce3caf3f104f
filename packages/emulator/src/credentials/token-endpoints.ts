import { ApimKitError } from '@apim-kit/core'
import type { ParameterMap } from './credential-store.js'

/** A request to a token endpoint: where to, and the fields of its form. */
export interface TokenEndpointRequest {
  readonly url: string
  readonly form: Readonly<Record<string, string>>
}

/** Reads a parameter of the provider or the connection; what it does not find in either is an error by name. */
export interface ExchangeParameters {
  readonly provider: ParameterMap
  readonly connection: ParameterMap
}

/** Builds the request that exchanges client credentials for a token. */
type ClientCredentialsExchange = (parameters: ExchangeParameters) => TokenEndpointRequest

/**
 * How each identity provider is asked for a token. A provider more is a row more. Those that are built in for one company's
 * service (Google, GitHub, …) do the authorization code grant only, so they never get here.
 */
const clientCredentialsExchanges: Readonly<Record<string, ClientCredentialsExchange>> = {
  /** Entra's v1 endpoints. The default of loginUri is that of the documentation since 2025; earlier it was login.windows.net. */
  aad: ({ provider, connection }) => ({
    url: `${trimSlash(provider['loginUri'] ?? 'https://login.microsoftonline.com')}/${provider['tenantId'] ?? 'common'}/oauth2/token`,
    form: { ...credentials(connection), resource: required(provider, 'resourceUri') },
  }),
  /** RFC 6749, section 4.4, with the client's credentials in the form; the documentation does not say which way they go. */
  oauth2: ({ provider, connection }) => ({
    url: required(provider, 'tokenUrl'),
    form: { ...credentials(connection), ...optional('scope', provider['scopes']) },
  }),
}

/**
 * The request for a token. Throws `not-supported` for a provider that has no row, `invalid-input` for a parameter that is not
 * there (the service lets both be saved).
 */
export function clientCredentialsRequest(
  identityProvider: string,
  parameters: ExchangeParameters,
): TokenEndpointRequest {
  // The ids of providers are compared without case: samples spell `aad` both ways.
  const name = identityProvider.toLowerCase()
  const exchange = Object.hasOwn(clientCredentialsExchanges, name) ? clientCredentialsExchanges[name] : undefined
  if (exchange !== undefined) return exchange(parameters)
  const known = Object.keys(clientCredentialsExchanges).join(', ')
  throw new ApimKitError(
    'not-supported',
    `The emulator does not do the client credentials grant with identity provider '${identityProvider}'; it does with ${known}.`,
  )
}

const credentials = (connection: ParameterMap) => ({
  grant_type: 'client_credentials',
  client_id: required(connection, 'clientId'),
  client_secret: required(connection, 'clientSecret'),
})

function required(parameters: ParameterMap, name: string): string {
  const value = parameters[name]
  if (typeof value === 'string' && value !== '') return value
  throw new ApimKitError('invalid-input', `The parameter ${name} is missing; write it and save the resource again.`)
}

const optional = (name: string, value: string | null | undefined): Record<string, string> =>
  value === null || value === undefined || value === '' ? {} : { [name]: value }

const trimSlash = (url: string): string => url.replace(/\/+$/, '')
