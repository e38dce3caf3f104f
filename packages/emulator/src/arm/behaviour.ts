import type { StoredResource, Properties } from '../store.js'
import type { ArmContext } from './arm-context.js'
import type { ErrorDetail } from './arm-error.js'

/** A resource that is about to be written. */
export interface Draft {
  readonly kind: StoredResource['kind']
  readonly names: readonly string[]
  readonly properties: Properties
  /** What stands there now; undefined for a new resource. */
  readonly before: StoredResource | undefined
}

/**
 * What a kind does beyond what its description says. Everything is optional: a kind without any of it is an empty row in the
 * table of behaviours.
 */
export interface Behaviour {
  /** Whether the SDK has an update (PATCH). Default: `false`. */
  readonly patch?: boolean
  /** Whether a list tells how many there are. Default: `true`. */
  readonly count?: boolean
  /** The name under which a resource is kept that an address calls by another one. */
  realName?(name: string, arm: ArmContext): string | undefined
  /** Adds what the service fills in. */
  fill?(draft: Draft, arm: ArmContext): Properties
  /** Rules between fields and between resources. May throw an `ArmError` for what is no matter of a field. */
  check?(draft: Draft, arm: ArmContext): readonly ErrorDetail[]
  /** What stands against a deletion; the query may say that it shall go too. */
  checkDelete?(resource: StoredResource, arm: ArmContext, query: URLSearchParams): readonly ErrorDetail[]
  /** What goes with a resource beside what is below it. */
  goesAlong?(resource: StoredResource, arm: ArmContext): readonly StoredResource[]
  /** Lists of what belongs to a resource and is no resource of its own, by the last segment of their address. */
  readonly lists?: Readonly<Record<string, (resource: StoredResource, arm: ArmContext) => readonly object[]>>
  /** What follows from a write; the answer shows the resource as it is afterwards. */
  saved?(resource: StoredResource, before: StoredResource | undefined, arm: ArmContext): void | Promise<void>
  /** Properties as an answer to this query shows them; `shown` has lost its secrets already. */
  show?(shown: Properties, query: URLSearchParams, resource: StoredResource): Properties
  /** The POST actions, by name. */
  readonly actions?: Readonly<Record<string, Action>>
}

/** A POST action on a resource. It gives the body of the answer; undefined for the resource itself, null for none. */
export type Action = (resource: StoredResource, body: unknown, arm: ArmContext) => object | null | undefined
