import type { ApiProperties } from '../../emulator-context.js'
import { invalid, notSupported } from '../arm-error.js'
import type { Behaviour } from '../behaviour.js'

/** Where the service looks for subscription keys when an API says nothing. */
const keyNames = { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' }

export const apiBehaviour: Behaviour = {
  patch: true,
  fill: ({ properties }) => {
    const { subscriptionKeyParameterNames: given } = properties as Partial<ApiProperties>
    return {
      apiRevision: '1',
      isCurrent: true,
      ...properties,
      subscriptionKeyParameterNames: { ...keyNames, ...given },
    }
  },
  check: ({ kind, names, properties, before }, { store }) => {
    const { apiRevision, isCurrent, path } = properties as unknown as ApiProperties
    if (/;rev=/i.test(names.at(-1) ?? '') || apiRevision !== '1' || !isCurrent)
      throw notSupported('a revision of an API')
    const same = store.list(kind, []).find((other) => other !== before && pathOf(other.properties) === pathOf({ path }))
    if (same === undefined) return []
    return [invalid('path', `The API '${same.names.at(-1)}' has the path '${path}' already.`)]
  },
}

function pathOf({ path }: { readonly path?: unknown }): string {
  return String(path)
    .toLowerCase()
    .replace(/^\/|\/$/g, '')
}
