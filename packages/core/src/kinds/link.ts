import { createResource } from '../create-resource.js'
import { expectList } from '../expected.js'
import type { Kind } from '../kind.js'
import { isResource, type Resource } from '../resource.js'

/** The ties of a resource to others of one kind, given by themselves or by name. */
export function linksOf<N extends string>(
  kind: Kind<N>,
  parent: Resource,
  targets: readonly (Resource | string)[] = [],
): Resource<N>[] {
  expectList(`the ties of ${parent.kind} ${parent.name} (${kind.title})`, targets, `[a, b], or leave them out`)
  return targets.map((target) => createResource(kind, isResource(target) ? target.name : target, parent, {}))
}
