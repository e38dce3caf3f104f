/** An application of the emulated Microsoft Entra tenant: its registration and its service principal in one. */
export interface Application {
  /** Application (client) id. */
  readonly appId: string
  /** Object id of the service principal, the `oid` of its tokens. Default: an id derived from `appId`, always the same. */
  readonly objectId?: string
  /** Default: `appId`. */
  readonly displayName?: string
  /** Application ID URIs, for example `api://backend`: the names under which others ask for tokens for it. Default: none. */
  readonly identifierUris?: readonly string[]
  /** Application permissions that it offers, by value, for example `Sample.Read`. Default: none. */
  readonly appRoles?: readonly string[]
  /** Any of them authenticates the application. Default: none. */
  readonly clientSecrets?: readonly string[]
  /** Certificates (PEM, public part) whose key may sign a client assertion. Default: none. */
  readonly certificates?: readonly string[]
  /** Roles of other applications that were granted to this one. Default: none. */
  readonly appRoleAssignments?: readonly AppRoleAssignment[]
  /** Refuses a token to an application that holds none of the roles. Default: `false`, as in Entra. */
  readonly appRoleAssignmentRequired?: boolean
  /**
   * Version of the tokens issued *for* this application, whichever endpoint is asked; null means 1. Default: null, as in Entra.
   */
  readonly requestedAccessTokenVersion?: 1 | 2 | null
}

/** Roles granted on one resource. */
export interface AppRoleAssignment {
  /** Application ID URI or application id of the resource. */
  readonly resource: string
  readonly roles: readonly string[]
}
