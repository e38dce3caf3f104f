import { secret, text, type Fields } from '../fields.js'

/** The OAuth 2.0 grants that credential manager does, as a provider's `grantTypes` spells them. */
export type Grant = 'authorizationCode' | 'clientCredentials'

/** Where the parameters of one grant of one identity provider belong. */
export interface GrantParameters {
  /** What stands on the credential provider. */
  readonly provider: Fields
  /** What stands on each connection. */
  readonly connection: Fields
}

/** What is known of one identity provider: its name, and its grants. */
export interface IdentityProvider extends Readonly<Partial<Record<Grant, GrantParameters>>> {
  /** What the portal calls it. */
  readonly title: string
  /** Only its id is documented: the parameters are those of its likes, and there may be more. */
  readonly assumed?: true
}

const scopes = text()

const client = {
  /** Client id of the application at the identity provider. */
  clientId: text({ required: true }),
  /** Its client secret. */
  clientSecret: secret({ required: true }),
}

/** Signing in at a service that is built in: the application's credentials and what it may do. */
const signIn = {
  provider: {
    ...client,
    /** What is asked for, as the identity provider separates it, mostly by spaces. */
    scopes,
  },
  connection: {},
} as const satisfies GrantParameters

const entra = {
  /** Application ID URI of the API that the token is for. */
  resourceUri: text({ required: true }),
  /** Tenant that issues the token. */
  tenantId: text({ default: 'common', caseInsensitive: true, filled: true }),
  // The documentation before 2025, and the specification, name https://login.windows.net; both lead to the same service.
  /** Entra's endpoint; the default is that of the documentation since 2025. */
  loginUri: text({ default: 'https://login.microsoftonline.com', filled: true }),
  scopes,
}

/** Any server, by its addresses. */
const anyServer = {
  provider: {
    ...client,
    /** Where people sign in. */
    authorizationUrl: text({ required: true }),
    /** Where codes become tokens. */
    tokenUrl: text({ required: true }),
    /** Where tokens are refreshed: mostly the same as `tokenUrl`. */
    refreshUrl: text({ required: true }),
    scopes,
  },
  connection: {},
} as const satisfies GrantParameters

/**
 * The identity providers that apim-kit knows by name, with the place of every parameter.
 * A provider more is a row more; ids that are not here go through `credentialProvider` as they are.
 */
export const identityProviders = {
  /** Microsoft Entra ID by its v1 endpoints: "Azure Active Directory v1" in the portal. */
  aad: {
    title: 'Azure Active Directory v1',
    authorizationCode: { provider: { ...client, ...entra }, connection: {} },
    clientCredentials: { provider: entra, connection: client },
  },
  /** Any OAuth 2.0 server, by its addresses. */
  oauth2: {
    title: 'Generic OAuth 2.0',
    authorizationCode: anyServer,
    clientCredentials: {
      provider: {
        /** Where tokens are asked for. */
        tokenUrl: text({ required: true }),
        /** Not used by this grant. */
        authorizationUrl: text({ default: 'UNUSED', filled: true }),
        /** Not used by this grant. */
        refreshUrl: text({ default: 'UNUSED', filled: true }),
        scopes,
      },
      connection: client,
    },
  },
  /** Any OAuth 2.0 server that wants proof keys for codes. Its parameters are known from public templates only. */
  oauth2pkce: { title: 'Generic OAuth 2.0 with PKCE', authorizationCode: anyServer },
  /** Google; scopes such as `https://www.googleapis.com/auth/userinfo.profile`. */
  google: { title: 'Google', authorizationCode: signIn },
  /** GitHub; scopes such as `user repo`. */
  github: { title: 'GitHub', authorizationCode: signIn },
  /** Dropbox; scopes such as `account_info.read`. */
  dropbox: { title: 'Dropbox', authorizationCode: signIn },
  /** LinkedIn; scopes such as `r_liteprofile`. */
  linkedin: { title: 'LinkedIn', authorizationCode: signIn },
  /** Spotify. */
  spotify: { title: 'Spotify', authorizationCode: signIn },
  /** ServiceNow. */
  servicenow: {
    title: 'ServiceNow',
    authorizationCode: {
      provider: {
        ...signIn.provider,
        /** Name of the ServiceNow instance, which must not hibernate. */
        instanceName: text({ required: true }),
      },
      connection: {},
    },
  },
  /** Stripe. Only its id is documented; parameters beyond the usual three go through `credentialProvider`. */
  stripe: { title: 'Stripe', assumed: true, authorizationCode: signIn },
  /** Twitter. Only its id is documented; parameters beyond the usual three go through `credentialProvider`. */
  twitter: { title: 'Twitter', assumed: true, authorizationCode: signIn },
  /** Zendesk. Only its id is documented; parameters beyond the usual three go through `credentialProvider`. */
  zendesk: { title: 'Zendesk', assumed: true, authorizationCode: signIn },
} as const satisfies Record<string, IdentityProvider>

/** The ids of the identity providers that apim-kit knows. */
export type IdentityProviderId = keyof typeof identityProviders

/** The grants of a known identity provider. */
export type GrantOf<I extends IdentityProviderId> = keyof (typeof identityProviders)[I] & Grant

/** Where the parameters of a known identity provider's grant belong. */
export type ParametersOf<I extends IdentityProviderId, G extends GrantOf<I>> = (typeof identityProviders)[I][G]

/** The row of an identity provider, without regard to case; undefined for one that nobody has listed. */
export function identityProviderOf(id: string): IdentityProvider | undefined {
  const name = id.toLowerCase()
  return Object.hasOwn(identityProviders, name) ? identityProviders[name as IdentityProviderId] : undefined
}
