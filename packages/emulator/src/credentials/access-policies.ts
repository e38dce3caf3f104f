import { CredentialError } from './credential-error.js'
import type { AccessPolicyProperties, Principal } from './credential-store.js'
import type { TokenPrincipal } from './principal-of-token.js'

/** Who asks: the service itself, or the one a token speaks for. */
export type Caller = Principal & Partial<Pick<TokenPrincipal, 'appId' | 'groups'>>

/** Throws a {@link CredentialError} where no access policy of a connection lets the caller use it. */
export function checkAccess(
  caller: Caller,
  policies: readonly AccessPolicyProperties[],
  { providerId, authorizationId }: { readonly providerId: string; readonly authorizationId: string },
): void {
  if (policies.some((policy) => permits(policy, caller))) return
  // The beginning is known from reports, the rest of the text and the code are ours.
  throw new CredentialError(
    'Forbidden',
    `Permission denied. Double check that the access policy of connection '${authorizationId}' of provider '${providerId}' names object id ${caller.objectId} of tenant ${caller.tenantId}.`,
  )
}

function permits({ tenantId, objectId, appIds }: AccessPolicyProperties, caller: Caller): boolean {
  // How the service finds the members of a group is not known; a token that lists its groups answers it.
  const objects = [caller.objectId, ...(caller.groups ?? [])]
  const named = same(tenantId, caller.tenantId) && objects.some((id) => same(objectId, id))
  return named && permitsApplication(appIds ?? [], caller)
}

/** Which claim the service compares is not known either; the application that got the token is what the documentation means. */
function permitsApplication(appIds: readonly string[], { appId }: Caller): boolean {
  return appIds.length === 0 || (appId !== undefined && appIds.some((allowed) => same(allowed, appId)))
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
