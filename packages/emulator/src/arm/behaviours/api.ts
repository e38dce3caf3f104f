import { kinds } from '@apim-kit/core'
import type { ApiProperties } from '../../emulator-context.js'
import type { ResourceStore, StoredResource } from '../../store.js'
import { invalid, type ErrorDetail } from '../arm-error.js'
import type { Behaviour, Draft } from '../behaviour.js'
import { importContent, readContent } from '../import/import-content.js'

/** Where the service looks for subscription keys when an API says nothing. */
const keyNames = { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' }

const revisionName = /^(.+);rev=([^;]+)$/i

export const apiBehaviour: Behaviour = {
  patch: true,
  // The current revision is kept under the API's own name.
  realName: (name, { store }) => {
    const [, base = '', revision] = revisionName.exec(name) ?? []
    const current = store.get(kinds.api, [base])
    return current?.properties['apiRevision'] === revision ? current?.names.at(-1) : undefined
  },
  fill: ({ names, properties, before }) => {
    const { subscriptionKeyParameterNames: given } = properties as Partial<ApiProperties>
    const [, , revision] = revisionName.exec(names.at(-1) ?? '') ?? []
    return {
      apiRevision: revision ?? before?.properties['apiRevision'] ?? '1',
      isCurrent: revision === undefined,
      ...readContent(properties)?.properties,
      ...properties,
      subscriptionKeyParameterNames: { ...keyNames, ...given },
    }
  },
  check: (draft, { store }) => revisionDetails(draft, store),
  // Revisions are an API's own; without it there is nothing to which they could return.
  goesAlong: (api, { store }) => revisionsOf(api, store),
  lists: { revisions: (api, { store }) => [api, ...revisionsOf(api, store)].map(revisionOf) },
  saved: (resource, _before, { store }) => importContent(resource, store),
}

function revisionsOf({ kind, names }: StoredResource, store: ResourceStore): StoredResource[] {
  const revisions = `${names.at(-1)};rev=`.toLowerCase()
  return store.list(kind, []).filter((other) => other.names.at(-1)?.toLowerCase().startsWith(revisions))
}

/** A revision as their list shows it: no resource, but a word about one. */
function revisionOf({ names, properties }: StoredResource): object {
  const { apiRevision, isCurrent } = properties as unknown as ApiProperties
  const { apiRevisionDescription: description } = properties
  const [base = ''] = (names.at(-1) ?? '').split(';')
  return { apiId: `/apis/${base};rev=${apiRevision}`, apiRevision, description, isOnline: true, isCurrent }
}

function revisionDetails({ names, properties, before }: Draft, store: ResourceStore): ErrorDetail[] {
  const { apiRevision, isCurrent } = properties as unknown as ApiProperties
  const [, base = '', revision] = revisionName.exec(names.at(-1) ?? '') ?? []
  if (revision === undefined) {
    const { apiRevision: own = apiRevision } = (before?.properties ?? {}) as Partial<ApiProperties>
    return apiRevision === own && isCurrent ? [] : [invalid('apiRevision', `This is the current revision, ${own}.`)]
  }
  if (store.get(kinds.api, [base]) === undefined)
    return [invalid('name', `There is no API '${base}' to be a revision of.`)]
  if (apiRevision !== revision)
    return [invalid('apiRevision', `'apiRevision' has to be '${revision}', as in the name.`)]
  return isCurrent ? [invalid('isCurrent', 'A release makes a revision current.')] : []
}
