import type { ConnectionProperties, ProviderProperties } from '../../credentials/credential-store.js'
import { isObject } from '../read-properties.js'
import { invalid } from '../arm-error.js'
import type { Behaviour } from '../behaviour.js'

/** What a connection is until somebody has signed in or its credentials were exchanged (observed). */
const unauthenticated = {
  status: 'Error',
  error: { code: 'Unauthenticated', message: 'This connection is not authenticated.' },
}

export const connectionBehaviour: Behaviour = {
  fill: ({ properties }) => ({ ...properties, ...unauthenticated }),
  check: ({ kind, names, properties }, { store }) => {
    const provider = kind.parent && store.get(kind.parent, names.slice(0, -1))
    const { oauth2 } = (provider?.properties ?? {}) as Partial<ProviderProperties>
    const { oauth2grantType } = properties as unknown as ConnectionProperties
    const [grant = ''] = Object.keys(oauth2?.grantTypes ?? {})
    if (grant.toLowerCase() === String(oauth2grantType).toLowerCase()) return []
    return [invalid('oauth2grantType', `'oauth2grantType' does not fit the grant of the provider, ${grant}.`)]
  },
  saved: async ({ names: [provider = '', connection = ''] }, _before, { credentials }) => {
    await credentials.connect(provider, connection)
  },
  actions: {
    getLoginLinks: ({ names: [provider = '', connection = ''] }, body, { credentials }) =>
      credentials.getLoginLink(
        provider,
        connection,
        isObject(body) && typeof body['postLoginRedirectUrl'] === 'string' ? body['postLoginRedirectUrl'] : '',
      ),
  },
}
