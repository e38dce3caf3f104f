import type { Kind } from './kind.js'

/** Marks resources, also those of a second copy of this package. Not for callers: they declare resources by the kinds' functions. */
export const resourceBrand = Symbol.for('apim-kit.resource')

/**
 * One declared resource: plain frozen data. `properties` has the form of the wire, with secret references, outputs, other
 * resources and policy documents still standing where their texts will be.
 */
export interface Resource<K extends string = string> {
  readonly kind: K
  /** Its name in ARM addresses. */
  readonly name: string
  /** The resource below which it stands; undefined directly below the service. */
  readonly parent: Resource | undefined
  readonly properties: Readonly<Record<string, unknown>>
  /** Resources that come with it, such as an API's policy. */
  readonly children: readonly Resource[]
}

/** Whether a value is a declared resource. */
export function isResource(value: unknown): value is Resource {
  return typeof value === 'object' && value !== null && resourceBrand in value
}

/** `connection client-connection`: how messages and plans name a resource. */
export function resourceTitle(
  kind: Kind,
  resource: { readonly name: string; readonly parent: Resource | undefined },
): string {
  return kind.name.fixed === undefined
    ? `${kind.title} ${resource.name}`
    : `${kind.title} of ${resource.parent?.name ?? 'the service'}`
}
