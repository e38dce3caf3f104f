import { group, map, oneOf, text, type Fields } from '../fields.js'
import { inputProblems, type InputOf } from '../input.js'
import { defineKind, identifier } from '../kind.js'
import type { Output } from '../outputs.js'
import { createResource, expectDeclaration, throwIfInvalid, throwIfNotBelow } from '../create-resource.js'
import type { Resource } from '../resource.js'
import type { SecretReference } from '../secrets.js'
import { credentialProviderKind, grantOf, grantParametersOf } from './credential-provider.js'
import type { GrantOf, IdentityProviderId, ParametersOf } from './identity-providers.js'

/** A connection of a credential provider: one set of credentials, one token. ARM calls it an authorization. */
export const connectionKind = defineKind({
  kind: 'connection',
  title: 'connection',
  parent: credentialProviderKind,
  segment: 'authorizations',
  name: identifier,
  maxPerParent: 10_000,
  fields: {
    /** The only type there is. */
    authorizationType: oneOf(['OAuth2'], { required: true }),
    /** Has to fit the provider's grant. The SDK's model spells it with a capital A. */
    oauth2grantType: oneOf(['AuthorizationCode', 'ClientCredentials'], { required: true, sdk: 'oAuth2GrantType' }),
    /** Client credentials only: client id and client secret. */
    parameters: map({ secretKeys: ['clientSecret'], mayBeHidden: true }),
    /** `Connected` or `Error`. */
    status: text({ computed: true }),
    /** Why it is not connected. */
    error: group({ code: text({ computed: true }), message: text({ computed: true }) }, { computed: true }),
  },
  tokens: {
    status: 'status',
    connected: 'Connected',
    error: 'error',
    signIn: { field: 'oauth2grantType', value: 'AuthorizationCode' },
  },
  sdk: {
    group: 'authorization',
    list: 'listByAuthorizationProvider',
    put: 'createOrUpdate',
    delete: 'delete',
    loginLink: { group: 'authorizationLoginLinks', post: 'post' },
  },
  protocol: { entityTag: false, longRunning: false, created: 200 },
})

/** The parameters of a connection whose provider the compiler does not know, as the service names them. */
export interface OpenConnectionParameters {
  /** Client credentials: client id of the application that asks for the token. */
  readonly clientId?: string | Output
  /** Client credentials: its secret. */
  readonly clientSecret?: SecretReference
  /** Others, for identity providers that nobody has listed. */
  readonly parameters?: Readonly<Record<string, string | Output | SecretReference>>
}

/** The parameters that a connection of a provider has: those that the provider's grant keeps on connections, and no others. */
export type ConnectionParameters<P> = P extends {
  readonly properties: {
    readonly identityProvider: infer I extends IdentityProviderId
    readonly oauth2: { readonly grantTypes: infer T }
  }
}
  ? Kept<ParametersOf<I, keyof T & GrantOf<I>>>
  : OpenConnectionParameters

type Kept<P> = P extends { readonly connection: infer F extends Fields }
  ? InputOf<F> & { readonly [K in Exclude<keyof OpenConnectionParameters, keyof F>]?: never }
  : never

/** What {@link connection} takes: the provider, and the parameters that its grant keeps on connections. */
export type ConnectionInput<P extends Resource<'credentialProvider'> = Resource<'credentialProvider'>> = {
  /** The credential provider; the connection's grant follows from it. */
  readonly provider: P
} & ConnectionParameters<P>

/**
 * Declares a connection. Its parameters follow from the provider: client credentials need a client id and a secret, the
 * authorization code grant has none here, since somebody signs in.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * connection('client', { provider, clientId: '11111111-…', clientSecret: fromEnvironment('CLIENT_SECRET') })
 */
export function connection<const P extends Resource<'credentialProvider'>>(
  name: string,
  input: ConnectionInput<P>,
): Resource<'connection'> {
  expectDeclaration(connectionKind, name, input)
  const { provider, parameters: others, ...own }: ConnectionInput = input
  const parameters = { ...own, ...others }
  throwIfNotBelow(connectionKind, name, provider)
  const grant = grantOf(provider)
  const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined))
  const resource = createResource(connectionKind, name, provider, {
    authorizationType: 'OAuth2',
    oauth2grantType: grant === 'clientCredentials' ? 'ClientCredentials' : 'AuthorizationCode',
    parameters: Object.keys(given).length > 0 ? given : undefined,
  })
  const expected = grantParametersOf(provider)?.connection
  throwIfInvalid(resource, expected === undefined ? [] : inputProblems(expected, given))
  return resource
}
