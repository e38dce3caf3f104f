/**
 * What the credential manager reads from the emulator's resources: the `properties` of the stored resources, in ARM's own
 * spelling, with the client secret in clear. All calls are synchronous because the store is memory; ids are the ARM names.
 */
export interface CredentialStore {
  getProvider(providerId: string): ProviderProperties | undefined
  getConnection(providerId: string, authorizationId: string): ConnectionProperties | undefined
  listAccessPolicies(providerId: string, authorizationId: string): readonly AccessPolicyProperties[]
  /** Writes the server's part of a connection. Called after every exchange that changes it. */
  setConnectionStatus(providerId: string, authorizationId: string, status: ConnectionStatus): void
  /** The system-assigned identity of the service; undefined when the service has none. */
  getManagedIdentity(): Principal | undefined
}

/** A map as ARM stores it: strings, and null where the client sent or the service filled in null (`scopes`). */
export type ParameterMap = Readonly<Record<string, string | null | undefined>>

/** `properties` of an `authorizationProviders` resource. */
export interface ProviderProperties {
  readonly identityProvider: string
  readonly oauth2?:
    | {
        readonly grantTypes?:
          | {
              readonly authorizationCode?: ParameterMap | undefined
              readonly clientCredentials?: ParameterMap | undefined
            }
          | undefined
      }
    | undefined
}

/** `properties` of an `authorizations` resource; the emulator compares `oauth2grantType` without case, as the service does. */
export interface ConnectionProperties {
  readonly oauth2grantType: string
  readonly parameters?: ParameterMap | undefined
}

/** `properties` of an `accessPolicies` resource. */
export interface AccessPolicyProperties {
  readonly tenantId: string
  readonly objectId: string
  readonly appIds?: readonly string[] | null | undefined
}

/** Who asks for a token: an object of a Microsoft Entra tenant. */
export interface Principal {
  readonly objectId: string
  readonly tenantId: string
}

/** The server-owned properties of a connection. `error` is there only with status `Error`. */
export type ConnectionStatus =
  | { readonly status: 'Connected' }
  | { readonly status: 'Error'; readonly error: ConnectionError }

/** `properties.error` of a connection. */
export interface ConnectionError {
  readonly code: string
  readonly message: string
}
