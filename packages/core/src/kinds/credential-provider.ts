import { group, map, text } from '../fields.js'
import { inputProblems, type InputOf } from '../input.js'
import { defineKind, identifier } from '../kind.js'
import type { Problem } from '../problems.js'
import { createResource, expectDeclaration, throwIfInvalid } from '../create-resource.js'
import type { Resource } from '../resource.js'
import {
  identityProviderOf,
  identityProviders,
  type Grant,
  type GrantOf,
  type GrantParameters,
  type IdentityProviderId,
  type ParametersOf,
} from './identity-providers.js'
import { serviceKind } from './service.js'

/**
 * The specification's example shows the first two filled in for `aad`, where the live service was seen to leave them out; the
 * others have a documented default for the client credentials grant of `oauth2`, and are always given for the other grant.
 */
const parameters = {
  secretKeys: ['clientSecret'],
  filledKeys: ['loginUri', 'tenantId', 'authorizationUrl', 'refreshUrl'],
} as const

/** A credential provider: which OAuth 2.0 server gives tokens, and by which grant. ARM calls it an authorization provider. */
export const credentialProviderKind = defineKind({
  kind: 'credentialProvider',
  title: 'credential provider',
  parent: serviceKind,
  segment: 'authorizationProviders',
  name: identifier,
  maxPerParent: 1000,
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

/** The form of one grant of a known identity provider: the parameters under the grant's name, and no other grant. */
export type GrantInput<I extends IdentityProviderId, G extends GrantOf<I>> = {
  /** What the portal shows. Default: the resource's name. */
  readonly displayName?: string
} & { readonly [K in G]: ProviderParameters<ParametersOf<I, G>> } & { readonly [K in Exclude<Grant, G>]?: never }

type ProviderParameters<P> = P extends { readonly provider: infer F extends GrantParameters['provider'] }
  ? InputOf<F>
  : never

/** The typed form of a known identity provider: one of its grants. */
export type CredentialProviderInputOf<I extends IdentityProviderId> = {
  [G in GrantOf<I>]: GrantInput<I, G>
}[GrantOf<I>]

/** A declared provider of which the compiler knows who gives the tokens, and by which grant; its connections follow from it. */
export type CredentialProvider<I extends IdentityProviderId, G extends Grant> = Resource<'credentialProvider'> & {
  readonly properties: {
    readonly identityProvider: I
    readonly oauth2: { readonly grantTypes: { readonly [K in G]: object } }
  }
}

/** One call for each grant. */
type CallsOf<I extends IdentityProviderId> = {
  [G in GrantOf<I>]: (calls: (name: string, input: GrantInput<I, G>) => CredentialProvider<I, G>) => void
}[GrantOf<I>]

/** The calls of all grants as overloads of one function. */
type Declare<I extends IdentityProviderId> = CallsOf<I> extends (calls: infer Overloads) => void ? Overloads : never

/** One function for every row. */
type TypedForms = { readonly [I in IdentityProviderId]: Declare<I> }

/**
 * Declares a credential provider of any identity provider, with the parameters as the service names them. Parameters of
 * identity providers that apim-kit knows are checked; each of them has a typed form of its own: `credentialProvider.aad`,
 * `.github`, `.oauth2` …, one for every row of `identityProviders`.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * credentialProvider.aad('backend', { clientCredentials: { resourceUri: 'api://backend', tenantId } })
 * credentialProvider.github('github', { authorizationCode: { clientId, clientSecret: fromEnvironment('GITHUB'), scopes: 'repo' } })
 * credentialProvider('contoso', { identityProvider: 'contoso', oauth2: { grantTypes: {
 *   clientCredentials: { tokenUrl: 'https://login.contoso.example/token' } } } })
 */
export const credentialProvider = /* @__PURE__ */ Object.assign(openCredentialProvider, /* @__PURE__ */ typedForms())

function openCredentialProvider(name: string, input: CredentialProviderInput): Resource<'credentialProvider'> {
  expectDeclaration(credentialProviderKind, name, input)
  const resource = createResource(credentialProviderKind, name, undefined, { displayName: name, ...input })
  throwIfInvalid(resource, grantProblems(input))
  return resource
}

function typedForms(): TypedForms {
  const forms = Object.keys(identityProviders).map((identityProvider) => {
    const declare = (name: string, input: Readonly<Record<string, object>>): Resource<'credentialProvider'> => {
      expectDeclaration(credentialProviderKind, name, input, `credentialProvider.${identityProvider}`)
      const { displayName, ...grantTypes } = input
      return openCredentialProvider(name, {
        ...(displayName === undefined ? {} : { displayName }),
        identityProvider,
        oauth2: { grantTypes },
      } as CredentialProviderInput)
    }
    return [identityProvider, declare] as const
  })
  // The rows are the one source of both the functions and their types.
  return Object.fromEntries(forms) as unknown as TypedForms
}

/** The grant that a provider carries: the only key of its grant types. */
export function grantOf(provider: Resource<'credentialProvider'>): Grant {
  const { oauth2 } = provider.properties as unknown as CredentialProviderInput
  return oauth2.grantTypes.authorizationCode === undefined ? 'clientCredentials' : 'authorizationCode'
}

function grantProblems(input: CredentialProviderInput): Problem[] {
  const path = 'oauth2.grantTypes'
  const grants = Object.entries(input.oauth2.grantTypes).filter(([, given]) => given !== undefined)
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
  const [name, given] = grant
  const row = identityProviderOf(input.identityProvider.toString())
  if (row === undefined) return []
  const known = row[name as Grant]
  if (known === undefined) return [noSuchGrant(row.title, `${path}.${name}`)]
  const problems = inputProblems(known.provider, given, `${path}.${name}`)
  return row.assumed ? problems.filter(({ rule }) => rule !== 'input/unknown-field') : problems
}

/** The documentation: providers of software as a service do the authorization code grant only. */
function noSuchGrant(title: string, path: string): Problem {
  return {
    rule: 'credential-provider/grant',
    severity: 'error',
    path,
    message: `${title} does the authorization code grant only; give authorizationCode`,
  }
}

/** Where the parameters of a provider's grant belong; undefined for an identity provider that apim-kit has no row for. */
export function grantParametersOf(provider: Resource<'credentialProvider'>): GrantParameters | undefined {
  return identityProviderOf(String(provider.properties['identityProvider']))?.[grantOf(provider)]
}
