import type { ApiProperties, Deployed, VersionSetProperties } from '../emulator-context.js'
import type { ApiVersion } from './routing.js'

/** Where requests for an API, or one revision of it, come in. */
export interface ApiPlace {
  readonly paths: readonly string[]
  readonly version?: ApiVersion
  /** Why the place is not known. */
  readonly problem?: string
}

type VersionSets = (versionSetId: string) => Deployed<VersionSetProperties> | undefined

/**
 * Where an API is found. A version of the scheme `Segment` stands in the path, behind the API's own; the other two leave the
 * path alone. `;rev=2` at the end of this path asks for a revision; without it the current one answers.
 */
export function placeOf({ id, properties }: Deployed<ApiProperties>, versionSets: VersionSets): ApiPlace {
  const { apiVersionSetId, apiVersion } = properties
  // The first API of a set may stay without a version.
  const isVersioned = isGiven(apiVersionSetId) && isGiven(apiVersion)
  const set = isVersioned ? versionSets(apiVersionSetId.split('/').at(-1) ?? '') : undefined
  if (isVersioned && set === undefined) {
    return {
      paths: pathsOf(properties, properties.path),
      problem: `The API '${id}' belongs to the version set '${apiVersionSetId}', which is not there.`,
    }
  }
  if (set === undefined || !isVersioned) return { paths: pathsOf(properties, properties.path) }
  const { versioningScheme, versionHeaderName, versionQueryName } = set.properties
  if (versioningScheme === 'Segment') {
    return { paths: pathsOf(properties, `${properties.path.replace(/\/+$/, '')}/${apiVersion}`) }
  }
  const name = versioningScheme === 'Header' ? versionHeaderName : versionQueryName
  return {
    paths: pathsOf(properties, properties.path),
    ...(isGiven(name)
      ? { version: { in: versioningScheme, name, value: apiVersion } }
      : { problem: `The version set '${set.id}' has the scheme ${versioningScheme} and no name for it.` }),
  }
}

function pathsOf({ isCurrent, apiRevision }: ApiProperties, path: string): string[] {
  const ofRevision = `${path.replace(/\/+$/, '')};rev=${apiRevision}`
  return isCurrent ? [path, ofRevision] : [ofRevision]
}

function isGiven(text: string | null | undefined): text is string {
  return text !== undefined && text !== null && text !== ''
}
