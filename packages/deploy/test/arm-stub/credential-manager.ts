import type { Json, Written } from './types.js'

/*
 * Credential manager as it was observed: no ETags, 200 for every write, secrets never in an answer, scopes null where left out,
 * the redirect address made of the service's name, `aad` without the defaults that the specification's example shows.
 */

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined

/** Names are read in any case. */
function inAnyCase(properties: Json, names: readonly string[]): Record<string, unknown> {
  const entries = Object.entries(properties)
  return Object.fromEntries(
    names.flatMap((name) => {
      const found = entries.find(([given]) => given.toLowerCase() === name.toLowerCase())
      return found === undefined ? [] : [[name, found[1]]]
    }),
  )
}

function withoutSecret(map: unknown): Json {
  return Object.fromEntries(Object.entries((map ?? {}) as Json).filter(([name]) => name !== 'clientSecret'))
}

function provider(properties: Json, { service, habits }: Written): Json {
  const { displayName, identityProvider, oauth2 } = inAnyCase(properties, ['displayName', 'identityProvider', 'oauth2'])
  const grantTypes = Object.entries((member(oauth2, 'grantTypes') ?? {}) as Json).filter(
    ([, map]) => map !== null && map !== undefined,
  )
  const aad = habits.aadDefaults && String(identityProvider).toLowerCase() === 'aad'
  const defaults = aad ? { loginUri: 'https://login.windows.net', tenantId: 'common' } : {}
  const others = habits.notApplicable === 'null' ? { authorizationCode: null, clientCredentials: null } : {}
  const shown = grantTypes.map(([grant, map]) => [grant, { scopes: null, ...defaults, ...withoutSecret(map) }] as const)
  return {
    displayName,
    identityProvider,
    oauth2: {
      redirectUrl: `https://authorization-manager.consent.azure-apim.net/redirect/apim/${service}`,
      grantTypes: { ...others, ...Object.fromEntries(shown) },
    },
  }
}

const pascalCase = (text: unknown): string => String(text).replace(/^\w/, (first) => first.toUpperCase())

function authorization(properties: Json, { habits }: Written): Json {
  const names = ['authorizationType', 'oauth2grantType', 'parameters'] as const
  const { oauth2grantType, parameters } = inAnyCase(properties, names)
  const grant = habits.enums === 'PascalCase' ? pascalCase(oauth2grantType) : oauth2grantType
  const exchanged = pascalCase(oauth2grantType) === 'ClientCredentials'
  const refused = { code: 'Unauthenticated', message: 'This connection is not authenticated.' }
  return {
    authorizationType: 'OAuth2',
    oauth2grantType: grant,
    ...(habits.notApplicable === 'null' ? { parameters: null, error: null } : {}),
    ...(exchanged
      ? { parameters: withoutSecret(parameters), status: 'Connected' }
      : { status: 'Error', error: refused }),
  }
}

function accessPolicy(properties: Json): Json {
  return { appIds: null, ...inAnyCase(properties, ['tenantId', 'objectId', 'appIds']) }
}

/** The three types; the last one's type ends with a slash. */
export const credentialManager = {
  authorizationProviders: { type: 'authorizationProviders', entityTag: false, store: provider },
  'authorizationProviders/authorizations': {
    type: 'authorizationProviders/authorizations',
    entityTag: false,
    store: authorization,
  },
  'authorizationProviders/authorizations/accessPolicies': {
    type: 'authorizationProviders/authorizations/accessPolicies/',
    entityTag: false,
    store: accessPolicy,
  },
} as const
