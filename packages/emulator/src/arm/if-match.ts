import type { Kind } from '@apim-kit/core'
import type { StoredResource } from '../store.js'
import { ArmError, preconditionFailed } from './arm-error.js'

/** The entity tag of a stored resource: eight bytes that grow with every write, `"AAAAAAABdLg="`. */
export function entityTag({ version }: Pick<StoredResource, 'version'>): string {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(version))
  return `"${bytes.toString('base64')}"`
}

/**
 * Checks `If-Match` of a PUT. Without the field it is a plain create or replace, as templates send it; the specification wants
 * it for updates, but the service is used without it. `*` stands for any version and, on a PUT, for none.
 *
 * @throws ArmError 412
 */
export function checkPutPrecondition(
  { protocol }: Kind,
  ifMatch: string | undefined,
  current: StoredResource | undefined,
): void {
  if (ifMatch === undefined || ifMatch === '*' || !protocol.entityTag) return
  if (current === undefined || !matches(ifMatch, current)) throw preconditionFailed()
}

/**
 * Checks `If-Match` of a PATCH or DELETE. Kinds with entity tags want it; the others were seen to be deleted without.
 *
 * @throws ArmError 400 where it is missing, 412 where it names another version
 */
export function checkPrecondition(ifMatch: string | undefined, current: StoredResource): void {
  // Ties are cut without it.
  if (!current.kind.protocol.entityTag || current.kind.links !== undefined) return
  if (ifMatch === undefined)
    throw new ArmError(400, 'ValidationError', 'If-Match header is missing: send the ETag of the resource, or *.')
  if (ifMatch !== '*' && !matches(ifMatch, current)) throw preconditionFailed()
}

function matches(ifMatch: string, current: StoredResource): boolean {
  return ifMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === entityTag(current))
}
