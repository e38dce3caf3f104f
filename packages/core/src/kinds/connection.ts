import { group, map, oneOf, text } from '../fields.js'
import { inputProblems } from '../input.js'
import { defineKind, identifier } from '../kind.js'
import type { Output } from '../outputs.js'
import { createResource, throwIfInvalid } from '../create-resource.js'
import type { Resource } from '../resource.js'
import type { SecretReference } from '../secrets.js'
import { credentialProviderKind, grantOf, grantParametersOf } from './credential-provider.js'

/** A connection of a credential provider: one set of credentials, one token. ARM calls it an authorization. */
export const connectionKind = defineKind({
  kind: 'connection',
  title: 'connection',
  parent: credentialProviderKind,
  segment: 'authorizations',
  name: identifier,
  fields: {
    /** The only type there is. */
    authorizationType: oneOf(['OAuth2'], { required: true }),
    /** Has to fit the provider's grant. The SDK's model spells it with a capital A. */
    oauth2grantType: oneOf(['AuthorizationCode', 'ClientCredentials'], { required: true, sdk: 'oAuth2GrantType' }),
    /** Client credentials only: client id and client secret. */
    parameters: map({ secretKeys: ['clientSecret'] }),
    /** `Connected` or `Error`. */
    status: text({ computed: true }),
    /** Why it is not connected. */
    error: group({ code: text({ computed: true }), message: text({ computed: true }) }, { computed: true }),
  },
  sdk: { group: 'authorization', list: 'listByAuthorizationProvider', put: 'createOrUpdate', delete: 'delete' },
  protocol: { entityTag: false, longRunning: false, created: 200 },
})

/** What {@link connection} takes beside the provider: its parameters, for the client credentials grant. */
export interface ConnectionInput {
  /** The credential provider; the connection's grant follows from it. */
  readonly provider: Resource<'credentialProvider'>
  /** Client credentials: client id of the application that asks for the token. */
  readonly clientId?: string | Output
  /** Client credentials: its secret. */
  readonly clientSecret?: SecretReference
}

/**
 * Declares a connection.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * connection('client', { provider, clientId: '11111111-…', clientSecret: fromEnvironment('CLIENT_SECRET') })
 */
export function connection(name: string, input: ConnectionInput): Resource<'connection'> {
  const { provider, ...parameters } = input
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
