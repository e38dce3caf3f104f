import { list, text } from '../fields.js'
import { defineKind, identifier } from '../kind.js'
import { createResource, expectDeclaration } from '../create-resource.js'
import type { Resource } from '../resource.js'
import { connectionKind } from './connection.js'
import { service, type Principal } from './service.js'

/** An access policy: one principal that may use a connection. */
export const accessPolicyKind = defineKind({
  kind: 'accessPolicy',
  title: 'access policy',
  parent: connectionKind,
  segment: 'accessPolicies',
  name: identifier,
  maxPerParent: 100,
  unique: [
    {
      words: 'principal',
      field: 'objectId',
      of: ({ tenantId, objectId }) => `${String(tenantId)}/${String(objectId)}`.toLowerCase(),
      nameless: true,
    },
  ],
  fields: {
    /** Tenant of the principal. */
    tenantId: text({ required: true, caseInsensitive: true }),
    /** Object id of the principal in that tenant. */
    objectId: text({ required: true, caseInsensitive: true }),
    /** Users and groups: the app registrations through which they may come. */
    appIds: list(text({ caseInsensitive: true })),
  },
  // The service writes a slash behind this type (observed).
  typeSuffix: '/',
  sdk: { group: 'authorizationAccessPolicy', list: 'listByAuthorization', put: 'createOrUpdate', delete: 'delete' },
  protocol: { entityTag: false, longRunning: false, created: 200 },
})

/** What {@link accessPolicy} takes. */
export interface AccessPolicyInput {
  /** The connection that may be used. */
  readonly connection: Resource<'connection'>
  /** Who may: `service.managedIdentity`, or one of {@link principal}. */
  readonly principal: Principal
}

/**
 * Declares an access policy. The service's own identity needs one too: only the portal adds it by itself.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * accessPolicy('apim-managed-identity', { connection: client, principal: service.managedIdentity })
 */
export function accessPolicy(name: string, input: AccessPolicyInput): Resource<'accessPolicy'> {
  expectDeclaration(accessPolicyKind, name, input)
  // Untyped callers may leave it out; then the object id is what is reported as missing.
  const { objectId, tenantId = service.tenantId, appIds }: Partial<Principal> = { ...input.principal }
  return createResource(accessPolicyKind, name, input.connection, { tenantId, objectId, appIds })
}

/** The principals of access policies, beside `service.managedIdentity`. */
export const principal = Object.freeze({
  /** A service principal or a managed identity other than the service's own, by the object id in its tenant. */
  servicePrincipal: (input: Omit<Principal, 'appIds'>): Principal => Object.freeze({ ...input }),
  /** A user, by object id; `appIds` are the app registrations through which the user may come. */
  user: (input: Principal): Principal => Object.freeze({ ...input }),
  /** A group, by object id; `appIds` are the app registrations through which its members may come. */
  group: (input: Principal): Principal => Object.freeze({ ...input }),
})
