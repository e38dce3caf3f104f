import { kinds, parsePath } from '@apim-kit/core'
import type { ApiProperties } from '../../emulator-context.js'
import type { ResourceStore, StoredResource } from '../../store.js'
import type { Behaviour } from '../behaviour.js'
import { apiBehaviour } from './api.js'

/** A release is carried out when it is made; writing it again changes its notes. */
export const apiReleaseBehaviour: Behaviour = {
  patch: true,
  saved: ({ names: [apiId = ''], properties }, before, arm) => {
    const [named = ''] = parsePath(String(properties['apiId']))?.names ?? []
    const revision = apiBehaviour.realName?.(named, arm) ?? named
    if (before === undefined && revision.toLowerCase() !== apiId.toLowerCase()) makeCurrent(apiId, revision, arm.store)
  },
}

/** The revision takes the API's own name; what had it is a revision from then on. The releases stay with the API. */
function makeCurrent(apiId: string, revision: string, store: ResourceStore): void {
  const current = store.get(kinds.api, [apiId])
  const { apiRevision = '1' } = (current?.properties ?? {}) as Partial<ApiProperties>
  const moves = ({ kind }: StoredResource): boolean => kind.kind !== kinds.apiRelease.kind
  store.rename(kinds.api, [apiId], `${apiId};rev=${apiRevision}`, moves)
  store.rename(kinds.api, [revision], apiId, moves)
  mark(`${apiId};rev=${apiRevision}`, false, store)
  mark(apiId, true, store)
}

function mark(name: string, isCurrent: boolean, store: ResourceStore): void {
  const api = store.get(kinds.api, [name])
  if (api !== undefined) store.put(kinds.api, api.names, { ...api.properties, isCurrent })
}
