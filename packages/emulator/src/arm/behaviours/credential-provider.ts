import type { ProviderProperties } from '../../credentials/credential-store.js'
import type { Properties } from '../../store.js'
import { invalid } from '../arm-error.js'
import type { Behaviour } from '../behaviour.js'

export const credentialProviderBehaviour: Behaviour = {
  // The specification gives lists of the other types a count, but not this one.
  count: false,
  fill: ({ properties }, { service }) => {
    const { oauth2 } = properties as unknown as ProviderProperties
    const redirectUrl = `https://authorization-manager.consent.azure-apim.net/redirect/apim/${service.address.service}`
    const grantTypes = Object.entries(oauth2?.grantTypes ?? {}).map(([grant, given]) => [
      grant,
      withScopes(given ?? {}),
    ])
    return { ...properties, oauth2: { redirectUrl, ...oauth2, grantTypes: Object.fromEntries(grantTypes) as object } }
  },
  check: ({ properties }) => {
    const { oauth2 } = properties as unknown as ProviderProperties
    const grants = Object.keys(oauth2?.grantTypes ?? {})
    if (grants.length === 1) return []
    const target = 'oauth2.grantTypes'
    return [invalid(target, `'${target}' has to hold exactly one of authorizationCode and clientCredentials.`)]
  },
}

/** Observed: scopes that were left out come back as null. */
function withScopes(given: Properties): Properties {
  return { scopes: null, ...given }
}
