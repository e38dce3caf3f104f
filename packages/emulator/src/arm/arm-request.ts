import type { Kind, ParsedPath } from '@apim-kit/core'

/** A request to the management plane, its address understood. */
export interface ArmRequest {
  readonly method: string
  readonly kind: Kind
  /** Names of the parents and of the resource itself; a collection has its parents' names only. */
  readonly names: readonly string[]
  readonly target: ParsedPath['target']
  /** The last segment of an action. */
  readonly action: string | undefined
  readonly url: URL
  /** The query, names in lower case as the service reads them. */
  readonly query: URLSearchParams
  readonly ifMatch: string | undefined
  /** The body, read as JSON; undefined where there was none. */
  readonly body: unknown
}
