import type { AccessPolicyProperties } from '../../credentials/credential-store.js'
import type { StoredResource } from '../../store.js'
import { invalid } from '../arm-error.js'
import type { Behaviour } from '../behaviour.js'

/** Samples report that a second policy for one principal is refused; with which code is unknown. */
export const accessPolicyBehaviour: Behaviour = {
  check: (draft, { store }) => {
    const parents = draft.names.slice(0, -1)
    const same = store
      .list(draft.kind, parents)
      .find((other) => other !== draft.before && principalOf(other) === principalOf(draft))
    if (same === undefined) return []
    return [
      invalid('objectId', `The access policy '${same.names.at(-1)}' of this connection has this principal already.`),
    ]
  },
}

function principalOf({ properties }: Pick<StoredResource, 'properties'>): string {
  const { tenantId, objectId } = properties as unknown as AccessPolicyProperties
  return `${tenantId}/${objectId}`.toLowerCase()
}
