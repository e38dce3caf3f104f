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

const scopes = text()

/**
 * The identity providers that apim-kit knows by name, with the place of every parameter.
 * A provider more is a row more; ids that are not here go through `credentialProvider` as they are.
 */
export const identityProviders = {
  /** Microsoft Entra ID by its v1 endpoints: "Azure Active Directory v1" in the portal. */
  aad: {
    clientCredentials: {
      provider: {
        /** Application ID URI of the API that the token is for. */
        resourceUri: text({ required: true }),
        /** Tenant that issues the token. */
        tenantId: text({ default: 'common', caseInsensitive: true, filled: true }),
        /** Entra's endpoint; the default is that of the documentation since 2025. */
        loginUri: text({ default: 'https://login.microsoftonline.com', filled: true }),
        scopes,
      },
      connection: {
        /** Client id of the app registration that asks for the token. */
        clientId: text({ required: true }),
        /** Its client secret. */
        clientSecret: secret({ required: true }),
      },
    },
  },
} as const satisfies Record<string, Partial<Record<Grant, GrantParameters>>>
