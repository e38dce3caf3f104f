import { group, map, text } from '../fields.js'
import { inputProblems, type InputOf } from '../input.js'
import { defineKind, identifier } from '../kind.js'
import type { Problem } from '../problems.js'
import { createResource, throwIfInvalid } from '../create-resource.js'
import type { Resource } from '../resource.js'
import { identityProviders, type Grant, type GrantParameters } from './identity-providers.js'
import { serviceKind } from './service.js'

/** The specification's example shows both filled in for `aad`; the live service was seen to leave them out. */
const parameters = { secretKeys: ['clientSecret'], filledKeys: ['loginUri', 'tenantId'] } as const

/** A credential provider: which OAuth 2.0 server gives tokens, and by which grant. ARM calls it an authorization provider. */
export const credentialProviderKind = defineKind({
  kind: 'credentialProvider',
  title: 'credential provider',
  parent: serviceKind,
  segment: 'authorizationProviders',
  name: identifier,
  fields: {
    /** What the portal shows. */
    displayName: text({ min: 1, max: 300 }),
    /** The id of the OAuth 2.0 server's row in the service's catalogue: `aad`, `github`, `oauth2` … */
    identityProvider: text({ required: true, min: 1, max: 300, caseInsensitive: true }),
    oauth2: group(
      {
        /** The service's own address to which sign-ins return; it fills it in by its name. */
        redirectUrl: text({ filled: true }),
        /** Exactly one of the two. */
        grantTypes: group(
          {
            authorizationCode: map(parameters),
            clientCredentials: map(parameters),
          },
          { required: true },
        ),
      },
      { required: true },
    ),
  },
  sdk: { group: 'authorizationProvider', list: 'listByService', put: 'createOrUpdate', delete: 'delete' },
  protocol: { entityTag: false, longRunning: false, created: 200 },
})

/** The open form: any identity provider, parameters as the service names them. */
export type CredentialProviderInput = InputOf<(typeof credentialProviderKind)['fields']>

/** A credential provider that asks Microsoft Entra ID for tokens. */
export interface AadCredentialProviderInput {
  /** What the portal shows. Default: the resource's name. */
  readonly displayName?: string
  /** The client credentials grant: client id and secret stand on each connection. */
  readonly clientCredentials: InputOf<(typeof identityProviders)['aad']['clientCredentials']['provider']>
}

/**
 * Declares a credential provider of any identity provider, with the parameters as the service names them. Parameters of
 * identity providers that apim-kit knows are checked. `credentialProvider.aad` is the typed form for Microsoft Entra ID.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * credentialProvider('shop', { identityProvider: 'oauth2', oauth2: { grantTypes: {
 *   clientCredentials: { tokenUrl: 'https://login.example/token', scopes: 'read' } } } })
 */
export const credentialProvider = /* @__PURE__ */ Object.assign(openCredentialProvider, {
  /**
   * Declares a credential provider of Microsoft Entra ID (`aad`, its v1 endpoints).
   *
   * @throws ApimKitError `invalid-input`
   * @example
   * credentialProvider.aad('backend', { clientCredentials: { resourceUri: 'api://backend', tenantId } })
   */
  aad: aadCredentialProvider,
})

function openCredentialProvider(name: string, input: CredentialProviderInput): Resource<'credentialProvider'> {
  const resource = createResource(credentialProviderKind, name, undefined, { displayName: name, ...input })
  throwIfInvalid(resource, grantProblems(input))
  return resource
}

function aadCredentialProvider(name: string, input: AadCredentialProviderInput): Resource<'credentialProvider'> {
  const { clientCredentials, ...rest } = input
  return openCredentialProvider(name, {
    ...rest,
    identityProvider: 'aad',
    oauth2: { grantTypes: { clientCredentials } },
  })
}

/** The grant that a provider carries: the only key of its grant types. */
export function grantOf(provider: Resource<'credentialProvider'>): Grant {
  const { oauth2 } = provider.properties as unknown as CredentialProviderInput
  return oauth2.grantTypes.authorizationCode === undefined ? 'clientCredentials' : 'authorizationCode'
}

function grantProblems(input: CredentialProviderInput): Problem[] {
  const path = 'oauth2.grantTypes'
  const grants = Object.entries(input.oauth2.grantTypes).filter(([, parameters]) => parameters !== undefined)
  const [grant] = grants
  if (grant === undefined || grants.length > 1)
    return [
      {
        rule: 'credential-provider/one-grant',
        severity: 'error',
        path,
        message: `a provider has exactly one grant, ${grants.length} are given; give authorizationCode or clientCredentials`,
      },
    ]
  const [name, parameters] = grant
  const row = parametersOf(input.identityProvider.toString(), name)
  return row === undefined ? [] : inputProblems(row.provider, parameters, `${path}.${name}`)
}

/** Where the parameters of a provider's grant belong; undefined for an identity provider that apim-kit has no row for. */
export function grantParametersOf(provider: Resource<'credentialProvider'>): GrantParameters | undefined {
  return parametersOf(String(provider.properties['identityProvider']), grantOf(provider))
}

function parametersOf(identityProvider: string, grant: string): GrantParameters | undefined {
  const known: Readonly<Record<string, Readonly<Record<string, GrantParameters>>>> = identityProviders
  return known[identityProvider.toLowerCase()]?.[grant]
}
